"""Scripts/bench start [REPOSITORY [FIX [OPTION...]]]

Whole-process times and peak memory of the release binary: what a start costs, and, with a repository,
`lines`, and with a fix `plan`. RUNS says how often each is run (31), BINARY which program.
"""
import os
import sys

from processes import measure, median, release_binary


def main():
    words = sys.argv[1:]
    if words[:1] in (["-h"], ["--help"]):
        print(__doc__.strip())
        return
    binary, runs = release_binary(), int(os.environ.get("RUNS", "31"))
    commands = {"--help": ["--help"], "--version": ["--version"]}
    if words:
        location = ["-C", words[0]]
        commands["lines"] = [*location, "lines"]
        if len(words) > 1:
            commands["plan"] = [*location, "plan", *words[1:]]
            commands["json"] = [*location, "plan", *words[1:], "--json"]
    for name, arguments in commands.items():
        times, peak = measure([binary, *arguments], runs)
        print(
            f"{name:10} median {median(times):6.1f} ms   min {times[0]:6.1f} ms   "
            f"p90 {times[int(len(times) * 0.9)]:6.1f} ms   peak {peak:5.1f} MB")


if __name__ == "__main__":
    main()
