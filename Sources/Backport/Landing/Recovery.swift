import GitStore

/// Finishes, or takes back, an operation whose run ended before it could.
struct Recovery {
  let workspace: Workspace
  let store: OperationStore

  init(_ workspace: Workspace) {
    self.workspace = workspace
    store = OperationStore(workspace.repository)
  }

  /// Brings every reference of every pending operation to where it was going.
  ///
  /// To be called with the lock held. An operation of which no reference has moved, and one was moved
  /// by somebody else, is taken back. Where some have moved and somebody else moved others, it is
  /// left as it is, and is an error: a person has to look. Doing it twice changes nothing.
  func recover() async throws(BackportError) {
    try store.sweep()
    releasePacks()
    for operation in store.all() where operation.state == .pending {
      if store.has(.undoing, operation.id) {
        try await finishUndo(operation)
      } else {
        try await finish(operation)
      }
    }
  }

  private func finish(_ operation: Operation) async throws(BackportError) {
    let updates = operation.refUpdates.filter { $0.old != $0.new }
    let (done, waiting, other) = try sort(updates, from: \.old, to: \.new)
    if done.isEmpty, !other.isEmpty || stands(on: waiting) {
      try store.forget(operation.id)
      return removeKeep(of: operation)
    }
    if let other = other.first { throw pending(operation, at: other) }
    try removeLocks(of: waiting.compactMap { update in update.new.map { (update.ref, $0) } })
    if !waiting.isEmpty {
      try await ReferenceMover(workspace).move(
        waiting.map(\.edit), message: "backport \(operation.id): recover")
    }
    try store.mark(.applied, operation.id)
    removeKeep(of: operation)
  }

  private func finishUndo(_ operation: Operation) async throws(BackportError) {
    let updates = operation.refUpdates.filter { $0.old != $0.new }
    let (done, waiting, other) = try sort(updates, from: \.new, to: \.old)
    if done.isEmpty, !other.isEmpty || stands(on: waiting) {
      return try store.unmark(.undoing, operation.id)
    }
    if let other = other.first { throw pending(operation, at: other) }
    try removeLocks(of: waiting.compactMap { update in update.old.map { (update.ref, $0) } })
    if !waiting.isEmpty {
      try await ReferenceMover(workspace).move(
        waiting.reversed().compactMap(\.reversedEdit),
        message: "backport \(operation.id): undo")
    }
    try store.mark(.undone, operation.id)
  }

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

  private func stands(on updates: [PlannedRefUpdate]) -> Bool {
    let branches = Set(updates.map(\.ref))
    return workspace.repository.worktreeUses.contains { branches.contains($0.branch) }
  }

  private func pending(_ operation: Operation, at update: PlannedRefUpdate) -> BackportError {
    let value = workspace.repository.reference(update.ref)?.target
    return BackportError(
      .operationPending, [operation.id, update.ref.description],
      detail: "it holds \(value?.description ?? "nothing"), neither what the operation found "
        + "nor what it makes")
  }

  /// Removes lock files that git left when it was killed: they hold the very value we were writing.
  private func removeLocks(of values: [(ref: RefName, id: ObjectID)]) throws(BackportError) {
    let common = DurableDirectory(path: workspace.repository.commonDirectory)
    for (ref, id) in values {
      let lock = ref.description + ".lock"
      guard let bytes = common.contents(of: lock), bytes == Array("\(id)\n".utf8) else { continue }
      try files { () throws(FileError) in try common.remove(lock) }
    }
  }

  private var packs: DurableDirectory {
    DurableDirectory(path: workspace.repository.commonDirectory + "/objects/pack")
  }

  private func removeKeep(of operation: Operation) {
    if let pack = operation.pack { try? packs.remove("pack-\(pack).keep") }
  }

  /// Lets go of packs that a run kept and did not come to record, or to release.
  private func releasePacks() {
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
