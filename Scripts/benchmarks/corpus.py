"""Scripts/bench corpus --corpora DIR --clones DIR [--only NAME]... [--show]

Picks real fixes onto the branches that people backported them to, and compares with what they made of
it and with what git makes of it.

DIR/backports/*.tsv of --corpora holds the rows, one table a repository, with the columns `repo` (OWNER/
NAME), `fix`, `onto`, `human_tree`, `mainline` (0 unless the fix is a merge taken against that parent),
`base_clean` and `base_equal_paths` (whether git is clean, and right on every path it touches) and
`base_tree`. The clone of a repository is looked for in --clones as OWNER+NAME, OWNER/NAME, OWNER-NAME or
NAME, each also with `.git` at its end, or with a folder `repo` in it; nothing is written to it.

One `pick --stdin` does all rows of a repository. Printed are, of the rows whose objects are there: how
many are clean and right for git and for us; lost (git is clean, we are not), gained (the reverse), and
other (both clean, with different trees). Right: on every path that the pick touches, the result is
what people left there. --show lists lost, gained and other rows with their paths. --only takes the
name of a table; again for more. Ends with 1 when there are fewer clean or right rows than git's, or
more than 0.2 % are lost.
"""
import argparse
import collections
import csv
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from processes import Git, environment, release_binary
from scratch import find_clone, scratch_repository

COLUMNS = ("rows", "git clean", "git right", "clean", "right", "lost", "gained", "other", "absent")


def read(path):
    """The rows of a table."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def pick(binary, repository, rows):
    """Our document for each row; rows of one mainline go through one process."""
    answers = [None] * len(rows)
    groups = collections.defaultdict(list)
    for number, row in enumerate(rows):
        groups[int(row["mainline"] or 0)].append(number)
    for mainline, numbers in groups.items():
        words = [binary, "-C", repository, "pick", "--stdin", "--json"]
        words += ["-m", str(mainline)] if mainline else []
        lines = "".join(f"{rows[number]['onto']} {rows[number]['fix']}\n" for number in numbers)
        output = subprocess.run(
            words, input=lines.encode(), env=environment(), stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL).stdout.splitlines()
        if len(output) != len(numbers):
            raise SystemExit(f"error: {len(output)} answers to {len(numbers)} lines")
        for number, line in zip(numbers, output):
            answers[number] = json.loads(line)
    return answers


def changed_paths(git, repository, pairs):
    """For each pair of trees the set of paths in which they differ, by one process."""
    lines = "".join(f"{left} {right}\n" for left, right in pairs)
    output = subprocess.run(
        [git.path, "-C", repository, "diff-tree", "--stdin", "-r", "--name-only", "-z",
         "--no-renames", "--no-commit-id", "-m"],
        input=lines.encode(), env=git.environment, stdout=subprocess.PIPE).stdout
    found, paths = {}, None
    wanted = {f"{left} {right}" for left, right in pairs}
    for field in output.replace(b"\n", b"\0").split(b"\0"):
        text = field.decode(errors="surrogateescape")
        if text in wanted:
            paths = found.setdefault(text, set())
        elif text and paths is not None:
            paths.add(text)
    return [found.get(f"{left} {right}", set()) for left, right in pairs]


def are_right(git, repository, rows, trees):
    """For each row whether its tree is, on every path touched, what people made of it."""
    numbers = [n for n, tree in enumerate(trees) if tree and tree != rows[n]["human_tree"]]
    ours = {n: tree == rows[n]["human_tree"] for n, tree in enumerate(trees)}
    before = resolve_trees(git, repository, [rows[n]["onto"] for n in numbers])
    touched = changed_paths(git, repository, list(zip(before, (trees[n] for n in numbers))))
    missed = changed_paths(git, repository, [(trees[n], rows[n]["human_tree"]) for n in numbers])
    for number, mine, theirs in zip(numbers, touched, missed):
        ours[number] = not mine & theirs
    return [ours[n] for n in range(len(rows))]


def resolve_trees(git, repository, commits):
    """The trees of commits."""
    lines = "".join(f"{commit}^{{tree}}\n" for commit in commits)
    output = git("-C", repository, "cat-file", "--batch-check=%(objectname)", input=lines)
    return output.splitlines()


def present(git, repository, rows):
    """For each row whether the clone has the fix, the branch and what people made."""
    names = [row[column] for row in rows for column in ("fix", "onto", "human_tree")]
    output = git("-C", repository, "cat-file", "--batch-check", input="\n".join(names) + "\n")
    there = [not line.endswith("missing") for line in output.splitlines()]
    return [all(there[3 * n:3 * n + 3]) for n in range(len(rows))]


def score(git, binary, table, clone, show):
    """Counts of one repository."""
    counts = collections.Counter()
    rows = read(table)
    with tempfile.TemporaryDirectory() as folder:
        repository = scratch_repository(clone, folder + "/scratch.git")
        there = present(git, repository, rows)
        counts["absent"] = there.count(False)
        rows = [row for row, is_there in zip(rows, there) if is_there]
        if not rows:
            return counts, []
        answers = pick(binary, repository, rows)
        trees = [a["tree"] if a["status"] in ("picked", "empty") else None for a in answers]
        rights = are_right(git, repository, rows, trees)
    remarks = []
    for row, answer, tree, right in zip(rows, answers, trees, rights):
        git_clean = row["base_clean"] == "1"
        counts["rows"] += 1
        counts["git clean"] += git_clean
        counts["git right"] += git_clean and row["base_equal_paths"] == "1"
        counts["clean"] += tree is not None
        counts["right"] += tree is not None and right
        kind = None
        if tree and git_clean and tree != row["base_tree"]:
            kind = "other"
        elif git_clean and not tree:
            kind = "lost"
        elif tree and not git_clean:
            kind = "gained"
        if kind:
            counts[kind] += 1
            words = [f"{c['kind']} {c['path']}" for c in answer["conflicts"]]
            words += [answer["error"]["message"]] if answer.get("error") else []
            words += ["right" if right else "wrong"] if tree else []
            remarks.append((kind, f"{row['fix']} onto {row['onto']}  {', '.join(words)}"))
    return counts, sorted(remarks) if show else [r for r in remarks if r[0] == "lost"]


def main():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench corpus", description=__doc__, usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", required=True)
    parser.add_argument("--clones", required=True)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    tables = sorted(pathlib.Path(options.corpora).glob("backports/*.tsv"))
    if not tables:
        raise SystemExit(f"error: no tables in {options.corpora}/backports")
    git, binary, total = Git(), release_binary(), collections.Counter()
    print(f"{'':12}" + "".join(f"{name:>10}" for name in COLUMNS) + "   seconds")
    for table in tables:
        if options.only and table.stem not in options.only:
            continue
        rows = read(table)
        clone = find_clone(options.clones, rows[0]["repo"]) if rows else None
        if not clone:
            print(f"{table.stem:12}  no clone of {rows[0]['repo'] if rows else 'it'}")
            continue
        start = time.monotonic()
        counts, remarks = score(git, binary, table, clone, options.show)
        total += counts
        print(f"{table.stem:12}" + "".join(f"{counts[name]:>10}" for name in COLUMNS)
              + f"{time.monotonic() - start:10.1f}", flush=True)
        for kind, remark in remarks:
            print(f"  {kind:7} {remark}")
    print(f"{'total':12}" + "".join(f"{total[name]:>10}" for name in COLUMNS))
    if total["rows"]:
        print(f"lost {100 * total['lost'] / total['rows']:.2f} % of the rows")
    is_good = (
        total["clean"] >= total["git clean"] and total["right"] >= total["git right"]
        and total["lost"] <= 0.002 * total["rows"])
    sys.exit(0 if is_good and total["rows"] else 1)


if __name__ == "__main__":
    main()
