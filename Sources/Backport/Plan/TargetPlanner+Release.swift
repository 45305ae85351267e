import GitStore
import ReleaseModel

extension TargetPlanner {
  /// Makes the release on top of the picks and moves the branch.
  func release(
    _ line: ReleaseLine, _ base: TargetBase, tip: ObjectID, fixCommits: Set<ObjectID>,
    _ target: Target
  ) throws(BackportError) -> Result {
    var result = Result(target: target)
    if base.kind == .tip {
      result.target.riders = try riders(
        from: base.branchTip, since: try workspace.tagCommit(of: line.newest), except: fixCommits)
    }
    if let verification = rejected[target.line] {
      result.target.verification = verification
      let finding = verification.first { $0.status != .passed }?.finding
      return TargetPlanner.block(result.target, finding ?? "verification failed")
    }
    if base.branch == nil, base.topic == nil, !options.release {
      return TargetPlanner.block(
        target, "without a release and without a branch nothing would hold the picks")
    }
    var branchTip = tip
    if options.release {
      let isLatest = survey.newest.map { line.nextVersion > $0.version } ?? true
      let maker = try maker(line, base, tip: tip, fixCommits: fixCommits)
      let documents = ReleaseDocuments(workspace: workspace, survey: survey)
      switch try maker.make(
        line, isLatest: isLatest, previous: survey.precedents(of: line), on: tip,
        documents: base.branch.flatMap { isTrunk($0) ? (documents, $0) : nil })
      {
      case .failure(let refusal):
        result.target.undecidedFiles = refusal.undecided
        return TargetPlanner.block(result.target, refusal.reason)
      case .success(let made):
        result.target.release = made.release
        result.documents = made.documents
        result.warnings += made.warnings
        result.line = line
        result.entries = maker.settings.entries
        let isDetached = base.branch == nil || base.topic != nil
        branchTip = isDetached ? made.commit : made.branchTip
        if base.topic == nil, let name = RefName.tag(line.nextTagName) {
          result.updates.append(PlannedRefUpdate(ref: name, old: nil, new: made.tagTarget))
        }
      }
    }
    if let topic = base.topic {
      return try onTopic(
        topic, line, base, tip: branchTip, fixCommits: fixCommits, result)
    }
    switch try BranchMove(repository: repository).update(base, tip: branchTip, line: line) {
    case .failure(let objection): return TargetPlanner.block(result.target, objection.reason)
    case .success(let update):
      guard let update, update.old != update.new else { break }
      if let reason = blocked[update.ref] {
        return TargetPlanner.block(result.target, reason + ": " + goingOn(result.target))
      }
      result.updates.append(update)
    }
    return result
  }

  private func isTrunk(_ branch: RefName) -> Bool { branch.branchName == workspace.trunk.name }

  /// The whole command by which the line goes on.
  private func goingOn(_ target: Target) -> String {
    "\(options.command(onlyFor: target.line)) --update-worktree"
  }

  static func block(_ target: Target, _ reason: String) -> Result {
    var target = target
    target.status = .blocked
    target.release = nil
    target.evidence.append(reason)
    return Result(target: target)
  }

  /// The unreleased commits of a line's branch that are not of the fix.
  func riders(
    _ line: ReleaseLine, _ base: TargetBase, except presences: [ObjectID: Presence]
  ) throws(BackportError) -> [Rider] {
    try riders(
      from: base.branchTip, since: try workspace.tagCommit(of: line.newest),
      except: Set(presences.values.map(\.commit)))
  }

  /// The unreleased commits of a branch that are not of the fix, newest first.
  private func riders(
    from tip: ObjectID, since tag: ObjectID, except fixCommits: Set<ObjectID>
  ) throws(BackportError) -> [Rider] {
    let own = fixCommits.union(fix.commits.map(\.id)).union(fix.named).union(fix.unchanged)
    return try store { () throws(GitError) in
      var riders: [Rider] = []
      for id in try repository.history(from: [tip], notIn: [tag], limit: 1_000)
      where !own.contains(id) {
        let commit = try repository.commit(id)
        if commit.parents.count > 1 { continue }
        riders.append(Rider(commit: id, subject: commit.subject))
      }
      return riders
    }
  }
}

extension Target {
  /// Takes over where the picks go.
  mutating func describe(_ place: TargetBase) {
    branch = place.branch?.branchName
    base = place.commit
    baseKind = place.kind
    evidence = place.notes
  }

  /// What becomes of the fix's commits where nothing is picked.
  static func commits(of fix: FixSet, presences: [ObjectID: Presence]) -> [TargetCommit] {
    fix.commits.map { commit in
      TargetCommit(
        fix: 0, source: commit.id, status: .already, id: presences[commit.id]?.commit,
        unsignedId: nil, tree: nil, fidelity: nil)
    }
  }
}

extension TargetCommit {
  /// What became of one commit; `otherwise` is what stands for it where nothing was made.
  init(_ source: ObjectID, _ picked: PickedCommit?, otherwise: ObjectID?) {
    self.init(
      fix: 0, source: source, status: picked.map { Status($0.status) } ?? .already,
      id: picked?.id ?? otherwise, unsignedId: nil, tree: picked?.tree,
      fidelity: picked?.fidelity?.rawValue)
  }
}

extension TargetCommit.Status {
  /// The same verdict in the words of a document.
  init(_ status: PickStatus) {
    switch status {
    case .picked: self = .picked
    case .already: self = .already
    case .empty: self = .empty
    case .conflict: self = .conflict
    }
  }
}

extension Conflict {
  /// A conflict in the words of a document.
  init(_ conflict: PathConflict) {
    self.init(
      path: conflict.displayPath, kind: conflict.kind.rawValue, ours: conflict.ours?.id,
      theirs: conflict.theirs?.id, base: conflict.base?.id,
      hunks: conflict.hunks.map { hunk in
        Hunk(line: hunk.line, lines: hunk.lines.map(Conflict.text))
      }, prerequisites: [], branchChange: nil)
  }
}
