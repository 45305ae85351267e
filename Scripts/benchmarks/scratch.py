"""Scratch repositories on top of others, which stay as they are."""
import os
import pathlib
import shutil


def git_directory(path):
    """The git directory at a path: that of a worktree, or the path itself; None for neither."""
    for candidate in (pathlib.Path(path) / ".git", pathlib.Path(path)):
        if (candidate / "objects").is_dir() and (candidate / "HEAD").exists():
            return candidate
    return None


def scratch_repository(source, folder):
    """A bare repository with the objects and packed references of another, and room for new ones.

    `source` is a git directory whose references are packed, or whose loose ones nobody needs.
    """
    folder = pathlib.Path(folder)
    source = pathlib.Path(source).resolve()
    for name in ("objects/info", "objects/pack", "refs/heads", "refs/tags"):
        (folder / name).mkdir(parents=True)
    (folder / "HEAD").write_text("ref: refs/heads/main\n")
    (folder / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = true\n")
    (folder / "objects/info/alternates").write_text(f"{source}/objects\n")
    if (source / "packed-refs").exists():
        shutil.copyfile(source / "packed-refs", folder / "packed-refs")
    return folder


def find_clone(folder, repository):
    """The clone of OWNER/NAME in a folder of clones; None when there is none.

    Looked for as OWNER+NAME, OWNER/NAME, OWNER-NAME and NAME, each also with `.git` at its end or
    with a folder `repo` in it.
    """
    owner, _, name = repository.partition("/")
    for stem in (f"{owner}+{name}", f"{owner}/{name}", f"{owner}-{name}", name):
        for place in (stem, f"{stem}.git", f"{stem}/repo"):
            found = git_directory(os.path.join(folder, place))
            if found:
                return found
    return None
