import GitStore

/// What a person does about an operation that is published and was wrong.
///
/// What others may have fetched is never moved back: a tag that changes is worse than a wrong one.
enum MendForward {
  /// The commands, line by line: revert the picks, then make the next patch release.
  static func commands(_ plan: BackportPlan) -> [String] {
    plan.targets.flatMap { target -> [String] in
      if let topic = target.topic {
        let remote = ShellWord.quoted(plan.repository.remote ?? "origin")
        return ["git push \(remote) --delete \(ShellWord.quoted("refs/heads/" + topic))"]
      }
      let picks = target.commits.compactMap(\.id).reversed().map { $0.abbreviated(to: 12) }
      guard let branch = target.branch, !picks.isEmpty else { return [] }
      let line = ShellWord.quoted(target.line)
      return [
        "git switch \(ShellWord.quoted(branch)) && git revert --no-edit "
          + picks.joined(separator: " "),
        "git backport release \(line)",
      ]
    }
  }
}
