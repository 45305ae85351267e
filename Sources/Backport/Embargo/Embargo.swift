import GitStore

/// What keeps an operation from being seen, for as long as it is under embargo.
///
/// Its commits and tags, with their final texts, stand in the operation's kept pack alone: no branch,
/// no tag, nothing that a push or a fetch would take along, until it is disclosed.
enum Embargo {
  /// Words that tell what a fix is about, as whole words of a name.
  private static let words: Set<String> = [
    "advisory", "bypass", "credit", "csrf", "cve", "embargo", "exploit", "ghsa", "hotfix",
    "injection", "overflow", "rce", "secfix", "security", "ssrf", "traversal", "vuln",
    "vulnerability", "xss",
  ]

  /// Variables with which children, or the build machine, print what they handle.
  private static let tracing = ["GIT_CURL_VERBOSE", "ACTIONS_STEP_DEBUG", "RUNNER_DEBUG"]

  /// Refuses to go on while something prints what it handles.
  static func refuseTracing(_ environment: [String: String]) throws(BackportError) {
    for (name, value) in environment.sorted(by: { $0.key < $1.key })
    where name.hasPrefix("GIT_TRACE") || tracing.contains(name) {
      if !["", "0", "false"].contains(value.lowercased()) {
        throw BackportError(.tracing, [name])
      }
    }
  }

  /// Refuses new names that tell what the fix is about, unless the project uses the word anyway.
  ///
  /// A name is seen wherever the operation is sent, before anybody reads its commits.
  static func refuseRevealingNames(
    _ plan: BackportPlan, knownNames: [String]
  ) throws(BackportError) {
    for update in plan.refUpdates where update.old == nil {
      let name = update.ref.shorthand
      for word in revealing(name)
      where !knownNames.contains(where: { revealing($0).contains(word) }) {
        throw BackportError(.revealingName, [update.ref.description, word])
      }
    }
  }

  /// The telling words of a name.
  static func revealing(_ name: String) -> [String] {
    name.lowercased().split { !$0.isLetter }.map(String.init).filter(words.contains)
  }

  /// The moment before which nothing is disclosed; nil when none was set.
  static func earliest(_ options: PlanOptions) throws(BackportError) -> Moment? {
    guard let text = options.notBefore else { return nil }
    guard let moment = Moment(parsing: text) else {
      throw BackportError(
        .usage, ["--not-before \(text)"],
        detail: "a date is written YYYY-MM-DD, a moment YYYY-MM-DDTHH:MMZ")
    }
    return moment
  }

  /// Refuses to show an embargoed operation to everyone.
  static func check(
    _ operation: Operation, mayGoTo remote: PushRemote
  ) throws(BackportError) {
    guard operation.state == .embargoed, remote.visibility == .everyone else { return }
    throw BackportError(.embargoed, [operation.id, remote.name])
  }
}
