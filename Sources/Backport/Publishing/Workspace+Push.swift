extension Workspace {
  /// Makes sure, before anything is landed, that there is a remote to push to.
  public func checkRemote(_ name: String?) throws(BackportError) {
    guard let name = name ?? remote else { throw BackportError(.noRemote) }
    guard PushRemote.names(in: settings).contains(name) else {
      throw BackportError(.noRemote, [name])
    }
  }

  /// Publishes an operation: the one of that id, else the newest that was landed and is not on the
  /// remote yet.
  ///
  /// `confirm` is shown exactly what would be sent, and throws to send nothing. What fails before
  /// anything was sent is thrown; what stops it later stands in the outcome.
  public func push(
    _ id: String?, _ options: PushOptions,
    confirm: (PushPreview) throws(BackportError) -> Void
  ) async throws(BackportError) -> PushOutcome {
    let store = OperationStore(repository)
    try await recover(store, isPartial: options.isPartial)
    let operation = try pushable(id, store)
    if operation.state == .embargoed { try Embargo.refuseTracing(surroundings.environment) }
    let remote = try await PushRemote.find(options.remote, in: self)
    try Embargo.check(operation, mayGoTo: remote)
    if !options.isPartial { try refuseUnresolved(operation) }
    let publisher = Publisher(self, remote, options)
    let prepared = try await publisher.prepare(operation)
    try await publisher.rehearse(prepared.plan)
    if !prepared.plan.edits.isEmpty { try confirm(prepared.preview) }
    if options.isRehearsal {
      return PushOutcome(document: document(of: operation), preview: prepared.preview)
    }
    var answers: [PushedRequest] = []
    let failure = try await publish(operation, prepared, publisher, store, &answers)
    var current = store.operation(operation.id) ?? operation
    current.plan.warnings += recordInCase(current)
    var outcome = PushOutcome(
      document: document(of: current), preview: prepared.preview, failure: failure)
    outcome.requests = answers
    return outcome
  }

  /// Sends it under the lock, and marks what has come to its end.
  func publish(
    _ operation: Operation, _ prepared: Publisher.Prepared, _ publisher: Publisher,
    _ store: OperationStore, _ answers: inout [PushedRequest]
  ) async throws(BackportError) -> BackportError? {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    // Undone, continued or pushed by another run while a person was reading.
    guard store.operation(operation.id) == operation else {
      throw BackportError(.refMoved, [operation.id], detail: "another run has changed it")
    }
    do {
      try await publisher.publish(operation, prepared.plan, &answers)
    } catch {
      let hasBegun = !store.pushes(operation.id).isEmpty
      guard hasBegun else { throw error }
      return error
    }
    let isComplete = !operation.plan.targets.contains { $0.status.needsPerson }
    if operation.state != .embargoed, isComplete { try store.mark(.pushed, operation.id) }
    return nil
  }

  /// Ends what an earlier run could not; an operation that waits for a person is no obstacle to
  /// publishing a part.
  private func recover(
    _ store: OperationStore, isPartial: Bool
  ) async throws(BackportError) {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    do {
      try await Recovery(self).recover()
    } catch {
      guard isPartial, error.code == .operationPending else { throw error }
    }
  }

  private func pushable(
    _ id: String?, _ store: OperationStore
  ) throws(BackportError) -> Operation {
    let all = store.all()
    let candidates = all.filter { $0.state == .landed || store.has(.applied, $0.id) }
      .filter { $0.state != .undone }
    let found =
      id.map { store.operation($0) }
      ?? candidates.last { $0.state != .pushed } ?? candidates.last
    guard let operation = found else { throw BackportError(.noOperation, id.map { [$0] } ?? []) }
    let isLanded = store.has(.applied, operation.id) && operation.state != .undone
    guard isLanded || operation.state == .embargoed else {
      throw BackportError(.cannotPush, [operation.id, operation.state.rawValue])
    }
    return operation
  }

  private func refuseUnresolved(_ operation: Operation) throws(BackportError) {
    let lines = operation.plan.targets.filter(\.status.needsPerson).map(\.line)
    guard lines.isEmpty else {
      throw BackportError(.unresolvedLines, [operation.id] + lines)
    }
  }
}
