"""Speaks the part of a forge's API that merge requests need, on a free port of the loopback interface.

usage: forge-server.py github|gitlab|forgejo FOLDER TOKEN

Prints the port. Ends when standard input is closed, and after two hours in any case. The project is
own/er-ship, or group/sub/project on GitLab. Every request is checked against the published description
of the API: method, path, query, headers, and the fields of the body with their types. What is wrong is
answered as the forge would and noted in FOLDER/violations; FOLDER/requests lists what was asked.

FOLDER/fault, while it exists, holds the name of what goes wrong:
  401, 403, 404, 422, 500   that status, for what writes
  limit                     429 with Retry-After: 1, twice
  exhausted                 403 with x-ratelimit-remaining: 0, always
  busy                      503, twice
  redirect                  301 to another host
  silent                    no answer at all
  made                      the request is made, and the connection closed before the answer
  race                      somebody else makes the request just before
  no-drafts                 drafts are refused
  elsewhere                 the next page of a list is at another host
  token                     the token is repeated in the error
"""

import http.server
import json
import os
import re
import socketserver
import sys
import threading
import time
import urllib.parse

kind, folder, token = sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3]
project = "group/sub/project" if kind == "gitlab" else "own/er-ship"
lock = threading.Lock()
pulls, labels, counts = [], [{"id": 41, "name": "backport"}], {}
# Open requests of other people, enough for several pages.
for number in range(1, 121):
    pulls.append({"number": number, "head": f"topic/{number}", "base": "main", "title": "Other",
                  "body": "", "draft": False, "labels": [], "fork": False})
pulls.append({"number": 121, "head": "backport/1.1/1.1.1", "base": "1.1", "title": "From a fork",
              "body": "", "draft": False, "labels": [], "fork": True})


def note(name, text):
    with open(f"{folder}/{name}", "a") as file:
        file.write(text + "\n")


def fault():
    try:
        with open(folder + "/fault") as file:
            return file.read().strip()
    except FileNotFoundError:
        return ""


class Problem(Exception):
    def __init__(self, status, message):
        self.status, self.message = status, message


def check(body, required, optional):
    """The fields of a body, by the types of the API's description."""
    if not isinstance(body, dict):
        raise Problem(400, "the body is no object")
    for name, value in body.items():
        expected = required.get(name) or optional.get(name)
        if expected is None:
            note("violations", f"field {name} is not in the description")
            raise Problem(422, f"unknown field {name}")
        if not isinstance(value, expected):
            note("violations", f"field {name} is a {type(value).__name__}")
            raise Problem(422, f"{name} has the wrong type")
    for name in required:
        if not body.get(name):
            note("violations", f"field {name} is missing")
            raise Problem(422, f"{name} is missing")


class Forge(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_GET(self):
        self.handle_request()

    do_POST = do_PATCH = do_PUT = do_GET

    def send(self, status, document, *headers):
        body = json.dumps(document).encode()
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def error(self, status, message, *headers):
        if kind == "gitlab" and status in (400, 409):
            document = {"message": [message]}
        elif kind == "github" and status == 422:
            document = {"message": "Validation Failed", "errors": [{"message": message}]}
        else:
            document = {"message": message}
        self.send(status, document, *headers)

    def drop(self):
        self.close_connection = True
        self.connection.close()

    def handle_request(self):
        length = int(self.headers.get("Content-Length", 0))
        raw = self.rfile.read(length)
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query, keep_blank_values=True))
        writes = self.command != "GET"
        with lock:
            note("requests", f"{self.command} {self.path}")
            broken = fault()
            counts[broken] = counts.get(broken, 0) + 1
            if broken == "redirect":
                return self.send(301, {}, ("Location", "http://127.0.0.1:1/"))
            if broken == "silent":
                time.sleep(8)
                return self.drop()
            if broken == "limit" and counts[broken] <= 2:
                return self.error(429, "slow down", ("Retry-After", "1"))
            if broken == "exhausted":
                reset = str(int(time.time()) + 3600)
                return self.error(403, "API rate limit exceeded", ("x-ratelimit-remaining", "0"),
                                  ("x-ratelimit-reset", reset))
            if broken == "busy" and counts[broken] <= 2:
                return self.error(503, "busy")
            if broken == "401":
                return self.error(401, "Bad credentials")
            if broken == "404":
                return self.error(404, "Not Found")
            if broken == "token":
                return self.error(403, f"the token {token} may not")
            if writes and broken in ("403", "422", "500"):
                return self.error(int(broken), "refused by the test")
            try:
                self.check_headers(writes)
                body = json.loads(raw) if writes else None
                self.route(address.path, query, body, broken)
            except Problem as problem:
                self.error(problem.status, problem.message)

    def check_headers(self, writes):
        name, value = {"github": ("Authorization", "Bearer " + token),
                       "gitlab": ("PRIVATE-TOKEN", token),
                       "forgejo": ("Authorization", "token " + token)}[kind]
        if self.headers.get(name) != value:
            raise Problem(401, "Bad credentials")
        if not self.headers.get("User-Agent"):
            note("violations", "no User-Agent")
            raise Problem(403, "a User-Agent is required")
        if kind == "github":
            if self.headers.get("Accept") != "application/vnd.github+json":
                note("violations", "Accept")
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", self.headers.get("X-GitHub-Api-Version", "")):
                note("violations", "X-GitHub-Api-Version")
        if writes and self.headers.get("Content-Type") != "application/json":
            note("violations", "Content-Type")

    # What the answer says of a request.
    def shown(self, pull):
        owner = "somebody/er-ship" if pull["fork"] else project
        page = f"https://forge.example/{project}/{pull['number']}"
        if kind == "gitlab":
            return {"iid": pull["number"], "id": 9000 + pull["number"], "web_url": page,
                    "title": pull["title"], "description": pull["body"], "draft": pull["draft"],
                    "labels": pull["labels"], "source_branch": pull["head"],
                    "target_branch": pull["base"], "target_project_id": 7,
                    "source_project_id": 8 if pull["fork"] else 7}
        return {"number": pull["number"], "id": 9000 + pull["number"], "html_url": page,
                "title": pull["title"], "body": pull["body"], "draft": pull["draft"],
                "labels": [{"id": 41, "name": name} for name in pull["labels"]],
                "head": {"ref": pull["head"], "repo": {"full_name": owner}},
                "base": {"ref": pull["base"], "repo": {"full_name": project}}}

    def paged(self, elements, query, broken):
        size = int(query.get("limit" if kind == "forgejo" else "per_page", 30))
        size = min(size, 50)
        page = int(query.get("page", 1))
        part = elements[(page - 1) * size:page * size]
        headers = []
        if page * size < len(elements):
            host = "http://127.0.0.2:1" if broken == "elsewhere" else \
                f"http://127.0.0.1:{self.server.server_address[1]}"
            path = urllib.parse.urlsplit(self.path).path
            more = urllib.parse.urlencode({**query, "page": page + 1})
            headers.append(("Link", f'<{host}{path}?{more}>; rel="next", <x>; rel="last"'))
        self.send(200, part, *headers)

    def route(self, path, query, body, broken):
        if kind == "gitlab":
            root = "/api/projects/" + urllib.parse.quote(project, safe="") + "/merge_requests"
        else:
            root = f"/api/repos/{project}/pulls"
        label_root = f"/api/repos/{project}/labels"
        issue = re.fullmatch(rf"/api/repos/{project}/issues/(\d+)/labels", path)
        if path == root and self.command == "GET":
            return self.list_pulls(query, broken)
        if path == root and self.command == "POST":
            return self.create(body, broken)
        if path.startswith(root + "/") and self.command == ("PUT" if kind == "gitlab" else "PATCH"):
            return self.update(int(path[len(root) + 1:]), body)
        if kind == "forgejo" and path == label_root and self.command == "GET":
            return self.paged(labels, query, "")
        if kind != "gitlab" and issue and self.command == "POST":
            return self.add_labels(int(issue[1]), body)
        note("violations", f"no such route: {self.command} {path}")
        raise Problem(404, "Not Found")

    def list_pulls(self, query, broken):
        allowed = {"github": {"state", "head", "base", "per_page", "page"},
                   "gitlab": {"state", "source_branch", "target_branch", "per_page", "page"},
                   "forgejo": {"state", "limit", "page"}}[kind]
        if set(query) - allowed:
            note("violations", f"query {sorted(set(query) - allowed)}")
        if query.get("state") != ("opened" if kind == "gitlab" else "open"):
            note("violations", "state")
        found = pulls
        if kind == "github":
            owner, _, branch = query["head"].partition(":")
            if owner != project.split("/")[0]:
                note("violations", "head has no owner")
            # GitHub finds requests of forks with the same owner and branch, too.
            found = [p for p in pulls if p["head"] == branch and p["base"] == query["base"]]
        if kind == "gitlab":
            found = [p for p in pulls if p["head"] == query["source_branch"]
                     and p["base"] == query["target_branch"]]
        self.paged([self.shown(p) for p in found], query, broken)

    def create(self, body, broken):
        if kind == "github":
            check(body, {"title": str, "head": str, "base": str},
                  {"body": str, "draft": bool, "maintainer_can_modify": bool})
            if broken == "no-drafts" and body.get("draft"):
                raise Problem(422, "Draft pull requests are not supported in this repository.")
        elif kind == "gitlab":
            check(body, {"title": str, "source_branch": str, "target_branch": str},
                  {"description": str, "labels": str, "remove_source_branch": bool})
        else:
            check(body, {"title": str, "head": str, "base": str},
                  {"body": str, "labels": list, "assignees": list})
        head = body.get("head") or body.get("source_branch")
        base = body.get("base") or body.get("target_branch")
        if any(p["head"] == head and p["base"] == base and not p["fork"] for p in pulls):
            raise self.exists(head)
        title = body["title"]
        draft = body.get("draft", False) or title.startswith(("Draft: ", "WIP: "))
        pull = {"number": len(pulls) + 1, "head": head, "base": base, "title": title,
                "body": body.get("body") or body.get("description") or "", "draft": draft,
                "labels": [], "fork": False}
        if body.get("labels") and kind == "gitlab":
            pull["labels"] = body["labels"].split(",")
        pulls.append(pull)
        if broken == "race":
            pull["body"] = "by somebody else"
            raise self.exists(head)
        if broken == "made":
            return self.drop()
        self.send(201, self.shown(pull))

    def exists(self, head):
        return {"github": Problem(422, f"A pull request already exists for own:{head}."),
                "gitlab": Problem(409, "Another open merge request already exists: !7"),
                "forgejo": Problem(409, "pull request already exists for these targets")}[kind]

    def find(self, number):
        for pull in pulls:
            if pull["number"] == number:
                return pull
        raise Problem(404, "Not Found")

    def update(self, number, body):
        text = "description" if kind == "gitlab" else "body"
        optional = {"title": str, text: str}
        if kind == "gitlab":
            optional["add_labels"] = str
        check(body, {}, optional)
        pull = self.find(number)
        pull["title"] = body.get("title", pull["title"])
        pull["body"] = body.get(text, pull["body"])
        if body.get("add_labels"):
            pull["labels"] += body["add_labels"].split(",")
        self.send(200, self.shown(pull))

    def add_labels(self, number, body):
        check(body, {"labels": list}, {})
        pull = self.find(number)
        for label in body["labels"]:
            if kind == "forgejo":
                if not isinstance(label, int):
                    note("violations", "a label is no number")
                label = next(known["name"] for known in labels if known["id"] == label)
            pull["labels"].append(label)
        self.send(200, [{"id": 41, "name": name} for name in pull["labels"]])


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


threading.Timer(7200, lambda: os._exit(1)).start()
server = Server(("127.0.0.1", 0), Forge)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
