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
    for operation in store.all() where operation.state == .pending {
      try await waitForChildren(of: operation.id)
      recovered.append(
        store.has(.undoing, operation.id)
          ? try await finishUndo(operation) : try await finish(operation))
    }
    return recovered
  }

  /// Puts back what a pending operation has moved; what somebody else moved since stays.
  func abort(_ operation: Operation) async throws(BackportError) -> Operation {
    try await sweep()
    try await waitForChildren(of: operation.id)
    if !store.has(.undoing, operation.id) {
      let updates = operation.refUpdates.filter { $0.old != $0.new }
      try await removeLocks(operation, updates.map { ($0.ref, $0.new) })
      if try sort(updates, from: \.old, to: \.new).done.isEmpty { return try forget(operation) }
      try store.markUndoing(operation.id, worktrees: reversed(operation.worktrees ?? []))
    }
    return try await finishUndo(operation, passingOver: true)
  }

  // MARK: - The two ways

  private func finish(_ operation: Operation) async throws(BackportError) -> Operation {
    let updates = operation.refUpdates.filter { $0.old != $0.new }
    let worktrees = operation.worktrees ?? []
    try await removeLocks(operation, updates.map { ($0.ref, $0.new) })
    let (done, waiting, other) = try sort(updates, from: \.old, to: \.new)
    if done.isEmpty, !other.isEmpty || stands(on: waiting, besides: worktrees) {
      return try forget(operation)
    }
    if let other = other.first { throw pending(operation, at: other) }
    if !waiting.isEmpty {
      try await ReferenceMover(workspace, operation: operation.id).move(
        waiting.map(\.edit), message: "backport \(operation.id): recover",
        allowedWorktrees: Set(worktrees.map(\.path)))
    }
    var finished = operation
    finished.plan.warnings += await repair(worktrees, operation.id)
    try store.mark(.applied, operation.id)
    removeKeep(of: operation)
    finished.state = .landed
    return finished
  }

  private func finishUndo(
    _ operation: Operation, passingOver: Bool = false
  ) async throws(BackportError) -> Operation {
    let updates = operation.refUpdates.filter { $0.old != $0.new }
    let worktrees = store.undoneWorktrees(operation.id)
    try await removeLocks(operation, updates.map { ($0.ref, $0.old) })
    let (done, waiting, other) = try sort(updates, from: \.new, to: \.old)
    if !passingOver {
      if done.isEmpty, !other.isEmpty || stands(on: waiting, besides: worktrees) {
        try store.unmark(.undoing, operation.id)
        return store.operation(operation.id) ?? operation
      }
      if let other = other.first { throw pending(operation, at: other) }
    }
    if !waiting.isEmpty {
      try await ReferenceMover(workspace, operation: operation.id).move(
        waiting.reversed().compactMap(\.reversedEdit),
        message: "backport \(operation.id): undo",
        allowedWorktrees: Set(worktrees.map(\.path)))
    }
    var undone = operation
    undone.plan.warnings += await repair(worktrees, operation.id)
    try store.mark(.undone, operation.id)
    removeKeep(of: operation)
    undone.state = .undone
    return undone
  }

  private func forget(_ operation: Operation) throws(BackportError) -> Operation {
    if operation.plan.options.embargo {
      // What was kept stays so, until its references are what they were.
      try store.unmark(.disclosed, operation.id)
      return store.operation(operation.id) ?? operation
    }
    removeKeep(of: operation)
    try store.forget(operation.id)
    var undone = operation
    undone.state = .undone
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

  /// The updates by what their references hold now.
  private func sort(
    _ updates: [PlannedRefUpdate], from start: KeyPath<PlannedRefUpdate, ObjectID?>,
    to end: KeyPath<PlannedRefUpdate, ObjectID?>
  ) throws(BackportError) -> (
    done: [PlannedRefUpdate], waiting: [PlannedRefUpdate], other: [PlannedRefUpdate]
  ) {
    let fresh = try Backport.store { () throws(GitError) in
      try Repository(gitDirectory: workspace.repository.gitDirectory)
    }
    var sorted: ([PlannedRefUpdate], [PlannedRefUpdate], [PlannedRefUpdate]) = ([], [], [])
    for update in updates {
      let value = fresh.reference(update.ref)?.target
      if value == update[keyPath: end] {
        sorted.0.append(update)
      } else if value == update[keyPath: start] {
        sorted.1.append(update)
      } else {
        sorted.2.append(update)
      }
    }
    return sorted
  }

  private func stands(on updates: [PlannedRefUpdate], besides moves: [WorktreeMove]) -> Bool {
    let branches = Set(updates.map(\.ref))
    let known = Set(moves.map(\.path))
    return workspace.repository.worktreeUses.contains {
      branches.contains($0.branch) && !known.contains($0.path)
    }
  }

  private func pending(_ operation: Operation, at update: PlannedRefUpdate) -> BackportError {
    let value = workspace.repository.reference(update.ref)?.target
    return BackportError(
      .operationPending, [operation.id, update.ref.description],
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
      operation, operation.refUpdates.map { ($0.ref, isUndoing ? $0.old : $0.new) })
  }

  private func removeLocks(
    _ operation: Operation, _ values: [(ref: RefName, id: ObjectID?)]
  ) async throws(BackportError) {
    let branches = Set(values.map(\.ref))
    let uses = workspace.repository.worktreeUses.filter { branches.contains($0.branch) }
    let moves = (operation.worktrees ?? []) + store.undoneWorktrees(operation.id)
    try await StaleLocks(workspace.repository, since: store.beginning(of: operation.id)).remove(
      of: values, heads: uses.map(\.gitDirectory), indexes: Set(moves.map(\.gitDirectory)).sorted())
  }

  private var packs: DurableDirectory {
    DurableDirectory(path: workspace.repository.commonDirectory + "/objects/pack")
  }

  private func removeKeep(of operation: Operation) {
    if let pack = operation.pack { try? packs.remove("pack-\(pack).keep") }
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
      guard id.count == 26, store.operation(String(id))?.state != .pending else { continue }
      try? packs.remove(name)
    }
  }
}
