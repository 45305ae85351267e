/// What `git push --porcelain` said.
package struct PushReport: Sendable, Equatable {
  /// What became of one reference.
  package enum Verdict: UInt8, Sendable {
    case moved = 0x20
    case forced = 0x2b
    case deleted = 0x2d
    case created = 0x2a
    case rejected = 0x21
    case present = 0x3d
  }

  /// The line of one reference.
  package struct Line: Sendable, Hashable {
    package var verdict: Verdict
    /// What was sent, as on the command line.
    package var source: String
    /// The reference on the remote.
    package var ref: String
    /// What git says behind it, such as `[rejected] (stale info)`.
    package var summary: String

    package init(verdict: Verdict, source: String, ref: String, summary: String) {
      self.verdict = verdict
      self.source = source
      self.ref = ref
      self.summary = summary
    }
  }

  package var lines: [Line]
  package var exit: GitProgramOutput.Exit
  /// Standard error, which may hold words of the remote and addresses with passwords.
  package var errors: [UInt8]

  init(_ output: GitProgramOutput) {
    lines = Self.parse(output.output)
    exit = output.exit
    errors = output.errors
  }

  /// Whether git ended well.
  package var succeeded: Bool { exit == .status(0) }

  /// Whether the server does not take several references as one.
  package var isAtomicMissing: Bool { says("does not support --atomic") }

  /// Whether the server takes no push options, so that nothing was sent.
  package var lacksPushOptions: Bool { says("does not support push options") }

  /// Whether the remote let no branch be moved since merge requests have to do that.
  ///
  /// In the words of GitHub (GH006 and rulesets), GitLab, Forgejo and Gitea, Bitbucket and Azure.
  package var isProtected: Bool {
    let words = (lines.map(\.summary) + [String(decoding: errors, as: UTF8.self)])
      .joined(separator: "\n").lowercased()
    return lines.contains { $0.verdict == .rejected }
      && [
        "protected branch", "changes must be made through a pull request",
        "can only be modified through pull requests", "tf402455",
      ].contains { words.contains($0) }
  }

  /// Whether the remote surely took nothing: it, or git before it, said no.
  ///
  /// Git ends with 1 also when the connection broke after the references had been sent; then the
  /// remote may go on with them.
  package var isRefusal: Bool {
    exit == .status(1)
      && !["RPC failed", "hung up", "unexpected disconnect", "early EOF"].contains(where: says)
      && !lines.contains { $0.summary.contains("failed to report status") }
  }

  /// Whether a reference was refused because the remote no longer held what was expected.
  package var isOutdated: Bool {
    let reasons = [
      "stale info", "fetch first", "already exists", "failed to update ref", "cannot lock ref",
      "failed to lock", "reference already exists", "non-fast-forward",
    ]
    return lines.contains { line in
      line.verdict == .rejected && reasons.contains { line.summary.contains($0) }
    }
  }

  private func says(_ words: String) -> Bool {
    String(decoding: errors, as: UTF8.self).contains(words)
  }

  /// Reads `flag TAB from:to TAB summary`; the lines `To` and `Done` have no tab.
  static func parse(_ bytes: [UInt8]) -> [Line] {
    bytes.split(separator: UInt8(ascii: "\n")).compactMap { line in
      let fields = line.split(
        separator: UInt8(ascii: "\t"), maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3, fields[0].count == 1, let flag = fields[0].first,
        let verdict = Verdict(rawValue: flag),
        let colon = fields[1].firstIndex(of: UInt8(ascii: ":"))
      else { return nil }
      return Line(
        verdict: verdict, source: String(decoding: fields[1][..<colon], as: UTF8.self),
        ref: String(decoding: fields[1][(colon + 1)...], as: UTF8.self),
        summary: String(decoding: fields[2], as: UTF8.self))
    }
  }
}
