import TestSupport

/// A library with five release lines, of which its policy keeps the newest of two majors.
///
/// Its shape is that of a real project when a fix of four commits was merged from a fork: branches
/// 0.7 to 1.1, the newest of them at its tag, one with unreleased work, a changelog without dates.
struct KeyringHistory {
  private(set) var builder = RepositoryBuilder()
  /// The merge of the fix.
  let merge: Mark
  /// The commits of the fix, in order.
  let commits: [Mark]

  static let preamble = """
    # Changelog

    What changes for users of this library is listed here, in the manner of
    [Keep a Changelog](https://keepachangelog.com/en/1.1.0/).


    """

  private static let notes = [
    "0.7.0": "- Added: Keys of several kinds",
    "0.8.0": "- Changed: Keys are read lazily, so that a large ring opens at once and takes no\n"
      + "  more memory than it needs",
    "0.9.0": "- Added: Keys derived from a password",
    "1.0.0": "- Changed: A ring is closed by `close()`",
    "1.1.0": "- Added: Typed properties",
  ]

  /// The changelog of a release, with all sections before it.
  static func changelog(upTo newest: String) -> FileChange {
    let versions = notes.keys.sorted().filter { $0 <= newest }
    let sections = versions.reversed().map { "## [\($0)]\n\n\(notes[$0] ?? "")\n" }
    var links: [String] = []
    for (index, version) in versions.enumerated().reversed() {
      links.append(
        index == 0
          ? "[\(version)]: https://example.com/keyring/tag/v\(version)"
          : "[\(version)]: https://example.com/keyring/compare/v\(versions[index - 1])...v\(version)"
      )
    }
    return .text(
      preamble + sections.joined(separator: "\n") + "\n" + links.joined(separator: "\n") + "\n")
  }

  static let derivation = """
    def derive(password, rounds):
        key = password
        for _ in range(rounds):
            key = mix(key)
        return key


    """

  init() {
    var history = RepositoryBuilder()
    history.commit(
      "Begin", files: ["README": "keyring\n", ".gitbackport": "[policy]\n\tpreset = simplejwt\n"])
    for version in KeyringHistory.notes.keys.sorted() {
      let line = String(version.dropLast(2))
      history.commit(
        "Work on \(line)",
        files: [
          "keyring/\(line).py": "version = '\(line)'\n",
          "keyring/derive.py": .text(KeyringHistory.derivation + "# of \(line)\n"),
        ])
      let released = history.commit(
        "Version \(version)", files: ["CHANGELOG.md": KeyringHistory.changelog(upTo: version)])
      history.tag("v\(version)", at: released)
      history.branch(line, at: released)
    }
    history.commit("Run the tests twice", on: "1.0", files: ["ci.sh": "make test test\n"])
    let tip = history.commit(
      "Say where the manual is", files: ["README": "keyring, see the manual\n"])
    var commits: [Mark] = []
    let bounded = KeyringHistory.derivation.replacing(
      "    key = password\n",
      with: "    if rounds > 100000:\n        raise ValueError\n    key = password\n")
    let steps: [(String, [String: FileChange])] = [
      (
        "Bound the rounds of a derivation\n\nA hostile key could ask for any number of them.",
        ["keyring/derive.py": .text(bounded + "# of 1.1\n")]
      ),
      (
        "Say what is wrong with the rounds",
        [
          "keyring/derive.py": .text(
            bounded.replacing("ValueError", with: "ValueError('too many rounds')")
              + "# of 1.1\n")
        ]
      ),
      ("Test the bound", ["tests/test_derive.py": "def test_bound():\n    pass\n"]),
      ("Mention the bound in the manual", ["docs/derive.txt": "At most 100000 rounds.\n"]),
    ]
    for (index, (message, files)) in steps.enumerated() {
      commits.append(
        history.commit(
          message, on: "fork", files: files,
          parents: [index == 0 ? tip : commits[index - 1]],
          author: Identity("Ada Finder", "ada@example.com")))
    }
    self.commits = commits
    merge = history.merge(
      commits[3], into: "main",
      "Merge commit from fork\n\nBound the rounds of a key derivation (CVE-2026-12345)",
      files: steps.reduce(into: [:]) { $0.merge($1.1) { $1 } })
    builder = history
  }

  /// Writes the repository.
  func write(bare: Bool = true) throws -> TestRepository { try builder.write(bare: bare) }
}
