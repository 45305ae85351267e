"""Scripts/bench instructions [--record]

Counts the instructions of a few runs by valgrind and compares them with those of instructions.json; ends
with 1 when one differs by more than 3 %, for more as for fewer: fewer are recorded, by --record, so
that they stay. The counts hold for one toolchain; with another, and without valgrind, nothing is
compared, and one line says so.
"""
import json
import pathlib
import platform
import shutil
import subprocess
import sys
import tempfile

import repositories
from picks import Backport, Field
from processes import Git, instructions, release_binary

RECORD = pathlib.Path(__file__).with_name("instructions.json")
TOLERANCE = 0.03


def conditions():
    """What the counts depend on besides our own code."""
    def first_line(*words):
        try:
            return subprocess.run(
                words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                check=True).stdout.decode().splitlines()[0]
        except (OSError, subprocess.CalledProcessError, IndexError):
            return "none"
    return {
        "machine": platform.machine(),
        "libc": " ".join(platform.libc_ver()),
        "swift": first_line("swift", "--version"),
        "libgit2": first_line("pkg-config", "--modversion", "libgit2"),
        # It packs the repository that is read.
        "git": Git().version,
        "valgrind": first_line("valgrind", "--version"),
    }


def count(binary):
    """The counts, by name."""
    source = repositories.make("small")
    counts = {"--version": instructions([binary, "--version"])}
    with tempfile.TemporaryDirectory() as folder:
        for lines in (1, 20):
            field = Field(source, lines)
            ours = Backport(binary)
            place = ours.open(field, f"{folder}/{lines}")
            counts[f"pick --stdin, {lines} lines"] = instructions(
                ours.command(place), input=ours.lines(field))
        field = Field(source, 1)
        place = ours.open(field, f"{folder}/onto")
        counts["pick --onto"] = instructions(
            [binary, "-C", place, "pick", "--onto", field.tips[0], field.fix])
        counts["lines"] = instructions(
            [binary, "-C", source, "lines", "--json", "--as-of", "2026-01-01"])
    return counts


def main():
    if sys.argv[1:] not in ([], ["--record"]):
        print(__doc__.strip())
        sys.exit(0 if sys.argv[1:] in (["-h"], ["--help"]) else 2)
    if not shutil.which("valgrind"):
        print("skipped: valgrind is not installed")
        return
    here = conditions()
    recorded = json.loads(RECORD.read_text()) if RECORD.exists() else {}
    is_recording = sys.argv[1:] == ["--record"]
    if not is_recording and recorded.get("conditions") != here:
        there = recorded.get("conditions", {})
        other = [f"{key} {there.get(key)} instead of {here[key]}"
                 for key in here if there.get(key) != here[key]]
        print("skipped: the counts are for " + ", ".join(other))
        return
    counts = count(release_binary())
    if is_recording:
        RECORD.write_text(json.dumps({"conditions": here, "instructions": counts}, indent=2) + "\n")
    wrong = False
    for name, value in counts.items():
        old = recorded.get("instructions", {}).get(name, value)
        change = value / old - 1
        is_wrong = abs(change) > TOLERANCE and not is_recording
        wrong = wrong or is_wrong
        print(f"{name:24} {value:>13,}  {change:+7.1%}" + ("  too far off" if is_wrong else ""))
    if wrong:
        print("error: the instructions changed by more than 3 %; if that is meant, run "
              "Scripts/bench instructions --record", file=sys.stderr)
        sys.exit(1)


if __name__ == "__main__":
    main()
