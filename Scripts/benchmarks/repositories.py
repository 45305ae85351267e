"""Makes large repositories: the same seed gives the same object ids.

A trunk, release branches forked from it at even intervals, a few edits in each commit, annotated
tags along the branches, and the fix on the tip of the trunk, tagged `fix`. The fix edits a file that
no branch touched, edits one that every second branch has edited elsewhere, and adds one.
"""
import dataclasses
import json
import random
import shutil
import subprocess

from processes import BUILD, Git

EPOCH = 1_500_000_000
WHO = b"Bench <bench@example.com>"


@dataclasses.dataclass(frozen=True)
class Shape:
    """What a repository is like."""

    # How many folders there are in a folder, level by level; files are in the innermost and beside.
    folders: tuple = (20, 15, 11)
    files_in_leaf: int = 54
    entries: int = 60
    branches: int = 50
    branch_commits: int = 300
    trunk_commits: int = 300
    # Commits that change nothing, before all others of the trunk.
    idle_commits: int = 0
    tags: int = 1000
    # Further packed references, as forges keep for merge requests.
    references: int = 0
    seed: int = 1


LARGE = Shape()
MEDIUM = dataclasses.replace(LARGE, folders=(16, 20))
SMALL = dataclasses.replace(
    LARGE, folders=(6, 6), branches=20, branch_commits=10, trunk_commits=20, tags=20)

SHAPES = {
    "large": LARGE,
    "medium": MEDIUM,
    "small": SMALL,
    # What should cost nothing, each against medium.
    "medium-tags": dataclasses.replace(MEDIUM, tags=0),
    "medium-references": dataclasses.replace(MEDIUM, references=50_000),
    "medium-history": dataclasses.replace(MEDIUM, idle_commits=100_000),
}


def make(name):
    """The git directory of a named repository; made when it is not there yet."""
    shape = SHAPES[name]
    folder = BUILD / f"{name}.git"
    stamp = folder / "shape.json"
    wanted = json.dumps(dataclasses.asdict(shape))
    if stamp.exists() and stamp.read_text() == wanted:
        return folder
    if folder.exists():
        shutil.rmtree(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    git = Git()
    git("init", "-q", "--bare", "-b", "main", folder)
    importer = subprocess.Popen(
        [git.path, "-C", folder, "fast-import", "--quiet", "--force", "--depth=10"],
        stdin=subprocess.PIPE, env=git.environment)
    Writer(importer.stdin, shape).write()
    importer.stdin.close()
    if importer.wait():
        raise SystemExit("error: git fast-import failed")
    if shape.references:
        head = git("-C", folder, "rev-parse", "main")
        lines = (f"create refs/pull/{number}/head {head}" for number in range(shape.references))
        git("-C", folder, "update-ref", "--stdin", input="\n".join(lines) + "\n")
    git("-C", folder, "repack", "-q", "-a", "-d", "--window=5", "--threads=1")
    git("-C", folder, "pack-refs", "--all", "--prune")
    stamp.write_text(wanted)
    return folder


class Writer:
    """Writes a history as a stream for `git fast-import`."""

    def __init__(self, out, shape):
        self.out = out
        self.shape = shape
        self.random = random.Random(shape.seed)
        self.marks = 0
        words = ["alpha", "bound", "cache", "depth", "entry", "field", "graph", "index", "lock",
                 "merge", "node", "order", "parse", "queue", "range", "state", "token", "value"]
        # Files are slices of one long text, each with its own first line.
        self.text = [
            b"    %s;\n" % " ".join(self.random.choices(words, k=6)).encode()
            for _ in range(20_000)]
        self.paths = []
        self.list_paths("", 0)

    def list_paths(self, prefix, level):
        """Names the files of a folder and of all below."""
        folders = self.shape.folders
        if level == len(folders):
            self.paths += [f"{prefix}source{n:02}.c" for n in range(self.shape.files_in_leaf)]
            return
        for number in range(folders[level]):
            self.list_paths(f"{prefix}part{number:02}/", level + 1)
        beside = max(0, self.shape.entries - folders[level])
        self.paths += [f"{prefix}header{n:02}.h" for n in range(beside)]

    def lines(self, path):
        """The lines of a file as it was first."""
        if path in (self.untouched, self.shared):
            return [b"    line %d of %s;\n" % (n, path.encode()) for n in range(400)]
        place = random.Random(f"{self.shape.seed} {path}")
        count = max(8, min(1500, int(place.lognormvariate(4.1, 0.8))))
        start = place.randrange(len(self.text) - count)
        return [b"// %s\n" % path.encode()] + self.text[start:start + count]

    def write(self):
        """Writes everything."""
        deepest = [path for path in self.paths if path.count("/") == len(self.shape.folders)]
        self.untouched, self.shared = deepest[0], deepest[-1]
        self.others = [p for p in self.paths if p not in (self.untouched, self.shared)]
        first = [(path, self.blob(self.lines(path))) for path in self.paths]
        time = EPOCH
        tip = self.commit("refs/heads/main", time, "Import", None, first)
        for number in range(self.shape.idle_commits):
            tip = self.commit("refs/heads/main", time, f"Idle {number}", tip, [])
        forks, trunk = [], {}
        commits, branches = self.shape.trunk_commits, self.shape.branches
        places = {round((n + 1) * commits / (branches + 1)) for n in range(branches)}
        for number in range(commits):
            if number in places:
                forks.append((tip, dict(trunk)))
            time += 60
            tip = self.commit("refs/heads/main", time, f"Trunk {number}", tip, self.edits(trunk))
        while len(forks) < branches:
            forks.append((tip, dict(trunk)))
        self.write_fix(tip, time + 60)
        self.write_branches(forks)

    def write_fix(self, tip, time):
        """Writes the fix on top of the trunk."""
        untouched, shared = self.lines(self.untouched), self.lines(self.shared)
        for line in (100, 300):
            untouched[line] = b"    guarded %d;\n" % line
        for line in (50, 51, 200):
            shared[line] = b"    guarded %d;\n" % line
        added = self.untouched.rsplit("/", 1)[0] + "/test_bounds.c"
        changes = [
            (self.untouched, self.blob(untouched)), (self.shared, self.blob(shared)),
            (added, self.blob([b"    case %d;\n" % n for n in range(80)]))]
        message = "Check the bounds of headers\n\nLonger ones were read past their end."
        fix = self.commit("refs/heads/main", time, message, tip, changes)
        self.tag("fix", fix, time)

    def write_branches(self, forks):
        """Writes the release branches and their tags."""
        total = len(forks) * self.shape.branch_commits
        every = max(1, total // self.shape.tags) if self.shape.tags else 0
        made = 0
        for branch, (tip, overlay) in enumerate(forks, 1):
            time = EPOCH + 60 * self.shape.trunk_commits + 3600 * branch
            for number in range(self.shape.branch_commits):
                time += 60
                changes = self.edits(overlay)
                if number == 0 and branch % 2 == 0:
                    lines = self.lines(self.shared)
                    lines[350] = b"    only on %d;\n" % branch
                    changes.append((self.shared, self.blob(lines)))
                ref = f"refs/heads/release/{branch}"
                tip = self.commit(ref, time, f"Release {branch}, {number}", tip, changes)
                made += 1
                if every and made % every == 0:
                    self.tag(f"v{branch}.{number}", tip, time)

    def edits(self, overlay):
        """Changes one line in each of a few files; the overlay keeps which and how."""
        changes = []
        for path in self.random.sample(self.others, self.random.choice((1, 1, 2, 2, 3, 5, 8))):
            lines = self.lines(path)
            edited = dict(overlay.get(path, ()))
            edited[self.random.randrange(len(lines))] = self.random.getrandbits(32)
            overlay[path] = tuple(edited.items())
            for line, value in edited.items():
                lines[line] = b"    edited %08x;\n" % value
            changes.append((path, self.blob(lines)))
        return changes

    def blob(self, lines):
        data = b"".join(lines)
        self.marks += 1
        self.out.write(b"blob\nmark :%d\ndata %d\n%s\n" % (self.marks, len(data), data))
        return self.marks

    def commit(self, ref, time, message, parent, changes):
        self.marks += 1
        who = WHO + b" %d +0000" % time
        text = message.encode() + b"\n"
        self.out.write(b"commit %s\nmark :%d\nauthor %s\ncommitter %s\ndata %d\n%s\n" % (
            ref.encode(), self.marks, who, who, len(text), text))
        if parent:
            self.out.write(b"from :%d\n" % parent)
        for path, mark in changes:
            self.out.write(b"M 100644 :%d %s\n" % (mark, path.encode()))
        self.out.write(b"\n")
        return self.marks

    def tag(self, name, commit, time):
        text = b"Release %s\n" % name.encode()
        self.out.write(b"tag %s\nfrom :%d\ntagger %s %d +0000\ndata %d\n%s\n" % (
            name.encode(), commit, WHO, time, len(text), text))
