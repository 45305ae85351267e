import GitStore

extension Workspace {
  /// Puts back all that a pending operation has moved, and takes the worktrees of its waiting lines
  /// away: the one of that id, else the last that is pending.
  public func abort(_ id: String?) async throws(BackportError) -> OperationDocument {
    let store = OperationStore(repository)
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    let pending = store.all().filter { $0.state == .pending }
    let found = id.map { (id: String) in store.operation(id) } ?? pending.last
    guard let found else {
      throw BackportError(.noOperation, id.map { [$0] } ?? [], detail: "pending")
    }
    guard found.state == .pending || !found.waitingLines.isEmpty else {
      throw BackportError(.cannotUndo, [found.id, found.state.rawValue], detail: "not pending")
    }
    var current: Operation? = found
    if found.isUnfinished {
      let aborted = try await Recovery(self).abort(found)
      // A part that could not be finished has gone; what was landed before it goes now.
      current = store.operation(found.id)
      if aborted.state == .undone || current == nil { return document(of: aborted) }
    }
    guard let current else { throw BackportError(.noOperation, [found.id]) }
    var aborted =
      current.state == .embargoed
      ? try await Undo(self).dropLocked(current) : try await Undo(self).undoLocked(current)
    aborted.plan.warnings += recordInCase(aborted)
    return document(of: aborted, aborted.plan)
  }
}
