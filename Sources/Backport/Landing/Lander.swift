import GitStore

/// Lands a plan: objects, then a durable record, then every reference at once (safety.md 2.3).
///
/// Until the record is written nothing has happened; from then on the next run finishes the
/// operation or takes it back, whatever ended this one.
struct Lander {
  let workspace: Workspace
  let store: OperationStore
  /// Whether clean worktrees that stand on a moved branch are moved along.
  var updatesWorktrees = false

  init(_ workspace: Workspace) {
    self.workspace = workspace
    store = OperationStore(workspace.repository)
  }

  /// Lands what the plan's references state and gives the record.
  ///
  /// What is to be signed is signed first, in memory, and git checks it before any reference moves.
  func land(
    _ plan: BackportPlan, _ signer: PlanSigner?
  ) async throws(BackportError) -> Operation {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    try await Recovery(workspace).recover()
    try checkReferences(plan.refUpdates)
    var (plan, signer) = (plan, signer)
    if let signed = try await signer?.sign(plan) {
      plan = signed
      plan.warnings += signer?.warnings ?? []
    }
    // An update without a new value would take the reference away.
    if let update = plan.refUpdates.first(where: { $0.new == nil }) {
      throw BackportError(.signing, [], detail: "\(update.ref) has no commit to hold")
    }
    let worktrees = try await WorktreeMover(
      workspace, moves: plan.options.embargo ? [] : plan.refUpdates, isAllowed: updatesWorktrees)
    let id = OperationID.make(seconds: workspace.surroundings.now, after: store.lastID)
    let pack = try await storeObjects(of: plan, operation: id)
    let now = Moment(seconds: workspace.surroundings.now, offsetMinutes: 0).description
    var operation = Operation(id: id, createdAt: now, plan: plan, pack: pack?.name)
    if plan.options.embargo { return try await keep(operation, pack, signer) }
    if !worktrees.moves.isEmpty { operation.worktrees = worktrees.moves }
    do {
      try await signer?.verify()
      try await worktrees.rehearse()
      try store.record(operation)
      try await ReferenceMover(workspace, operation: id).move(
        plan.refUpdates.map { $0.edit }, message: "backport \(id): apply",
        allowedWorktrees: worktrees.paths)
    } catch {
      guard let finished = try await settle(operation, pack, after: error) else { throw error }
      return finished
    }
    operation.plan.warnings += await worktrees.follow(operation: id)
    try store.mark(.applied, id)
    if let pack { removeKeep(of: pack) }
    operation.plan.warnings += HookChoice(workspace).warnings
    operation.state = .landed
    return operation
  }

  /// Ends a landing under embargo: the pack stays kept, no reference moves.
  private func keep(
    _ operation: Operation, _ pack: IndexPack.Stored?, _ signer: PlanSigner?
  ) async throws(BackportError) -> Operation {
    do {
      try await signer?.verify()
      try store.record(operation)
    } catch {
      if let pack { remove(pack) }
      throw error
    }
    var kept = operation
    kept.state = .embargoed
    return kept
  }

  /// Refuses, before anything is written, when a reference is not what the plan expects.
  private func checkReferences(_ updates: [PlannedRefUpdate]) throws(BackportError) {
    for update in updates {
      let now = workspace.repository.reference(update.ref)
      if case .symbolic(let target) = now?.value {
        throw BackportError(
          .usage, [update.ref.description],
          detail: "it is a symbolic reference to \(target); name that branch instead")
      }
      if let path = workspace.repository.reflogObstacle(of: update.ref) {
        throw BackportError(
          .io, [path, "write the reflog"], detail: "something else stands there")
      }
      if now?.target != update.old {
        throw BackportError(
          .refMoved,
          [
            update.ref.description, update.old?.description ?? "nothing",
            now?.target?.description ?? "nothing",
          ])
      }
    }
  }

  /// Puts every new object into one kept pack and reads each back from the disk.
  private func storeObjects(
    of plan: BackportPlan, operation: String
  ) async throws(BackportError) -> IndexPack.Stored? {
    let repository = workspace.repository
    let roots = plan.refUpdates.compactMap(\.new)
    let made = try Backport.store { () throws(GitError) in
      try repository.pack(reachableFrom: roots)
    }
    guard let pack = made else { return nil }
    let stored: IndexPack.Stored
    do {
      stored = try await IndexPack(operation: operation).store(
        pack.bytes, with: workspace.git, at: workspace.location)
    } catch {
      throw BackportError(
        .git, ["index-pack"], detail: String(decoding: error.errors, as: UTF8.self))
    }
    do {
      try Backport.store { () throws(GitError) in
        let fresh = try Repository(gitDirectory: repository.gitDirectory)
        for id in pack.objects {
          let (kind, bytes) = try fresh.object(id)
          guard try fresh.make(kind, bytes) == id else {
            throw GitError(.damaged, operation: "read back", operand: id.description)
          }
        }
      }
    } catch {
      remove(stored)
      throw error
    }
    return stored
  }

  /// Takes back a record of which no reference moved; finishes one of which some have.
  ///
  /// A git that was killed, or whose disk was full, half way has moved the first of them. nil when
  /// nothing has happened, or when it could not be finished: then it stays pending.
  private func settle(
    _ operation: Operation, _ pack: IndexPack.Stored?, after error: BackportError
  ) async throws(BackportError) -> Operation? {
    let fresh = try Backport.store { () throws(GitError) in
      try Repository(gitDirectory: workspace.repository.gitDirectory)
    }
    let isUntouched = operation.refUpdates.allSatisfy {
      $0.old == $0.new || fresh.reference($0.ref)?.target != $0.new
    }
    // Git that was told to commit has written to the reflogs before it moves the first reference.
    guard isUntouched, error.code != .incomplete else {
      let recovered = try? await Recovery(workspace).recover()
      if let landed = recovered?.first(where: { $0.id == operation.id && $0.state == .landed }) {
        return landed
      }
      if try await Recovery(workspace).abort(operation).state == .undone, error.code == .incomplete
      {
        throw BackportError(.git, ["update-ref", ""], detail: error.detail)
      }
      return nil
    }
    // A git that said why it failed has removed its locks; one that died has not.
    if error.code == .git { try await Recovery(workspace).removeLocks(of: operation) }
    try store.forget(operation.id)
    if let pack { remove(pack) }
    return nil
  }

  private var packDirectory: DurableDirectory {
    DurableDirectory(path: workspace.repository.commonDirectory + "/objects/pack")
  }

  private func removeKeep(of pack: IndexPack.Stored) {
    if pack.isKept { try? packDirectory.remove("pack-\(pack.name).keep") }
  }

  private func remove(_ pack: IndexPack.Stored) {
    guard pack.isKept else { return }
    for ending in ["idx", "rev", "pack", "keep"] {
      try? packDirectory.remove("pack-\(pack.name).\(ending)")
    }
  }
}

extension PlannedRefUpdate {
  /// The step of a transaction that makes the update.
  var edit: RefEdit {
    RefEdit(
      name: ref, expected: old.map { .exactly($0) } ?? .absent,
      change: new.map { .set($0) } ?? .delete)
  }

  /// The step that takes the update back.
  var reversedEdit: RefEdit? {
    guard let new, old != new else { return nil }
    return RefEdit(
      name: ref, expected: .exactly(new), change: old.map { .set($0) } ?? .delete)
  }
}
