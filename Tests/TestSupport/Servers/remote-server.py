"""Serves the repositories below a folder on a free port of the loopback interface.

usage: remote-server.py daemon|http FOLDER [USER:PASSWORD]

Prints the port. Ends when standard input is closed, and after two hours in any case.
While the file FOLDER/fault exists a push over HTTP meets a broken server:
  before  the connection is closed before git has seen the request
  after   git does its work, and the connection is closed before the answer
  status  every request is answered with 500
"""

import base64
import http.server
import os
import socketserver
import subprocess
import sys
import threading

kind, folder = sys.argv[1], os.path.abspath(sys.argv[2])
credentials = sys.argv[3] if len(sys.argv) > 3 else None
environment = dict(os.environ, GIT_CONFIG_GLOBAL="/dev/null", GIT_CONFIG_NOSYSTEM="1")


def fault():
    try:
        with open(folder + "/fault") as file:
            return file.read().strip()
    except FileNotFoundError:
        return ""


class Daemon(socketserver.BaseRequestHandler):
    def handle(self):
        stream = self.request.fileno()
        subprocess.run(
            ["git", "daemon", "--inetd", "--export-all", "--enable=receive-pack",
             "--base-path=" + folder, folder],
            stdin=stream, stdout=stream, stderr=subprocess.DEVNULL, env=environment)


class Web(http.server.BaseHTTPRequestHandler):
    def log_message(self, *_):
        pass

    def do_GET(self):
        self.answer(b"")

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(body)

    def refuse(self, status, *headers):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def answer(self, body):
        if credentials:
            expected = "Basic " + base64.b64encode(credentials.encode()).decode()
            if self.headers.get("Authorization") != expected:
                return self.refuse(401, ("WWW-Authenticate", 'Basic realm="test"'))
        broken = fault()
        is_push = self.command == "POST" and self.path.endswith("/git-receive-pack")
        if broken == "status":
            return self.refuse(500)
        if broken == "before" and is_push:
            self.close_connection = True
            return
        path, _, query = self.path.partition("?")
        variables = dict(
            environment, GIT_PROJECT_ROOT=folder, GIT_HTTP_EXPORT_ALL="1", PATH_INFO=path,
            QUERY_STRING=query, REQUEST_METHOD=self.command, REMOTE_USER="somebody",
            REMOTE_ADDR="127.0.0.1", CONTENT_TYPE=self.headers.get("Content-Type", ""),
            CONTENT_LENGTH=str(len(body)),
            HTTP_CONTENT_ENCODING=self.headers.get("Content-Encoding", ""),
            GIT_PROTOCOL=self.headers.get("Git-Protocol", ""))
        result = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, env=variables)
        if broken == "after" and is_push:
            self.close_connection = True
            return
        head, _, content = result.stdout.partition(b"\r\n\r\n")
        headers = [line.split(": ", 1) for line in head.decode().split("\r\n") if ": " in line]
        status = next((value for name, value in headers if name == "Status"), "200 OK")
        self.send_response(int(status.split()[0]))
        for name, value in headers:
            if name != "Status":
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


threading.Timer(7200, lambda: os._exit(1)).start()
server = Server(("127.0.0.1", 0), Daemon if kind == "daemon" else Web)
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
os._exit(0)
