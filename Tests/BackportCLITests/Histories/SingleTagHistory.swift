import TestSupport

/// A young project with one tag on its trunk, and one fix after it.
///
/// Its changelog holds a title and nothing else, and its package file states an older version than
/// its tag.
struct SingleTagHistory {
  private(set) var builder = RepositoryBuilder()
  /// The fix.
  let fix: Mark

  init() {
    var history = RepositoryBuilder()
    let released = history.commit(
      "Ship it",
      files: [
        "HISTORY.md": "# History\n",
        "pyproject.toml": "[project]\nname = \"walletkit\"\nversion = \"0.1.0\"\n",
        ".gitbackport": "[policy]\n\tpreset = kiipy\n",
        "walletkit/keys.py": "def load(path):\n    return eval(open(path).read())\n",
      ])
    history.tag("v0.2.0", at: released)
    fix = history.commit(
      "Read keys without evaluating them",
      files: ["walletkit/keys.py": "def load(path):\n    return open(path).read()\n"])
    builder = history
  }

  /// Writes the repository.
  func write() throws -> TestRepository { try builder.write() }
}
