"""Scripts/bench picks [--repository NAME|DIR]... [--lines N,...] [--rounds N] [--git PATH]...
                     [--slow] [--counts] [--flat]

Picks one fix onto N release branches with git-backport and with every peer that is there, which take
turns; checks that all make the same trees; prints milliseconds on the clock (median and minimum) and of
processors (median), and their ratios to git-backport's.

Repositories are made in .build/benchmarks: large (194,000 files, 50 branches, 1,000 tags), medium
(18,000 files), small. A clone of your own needs a tag `fix` and branches release/1, release/2, ….
Each run gets a scratch repository over the same objects, so that nobody finds what another has
written. A run begins with the start of the first process and ends with that of the last.

  --lines N,...  how many branches are picked onto (default 1,5,20)
  --rounds N     how often everyone gets a turn (default 9)
  --git PATH     one more git, such as a newer one that was built but not installed
  --slow         with cherry-pick in worktrees, sparse and full (minutes)
  --counts       also the instructions of each contender, by valgrind
  --flat         only the instructions of git-backport on repositories that differ in one respect
"""
import argparse
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import repositories
from processes import (
    BUILD, Git, environment, instructions, machine, median, release_binary, timed)
from scratch import git_directory, scratch_repository

FIX = "fix^{commit}"
IDENTITY = b"Bench <bench@example.com> 1700000000 +0000"


class Field:
    """What everyone works on: a repository and the branches to pick onto."""

    def __init__(self, source, count):
        self.source = source
        self.git = Git()
        run = lambda *words: self.git("-C", source, *words)
        self.fix = run("rev-parse", FIX)
        self.base = run("rev-parse", FIX + "^")
        self.message = run("log", "-1", "--format=%B", self.fix).encode()
        self.author = run("log", "-1", "--format=%an <%ae> %ad", "--date=raw", self.fix).encode()
        self.names = [f"release/{number}" for number in range(1, count + 1)]
        heads = dict(
            line.split()[::-1]
            for line in run("for-each-ref", "--format=%(objectname) %(refname:lstrip=2)",
                            "refs/heads/release").splitlines())
        self.tips = [heads[name] for name in self.names]


class Contender:
    """One way to pick. `run` is timed, `trees` and `close` are not."""

    def __init__(self, name):
        self.name = name

    def open(self, field, folder):
        """Prepares a place; gives what `run` and `trees` get."""
        return scratch_repository(field.source, folder)

    def close(self, place):
        """Tidies up."""


class Backport(Contender):
    """git-backport itself, and with its commits put on branches by git."""

    def __init__(self, binary, with_refs=False):
        super().__init__("git-backport pick" + (" + update-ref" if with_refs else ""))
        self.binary, self.with_refs = binary, with_refs

    def command(self, place):
        return [self.binary, "-C", str(place), "pick", "--stdin", "--json"]

    def lines(self, field):
        return "".join(f"{tip} {field.fix}\n" for tip in field.tips).encode()

    def run(self, field, place):
        output = subprocess.run(
            self.command(place), input=self.lines(field), env=environment(),
            stdout=subprocess.PIPE).stdout
        documents = [json.loads(line) for line in output.splitlines()]
        if self.with_refs:
            updates = "".join(
                f"update refs/heads/{name} {document['commits'][-1]}\n"
                for name, document in zip(field.names, documents) if document["commits"])
            field.git("-C", place, "update-ref", "--stdin", input=updates)
        return [document["tree"] for document in documents]


class Replay(Contender):
    """`git replay` for each branch, which is then moved and tagged: three processes a branch."""

    script = """
    while read -r name; do
      "$0" -C "$1" replay --ref-action=print --advance "refs/heads/$name" "$2..$3" |
        "$0" -C "$1" update-ref --stdin &&
        "$0" -C "$1" tag -a -m "Release $name" "new/$name" "refs/heads/$name"
    done"""

    def __init__(self, git):
        super().__init__(f"git {git.version} replay + tag")
        self.git = git

    def command(self, place, field):
        return ["sh", "-c", self.script, self.git.path, str(place), field.base, field.fix]

    def run(self, field, place):
        names = "".join(f"{name}\n" for name in field.names).encode()
        subprocess.run(
            self.command(place, field), input=names, env=self.git.environment,
            stdout=subprocess.DEVNULL)
        trees = self.git("-C", place, "rev-parse", *(f"refs/heads/{n}^{{tree}}" for n in field.names))
        return trees.splitlines()


class ReplayAlone(Contender):
    """One `git replay` for one branch, as plain as it gets."""

    def __init__(self, git):
        super().__init__(f"git {git.version} replay")
        self.git = git

    def run(self, field, place):
        for name in field.names:
            subprocess.run(
                [self.git.path, "-C", place, "replay", "--ref-action=update", "--advance",
                 f"refs/heads/{name}", f"{field.base}..{field.fix}"],
                env=self.git.environment, stdout=subprocess.DEVNULL)
        trees = self.git("-C", place, "rev-parse", *(f"refs/heads/{n}^{{tree}}" for n in field.names))
        return trees.splitlines()


class MergeTree(Contender):
    """`git merge-tree --stdin` for the trees, then what makes commits, branches and tags of them."""

    def __init__(self, git, then):
        super().__init__(f"git {git.version} merge-tree --stdin, {then}")
        self.git = git

    def merged(self, field, place):
        """The tree of each branch with the fix."""
        lines = "".join(f"{field.base} -- {tip} {field.fix}\n" for tip in field.tips)
        output = subprocess.run(
            [self.git.path, "-C", place, "merge-tree", "--stdin", "--write-tree", "--name-only",
             "--no-messages"],
            input=lines.encode(), env=self.git.environment, stdout=subprocess.PIPE).stdout
        return [fields[1].decode() for fields in merge_tree_answers(output)]


class MergeTreeCommands(MergeTree):
    """With git's commands for each: `commit-tree` and `tag`, and one `update-ref`."""

    def __init__(self, git):
        super().__init__(git, "commit-tree, tag")

    def run(self, field, place):
        trees = self.merged(field, place)
        environment = self.git.environment | author_variables(field.author)
        updates = []
        for name, tip, tree in zip(field.names, field.tips, trees):
            commit = subprocess.run(
                [self.git.path, "-C", place, "commit-tree", tree, "-p", tip],
                input=field.message, env=environment, stdout=subprocess.PIPE,
                check=True).stdout.decode().strip()
            subprocess.run(
                [self.git.path, "-C", place, "tag", "-a", "-m", "Release", f"new/{name}", commit],
                env=environment, check=True)
            updates.append(f"update refs/heads/{name} {commit} {tip}\n")
        self.git("-C", place, "update-ref", "--stdin", input="".join(updates))
        return trees


class MergeTreeImport(MergeTree):
    """With one `git fast-import`, which reads no more than it is told: the least that git can do."""

    def __init__(self, git):
        super().__init__(git, "fast-import")

    def run(self, field, place):
        trees = self.merged(field, place)
        stream = b"".join(
            b"commit refs/heads/%s\nauthor %s\ncommitter %s\ndata %d\n%s\nfrom %s\nM 040000 %s \n\n"
            b"tag new/%s\nfrom refs/heads/%s\ntagger %s\ndata 8\nRelease\n\n" % (
                name, field.author, IDENTITY, len(field.message), field.message, tip, tree,
                name, name, IDENTITY)
            for name, tip, tree in zip(
                map(str.encode, field.names), map(str.encode, field.tips), map(str.encode, trees)))
        subprocess.run(
            [self.git.path, "-C", place, "fast-import", "--quiet"], input=stream,
            env=self.git.environment, check=True)
        return trees


def author_variables(author):
    """The variables that make git write an author, given as a commit has it."""
    name, _, rest = author.decode().partition(" <")
    email, _, date = rest.partition("> ")
    return {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email, "GIT_AUTHOR_DATE": date}


class CherryPick(Contender):
    """`git cherry-pick` in a worktree that is moved from branch to branch."""

    def __init__(self, git, sparse):
        kind = "cone-sparse" if sparse else "full"
        super().__init__(f"git {git.version} cherry-pick, {kind} worktree")
        self.git, self.sparse = git, sparse

    def open(self, field, folder):
        place = scratch_repository(field.source, folder)
        worktree = pathlib.Path(f"{folder}.worktree")
        self.git("-C", place, "worktree", "add", "-q", "--no-checkout", "--detach", worktree,
                 field.tips[0])
        if self.sparse:
            touched = self.git("-C", place, "diff", "--name-only", field.base, field.fix)
            folders = sorted({os.path.dirname(path) for path in touched.splitlines()})
            self.git("-C", worktree, "sparse-checkout", "set", "--cone", *folders)
        self.git("-C", worktree, "checkout", "-q", "--detach", field.tips[0])
        return worktree

    def run(self, field, worktree):
        trees = []
        for name in field.names:
            for words in (["checkout", "-q", "--detach", name], ["cherry-pick", field.fix],
                          ["tag", "-a", "-m", "Release", f"new/{name}"]):
                subprocess.run(
                    [self.git.path, "-C", worktree, *words], env=self.git.environment,
                    stdout=subprocess.DEVNULL, check=True)
            trees.append(f"new/{name}^{{tree}}")
        return self.git("-C", worktree, "rev-parse", *trees).splitlines()


class Pygit2(Contender):
    """pygit2's merge of whole trees."""

    script = """
import sys, pygit2
repository = pygit2.Repository(sys.argv[1])
fix = repository[sys.argv[2]]
base = fix.parents[0]
who = pygit2.Signature("Bench", "bench@example.com", 1700000000, 0)
for line in sys.stdin:
    name, tip = line.split()
    index = repository.merge_trees(base.tree, repository[tip].tree, fix.tree)
    tree = index.write_tree(repository)
    made = repository.create_commit(None, fix.author, who, fix.message, tree, [tip])
    repository.references.create("refs/heads/" + name, made, force=True)
    repository.create_tag("new/" + name, made, pygit2.GIT_OBJECT_COMMIT, who, "Release")
    print(tree)
"""

    def __init__(self):
        super().__init__("pygit2 merge_trees")

    @staticmethod
    def is_there():
        return not subprocess.run(
            [sys.executable, "-c", "import pygit2"], stderr=subprocess.DEVNULL).returncode

    def run(self, field, place):
        lines = "".join(f"{name} {tip}\n" for name, tip in zip(field.names, field.tips))
        return subprocess.run(
            [sys.executable, "-c", self.script, place, field.fix], input=lines.encode(),
            env=environment(), stdout=subprocess.PIPE, check=True).stdout.decode().split()


def merge_tree_answers(output):
    """The answers of `git merge-tree --stdin --name-only --no-messages`: status, tree, paths."""
    fields, position = output.split(b"\0"), 0
    answers = []
    while position + 1 < len(fields):
        end = fields.index(b"", position)
        answers.append(fields[position:end])
        # A blank one ends the paths, and another the answer.
        position = end + 1
        while position < len(fields) and fields[position] == b"":
            position += 1
    return answers


def contenders(options, binary):
    """Everyone who is there, ourselves first."""
    everyone = [Backport(binary), Backport(binary, with_refs=True)]
    for git in map(Git, ["git", *options.git]):
        if git.number >= (2, 44):
            everyone += [ReplayAlone(git), Replay(git)]
        if git.number >= (2, 40):
            everyone += [MergeTreeCommands(git), MergeTreeImport(git)]
        if options.slow:
            everyone += [CherryPick(git, True), CherryPick(git, False)]
    if Pygit2.is_there():
        everyone.append(Pygit2())
    return everyone


def compete(field, everyone, rounds, scratch):
    """Times everyone in turn; gives the milliseconds of each, after checking their trees."""
    times = {contender.name: ([], []) for contender in everyone}
    expected = None
    for number in range(rounds + 1):
        for contender in everyone:
            slow = "cherry-pick" in contender.name
            if slow and number > 3:
                continue
            # Nothing is deleted before the end: freed inodes make the file system slow for seconds.
            folder = f"{scratch}/{number}-{everyone.index(contender)}-{len(field.tips)}"
            place = contender.open(field, folder)
            trees, *milliseconds = timed(lambda: contender.run(field, place))
            expected = expected or trees
            if trees != expected:
                raise SystemExit(f"error: {contender.name} makes other trees")
            # The first round warms up.
            if number:
                for values, value in zip(times[contender.name], milliseconds):
                    values.append(value)
    return times


def report(times, count):
    """Prints a table of milliseconds, with ratios to the first contender."""
    ours = next(iter(times.values()))
    heads = ("median", "min", "processor", "median", "min", "processor")
    print(f"\n{f'N = {count}':50}" + "".join(f"{head:>11}" for head in heads) + "  (ratios)")
    for name, values in times.items():
        row = figures(values)
        print(f"  {name:48}" + "".join(f"{value:11.1f}" for value in row)
              + "".join(f"{f'x{value / one:.1f}':>11}" for value, one in zip(row, figures(ours))))


def figures(times):
    """The median and the minimum on the clock, and the median of processors."""
    clock, processor = times
    return median(clock), min(clock), median(processor)


def count_instructions(source, counts, binary, gits, scratch):
    """Prints the instructions of git-backport and of `git replay`, and of one more line."""
    rows = {}
    for count in counts:
        field = Field(source, count)
        ours = Backport(binary)
        place = ours.open(field, f"{scratch}/count-{count}")
        rows.setdefault(ours.name, []).append(
            instructions(ours.command(place), input=ours.lines(field)))
        for git in gits:
            theirs = Replay(git)
            place = theirs.open(field, f"{scratch}/count-{count}-{git.version}")
            names = "".join(f"{name}\n" for name in field.names).encode()
            rows.setdefault(theirs.name, []).append(
                instructions(theirs.command(place, field), input=names, env=git.environment))
    print("\nmillions of instructions, children included" + "".join(f"  N={n:<6}" for n in counts)
          + "  one more line")
    for name, values in rows.items():
        if None in values:
            print("  valgrind is not installed")
            return
        more = (values[-1] - values[0]) / max(1, counts[-1] - counts[0]) / 1e6
        print(f"  {name:41}" + "".join(f"  {value / 1e6:<8.1f}" for value in values)
              + f"  {more:.2f}")


def flatness(binary, scratch):
    """Prints what files, references, tags and history cost."""
    def cost(name, count=20):
        field = Field(repositories.make(name), count)
        ours = Backport(binary)
        place = ours.open(field, f"{scratch}/flat-{name}")
        return instructions(ours.command(place), input=ours.lines(field)) / 1e6

    medium = cost("medium")
    print(f"medium, N = 20: {medium:.1f} million instructions")
    for name, words in (
        ("large", "194,000 instead of 18,000 files"),
        ("medium-references", "52,000 instead of 2,000 references"),
        ("medium-tags", "no tags instead of 1,000"),
        ("medium-history", "100,000 instead of 300 commits of history"),
    ):
        value = cost(name)
        print(f"  {words:44} {value:8.1f}   x{value / medium:.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench picks", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    parser.add_argument("--repository", action="append", default=[])
    parser.add_argument("--lines", default="1,5,20")
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--git", action="append", default=[])
    parser.add_argument("--slow", action="store_true")
    parser.add_argument("--counts", action="store_true")
    parser.add_argument("--flat", action="store_true")
    options = parser.parse_args()
    binary = release_binary()
    counts = [int(word) for word in options.lines.split(",")]
    BUILD.mkdir(parents=True, exist_ok=True)
    scratch = tempfile.mkdtemp(dir=BUILD)
    print(machine())
    try:
        if options.flat:
            flatness(binary, scratch)
            return
        for name in options.repository or ["large"]:
            source = repositories.make(name) if name in repositories.SHAPES else git_directory(name)
            if source is None:
                raise SystemExit(f"error: no repository at {name}")
            everyone = contenders(options, binary)
            print(f"\n{name}: {source}")
            for count in counts:
                report(compete(Field(source, count), everyone, options.rounds, scratch), count)
            if options.counts:
                gits = [git for git in map(Git, ["git", *options.git]) if git.number >= (2, 44)]
                count_instructions(source, counts, binary, gits, scratch)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


if __name__ == "__main__":
    main()
