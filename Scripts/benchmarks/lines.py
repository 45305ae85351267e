"""Scripts/bench lines [--runs N]

Times of `lines` on repositories with 1,000 and 10,000 tags on 20 lines and 50,000 references, against
`git for-each-ref refs/tags`, in turns; beside the wall time the least time of a processor, which other
work on the machine does not change. The goals: less than 40 ms at 1,000 tags, and at most 12 times that
at 10,000. The last row has 200 lines. Ends with 1 when a goal is missed.
"""
import argparse
import resource
import shutil
import subprocess
import sys

from processes import BUILD, Git, environment, median, release_binary, timed

EPOCH = 1_600_000_000
GOAL = 40.0
GROWTH = 12.0
SHAPES = {
    "1,000 tags, 20 lines": (1_000, 20),
    "10,000 tags, 20 lines": (10_000, 20),
    "10,000 tags, 200 lines": (10_000, 200),
}
REFERENCES = 50_000


def stream(tags, lines):
    """A history for `git fast-import`: a trunk, a branch for each line, its releases on it."""
    mark = 0

    def commit(branch, parent, text):
        nonlocal mark
        mark += 1
        who = f"Bench <bench@example.com> {EPOCH + 600 * mark} +0000"
        words = [f"commit refs/heads/{branch}", f"mark :{mark}", f"committer {who}", "data 1", "x"]
        words += [f"from :{parent}"] if parent else []
        return mark, "\n".join([*words, f"M 100644 inline {text[0]}", f"data {len(text[1])}",
                                text[1], ""])

    trunk, out = commit("main", None, (".gitbackport", "[policy]\n\tsupport = latest 2 majors\n"))
    yield out
    for line in range(lines):
        name = f"{line // 5}.{line % 5}"
        trunk, out = commit("main", trunk, ("trunk", name))
        yield out
        tip = trunk
        for patch in range(tags // lines):
            tip, out = commit(f"{name}.x", tip, ("version", str(patch)))
            yield out
            yield (f"tag v{name}.{patch}\nfrom :{tip}\ntagger Bench <bench@example.com> "
                   f"{EPOCH + 600 * tip} +0000\ndata 1\nx")


def make(name, tags, lines):
    """The git directory of a shape; made when it is not there yet."""
    folder = BUILD / f"lines-{tags}-{lines}.git"
    stamp = folder / "complete"
    if stamp.exists():
        return folder
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    print(f"making {name}", file=sys.stderr)
    git = Git()
    git("init", "-q", "--bare", "-b", "main", folder)
    git("-C", folder, "fast-import", "--quiet", input="\n".join(stream(tags, lines)))
    git("-C", folder, "pack-refs", "--all", "--prune")
    packed = folder / "packed-refs"
    header, *records = packed.read_text().splitlines()
    head = git("-C", folder, "rev-parse", "main")
    # As a forge keeps them; written at once, since update-ref would make a file for each.
    pulls = sorted(f"refs/pull/{n}/head" for n in range(REFERENCES - tags - lines))
    place = next(n for n, record in enumerate(records) if " refs/tags/" in record)
    records[place:place] = [f"{head} {name}" for name in pulls]
    packed.write_text("\n".join([header, *records, ""]))
    git("-C", folder, "repack", "-q", "-a", "-d", "--threads=1")
    stamp.touch()
    return folder


def spent():
    """The milliseconds of a processor that children took so far."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (usage.ru_utime + usage.ru_stime) * 1000


def main():
    parser = argparse.ArgumentParser(usage=__doc__)
    parser.add_argument("--runs", type=int, default=31)
    runs = parser.parse_args().runs
    binary, git = release_binary(), Git()
    least = {}
    for name, (tags, lines) in SHAPES.items():
        folder = make(name, tags, lines)
        ours, theirs, processor = [], [], []
        for run in range(runs + 2):
            for times, words in (
                    (ours, [binary, "-C", folder, "lines", "--json"]),
                    (theirs, [git.path, "-C", folder, "for-each-ref", "refs/tags"])):
                before = spent()
                _, time, _ = timed(lambda: subprocess.run(
                    words, env=environment(), stdout=subprocess.DEVNULL, check=True))
                if run > 1:
                    times.append(time)
                if times is ours:
                    processor.append(spent() - before)
        least[name] = min(ours), min(processor)
        print(f"{name:24} median {median(ours):6.1f} ms   min {min(ours):6.1f} ms   "
              f"processor {min(processor):6.1f} ms   git for-each-ref min {min(theirs):6.1f} ms")
    (wall, few), (_, many), _ = least.values()
    print(f"10,000 tags take {many / few:.1f} times as long of a processor as 1,000")
    sys.exit(0 if wall < GOAL and many <= GROWTH * few else 1)


if __name__ == "__main__":
    main()
