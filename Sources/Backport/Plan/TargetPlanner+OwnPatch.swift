import GitStore
import ReleaseModel

extension TargetPlanner {
  /// The line's own patch, given with `--use`, when the branch holds it already.
  func ownPatchPresence(
    on line: ReleaseLine, in history: RecentHistory, _ base: TargetBase
  ) throws(BackportError) -> Presence? {
    guard let revisions = patches[line.name] else { return nil }
    let patch = try FixResolver(repository: repository).resolve(revisions, mainline: nil)
    let takenBack = history.takenBack
    guard let last = patch.named.last,
      patch.commits.allSatisfy({ history.contains($0.id) && !takenBack.contains($0.id) })
    else { return nil }
    return Presence(
      commit: last,
      evidence: "\(last.abbreviated()), the line's own patch, is in the branch's own history")
  }

  /// The line's own patch: as it stands where it descends from the base, else picked.
  ///
  /// A picked one names the whole fix that it stands for, as `(backported from commit …)`, so that the
  /// next run knows it again.
  func ownPatch(
    _ revisions: [String], _ base: TargetBase, _ line: LineName
  ) throws(BackportError) -> PickOutcome {
    let patch = try FixResolver(repository: repository).resolve(revisions, mainline: nil)
    return try store { () throws(GitError) in
      if let own = try asItStands(patch, revisions, on: base.commit) { return own }
      var options = pickOptions
      options.provenance = .none
      var picker = Picker(repository: repository, options: options)
      picker.byHand = byHand[line.description] ?? [:]
      return try picker.pick(patch.sources.map(naming), onto: base.commit)
    }
  }

  /// The patch with its own commits, where it is a branch of the line: what lies between the base and
  /// it is the patch and nothing of the trunk.
  ///
  /// A trunk descends from the tip of many a line, and must not come along whole.
  private func asItStands(
    _ patch: FixSet, _ revisions: [String], on start: ObjectID
  ) throws(GitError) -> PickOutcome? {
    guard let tip = patch.named.last, tip != start, try repository.isAncestor(start, of: tip) else {
      return nil
    }
    let commits = try repository.history(from: [tip], notIn: [start], order: .oldestFirst)
    let beside = try repository.history(from: [tip], notIn: [start, workspace.trunk.tip])
    guard beside.count == commits.count else { return nil }
    if revisions.contains(where: { $0.contains("..") }),
      Set(commits) != Set(patch.commits.map(\.id))
    {
      return nil
    }
    return PickOutcome(
      onto: start,
      commits: try commits.map { (id) throws(GitError) in
        PickedCommit(
          source: id, status: .picked, id: id, tree: try repository.commit(id).tree,
          fidelity: .identical)
      }, tip: tip, tree: try repository.commit(tip).tree)
  }

  /// A commit of the patch with the lines that name the fix.
  private func naming(_ source: PickSource) -> PickSource {
    guard pickOptions.provenance != .none else { return source }
    var commit = source.commit
    let known = OriginLines.origins(in: commit.displayMessage)
    let lines = (fix.merge.map { [$0] } ?? fix.commits.map(\.id))
      .filter { !known.contains($0.description) }
      .compactMap { ProvenanceStyle.backported.line(for: $0) }
    if !lines.isEmpty {
      commit = commit.saying(
        CommitMessage.addingProvenance(lines.joined(separator: "\n"), to: commit.message))
    }
    return PickSource(
      commit: commit, parent: source.parent, mainline: source.mainline, origin: source.origin)
  }
}
