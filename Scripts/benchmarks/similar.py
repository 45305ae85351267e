"""Scripts/bench similar --clones DIR [--corpora DIR] [--only NAME]... [--limit N] [--half tune|report] [--show]

Asks whether `similar` finds a place that a fix left out. From the history of real repositories, and from
the tables of `Scripts/bench corpus` when --corpora is given, fixes are taken that change the same lines in
several files of code: either lines with at least three names are replaced or removed, the same in two
files but for white space, or the same lines are added between the same two lines. From each fix one of
these files, drawn by the fix's id, is taken back, and the rest is searched for in the tree that it leaves.
Comments, imports, changes of white space alone, tests and generated files do not count.

A fix is found when every such place of the file is among what is reported; whatever else is reported
counts as false, though some of it may be a flaw that the fix forgot. --limit is the number of fixes of each
repository (30). Fixes are split by their ids: `tune` is the half by which the search was set up, `report`
(the default) the other one. --show lists what was missed and the fixes with many false hits. Ends with 1
when fewer than 80 % are found or the median of false hits is above 2.
"""
import argparse
import collections
import dataclasses
import hashlib
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import time

from corpus import read
from processes import Git, environment, median, release_binary
from scratch import git_directory, scratch_repository

# What a subject says of a fix.
SUBJECT = re.compile(
    rb"fix|bug|cve-|secur|vulnerab|overflow|leak|crash|race|escape|saniti|validat|invalid|prevent"
    rb"|avoid|check|unsafe|wrong|incorrect|missing|properly|correct|null|bounds|panic", re.I)
CODE = tuple(
    ".c .h .cc .cpp .java .py .rb .php .go .rs .js .ts .swift .kt .scala .cs .sh .perl .pl .pm"
    .encode().split())
# Tests, documents and what programs made are nobody's flaw.
ASIDE = re.compile(
    rb"(^|/)(tests?|specs?|__tests__|testdata|t|testing|docs?|documentation|website)/"
    rb"|(^|/)test_[^/]*$|([._-](tests?|spec)|[a-z]tests?)\.[a-z]+$"
    rb"|\.pb\.(go|gw\.go)$|[._-]min\.js$|(^|/)generated/", re.I)
NO_CODE = re.compile(
    rb"\s*(//|#|\*|/\*|--\s|import\b|from\b|use\b|using\b|package\b|require|include|extern crate)"
    rb'|\s*(\w+\s+)?"[^"]*"\s*$')
NAME = re.compile(rb"[A-Za-z_][A-Za-z0-9_]{2,}")
MOST_FILES, MOST_LINES, SCANNED = 12, 300, 12_000


@dataclasses.dataclass
class Hunk:
    """Lines of one place that a commit changes."""

    # The first line on the old side, counted from 1, and how many.
    start: int
    count: int
    removed: list
    added: list
    # The lines above and below.
    around: tuple = (b"", b"")

    def key(self):
        """What has to be the same in another file for it to have the same place; None for too little."""
        removed, added = code(self.removed), code(self.added)
        if b"".join(removed) == b"".join(added):
            return None
        if removed:
            return ("replaced", removed) if len(names(removed)) >= 3 else None
        above, below = map(squeezed, self.around)
        return ("added", above, added, below) if len(names((above, below))) >= 3 else None


@dataclasses.dataclass
class Case:
    """A fix, the file that is taken back, and its places there."""

    fix: str
    parent: str
    path: bytes
    places: list
    kind: str
    hunks: dict


def squeezed(line):
    """A line without white space."""
    return b"".join(line.split())


def code(lines):
    """The lines that are code, without white space."""
    return tuple(squeezed(line) for line in lines if line.strip() and not NO_CODE.match(line))


def names(lines):
    """The different names in some lines."""
    return {name for line in lines for name in NAME.findall(line)}


def is_code(path):
    return path.endswith(CODE) and not ASIDE.search(path.lower())


def run(repository, *words, input=None):
    """What git prints, as bytes."""
    return subprocess.run(
        ["git", "-C", repository, *words], input=input, env=environment(), check=True,
        stdout=subprocess.PIPE).stdout


def candidates(repository, ids=None):
    """The commits that look like small fixes of several files: of the history, or of some ids."""
    words = ["--raw", "-r", "--no-renames", "--abbrev=40", "--format=%x01%H %P%x02%s"]
    if ids is None:
        text = run(
            repository, "log", "--no-merges", f"--max-count={SCANNED}", "HEAD", "--all", *words)
    else:
        text = run(
            repository, "log", "--no-merges", "--no-walk", "--ignore-missing", "--stdin", *words,
            input="\n".join(ids).encode() + b"\n")
    found = []
    for part in text.split(b"\x01")[1:]:
        head, _, files = part.partition(b"\n")
        hashes, _, subject = head.partition(b"\x02")
        hashes = hashes.decode().split()
        paths = [line.split(b"\t", 1)[1] for line in files.splitlines()
                 if line.startswith(b":100") and b" M\t" in line]
        paths = [path for path in paths if is_code(path)]
        if len(hashes) == 2 and 2 <= len(paths) <= MOST_FILES and (ids or SUBJECT.search(subject)):
            found.append((hashes[0], hashes[1], paths))
    return found


def hunks_of(repository, fix, parent, paths):
    """The hunks of each file of a fix, with the lines around them."""
    text = run(
        repository, "diff-tree", "-p", "-U0", "--no-color", "--no-renames", "--no-ext-diff",
        "--full-index", parent, fix, "--", *(b":(literal)" + path for path in paths))
    found = {}
    for part in re.split(rb"^diff --git .*\n", text, flags=re.M)[1:]:
        name = re.search(rb"^\+\+\+ b/(.*)$", part, re.M)
        blob = re.search(rb"^index ([0-9a-f]{40})\.\.([0-9a-f]{40}) ", part, re.M)
        if not name or not blob or name[1].startswith(b'"'):
            continue
        old = run(repository, "cat-file", "blob", blob[1].decode()).split(b"\n")
        hunks = []
        for piece in re.split(rb"^(?=@@ )", part, flags=re.M)[1:]:
            numbers = re.match(rb"@@ -(\d+)(?:,(\d+))? ", piece)
            start, count = int(numbers[1]), int(numbers[2] or 1)
            lines = piece.split(b"\n")[1:]
            first = start - 1 if count else start
            above = [line for line in old[:first] if line.strip()][-1:]
            below = [line for line in old[first + count:] if line.strip()][:1]
            around = (above or [b""])[0], (below or [b""])[0]
            hunks.append(Hunk(
                start, count, [line[1:] for line in lines if line.startswith(b"-")],
                [line[1:] for line in lines if line.startswith(b"+")], around))
        found[name[1]] = hunks
    return found


def case_of(repository, fix, parent, paths):
    """The case that a fix makes; None when no two of its files have the same place."""
    hunks = hunks_of(repository, fix, parent, paths)
    if sum(len(hunk.removed) + len(hunk.added) for file in hunks.values() for hunk in file) > MOST_LINES:
        return None
    owners = collections.defaultdict(set)
    for path, file in hunks.items():
        for hunk in file:
            owners[hunk.key()].add(path)
    shared = {key for key, files in owners.items() if key and len(files) > 1}
    twins = {path: [hunk for hunk in file if hunk.key() in shared] for path, file in hunks.items()}
    files = sorted(path for path, places in twins.items() if places)
    if not files:
        return None
    path = files[int(hashlib.sha1(fix.encode()).hexdigest(), 16) % len(files)]
    return Case(fix, parent, path, twins[path], twins[path][0].key()[0], hunks)


def half_of(fix):
    """Which half of the fixes this one belongs to."""
    return ("tune", "report")[hashlib.sha1(fix.encode()).digest()[0] & 1]


def cases_of(repository, ids, options):
    """The cases of one repository: those of the table first, the others drawn from its history."""
    pools = [candidates(repository, ids)] if ids else []
    history = candidates(repository)
    random.Random(1).shuffle(history)
    known, cases = set(), []
    for fix, parent, paths in [one for pool in [*pools, history] for one in pool]:
        if len(cases) >= options.limit:
            break
        if fix in known or half_of(fix) != options.half:
            continue
        known.add(fix)
        case = case_of(repository, fix, parent, paths)
        # Picks of one fix onto several branches are one.
        if case and case.places[0].key() not in known:
            known.add(case.places[0].key())
            cases.append(case)
    return cases


def tree_without(git, repository, case, index):
    """The tree of a fix, with one file as it was before."""
    def at(*words):
        return subprocess.run(
            ["git", "-C", repository, *words], check=True, stdout=subprocess.PIPE,
            env=git.environment | {"GIT_INDEX_FILE": str(index)}).stdout

    index.unlink(missing_ok=True)
    at("read-tree", case.fix)
    entry = run(repository, "ls-tree", "-z", case.parent, "--", b":(literal)" + case.path)
    mode, _, blob = entry.split(b"\t")[0].split()
    at("update-index", "--cacheinfo", b"%s,%s,%s" % (mode, blob, case.path))
    # Clones may lack large files.
    return at("write-tree", "--missing-ok").decode().strip()


def hits_of(git, binary, repository, case, index):
    """What is reported of a fix without one file, on the tree that it leaves."""
    tree = tree_without(git, repository, case, index)
    before = git("-C", repository, "commit-tree", "-m", "Version 1.0.0", f"{case.parent}^{{tree}}")
    after = git("-C", repository, "commit-tree", "-m", "Fix", "-p", before, tree)
    (pathlib.Path(repository) / "packed-refs").write_text(
        "# pack-refs with: peeled fully-peeled sorted \n"
        f"{before} refs/heads/1.0\n{after} refs/heads/main\n{before} refs/tags/v1.0.0\n")
    answer = subprocess.run(
        [binary, "-C", repository, "similar", after, "--to", "1.0", "--json"], env=environment(),
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    document = json.loads(answer.stdout)
    if document.get("error"):
        raise SystemExit(f"error: {case.fix}: {document['error']['message']}")
    return document["places"][0]["hits"]


def judge(case, hits):
    """Whether all places were found, and how many hits are none of the file's changes."""
    def stands(hit, hunk):
        last = hunk.start + max(0, hunk.count - 1)
        return hit["path"].encode() == case.path and (
            hit["startLine"] <= last + 1 and hunk.start <= hit["endLine"] + 1)

    found = [any(stands(hit, hunk) for hit in hits) for hunk in case.places]
    false = sum(not any(stands(hit, hunk) for hunk in case.hunks[case.path]) for hit in hits)
    return found, false


def main():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench similar", description=__doc__, usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clones", required=True)
    parser.add_argument("--corpora")
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--limit", type=int, default=30)
    parser.add_argument("--half", choices=("tune", "report"), default="report")
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    git, binary = Git(), release_binary()
    tables = {}
    for table in pathlib.Path(options.corpora or "/nonexistent").glob("backports/*.tsv"):
        rows = read(table)
        if rows:
            tables[rows[0]["repo"].replace("/", "+")] = sorted({row["fix"] for row in rows})
    results = []
    print(f"{'':28}{'fixes':>8}{'found':>8}{'places':>8}{'found':>8}{'false':>8}   seconds")
    for folder in sorted(pathlib.Path(options.clones).iterdir()):
        clone = git_directory(folder) or git_directory(folder / "repo")
        if not clone or options.only and folder.name not in options.only:
            continue
        start = time.monotonic()
        own = []
        with tempfile.TemporaryDirectory() as scratch:
            repository = scratch_repository(clone, scratch + "/scratch.git")
            for case in cases_of(clone, tables.get(folder.name), options):
                hits = hits_of(git, binary, repository, case, pathlib.Path(scratch) / "index")
                own.append((case, *judge(case, hits)))
        if own:
            report(folder.name, own, time.monotonic() - start)
        for case, found, false in own if options.show else []:
            if not all(found) or false > 2:
                word = "found " if all(found) else "missed"
                print(f"  {word} {case.fix} {case.path.decode(errors='replace')} "
                      f"{case.kind}, {found.count(True)} of {len(found)}, {false} false")
        results += own
    if not results:
        raise SystemExit("error: no fixes")
    for kind in ("replaced", "added"):
        report(kind, [result for result in results if result[0].kind == kind])
    report("all", results)
    share = sum(all(found) for _, found, _ in results) / len(results)
    sys.exit(0 if share >= 0.8 and median([false for _, _, false in results]) <= 2 else 1)


def report(name, results, seconds=None):
    """One row of the table."""
    places = [place for _, found, _ in results for place in found]
    whole = sum(all(found) for _, found, _ in results)
    print(f"{name:28}{len(results):8}{whole:8}{len(places):8}{sum(places):8}"
          f"{median([false for _, _, false in results]):8.1f}"
          + (f"{seconds:10.1f}" if seconds is not None else ""), flush=True)


if __name__ == "__main__":
    main()
