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
  /// The output of the commands that tried the plan's trees; it goes to the operation.
  var logs: VerificationLogs?

  init(_ workspace: Workspace) {
    self.workspace = workspace
    store = OperationStore(workspace.repository)
  }

  /// Lands what the plan's references state and gives the record.
  ///
  /// What is to be signed is signed first, in memory, and git checks it before any reference moves.
  /// With `keepsOpen` the lines that conflict wait for a hand from then on. In the place of another
  /// operation, references go from what that one gave them.
  func land(
    _ plan: BackportPlan, _ signer: PlanSigner?, keepsOpen: Bool = false,
    inPlaceOf redo: Redo? = nil
  ) async throws(BackportError) -> Operation {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    try await Recovery(workspace).recover()
    try store.refuseWaiting(besides: redo?.operation.id)
    if let redo, store.operation(redo.operation.id) != redo.operation {
      throw BackportError(.refMoved, [redo.operation.id], detail: "another run has changed it")
    }
    let moves = { (plan: BackportPlan) in redo?.moves(to: plan) ?? plan.refUpdates }
    try checkReferences(moves(plan))
    let id = OperationID.make(seconds: workspace.surroundings.now, after: store.lastID)
    let directory = store.directory(of: id)
    let logged = logs?.renamed(in: plan, to: directory) ?? plan
    let prepared = try await prepare(logged, signer, operation: id, moves: moves)
    var operation = Operation(
      id: id, createdAt: now, plan: prepared.plan, pack: prepared.pack?.name)
    operation.beginning = operation.plan.refUpdates
    if keepsOpen { operation.keepsOpen = true }
    if plan.options.embargo { return try await keep(operation, prepared) }
    let worktrees = prepared.worktrees
    if !worktrees.moves.isEmpty { operation.worktrees = worktrees.moves }
    if let redo {
      operation.moves = moves(prepared.plan)
      if redo.operation.state != .undone { operation.replaces = redo.operation.id }
    }
    let landed = try await move(operation, prepared) { () throws(BackportError) in
      try store.record(operation)
      logs?.move(to: directory)
    }
    if let redo { try await HandWorktrees(workspace, redo.operation.id).sweep(waiting: []) }
    return landed
  }

  /// What is about to be landed: signed and stored, and seen by nobody yet.
  struct Prepared {
    /// The plan with the ids that it has now.
    var plan: BackportPlan
    var signer: PlanSigner?
    let worktrees: WorktreeMover
    let pack: IndexPack.Stored?
  }

  /// Signs and stores what a plan makes.
  func prepare(
    _ plan: BackportPlan, _ signer: PlanSigner?, operation id: String,
    moves: (BackportPlan) -> [PlannedRefUpdate] = { $0.refUpdates }
  ) async throws(BackportError) -> Prepared {
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
      workspace, moves: plan.options.embargo ? [] : moves(plan), isAllowed: updatesWorktrees)
    return Prepared(
      plan: plan, signer: signer, worktrees: worktrees,
      pack: try await storeObjects(of: plan, operation: id))
  }

  /// Records a movement, which is the commit point, makes it and gives the operation as it is then.
  ///
  /// What fails before anything has moved leaves nothing behind.
  func move(
    _ operation: Operation, _ prepared: Prepared,
    record: () throws(BackportError) -> Void
  ) async throws(BackportError) -> Operation {
    let (id, moving) = (operation.id, operation.movement)
    do {
      try await prepared.signer?.verify()
      try await prepared.worktrees.rehearse()
      try record()
      let edits = moving.updates.filter { $0.old != $0.new }.map(\.edit)
      if !edits.isEmpty {
        let verb = moving.continuation == nil ? "apply" : "continue"
        try await ReferenceMover(workspace, operation: id).move(
          edits, message: "backport \(id): \(verb)",
          allowedWorktrees: prepared.worktrees.paths)
      }
    } catch {
      guard let finished = try await settle(operation, prepared.pack, after: error) else {
        throw error
      }
      return finished
    }
    let warnings = await prepared.worktrees.follow(operation: id)
    try store.finish(operation)
    var landed = store.operation(id) ?? operation
    if let pack = prepared.pack, landed.state != .embargoed { removeKeep(of: pack) }
    landed.plan.warnings += warnings + HookChoice(workspace).warnings
    return landed
  }

  /// Ends a landing under embargo: the pack stays kept, no reference moves.
  private func keep(
    _ operation: Operation, _ prepared: Prepared
  ) async throws(BackportError) -> Operation {
    do {
      try await prepared.signer?.verify()
      try store.record(operation)
      logs?.move(to: store.directory(of: operation.id))
    } catch {
      if let pack = prepared.pack { remove(pack) }
      throw error
    }
    return store.operation(operation.id) ?? operation
  }

  /// The moment, as records state it.
  var now: String { Moment(seconds: workspace.surroundings.now, offsetMinutes: 0).description }

  /// Refuses, before anything is written, when a reference is not what the plan expects.
  func checkReferences(_ updates: [PlannedRefUpdate]) throws(BackportError) {
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
      // No reference holds what is kept: its pack must not lean on what may be pruned.
      if plan.options.embargo { try repository.adoptDrafts(from: roots) }
      return try repository.pack(reachableFrom: roots)
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
    let isUntouched = operation.movement.updates.allSatisfy {
      $0.old == $0.new || fresh.reference($0.ref)?.target != $0.new
    }
    // Git that was told to commit has written to the reflogs before it moves the first reference.
    guard isUntouched, error.code != .incomplete else {
      let recovered = try? await Recovery(workspace).recover()
      if let landed = recovered?.first(where: { $0.id == operation.id }), landed.hasLanded {
        return landed
      }
      // A part that cannot be finished stays pending: what was landed before it is not taken along.
      guard operation.movement.continuation == nil else { return nil }
      if try await Recovery(workspace).abort(operation).state == .undone, error.code == .incomplete
      {
        throw BackportError(.git, ["update-ref", ""], detail: error.detail)
      }
      return nil
    }
    // A git that said why it failed has removed its locks; one that died has not.
    if error.code == .git { try await Recovery(workspace).removeLocks(of: operation) }
    try store.forgetMovement(of: operation)
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
}
