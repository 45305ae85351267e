"""Scripts/bench apply [--repository NAME] [--lines N] [--rounds N] [--git PATH]... [--slow]

Plans one fix for the newest N release lines, and lands it on them, in turns with others:

  plan                    every verdict, changelog and tag, nothing written
  apply                   landed durably: fsync, fsck of what is new, read back, one transaction
  apply without fsync     the same with fsync made a call that does nothing: what durability costs
  git replay + tag        a loop that is not durable and looks at nothing (git 2.44 or newer: --git PATH)
  cherry-pick             in a full checkout (--slow: minutes)

Prints milliseconds on the clock (median and minimum) and of processors, their ratios to `apply`, and the
peak memory of `plan`. Checks that all make the same trees and that `git fsck --strict` is content.
"""
import argparse
import json
import pathlib
import shutil
import subprocess
import tempfile

import repositories
from picks import CherryPick, Field, Replay, report
from processes import BUILD, Git, environment, machine, measure, release_binary, timed
from scratch import scratch_repository

# In the place of libc's, for the contender that is not durable.
SHIM = """
int fsync(int descriptor) { (void)descriptor; return 0; }
int fdatasync(int descriptor) { (void)descriptor; return 0; }
int sync_file_range(int a, long b, long c, unsigned d) { (void)a; (void)b; (void)c; (void)d; return 0; }
int syncfs(int descriptor) { (void)descriptor; return 0; }
"""


class Newest(Field):
    """The newest release branches, which the policy covers."""

    def __init__(self, source, count):
        super().__init__(source, repositories.SHAPES[source.stem].branches)
        self.names, self.tips = self.names[-count:], self.tips[-count:]


class Program:
    """git-backport, as it is or with other variables."""

    def __init__(self, name, binary, config, verb, more=None):
        self.name, self.verb, self.more = name, verb, more or {}
        self.words = [binary, "-C"]
        self.options = ["--config", config, "--no-forward-port", "--json", "--as-of", "2017-09-01"]
        if verb == "apply":
            self.options.append("--yes")

    def open(self, field, folder):
        return scratch_repository(field.source, folder)

    def command(self, place):
        return [*self.words, place, self.verb, "fix^{commit}", *self.options]

    def run(self, field, place):
        run = subprocess.run(
            self.command(place), env=environment(**self.more), stdout=subprocess.PIPE)
        if run.returncode:
            raise SystemExit(f"error: {self.name} ended with {run.returncode}")
        return self.trees(json.loads(run.stdout), field)

    @staticmethod
    def trees(document, field):
        plan = document.get("plan", document)
        branches = {target["branch"]: target["commits"] for target in plan["targets"]}
        return [branches[name][-1]["tree"] for name in field.names]


def main():
    parser = argparse.ArgumentParser(
        prog="Scripts/bench apply", description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    parser.add_argument("--repository", default="large", choices=list(repositories.SHAPES))
    parser.add_argument("--lines", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--git", action="append", default=[])
    parser.add_argument("--slow", action="store_true")
    options = parser.parse_args()
    binary = release_binary()
    source = repositories.make(options.repository)
    field = Newest(source, options.lines)
    scratch = tempfile.mkdtemp(dir=BUILD)
    try:
        config, shim = prepare(scratch, options.lines)
        everyone = [
            Program("apply", binary, config, "apply"),
            Program("apply without fsync", binary, config, "apply", {"LD_PRELOAD": shim}),
            Program("plan", binary, config, "plan"),
        ]
        gits = list(map(Git, ["git", *options.git]))
        everyone += [Replay(git) for git in gits if git.number >= (2, 44)]
        if options.slow:
            everyone.append(CherryPick(gits[-1], False))
        print(machine())
        times = compete(field, everyone, options.rounds, scratch)
        report(times, options.lines)
        place = everyone[2].open(field, f"{scratch}/memory")
        _, peak = measure(everyone[2].command(place), 3, env=environment())
        print(f"peak memory of plan: {peak:.1f} MB")
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def prepare(scratch, lines):
    """The configuration, and the library that makes fsync do nothing."""
    config, code = pathlib.Path(scratch, "config"), pathlib.Path(scratch, "shim.c")
    config.write_text(f"[policy]\n\tsupport = latest {lines} majors\n")
    code.write_text(SHIM)
    shim = f"{scratch}/shim.so"
    subprocess.run(["clang", "-shared", "-fPIC", "-o", shim, code], check=True)
    return str(config), shim


def compete(field, everyone, rounds, scratch):
    """Times everyone in turn, after checking their trees and what has landed."""
    times = {contender.name: ([], []) for contender in everyone}
    expected = None
    for number in range(rounds + 1):
        for index, contender in enumerate(everyone):
            if "cherry-pick" in contender.name and number > 2:
                continue
            place = contender.open(field, f"{scratch}/{number}-{index}")
            trees, *milliseconds = timed(lambda: contender.run(field, place))
            expected = expected or trees
            if trees != expected:
                raise SystemExit(f"error: {contender.name} makes other trees")
            if number == 0 and contender.name == "apply":
                check(field, place)
            # The first round warms up.
            if number:
                for values, value in zip(times[contender.name], milliseconds):
                    values.append(value)
    return times


def check(field, place):
    """Ends when git finds fault with what was landed, or a branch did not move."""
    field.git("-C", place, "fsck", "--strict", "--connectivity-only")
    heads = field.git("-C", place, "rev-parse", *field.names).splitlines()
    if any(head == tip for head, tip in zip(heads, field.tips)):
        raise SystemExit("error: a branch did not move")


if __name__ == "__main__":
    main()
