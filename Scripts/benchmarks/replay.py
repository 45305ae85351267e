"""Scripts/bench replay CLONE[:PATH]... [--limit N] [--seed N] [--show N]

Replays the patch releases of real projects: the changelog as it stood at a tag is given the entry of the
next patch release, and its new heading, and the place of it, are compared with what the project wrote. CLONE
is a repository, bare or not; PATH its changelog, else the usual names are tried. Nothing is fetched. BINARY
says which program is measured; --limit keeps N releases of each, drawn by --seed; --show prints N
differences of each. Ends with 1 when an old line was lost or a second insert was not a no-op.
"""
import argparse
import collections
import concurrent.futures
import pathlib
import random
import re
import subprocess
import sys
import tempfile

from processes import environment, release_binary

NAMES = [
    "CHANGELOG.md", "CHANGES.md", "HISTORY.md", "History.md", "CHANGELOG.rst", "CHANGES.rst",
    "HISTORY.rst", "NEWS.md", "CHANGELOG", "CHANGES", "Changes.md", "NEWS", "ChangeLog", "changelog.md",
    "docs/changelog.rst", "docs/changelog.md", "docs/changes.rst", "CHANGELOG.txt", "Changes", "NEWS.rst",
    "RELEASES.md", "CHANGELOG.adoc", "Changelog.rst", "History.markdown", "docs/history.rst", "doc/changelog.md",
]
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
VERSION = re.compile(r"^(.*?)v?(\d+(?:\.\d+){2,3})$")
TEXT = "Check the size of every field (CVE-2026-0001)"


class Repository:
    """A clone, read through one `git cat-file --batch`."""

    def __init__(self, folder):
        self.folder = folder
        self.batch = subprocess.Popen(
            ["git", "-C", folder, "cat-file", "--batch"], stdin=subprocess.PIPE,
            stdout=subprocess.PIPE, env=environment())

    def read(self, name):
        """The bytes of an object; None when there is none, or it is no file."""
        self.batch.stdin.write(name.encode() + b"\n")
        self.batch.stdin.flush()
        head = self.batch.stdout.readline().split()
        if len(head) != 3:
            return None
        data = self.batch.stdout.read(int(head[2]))
        self.batch.stdout.read(1)
        return data if head[1] == b"blob" else None

    def tags(self):
        """Versions with their tags and the day of each, by what stands before the version."""
        form = "%(refname:strip=2)%09%(creatordate:short)"
        lines = subprocess.run(
            ["git", "-C", self.folder, "for-each-ref", "--format=" + form, "refs/tags"],
            stdout=subprocess.PIPE, check=True, env=environment()).stdout.decode("utf-8", "replace")
        families = collections.defaultdict(dict)
        for line in lines.splitlines():
            tag, _, day = line.partition("\t")
            match = VERSION.match(tag)
            if match:
                version = tuple(map(int, match[2].split(".")))
                families[match[1]].setdefault(version, (match[2], tag, day))
        return max(families.values(), key=len, default={})


def pairs(tags):
    """Neighbouring patch releases."""
    for version in sorted(tags):
        following = version[:-1] + (version[-1] + 1,)
        if following in tags:
            yield tags[version], tags[following]


def day_in(lines):
    """The first date of some lines as YYYY-MM-DD; None for none."""
    text = " ".join(lines)
    match = re.search(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})\b", text)
    if match:
        return "%04d-%02d-%02d" % tuple(map(int, match.groups()))
    for form, order in (
        (r"\b([A-Za-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b", (0, 1, 2)),
        (r"\b(\d{1,2})(?:st|nd|rd|th)?[ -]([A-Za-z]{3,9})\.?,?[ -](\d{4})\b", (1, 0, 2)),
    ):
        for found in re.finditer(form, text):
            month, day, year = (found.groups()[index] for index in order)
            if month[:3].lower() in MONTHS:
                return "%s-%02d-%02d" % (year, MONTHS.index(month[:3].lower()) + 1, int(day))
    return None


def heading(lines, version, known=()):
    """The index of the first line that names a version as a heading would; None for none."""
    token = re.compile(rb"(?<![\w.])v?" + re.escape(version.encode()) + rb"(?![\w]|\.\d|-[a-z])")
    for index, line in enumerate(lines):
        if line in known or line.startswith((b"[" + version.encode(), b" ", b"\t")):
            continue
        found = token.search(re.sub(rb"\]\([^)]*\)|<http[^>]*>", b"]", line))
        if found and len(line[:found.start()].split()) <= 6:
            return index
    return None


def lost(old, new, allowed=2):
    """Whether more than two lines of the old file are not in the new one, in order."""
    missing, position = 0, 0
    places = collections.defaultdict(list)
    for index, line in enumerate(new):
        places[line].append(index)
    for line in old:
        following = next((index for index in places[line] if index >= position), None)
        if following is None:
            missing += 1
        else:
            position = following + 1
    return missing > allowed


def insert(binary, suffix, data, version, previous, day):
    """The file with the new entry, or the reason why there is none."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / ("CHANGELOG" + suffix)
        path.write_bytes(data)
        run = subprocess.run(
            [binary, "changelog", "add", "--file", path, "--version", version, "--previous", previous,
             "--date", day, "--category", "security", "--entry", TEXT, "--stdout"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment())
        if run.returncode == 0:
            return run.stdout, None
        reason = run.stderr.decode("utf-8", "replace").splitlines()
        return None, reason[0].split(": ", 2)[-1] if reason else f"exit {run.returncode}"


def replay(binary, suffix, old, written, previous, following):
    """What came of one release: a word, and what was expected and made."""
    (before, _, _), (version, _, tagged) = previous, following
    theirs, source = written.splitlines(), old.splitlines()
    known = set(source)
    place = heading(theirs, version, known)
    if place is None or heading(source, before) is None or heading(source, version) is not None:
        return "not told", None
    day = day_in([line.decode("utf-8", "replace") for line in theirs[place:place + 4]]) or tagged
    new, reason = insert(binary, suffix, old, version, before, day)
    if new is None:
        return "refused: " + reason, None
    again, _ = insert(binary, suffix, new, version, before, day)
    if again != new:
        return "not idempotent", None
    ours = new.splitlines()
    if lost(source, ours):
        return "lines lost", None
    here = heading(ours, version, known)
    if here is None:
        return "no heading", (theirs[place], b"")
    if ours[here] != theirs[place]:
        return "heading differs", (theirs[place], ours[here])
    below = heading(ours[here + 1:], before), heading(theirs[place + 1:], before)
    if below == (None, None):
        return "same", None
    if None in below:
        return "place differs", (theirs[place], ours[here])
    between = theirs[place + 1:place + 1 + below[1]]
    other = next((line for line in between if line in known and is_heading(line, theirs[place])), None)
    if other is not None:
        return "place differs", (other, ours[here])
    return "same", None


def is_heading(line, model):
    """Whether a line is a heading as another one is: it begins with the same mark and has a version."""
    mark = re.match(rb"[^\w\d]*", model)[0]
    return bool(mark.strip()) and line.startswith(mark) and re.search(rb"\d+\.\d+", line) is not None


def jobs_of(repository, path, options):
    """The jobs of one project: files with the releases between them."""
    found = list(pairs(repository.tags()))
    if options.limit and len(found) > options.limit:
        found = sorted(random.Random(options.seed).sample(found, options.limit))
    for previous, following in found:
        for name in [path] if path else NAMES:
            old = repository.read(f"{previous[1]}:{name}")
            new = repository.read(f"{following[1]}:{name}")
            if old and new and old != new:
                yield pathlib.Path(name).suffix, old, new, previous, following
                break


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", nargs="+", metavar="CLONE[:PATH]")
    parser.add_argument("--limit", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    options = parser.parse_args()
    binary = release_binary()
    total, reasons = collections.Counter(), collections.Counter()
    print(f"{'project':28} {'releases':>8} {'refused':>8} {'heading':>8} {'place':>8}")
    for clone in options.clones:
        folder, _, path = clone.partition(":")
        jobs = list(jobs_of(Repository(folder), path, options))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            results = list(pool.map(lambda job: (job, replay(binary, *job)), jobs))
        counts, shown = collections.Counter(), 0
        for job, (word, difference) in results:
            kind = word.partition(":")[0]
            counts[kind] += 1
            if kind == "refused":
                reasons[word] += 1
            if difference and shown < options.show or kind in ("not idempotent", "lines lost"):
                shown += 1
                print(f"  {job[4][1]}: {word}", *(difference or ()), sep="\n    ")
        report(name_of(folder), counts)
        total += counts
    report("all", total)
    for word, count in reasons.most_common():
        print(f"{count:6} {word}")
    return 1 if total["not idempotent"] or total["lines lost"] else 0


def report(name, counts):
    """One row of the table."""
    told = sum(counts.values()) - counts["not told"]
    accepted = told - counts["refused"]
    heading_same = counts["same"] + counts["place differs"]
    share = lambda count: f"{100 * count / accepted:.1f} %" if accepted else "-"
    print(
        f"{name:28} {told:8} {counts['refused']:8} {share(heading_same):>8} {share(counts['same']):>8}",
        flush=True)


def name_of(folder):
    """What a clone is called."""
    path = pathlib.Path(folder).resolve()
    return path.parent.name if path.name in ("repo", ".git") else path.name.removesuffix(".git")


if __name__ == "__main__":
    sys.exit(main())
