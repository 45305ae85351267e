import GitStore

extension Workspace {
  /// Goes on with the operation that a run could not finish, and gives it as it is now.
  ///
  /// Its references all stand where it was taking them, or, where somebody else had moved one before
  /// it moved any, all where they were. An error when nothing is pending.
  public func continuePending() async throws(BackportError) -> OperationDocument {
    let store = OperationStore(repository)
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    guard let operation = try await Recovery(self).recover().last else {
      throw BackportError(.noOperation, [], detail: "pending")
    }
    return document(of: operation, operation.plan)
  }

  /// Puts back what a pending operation has moved: the one of that id, else the last that is pending.
  public func abort(_ id: String?) async throws(BackportError) -> OperationDocument {
    let store = OperationStore(repository)
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    let pending = store.all().filter { $0.state == .pending }
    let found = id.map { (id: String) in store.operation(id) } ?? pending.last
    guard let found else {
      throw BackportError(.noOperation, id.map { [$0] } ?? [], detail: "pending")
    }
    guard found.state == .pending else {
      throw BackportError(.cannotUndo, [found.id, found.state.rawValue], detail: "not pending")
    }
    let aborted = try await Recovery(self).abort(found)
    return document(of: aborted, aborted.plan)
  }
}
