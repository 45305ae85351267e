"""Scripts/bench changelog [--keep FOLDER]

The same job done by git-backport and by tools from PyPI: an entry for release 0.9.4 in the changelog of a
maintenance branch, on a plain file and on one with a byte order mark and Windows line ends. Prints a
table of what each does to the file. The tools go into a virtual environment below .build/benchmarks,
which needs the network once. BINARY says which program is measured; --keep saves the results.
"""
import argparse
import datetime
import difflib
import os
import pathlib
import subprocess
import sys
import tempfile

from processes import BUILD, environment, release_binary

TOOLS = {
    "git-cliff": "2.14.2",
    "towncrier": "26.9.0",
    "commitizen": "4.19.3",
    "python-semantic-release": "10.7.0",
    "keepachangelog": "2.0.0",
    "bump-my-version": "1.8.1",
}
TEXT = "Check the size of every field (CVE-2026-0001)"
TODAY = datetime.date.today().isoformat()
LOG = """# Changelog

All notable changes are listed here.

## [0.9.3] - 2025-02-03

### Fixed

* A crash on empty input

## [0.9.2] - 2025-01-02

### Added

* The first thing

### Security

* Something better hidden

[0.9.3]: https://example.org/w/compare/v0.9.2...v0.9.3
[0.9.2]: https://example.org/w/compare/v0.9.1...v0.9.2
"""
CONFIGURATION = {
    "towncrier.toml": """[tool.towncrier]
directory = "news"
filename = "CHANGELOG.md"
title_format = "## [{version}] - {project_date}"
issue_format = "#{issue}"
[[tool.towncrier.type]]
directory = "security"
name = "Security"
showcontent = true
""",
    "news/+size.security.md": TEXT + "\n",
    ".cz.toml": """[tool.commitizen]
name = "cz_conventional_commits"
version = "0.9.3"
tag_format = "v$version"
""",
    "releaserc.toml": """[semantic_release]
allow_zero_version = true
major_on_zero = false
[semantic_release.branches.main]
match = ".*"
[semantic_release.changelog]
mode = "update"
[semantic_release.changelog.default_templates]
changelog_file = "CHANGELOG.md"
[semantic_release.remote]
type = "github"
""",
    "bump.toml": f"""[tool.bumpversion]
current_version = "0.9.3"
[[tool.bumpversion.files]]
filename = "CHANGELOG.md"
search = "## [{{current_version}}]"
replace = '''## [{{new_version}}] - {TODAY}

### Security

* {TEXT}

## [{{current_version}}]'''
""",
}


def install(folder):
    """The folder of the tools' programs, in a virtual environment that is made once."""
    programs = folder / "bin"
    if not (programs / "python").exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    wanted = [f"{name}=={version}" for name, version in TOOLS.items()]
    marker = folder / "installed"
    if not marker.exists() or marker.read_text().split() != wanted:
        subprocess.run([programs / "pip", "install", "--quiet", *wanted], check=True)
        marker.write_text("\n".join(wanted))
    return programs


def commands(programs, binary):
    """How each tool is asked for the entry."""
    run = lambda name, *words: [str(programs / name), *words]
    release = "import keepachangelog; keepachangelog.release('CHANGELOG.md', new_version='0.9.4')"
    return {
        "git-backport": [
            binary, "changelog", "add", "--file", "CHANGELOG.md", "--version", "0.9.4",
            "--previous", "0.9.3", "--entry", TEXT],
        "git-cliff": run(
            "git-cliff", "--unreleased", "--tag", "v0.9.4", "--prepend", "CHANGELOG.md"),
        "towncrier": run(
            "towncrier", "build", "--yes", "--version", "0.9.4", "--name", "w"),
        "commitizen": run("cz", "bump", "--changelog", "--increment", "PATCH", "--yes"),
        "python-semantic-release": run(
            "semantic-release", "-c", "releaserc.toml", "version", "--patch", "--no-commit",
            "--no-tag", "--no-push", "--no-vcs-release"),
        "keepachangelog": run("python", "-c", release),
        "bump-my-version": run(
            "bump-my-version", "bump", "patch", "--config-file", "bump.toml", "--allow-dirty"),
    }


def repository(folder, log):
    """A branch with one release and one fix since."""
    folder.mkdir()
    variables = environment()
    git = lambda *words: subprocess.run(
        ["git", *words], cwd=folder, env=variables, check=True, stdout=subprocess.PIPE)
    git("init", "--quiet", "--initial-branch=main")
    git("config", "core.autocrlf", "false")
    git("remote", "add", "origin", "https://github.com/example/w.git")
    for name, text in CONFIGURATION.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    (folder / "CHANGELOG.md").write_bytes(log)
    git("add", "--all")
    git("commit", "--quiet", "--message", "Release 0.9.3")
    git("tag", "v0.9.3")
    (folder / "size").write_text("checked\n")
    git("add", "--all")
    git("commit", "--quiet", "--message", f"fix: {TEXT}")


def attempt(command, folder):
    """Runs a tool; gives its exit status."""
    variables = environment(HOME=str(folder), PSR_DOCKER_GITHUB_ACTION="")
    run = subprocess.run(
        command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    return run.returncode


def describe(old, new, again, status):
    """What became of a file, in the columns of the table."""
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    blocks = difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    lost = len(before) - sum(block.size for block in blocks)
    if new == old:
        return [f"nothing (exit {status})", "-", "-", "-", "-"]
    text = new.decode("utf-8", "replace").lstrip("\ufeff")
    lines = text.splitlines()
    heading = f"## [0.9.4] - {TODAY}"
    where = next((i for i, line in enumerate(lines) if "size of every field" in line), None)
    place = "not written"
    if where is not None:
        title = max(i for i, line in enumerate(lines) if line.endswith("# Changelog"))
        previous = next((i for i, line in enumerate(lines) if "2025-02-03" in line), 0)
        place = "above 0.9.3" if where < previous else "at the end"
        if where < title:
            place = "above the title"
    form = "as the file's" if heading in lines else "its own"
    link = "yes" if any(line.startswith("[0.9.4]: ") for line in lines) else "no"
    return [place, form, link, str(lost), "yes" if again == new else "no"]


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--keep", type=pathlib.Path, help="a folder for the files that come out")
    options = parser.parse_args()
    binary = release_binary()
    programs = install(BUILD / "changelog-tools")
    files = {
        "LF": LOG.encode(),
        "BOM and CRLF": b"\xef\xbb\xbf" + LOG.replace("\n", "\r\n").encode(),
    }
    print("| file | tool | entry | heading | link | old lines changed | again: same |")
    print("| --- | --- | --- | --- | --- | ---: | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        for kind, log in files.items():
            for name, command in commands(programs, binary).items():
                folder = pathlib.Path(scratch) / f"{name}-{kind.replace(' ', '-')}"
                repository(folder, log)
                path = folder / "CHANGELOG.md"
                status = attempt(command, folder)
                new = path.read_bytes()
                attempt(command, folder)
                row = describe(log, new, path.read_bytes(), status)
                print("|", " | ".join([kind, f"{name} {TOOLS.get(name, '')}".strip(), *row]), "|")
                if options.keep:
                    options.keep.mkdir(parents=True, exist_ok=True)
                    (options.keep / f"{folder.name}.md").write_bytes(new)


if __name__ == "__main__":
    main()
