"""Runs programs: timed, counted, and in an environment that belongs to nobody."""
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
BUILD = ROOT / ".build" / "benchmarks"


def environment(**more):
    """Variables without the user's configuration, with an identity and a date."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return kept | {
        "HOME": "/nonexistent",
        "LC_ALL": "C",
        "TZ": "UTC",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "Bench",
        "GIT_AUTHOR_EMAIL": "bench@example.com",
        "GIT_COMMITTER_NAME": "Bench",
        "GIT_COMMITTER_EMAIL": "bench@example.com",
        "GIT_COMMITTER_DATE": "1700000000 +0000",
        # Hash tables of Swift are seeded anew in each process otherwise, and so is the work.
        "SWIFT_DETERMINISTIC_HASHING": "1",
    } | more


def release_binary():
    """The release binary: $BINARY, or built."""
    given = os.environ.get("BINARY")
    if given:
        return os.path.abspath(given)
    built = subprocess.run([ROOT / "Scripts" / "release-build"], stdout=subprocess.PIPE, check=True)
    return built.stdout.decode().strip()


class Git:
    """One git program; one that was built but not installed finds its parts beside itself."""

    def __init__(self, path="git"):
        self.path = shutil.which(path) or path
        home = pathlib.Path(self.path).resolve().parent
        more = {"GIT_EXEC_PATH": str(home)} if (home / "git-sh-setup.sh").exists() else {}
        self.environment = environment(**more)
        words = self("version").split()
        self.version = words[2] if len(words) > 2 else "?"
        numbers = (self.version.split(".") + ["0", "0"])[:2]
        self.number = tuple(int("".join(filter(str.isdigit, part)) or 0) for part in numbers)

    def __call__(self, *arguments, input=None, cwd=None):
        """Runs git and gives its output; ends with an exception when git fails."""
        run = subprocess.run(
            [self.path, *map(str, arguments)], cwd=cwd, env=self.environment, check=True,
            input=input.encode() if isinstance(input, str) else input,
            stdout=subprocess.PIPE)
        return run.stdout.decode(errors="surrogateescape").strip("\n")


def timed(run):
    """What a call returns, and the milliseconds that it took: on the clock, and of processors.

    The second are those of all processes that it started, and stay much the same on a busy machine.
    """
    def used():
        usage = resource.getrusage(resource.RUSAGE_CHILDREN)
        return usage.ru_utime + usage.ru_stime

    before, start = used(), time.perf_counter()
    result = run()
    return result, (time.perf_counter() - start) * 1000, (used() - before) * 1000


def measure(arguments, runs, **options):
    """The sorted milliseconds of several runs, and the peak memory in megabytes."""
    times, peak = [], 0
    for _ in range(runs + 2):
        start = time.perf_counter()
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, **options)
        _, status, usage = os.wait4(child.pid, 0)
        times.append((time.perf_counter() - start) * 1000)
        child.returncode = status
        peak = max(peak, usage.ru_maxrss)
    return sorted(times[2:]), peak / 1024


def instructions(arguments, input=None, cwd=None, env=None):
    """The instructions of a command and of all that it starts, by callgrind; None without it."""
    if not shutil.which("valgrind"):
        return None
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["valgrind", "--tool=callgrind", "--trace-children=yes",
             "--callgrind-out-file=/dev/null", f"--log-file={folder}/%p", *map(str, arguments)],
            input=input, cwd=cwd, env=env or environment(),
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        total = 0
        for log in pathlib.Path(folder).iterdir():
            for line in log.read_text(errors="replace").splitlines():
                if "refs:" in line and "I " in line:
                    total += int(line.split("refs:")[1].strip().replace(",", ""))
    return total or None


def machine():
    """The machine in one line."""
    model = "processor"
    for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            model = line.split(":", 1)[1].strip()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") >> 30
    return f"{os.cpu_count()} x {model}, {memory} GB, load {os.getloadavg()[0]:.1f}"


def median(values):
    """The median, or not-a-number of nothing."""
    return statistics.median(values) if values else float("nan")
