import GitStore

/// Finishes, or takes back, an operation whose run ended before it could.
///
/// To be used with the lock held. Doing it twice changes nothing.
struct Recovery {
  /// How long children of a run that was killed may take to end.
  private static let patience = 5_000

  let workspace: Workspace
  let store: OperationStore

  init(_ workspace: Workspace) {
    self.workspace = workspace
    store = OperationStore(workspace.repository)
  }

  /// Brings every reference of every pending operation to where it was going, and gives those that
  /// were pending, as they are now.
  ///
  /// An operation of which no reference has moved, and one was moved by somebody else, is taken back.
  /// Where some have moved and somebody else moved others, it is left as it is, and is an error: a
  /// person has to look.
  @discardableResult
  func recover() async throws(BackportError) -> [Operation] {
    try await sweep()
    var recovered: [Operation] = []
    for operation in store.all() where operation.isUnfinished {
      try await waitForChildren(of: operation.id)
      recovered.append(
        store.has(.undoing, operation.id)
          ? try await finishUndo(operation) : try await finish(operation))
    }
    try await sweepWorktrees()
    return recovered
  }

  /// Removes the worktrees of lines that do not wait any more.
  private func sweepWorktrees() async throws(BackportError) {
    for operation in store.all() where !store.hands(of: operation.id).isEmpty {
      if operation.isUnfinished { continue }
      try await HandWorktrees(workspace, operation.id)
        .sweep(waiting: Set(operation.waitingLines.map(\.line)))
    }
    try await HandWorktrees.sweepFolders(in: workspace)
  }

  /// Puts back what a pending operation has moved; what somebody else moved since stays.
  func abort(_ operation: Operation) async throws(BackportError) -> Operation {
    try await sweep()
    try await waitForChildren(of: operation.id)
    var operation = operation
    // What takes the place of another operation begins where that one ended: first to its own end.
    if operation.isUnfinished, operation.replaces != nil, !store.has(.undoing, operation.id) {
      operation = try await finish(operation)
      if store.operation(operation.id) == nil { return operation }
    }
    if !store.has(.undoing, operation.id) {
      let moving = operation.movement
      let updates = moving.updates.filter { $0.old != $0.new }
      if operation.isUnfinished {
        try await removeLocks(operation, updates.map { ($0.ref, $0.new) })
      }
      let isBeginning = operation.isUnfinished && moving.continuation == nil
      if isBeginning, try sort(updates).done.isEmpty { return try forget(operation) }
      let worktrees = (operation.worktrees ?? []) + operation.continuations.flatMap(\.worktrees)
      try store.markUndoing(operation.id, worktrees: reversed(worktrees))
    }
    return try await finishUndo(operation, passingOver: true)
  }

  // MARK: - The two ways

  private func finish(_ operation: Operation) async throws(BackportError) -> Operation {
    let moving = operation.movement
    let updates = moving.updates.filter { $0.old != $0.new }
    try await removeLocks(operation, updates.map { ($0.ref, $0.new) })
    let (done, waiting, other) = try sort(updates)
    if done.isEmpty, !other.isEmpty || stands(on: waiting, besides: moving.worktrees) {
      return try forget(operation)
    }
    if let other = other.first { throw pending(operation, at: other.ref) }
    if !waiting.isEmpty {
      try await ReferenceMover(workspace, operation: operation.id).move(
        waiting.map(\.edit), message: "backport \(operation.id): recover",
        allowedWorktrees: Set(moving.worktrees.map(\.path)))
    }
    let warnings = await repair(moving.worktrees, operation.id)
    try store.finish(operation)
    var finished = try stored(operation)
    if finished.state != .embargoed { removeKeep(of: moving.pack) }
    finished.plan.warnings += warnings
    return finished
  }

  private func finishUndo(
    _ operation: Operation, passingOver: Bool = false
  ) async throws(BackportError) -> Operation {
    let chains = operation.chains
    let worktrees = store.undoneWorktrees(operation.id)
    try await removeLocks(operation, chains.map { ($0.ref, $0.old) })
    let (done, waiting, other) = try sort(chains)
    if !passingOver {
      if done.isEmpty, !other.isEmpty || stands(on: waiting, besides: worktrees) {
        try store.unmark(.undoing, operation.id)
        return try stored(operation)
      }
      if let other = other.first { throw pending(operation, at: other.ref) }
    }
    if !waiting.isEmpty {
      try await ReferenceMover(workspace, operation: operation.id).move(
        waiting.reversed().map(\.edit), message: "backport \(operation.id): undo",
        allowedWorktrees: Set(worktrees.map(\.path)))
    }
    let warnings = await repair(worktrees, operation.id)
    try store.mark(.undone, operation.id)
    removeKeep(of: operation.pack)
    for part in operation.continuations { removeKeep(of: part.pack) }
    var undone = try stored(operation)
    undone.plan.warnings += warnings
    return undone
  }

  private func stored(_ operation: Operation) throws(BackportError) -> Operation {
    guard let found = store.operation(operation.id) else {
      throw BackportError(.noOperation, [operation.id])
    }
    return found
  }

  private func forget(_ operation: Operation) throws(BackportError) -> Operation {
    let moving = operation.movement
    if moving.continuation == nil, operation.plan.options.embargo {
      // What was kept stays so, until its references are what they were.
      try store.unmark(.disclosed, operation.id)
      return store.operation(operation.id) ?? operation
    }
    removeKeep(of: moving.pack)
    try store.forgetMovement(of: operation)
    if let rest = store.operation(operation.id) { return rest }
    var undone = operation
    undone.state = .undone
    undone.isUnfinished = false
    return undone
  }

  private func repair(_ worktrees: [WorktreeMove], _ operation: String) async -> [Warning] {
    var warnings: [Warning] = []
    for move in worktrees {
      warnings += await WorktreeRepair(workspace: workspace, move: move, operation: operation)
        .finish()
    }
    return warnings
  }

  private func reversed(_ worktrees: [WorktreeMove]) -> [WorktreeMove] {
    worktrees.map { move in
      var back = move
      (back.old, back.new) = (move.new, move.old)
      return back
    }
  }

  // MARK: - What references hold

  private typealias Sorted = (
    done: [PlannedRefUpdate], waiting: [PlannedRefUpdate], other: [PlannedRefUpdate]
  )

  /// The updates by what their references hold now.
  private func sort(_ updates: [PlannedRefUpdate]) throws(BackportError) -> Sorted {
    let fresh = try freshRepository()
    var sorted: Sorted = ([], [], [])
    for update in updates {
      let value = fresh.reference(update.ref)?.target
      if value == update.new {
        sorted.done.append(update)
      } else if value == update.old {
        sorted.waiting.append(update)
      } else {
        sorted.other.append(update)
      }
    }
    return sorted
  }

  /// The updates that take an operation back, by what their references hold now.
  private func sort(_ chains: [RefChain]) throws(BackportError) -> Sorted {
    let fresh = try freshRepository()
    var sorted: Sorted = ([], [], [])
    for chain in chains {
      let value = fresh.reference(chain.ref)?.target
      if value == chain.old {
        sorted.done.append(chain.reversed(from: value))
      } else if let value, chain.isWhole, chain.values.contains(value) {
        sorted.waiting.append(chain.reversed(from: value))
      } else {
        sorted.other.append(chain.reversed(from: value))
      }
    }
    return sorted
  }

  private func freshRepository() throws(BackportError) -> Repository {
    try Backport.store { () throws(GitError) in
      try Repository(gitDirectory: workspace.repository.gitDirectory)
    }
  }

  private func stands(on updates: [PlannedRefUpdate], besides moves: [WorktreeMove]) -> Bool {
    let branches = Set(updates.map(\.ref))
    let known = Set(moves.map(\.path))
    return workspace.repository.worktreeUses.contains {
      branches.contains($0.branch) && !known.contains($0.path)
    }
  }

  private func pending(_ operation: Operation, at ref: RefName) -> BackportError {
    let value = workspace.repository.reference(ref)?.target
    return BackportError(
      .operationPending, [operation.id, ref.description],
      detail: "it holds \(value?.description ?? "nothing"), neither what the operation found "
        + "nor what it makes")
  }
}

// MARK: - What a killed run leaves behind

extension Recovery {
  /// Removes what was written before any commit point.
  private func sweep() async throws(BackportError) {
    let objects = workspace.repository.commonDirectory + "/objects"
    for id in IndexPack.leftovers(objects: objects) {
      try await waitForChildren(of: id)
      try files { () throws(FileError) in try IndexPack.sweep(objects: objects, operation: id) }
    }
    try store.sweep()
    releasePacks()
  }

  /// Waits until no child of a killed run is at work any more.
  private func waitForChildren(of operation: String) async throws(BackportError) {
    var waited = 0
    while RunningChildren.exist(of: operation) {
      if waited >= Recovery.patience {
        throw BackportError(
          .locked, ["operation \(operation)"], detail: "a git that it started is still at work")
      }
      try? await Task.sleep(for: .milliseconds(50))
      waited += 50
    }
  }

  /// Removes the locks that a git of this very run has left, when it was killed.
  func removeLocks(of operation: Operation) async throws(BackportError) {
    let isUndoing = store.has(.undoing, operation.id)
    try await removeLocks(
      operation,
      isUndoing
        ? operation.chains.map { ($0.ref, $0.old) }
        : operation.movement.updates.map { ($0.ref, $0.new) })
  }

  private func removeLocks(
    _ operation: Operation, _ values: [(ref: RefName, id: ObjectID?)]
  ) async throws(BackportError) {
    let branches = Set(values.map(\.ref))
    let uses = workspace.repository.worktreeUses.filter { branches.contains($0.branch) }
    let moves = operation.movement.worktrees + store.undoneWorktrees(operation.id)
    try await StaleLocks(workspace.repository, since: store.beginning(of: operation)).remove(
      of: values, heads: uses.map(\.gitDirectory), indexes: Set(moves.map(\.gitDirectory)).sorted())
  }

  private var packs: DurableDirectory {
    DurableDirectory(path: workspace.repository.commonDirectory + "/objects/pack")
  }

  private func removeKeep(of pack: String?) {
    if let pack { try? packs.remove("pack-\(pack).keep") }
  }

  /// Lets go of packs that a run kept and did not come to record, or to release.
  ///
  /// Under embargo none: what one operation keeps, another may need that was made after it.
  private func releasePacks() {
    if store.all().contains(where: { $0.state == .embargoed }) { return }
    for name in packs.names where name.hasSuffix(".keep") {
      guard let bytes = packs.contents(of: name), bytes.starts(with: "backport ".utf8) else {
        continue
      }
      let id = String(decoding: bytes.dropFirst(9), as: UTF8.self).prefix { !$0.isWhitespace }
      guard id.count == 26, store.operation(String(id))?.isUnfinished != true else { continue }
      try? packs.remove(name)
    }
  }
}
