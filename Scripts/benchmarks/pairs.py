"""Scripts/bench pairs --git PATH [--count N] [--seed N] [--show] CLONE...

Picks random commits of real repositories onto branches and tags of theirs, most of them near in time, with us and with
`git merge-tree`, whose merge is that of `git cherry-pick` (git 2.40 or newer; --git takes one that was
built but not installed). Prints how often both are clean with the same tree, both conflict, or only
one is clean, and lists the pairs of which both are clean with different trees. Ends with 1 when there
is one. --count is the number of pairs for each clone (4,000), --show lists what only one finds clean.
Nothing is written to the clones.
"""
import argparse
import bisect
import collections
import json
import pathlib
import random
import subprocess
import sys
import tempfile

from picks import merge_tree_answers
from processes import Git, environment, release_binary
from scratch import git_directory, scratch_repository


def choose(git, repository, count, seed):
    """Pairs of a commit with one parent and a branch or tag.

    One pair in four is any commit with any tip; the others are near in time, as backports are.
    """
    commits = [
        line.split() for line in git(
            "-C", repository, "rev-list", "--all", "--no-merges", "--parents",
            "--timestamp").splitlines()]
    commits = [words for words in commits if len(words) == 3]
    tips = git(
        "-C", repository, "for-each-ref", "--format=%(if)%(*objecttype)%(then)"
        "%(*committerdate:unix) %(*objectname) %(*objecttype)%(else)"
        "%(committerdate:unix) %(objectname) %(objecttype)%(end)",
        "refs/heads", "refs/remotes", "refs/tags").splitlines()
    tips = sorted({(int(words[0]), words[1]) for words in map(str.split, tips)
                   if len(words) == 3 and words[2] == "commit"})
    source = random.Random(seed)
    pairs = []
    for number in range(count):
        time, commit, parent = source.choice(commits)
        near = tips
        if number % 4:
            place = bisect.bisect(tips, (int(time), ""))
            near = tips[max(0, place - 8):place + 8]
        pairs.append((source.choice(near)[1], commit, parent))
    return pairs


def ask_git(git, repository, pairs):
    """The tree of each pair by merge-tree; None for a conflict, `absent` where git cannot go on.

    A clone may lack objects, and git ends at the first that it misses.
    """
    trees = []
    while len(trees) < len(pairs):
        lines = "".join(
            f"{parent} -- {tip} {commit}\n" for tip, commit, parent in pairs[len(trees):])
        run = subprocess.run(
            [git.path, "-C", repository, "merge-tree", "--stdin", "--write-tree", "--name-only",
             "--no-messages"],
            input=lines.encode(), env=git.environment, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL)
        trees += [answer[1].decode() if answer[0] == b"1" else None
                  for answer in merge_tree_answers(run.stdout)]
        if len(trees) < len(pairs):
            trees.append("absent")
    return trees


def ask_us(binary, repository, pairs):
    """Our document of each pair."""
    lines = "".join(f"{tip} {commit}\n" for tip, commit, _ in pairs)
    output = subprocess.run(
        [binary, "-C", repository, "pick", "--stdin", "--json"], input=lines.encode(),
        env=environment(), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout
    return [json.loads(line) for line in output.splitlines()]


def compare(git, binary, clone, options, total):
    """Counts the agreement on one clone."""
    counts = collections.Counter()
    with tempfile.TemporaryDirectory() as folder:
        repository = scratch_repository(clone, pathlib.Path(folder) / "scratch.git")
        pairs = choose(git, repository, options.count, options.seed)
        theirs = ask_git(git, repository, pairs)
        ours = ask_us(binary, repository, pairs)
    for (tip, commit, _), tree, document in zip(pairs, theirs, ours, strict=True):
        mine = document["tree"] if document["status"] in ("picked", "empty") else None
        if tree == "absent":
            kind = "absent"
        elif document["status"] == "error":
            kind = "error"
        elif tree and mine:
            kind = "same" if tree == mine else "different"
        elif tree or mine:
            kind = "only git" if tree else "only us"
        else:
            kind = "conflict"
        counts[kind] += 1
        if kind in ("different", "error") or options.show and kind in ("only git", "only us"):
            words = [f"{c['kind']} {c['path']}" for c in document["conflicts"] or []][:3]
            words += [document["error"]["message"]] if document.get("error") else []
            print(f"  {kind:9} {commit} onto {tip}  {', '.join(words)}")
    total += counts
    return counts


def main():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench pairs", description=__doc__, usage=argparse.SUPPRESS,
        formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("clones", nargs="+")
    parser.add_argument("--git", default="git")
    parser.add_argument("--count", type=int, default=4000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true")
    options = parser.parse_args()
    git, binary, total = Git(options.git), release_binary(), collections.Counter()
    if git.number < (2, 40):
        raise SystemExit(f"error: git {git.version} has no merge-tree --stdin; give one by --git")
    kinds = ("same", "different", "conflict", "only git", "only us", "error", "absent")
    for path in options.clones:
        clone = git_directory(path) or git_directory(f"{path}/repo")
        if not clone:
            raise SystemExit(f"error: no repository at {path}")
        counts = compare(git, binary, clone, options, total)
        print(f"{path}: " + ", ".join(f"{kind} {counts[kind]}" for kind in kinds), flush=True)
    print(f"git {git.version}, {sum(total.values())} pairs: "
          + ", ".join(f"{kind} {total[kind]}" for kind in kinds))
    sys.exit(1 if total["different"] else 0)


if __name__ == "__main__":
    main()
