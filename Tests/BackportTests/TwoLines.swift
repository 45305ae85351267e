import TestSupport

/// A small project with the supported lines 1.0 and 1.1 on branches, and a trunk that has gone on.
enum TwoLines {
  static let code = "one\ntwo\nthree\nfour\nfive\n"
  static let fixed = "one\ntwo\nthree, checked\nfour\nfive\n"

  /// The changelog at a release, the newest section first.
  static func log(_ versions: String...) -> FileChange {
    let sections = versions.map { "## [\($0)] - 2023-11-01\n\n### Fixed\n\n- Something\n" }
    return .text("# Changelog\n\n" + sections.joined(separator: "\n"))
  }

  /// The history; `config` is added to `.gitbackport`, which supports the latest two minors.
  static func history(
    config: String = "", tagMessage: String? = nil, files: [String: FileChange] = [:]
  ) -> RepositoryBuilder {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest 2 minors\n" + config
    let start: [String: FileChange] = [
      ".gitbackport": .text(policy), "code.txt": .text(code), "CHANGELOG.md": log("1.0.0"),
    ]
    let first = history.commit("Version 1.0.0", files: start.merging(files) { $1 })
    history.tag("v1.0.0", at: first, message: tagMessage.map { $0 + " 1.0.0" })
    history.branch("1.0", at: first)
    let second = history.commit(
      "Version 1.1.0", files: ["new.txt": "new\n", "CHANGELOG.md": log("1.1.0", "1.0.0")])
    history.tag("v1.1.0", at: second, message: tagMessage.map { $0 + " 1.1.0" })
    history.branch("1.1", at: second)
    history.commit("Go on", files: ["later.txt": "later\n"])
    return history
  }

  /// The history with a fix on its trunk.
  static func withFix(
    config: String = "", tagMessage: String? = nil, files: [String: FileChange] = [:]
  ) -> (history: RepositoryBuilder, fix: Mark) {
    var history = history(config: config, tagMessage: tagMessage, files: files)
    let fix = history.commit("Check three", files: ["code.txt": .text(fixed)])
    return (history, fix)
  }
}
