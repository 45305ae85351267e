/// Invented projects whose histories have the shape of real ones.
package enum SampleProject {
  /// The marks of a history that tests refer to.
  package struct TokenKit: Sendable {
    package var history: RepositoryBuilder
    /// The merge of the fix on the trunk.
    package var fix: Mark
    /// The four commits that it merged, oldest first.
    package var parts: [Mark]
  }

  /// A library with the lines 0.7 to 1.1, each with a branch, and a fix of four commits that was
  /// merged from an advisory's private fork.
  ///
  /// Policy: the latest patch while 0.x, then the two most recent majors. The fix applies to 1.1
  /// and 0.9, conflicts on 0.8 and 0.7. Tags are lightweight, release commits say `Version X`.
  package static func tokenKit() -> TokenKit {
    var history = RepositoryBuilder()
    var log = ""
    func release(
      _ version: String, _ note: String, _ code: String, extra: [String: FileChange] = [:]
    ) {
      log = "## [\(version)]\n\n- \(note)\n\n" + log
      history.commit(
        "Change for \(version)", files: ["src/derive.txt": .text(code)].merging(extra) { $1 })
      let mark = history.commit(
        "Version \(version)",
        files: ["CHANGELOG.md": .text("# Changelog\n\nAll notable changes.\n\n" + log)])
      history.tag("v\(version)", at: mark)
      history.branch(String(version.prefix(3)), at: mark)
    }
    history.commit(
      "Begin",
      files: [
        ".gitbackport": .text("[policy]\n\tpreset = simplejwt\n"),
        "README.md": .text("# TokenKit\n"),
      ])
    release("0.7.0", "Added: Keys", old(rounds: "ROUNDS_A"))
    release("0.8.0", "Fixed: Padding", old(rounds: "ROUNDS_B"))
    release("0.9.0", "Changed: Rounds", derive(check: false))
    release("1.0.0", "Removed: Old formats", derive(check: false), extra: ["src/new.txt": "new\n"])
    release("1.1.0", "Added: Codes", derive(check: false), extra: ["src/codes.txt": "codes\n"])
    var parts: [Mark] = []
    history.branch(
      "fork", at: history.commit("Start the next", files: ["README.md": "# TokenKit 2\n"]))
    let contents: [(String, [String: FileChange])] = [
      ("Check the rounds of a token", ["src/derive.txt": .text(derive(check: true))]),
      ("Name the limit", ["src/limit.txt": "limit = 1000\n"]),
      ("Add tests", ["tests/rounds.txt": "rounds too high\n"]),
      ("Fix a comment", ["src/limit.txt": "# the limit\nlimit = 1000\n"]),
    ]
    for (message, files) in contents {
      parts.append(history.commit(message, on: "fork", files: files))
    }
    let merged = contents.reduce(into: [String: FileChange]()) { $0.merge($1.1) { $1 } }
    let fix = history.merge(
      parts[3], into: "main", "Merge commit from fork\n\nCheck the rounds of untrusted tokens\n",
      files: merged)
    return TokenKit(history: history, fix: fix, parts: parts)
  }

  private static func derive(check: Bool) -> String {
    let lines = ["begin", "read header", "read rounds", "derive key", "use key", "end"]
    return lines.flatMap { check && $0 == "derive key" ? ["check rounds", $0] : [$0] }
      .joined(separator: "\n") + "\n"
  }

  private static func old(rounds: String) -> String {
    "begin\nread header\nderive key with \(rounds)\nend\n"
  }
}
