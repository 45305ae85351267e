import GitStore

/// What a forge would silently not do with what a job publishes, said beforehand.
struct ServiceWarnings {
  /// Folders of workflow files, of which a line's own copy is what runs for its tags.
  private static let workflowFolders = [
    ".github/workflows", ".forgejo/workflows", ".gitea/workflows",
  ]

  private let run: CIRun
  private let workspace: Workspace
  private let mode: CIOptions.PublishMode

  init(_ run: CIRun, _ workspace: Workspace, _ mode: CIOptions.PublishMode) {
    self.run = run
    self.workspace = workspace
    self.mode = mode
  }

  /// The warnings about what was, or would be, published.
  func warnings(of document: CIDocument) throws(BackportError) -> [Warning] {
    let targets = document.fixes.compactMap(\.plan).flatMap(\.targets)
      .filter { $0.status == .picked || $0.status == .unreleased }
    guard !targets.isEmpty else { return [] }
    let workflows = try differingWorkflows(targets)
    return [ownToken, tagCount(targets), workflows].compactMap(\.self)
  }

  /// What is pushed with the token of the job itself starts no workflow
  /// (https://docs.github.com/actions/security-for-github-actions/security-guides/automatic-token-authentication).
  private var ownToken: Warning? {
    guard mode != .report, [.github, .forgejo, .gitea].contains(run.service.kind),
      workspace.settings.section("http").contains(where: { $0.key.name == "extraheader" })
    else { return nil }
    let what = mode == .direct ? "tags" : "topic branches"
    return Warning(
      "own-token",
      "the checkout left the job's own token in the clone, and \(what) that are pushed with it start "
        + "no workflow; check out with persist-credentials: false and push with a deploy key or the "
        + "token of an app, or start the workflow by hand: gh workflow run <file> --ref <tag>")
  }

  /// GitHub starts nothing for a push of more than three tags.
  private func tagCount(_ targets: [Target]) -> Warning? {
    let count = targets.count { $0.release != nil && $0.topic == nil }
    guard run.options.grouping == .one, mode == .direct, count > PushGroups.tagLimit,
      run.service.kind == .github
    else { return nil }
    return Warning(
      "many-tags",
      "\(count) tags in one push start no workflow; leave --push-groups one out")
  }

  /// A tag, or a branch, runs the workflow files that its own commit holds; and a token without the
  /// permission to change workflows cannot push commits that do.
  private func differingWorkflows(_ targets: [Target]) throws(BackportError) -> Warning? {
    try store { () throws(GitError) in
      let trunk = try repository.commit(workspace.trunk.tip).tree
      for folder in ServiceWarnings.workflowFolders {
        guard let there = try repository.node(at: folder, in: trunk) else { continue }
        var lines: [String] = []
        for target in targets {
          guard let base = target.base, !lines.contains(target.line), repository.isStored(base),
            try repository.node(at: folder, in: repository.commit(base).tree)?.id != there.id
          else { continue }
          lines.append(target.line)
        }
        if lines.isEmpty { continue }
        return Warning(
          "workflows-differ",
          "\(folder) of \(lines.joined(separator: ", ")) differs from the trunk's: a tag there runs "
            + "the files that its own commit holds, if it has any")
      }
      return nil
    }
  }

  private var repository: Repository { workspace.repository }
}
