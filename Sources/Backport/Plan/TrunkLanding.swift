import GitStore

/// Takes a fix that is not on the trunk there first, in the same operation: `--land-trunk`.
struct TrunkLanding {
  /// What the trunk becomes.
  struct Made {
    /// The commit it stands on then.
    let tip: ObjectID
    /// What is done, for people.
    let note: String
  }

  let workspace: Workspace
  let request: PlanRequest

  private var repository: Repository { workspace.repository }

  /// The trunk with the fix: moved forward where that is enough, else with a merge; nil when it has
  /// the fix already.
  ///
  /// The same request on the same references gives the same merge. One that conflicts is an error.
  func make() throws(BackportError) -> Made? {
    let fix = try FixResolver(repository: repository).resolve(
      request.options.fix, mainline: request.options.mainline)
    let trunk = workspace.trunk
    let head = try store { () throws(GitError) in
      var missing: [ObjectID] = []
      for id in fix.named where try !repository.isAncestor(id, of: trunk.tip) { missing.append(id) }
      return try self.head(of: missing)
    }
    switch head {
    case .none: return nil
    case .several:
      throw BackportError(
        .usage, ["--land-trunk"],
        detail: "the fix has several ends; name the one commit that the trunk is to take up")
    case .one(let id):
      let isForward = try store { () throws(GitError) in
        try repository.isAncestor(trunk.tip, of: id)
      }
      if isForward {
        return Made(tip: id, note: "\(trunk.name) is moved forward to \(id.abbreviated())")
      }
      return Made(
        tip: try merge(id), note: "\(id.abbreviated()) is merged into \(trunk.name)")
    }
  }

  private enum Head {
    case none
    case one(ObjectID)
    case several
  }

  /// The one commit whose history holds all the others.
  private func head(of ids: [ObjectID]) throws(GitError) -> Head {
    guard !ids.isEmpty else { return .none }
    for id in ids {
      var holdsAll = true
      for other in ids where try !repository.isAncestor(other, of: id) { holdsAll = false }
      if holdsAll { return .one(id) }
    }
    return .several
  }

  private func merge(_ id: ObjectID) throws(BackportError) -> ObjectID {
    let trunk = workspace.trunk
    let made = try store { () throws(GitError) in
      let base = try repository.mergeBase(trunk.tip, id)
      let before = try base.map { (id) throws(GitError) in try repository.commit(id).tree }
      var change = try TreeMerge(
        repository: repository, base: before, theirs: try repository.commit(id).tree)
      return try change.merge(onto: try repository.commit(trunk.tip).tree)
    }
    guard let tree = made.cleanTree else {
      let paths = made.conflicts.map(\.displayPath).joined(separator: ", ")
      throw BackportError(.trunkConflict, [id.abbreviated(), trunk.name], detail: paths)
    }
    let isBranch =
      request.options.fix.count == 1
      && RefName.branch(request.options.fix[0]).map { repository.target(of: $0) == id } ?? false
    let subject = isBranch ? "Merge branch '\(request.options.fix[0])'" : "Merge commit '\(id)'"
    return try store { () throws(GitError) in
      try repository.make(
        CommitDraft(
          tree: tree, parents: [trunk.tip, id], author: request.committer,
          committer: request.committer, message: Array((subject + "\n").utf8)))
    }
  }
}

extension Workspace {
  /// The workspace with its trunk, and the branch of that name, on another commit.
  func withTrunk(at tip: ObjectID) -> Workspace {
    let moved = RefName.branch(trunk.name) ?? trunk.ref
    return Workspace(
      repository: repository, surroundings: surroundings,
      trunk: TrunkBranch(name: trunk.name, ref: moved, tip: tip), project: project,
      remote: remote, policySource: policySource, warnings: warnings, git: git,
      settings: settings)
  }

  /// The plan of an operation that takes the fix to the trunk as well.
  func planLandingTrunk(
    _ request: PlanRequest, _ landing: TrunkLanding.Made
  ) throws(BackportError) -> BackportPlan {
    guard let branch = RefName.branch(trunk.name) else {
      throw BackportError(.noTrunk, [trunk.name])
    }
    if let reason = request.blocked[branch] {
      let use = repository.worktreeUses.first { $0.branch == branch }
      throw BackportError(.everyTargetBlocked, [trunk.name, use?.path ?? ""], detail: reason)
    }
    let local = repository.target(of: branch)
    if let local, local != trunk.tip {
      let isBehind = try store { () throws(GitError) in
        try repository.isAncestor(local, of: trunk.tip)
      }
      guard isBehind else {
        throw BackportError(
          .trunkConflict, [trunk.name, trunk.ref.shorthand], detail: "they have diverged")
      }
    }
    if let objection = RefRoom(repository: repository).objection(to: branch, isNew: local == nil) {
      throw BackportError(.usage, ["--land-trunk"], detail: objection)
    }
    repository.assumedReferences[branch] = landing.tip
    var plan = try Planner(workspace: withTrunk(at: landing.tip), request: request).plan()
    if let index = plan.refUpdates.firstIndex(where: { $0.ref == branch }) {
      plan.refUpdates[index].old = local
    } else {
      let signing = try SigningChoice(request.options, settings)
      let isToBeSigned = signing.commits && repository.isDraft(landing.tip)
      plan.refUpdates = Planner.sorted(
        plan.refUpdates + [
          PlannedRefUpdate(
            ref: branch, old: local, new: isToBeSigned ? nil : landing.tip,
            unsignedNew: isToBeSigned ? landing.tip : nil)
        ])
      if isToBeSigned, plan.signing == nil {
        plan.signing = PlannedSigning(
          commits: true, tags: false, format: signing.format.rawValue, key: signing.key)
      }
    }
    plan.repository = description
    plan.trunk.ref = trunk.ref.description
    plan.trunk.old = trunk.tip
    plan.trunk.new = plan.refUpdates.first { $0.ref == branch }?.new
    plan.warnings.append(Warning("land-trunk", landing.note))
    for use in repository.worktreeUses where use.branch == branch {
      let warning = Warning(
        "checked-out", "\(branch.shorthand) is \(use.activity.rawValue) in \(use.path)")
      if !plan.warnings.contains(warning) { plan.warnings.append(warning) }
    }
    return plan
  }
}
