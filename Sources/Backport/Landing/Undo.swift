import GitStore

/// Takes a landed operation back.
struct Undo {
  let workspace: Workspace
  let store: OperationStore

  init(_ workspace: Workspace) {
    self.workspace = workspace
    store = OperationStore(workspace.repository)
  }

  /// Puts every reference of an operation back to what it was, all or none.
  ///
  /// Refused when a reference has moved since, or the operation may be on a remote.
  func undo(_ operation: Operation) async throws(BackportError) -> Operation {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    try await Recovery(workspace).recover()
    return try await undoLocked(operation)
  }

  /// The same for whoever holds the lock, and has recovered what was to be.
  func undoLocked(_ operation: Operation) async throws(BackportError) -> Operation {
    guard let current = store.operation(operation.id), current.hasLanded,
      current.state != .pushed, !store.has(.pushing, operation.id)
    else {
      throw refusal(operation)
    }
    let chains = current.chains
    if let chain = chains.first(where: { !$0.isWhole }) {
      throw BackportError(
        .refMoved, [chain.ref.description],
        detail: "somebody else's work stands between two parts of the operation")
    }
    let reversed = chains.reversed().map { $0.reversed(from: nil) }
    let worktrees = try await WorktreeMover(workspace, moves: reversed, isAllowed: true)
    try await worktrees.rehearse()
    try store.markUndoing(operation.id, worktrees: worktrees.moves)
    do {
      if !reversed.isEmpty {
        try await ReferenceMover(workspace, operation: operation.id).move(
          reversed.map(\.edit), message: "backport \(operation.id): undo",
          allowedWorktrees: worktrees.paths)
      }
    } catch {
      if error.code != .incomplete, try isUntouched(chains) {
        if error.code == .git { try await Recovery(workspace).removeLocks(of: current) }
        try store.unmark(.undoing, operation.id)
        throw error
      }
      let recovered = try? await Recovery(workspace).recover()
      guard let finished = recovered?.first(where: { $0.id == operation.id && $0.state == .undone })
      else { throw error }
      return finished
    }
    let warnings = await worktrees.follow(operation: operation.id)
    try store.mark(.undone, operation.id)
    try await HandWorktrees(workspace, operation.id).sweep(waiting: [])
    var undone = store.operation(operation.id) ?? current
    undone.plan.warnings += warnings
    return undone
  }

  /// Gives up what was kept under embargo.
  ///
  /// The objects go with git's next garbage collection, or at once with `git gc --prune=now`.
  func drop(_ operation: Operation) async throws(BackportError) -> Operation {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    return try await dropLocked(operation)
  }

  /// The same for whoever holds the lock.
  func dropLocked(_ operation: Operation) async throws(BackportError) -> Operation {
    guard var current = store.operation(operation.id), current.state == .embargoed else {
      throw BackportError(.cannotUndo, [operation.id, operation.state.rawValue])
    }
    try store.mark(.undone, operation.id)
    try await Recovery(workspace).recover()
    current.state = .undone
    return current
  }

  /// Why an operation cannot be taken back; once it may be on a remote, what mends it there.
  func refusal(_ operation: Operation) -> BackportError {
    guard operation.state != .undone, store.has(.pushing, operation.id) else {
      return BackportError(.cannotUndo, [operation.id, operation.state.rawValue])
    }
    let isWhole = store.has(.pushed, operation.id)
    return BackportError(
      .cannotUndo, [operation.id, isWhole ? "pushed" : "perhaps pushed"],
      detail: MendForward.commands(operation.plan).joined(separator: "\n"))
  }

  private func isUntouched(_ chains: [RefChain]) throws(BackportError) -> Bool {
    let fresh = try Backport.store { () throws(GitError) in
      try Repository(gitDirectory: workspace.repository.gitDirectory)
    }
    return chains.allSatisfy { fresh.reference($0.ref)?.target != $0.old }
  }
}
