public import GitStore

/// What an apply may do besides landing the plan.
public struct ApplyOptions: Sendable {
  /// Whether clean worktrees that stand on a moved branch are moved along.
  public var updatesWorktrees = false
  /// Whether the remote is not asked before.
  public var isOffline = false
  /// Whether lines that conflict wait for a hand: the operation stays open, and worktrees are made.
  public var keepsOpen = true
  /// What is run on the planned trees before; nil runs nothing.
  public var verification: VerificationOptions?

  /// The usual options.
  public init() {}
}

/// All operations of a repository: `log/1`.
public struct LogDocument: Codable, Equatable, Sendable {
  /// One operation in a list.
  public struct Entry: Codable, Equatable, Sendable {
    /// The operation's id.
    public var id: String
    /// When it was recorded, ISO 8601.
    public var createdAt: String
    /// Where it stands.
    public var state: Operation.State
    /// What was backported.
    public var requested: [String]
    /// The tags that it made.
    public var tags: [String]
    /// The moment before which it is not disclosed; nil without one, or without an embargo.
    @ExplicitNull public var notBefore: String?
    /// Whether it was made under embargo.
    public var isEmbargo: Bool
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.log/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The operations, newest first.
  public var operations: [Entry]
}

/// What waits for somebody: `status/1`.
public struct StatusDocument: Codable, Equatable, Sendable {
  /// The name and version of the document's form.
  public var schema = "git-backport.status/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// Operations whose references have not all moved.
  public var pending: [LogDocument.Entry]
  /// Operations that were landed and not published.
  public var unpushed: [LogDocument.Entry]
  /// Operations that are kept under embargo.
  public var embargoed: [LogDocument.Entry]
  /// Lines that wait for a hand.
  public var waiting: [WaitingLine]
}

extension Workspace {
  /// Who commits: GIT_COMMITTER_NAME and GIT_COMMITTER_EMAIL, else the user's configuration.
  public func identity() throws(BackportError) -> Signature {
    let name =
      surroundings.environment["GIT_COMMITTER_NAME"] ?? settings.string("committer.name")
      ?? settings.string("user.name")
    let email =
      surroundings.environment["GIT_COMMITTER_EMAIL"] ?? settings.string("committer.email")
      ?? settings.string("user.email")
    guard let name, let email, !name.isEmpty, !email.isEmpty else {
      throw BackportError(.noIdentity, [])
    }
    do {
      return try Signature(
        name: name, email: email, seconds: surroundings.now,
        offsetMinutes: surroundings.offsetMinutes)
    } catch {
      throw BackportError(
        .noIdentity, [error.field], detail: "'\(error.text)' cannot stand in a commit")
    }
  }

  /// Lands a plan and gives the record; a plan without updates lands nothing.
  ///
  /// Lines whose branch is in use by a worktree become `blocked`, the others go on. Everything that
  /// moves, moves together.
  public func apply(
    _ plan: BackportPlan, _ options: ApplyOptions = ApplyOptions()
  ) async throws(BackportError) -> OperationDocument {
    if plan.trunk.state == .lacksFix, !plan.options.offTrunk, plan.options.lines.isEmpty {
      throw BackportError(.offTrunk, plan.fixes.flatMap(\.requested) + [trunk.ref.shorthand])
    }
    try refuseUnreadyCases(plan)
    if plan.options.embargo { try refuseLeaks(of: plan) }
    var request = try PlanRequest(plan)
    var plan = plan
    if !plan.options.embargo {
      request.blocked = try await worktreeObjections(plan, isAllowed: options.updatesWorktrees)
      if !request.blocked.isEmpty { plan = try self.plan(request) }
    }
    plan.holdBackIfNeeded()
    let waits =
      options.keepsOpen && !plan.options.allOrNothing
      && plan.targets.contains { $0.status == .conflict }
    try OperationStore(repository).refuseWaiting()
    guard !plan.refUpdates.isEmpty || waits else {
      return document(of: nil, plan)
    }
    var signer = try await PlanSigner(plan, self)
    if !options.isOffline { try await RemoteCheck(self).check(plan) }
    var lander = Lander(self)
    if let verification = options.verification {
      let signed = plan.refUpdates
      let verified = try await verified(plan, request, verification)
      plan = verified.plan
      lander.logs = verified.logs
      plan.holdBackIfNeeded()
      guard !plan.refUpdates.isEmpty || waits else { return document(of: nil, plan) }
      if plan.refUpdates != signed { signer = try await PlanSigner(plan, self) }
    }
    lander.updatesWorktrees = options.updatesWorktrees
    var operation = try await lander.land(plan, signer, keepsOpen: waits)
    operation.plan.warnings += recordInCase(operation)
    if waits { operation.plan.warnings += try await handOver(operation, plan) }
    return document(of: operation, operation.plan)
  }

  /// Refuses to begin something while lines of an operation wait for a hand.
  public func refusePending() throws(BackportError) {
    try OperationStore(repository).refuseWaiting()
  }

  /// Makes the worktrees of the lines that wait; what could not be made is a warning, since the
  /// other lines have landed.
  func handOver(
    _ operation: Operation, _ plan: BackportPlan
  ) async throws(BackportError) -> [Warning] {
    let lock = try OperationStore(repository).lock()
    defer { withExtendedLifetime(lock) {} }
    do {
      try await HandWork(self, operation, ApplyOptions()).handOverAll(in: plan)
      return []
    } catch {
      let reason = error.detail.isEmpty ? error.code.rawValue : error.detail
      return [
        Warning(
          "no-worktree",
          "a worktree to resolve in could not be made; git backport continue tries again: \(reason)"
        )
      ]
    }
  }

  /// Makes a saved plan again and lands it, if it comes out the same.
  public func apply(
    saved: BackportPlan, _ options: ApplyOptions = ApplyOptions()
  ) async throws(BackportError) -> OperationDocument {
    guard saved.schema == BackportPlan.schemaName else {
      throw BackportError(.configuration, ["plan", "schema"], detail: "it is \(saved.schema)")
    }
    try checkReferences(of: saved)
    if trunk.tip != saved.trunk.old {
      throw BackportError(
        .refMoved, [saved.trunk.ref, saved.trunk.old.description, trunk.tip.description])
    }
    let plan: BackportPlan
    do {
      plan = try self.plan(try PlanRequest(saved))
    } catch {
      // What another run has moved a reference to lies in a pack that may not be seen yet.
      try checkReferences(of: saved)
      throw error
    }
    guard plan.refUpdates == saved.refUpdates else {
      // Another run may have landed the same plan while this one was made again.
      try checkReferences(of: saved)
      let isSameFix = plan.fixes.map(\.commits) == saved.fixes.map(\.commits)
      throw BackportError(isSameFix ? .planMismatch : .refMoved, saved.fixes.flatMap(\.requested))
    }
    return try await apply(plan, options)
  }

  /// Refuses a saved plan when a reference is not what it expects.
  private func checkReferences(of saved: BackportPlan) throws(BackportError) {
    for update in saved.refUpdates {
      let now = repository.reference(update.ref)?.target
      if now != update.old {
        throw BackportError(
          .refMoved,
          [
            update.ref.description, update.old?.description ?? "nothing",
            now?.description ?? "nothing",
          ])
      }
    }
  }

  /// Takes an operation back: the one of that id, else the last that was landed.
  ///
  /// When that one is published already it is not an older one that is meant: an error says so.
  public func undo(_ id: String?) async throws(BackportError) -> OperationDocument {
    let operation = try operation(id, where: { [.landed, .pushed, .embargoed].contains($0.state) })
    var undone =
      operation.state == .embargoed
      ? try await Undo(self).drop(operation) : try await Undo(self).undo(operation)
    undone.plan.warnings += recordInCase(undone)
    return document(of: undone, undone.plan)
  }

  /// One operation: that of the id, else the newest.
  public func show(_ id: String?) throws(BackportError) -> OperationDocument {
    let operation = try operation(id, where: { _ in true })
    return document(of: operation, operation.plan)
  }

  /// All operations, newest first.
  public func log() -> LogDocument {
    LogDocument(
      repository: description,
      operations: OperationStore(repository).all().reversed().map(LogDocument.Entry.init))
  }

  /// What waits for somebody.
  public func status() -> StatusDocument {
    let operations = OperationStore(repository).all().reversed()
    return StatusDocument(
      repository: description,
      pending: operations.filter { $0.state == .pending }.map(LogDocument.Entry.init),
      unpushed: operations.filter { $0.state == .landed }.map(LogDocument.Entry.init),
      embargoed: operations.filter { $0.state == .embargoed }.map(LogDocument.Entry.init),
      waiting: operations.flatMap { waitingLines(of: $0) })
  }

  func operation(
    _ id: String?, where isWanted: (Operation) -> Bool
  ) throws(BackportError) -> Operation {
    let store = OperationStore(repository)
    let found = id.map { store.operation($0) } ?? store.all().last(where: isWanted)
    guard let found else { throw BackportError(.noOperation, id.map { [$0] } ?? []) }
    return found
  }

  /// The branches that some worktree stands on, and why they cannot move.
  ///
  /// Clean worktrees that may be moved along are no obstacle.
  func worktreeObjections(
    _ plan: BackportPlan, isAllowed: Bool
  ) async throws(BackportError) -> [RefName: String] {
    var tips: [RefName: ObjectID] = [:]
    for update in plan.refUpdates where update.old != update.new {
      if let old = update.old { tips[update.ref] = old }
    }
    var objections: [RefName: String] = [:]
    for use in repository.worktreeUses {
      guard let tip = tips[use.branch] else { continue }
      objections[use.branch] = try await WorktreeMover.objection(
        to: use, at: tip, isAllowed: isAllowed, in: self)
    }
    return objections
  }

  /// The document of an operation as it stands.
  func document(of operation: Operation) -> OperationDocument {
    document(of: operation, operation.plan)
  }

  func document(of operation: Operation?, _ plan: BackportPlan) -> OperationDocument {
    let current = (try? Repository(gitDirectory: repository.gitDirectory)) ?? repository
    return OperationDocument(
      repository: description, id: operation?.id, state: operation?.state, plan: plan,
      targets: plan.targets.map { target in
        .init(
          line: target.line, status: target.status,
          resolvedBy: operation.flatMap { $0.resolver(of: target) })
      },
      refUpdates: plan.refUpdates.map { update in
        let value = current.reference(update.ref)?.target
        let state =
          value == update.new
          ? "new" : value == update.old ? (value == nil ? "absent" : "old") : "other"
        return .init(ref: update.ref, old: update.old, new: update.new, state: state)
      }, pushed: operation.map { pushed($0) } ?? [],
      waiting: operation.map { waitingLines(of: $0) } ?? [],
      checkouts: nil, rangeDiff: nil, error: nil)
  }
}

extension Workspace {
  /// Refuses an embargoed plan that would be seen before its time.
  private func refuseLeaks(of plan: BackportPlan) throws(BackportError) {
    try Embargo.refuseTracing(surroundings.environment)
    _ = try Embargo.earliest(plan.options)
    let names = repository.references(under: "refs/").map(\.name.shorthand)
    try Embargo.refuseRevealingNames(plan, knownNames: names)
  }

  /// What some remote was seen to hold of an operation.
  private func pushed(_ operation: Operation) -> [OperationDocument.Pushed] {
    OperationStore(repository).pushes(operation.id).filter { $0.state == .there }.map { push in
      .init(remote: push.remote, group: push.group, refs: push.refs.map(\.ref), at: push.at)
    }
  }
}

extension BackportPlan {
  /// Takes all updates out when any line needs a person and nothing is to land then.
  fileprivate mutating func holdBackIfNeeded() {
    if options.allOrNothing, targets.contains(where: \.status.needsPerson) { refUpdates = [] }
  }
}

extension LogDocument.Entry {
  init(_ operation: Operation) {
    self.init(
      id: operation.id, createdAt: operation.createdAt, state: operation.state,
      requested: operation.plan.fixes.flatMap(\.requested),
      tags: operation.plan.refUpdates.compactMap(\.ref.tagName),
      notBefore: operation.plan.options.notBefore, isEmbargo: operation.plan.options.embargo)
  }
}
