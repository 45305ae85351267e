import TestSupport

/// A small project with as many supported minor lines as wanted, each on a branch.
enum ManyLines {
  static let code = "one\ntwo\nthree\nfour\nfive\n"
  static let fixed = "one\ntwo\nthree, checked\nfour\nfive\n"

  /// The history with a fix on its trunk that applies everywhere.
  static func withFix(minors: Int) -> (history: RepositoryBuilder, fix: Mark) {
    var history = RepositoryBuilder()
    history.commit(
      "Begin",
      files: [
        ".gitbackport": .text("[policy]\n\tsupport = latest \(minors) minors\n"),
        "code.txt": .text(code),
      ])
    var versions: [String] = []
    for minor in 0..<minors {
      versions.insert("1.\(minor).0", at: 0)
      let sections = versions.map { "## [\($0)] - 2023-11-01\n\n### Fixed\n\n- Something\n" }
      let mark = history.commit(
        "Version 1.\(minor).0",
        files: [
          "minor.txt": .text("\(minor)\n"),
          "CHANGELOG.md": .text("# Changelog\n\n" + sections.joined(separator: "\n")),
        ])
      history.tag("v1.\(minor).0", at: mark)
      history.branch("1.\(minor)", at: mark)
    }
    let fix = history.commit("Check three", files: ["code.txt": .text(fixed)])
    return (history, fix)
  }
}
