import GitStore

extension Workspace {
  /// Ends the embargo on an operation: the one of that id, else the only one there is.
  ///
  /// Not before its time. Everything is checked before anything is seen: the references here and on
  /// the remote, and that nothing but the operation's own commits becomes visible. Then the very
  /// objects that were kept are landed, and published. Without a remote they are only landed.
  public func disclose(
    _ id: String?, _ options: PushOptions,
    confirm: (PushPreview?) throws(BackportError) -> Void
  ) async throws(BackportError) -> DisclosureOutcome {
    try Embargo.refuseTracing(surroundings.environment)
    let store = OperationStore(repository)
    try await settle(store)
    let operation = try embargoed(id, store)
    try refuseEarly(operation)
    try refuseUnreadyCases(operation.plan, isDisclosure: true)
    try checkTips(operation)
    let name = options.remote ?? remote
    var publisher: Publisher?
    var prepared: Publisher.Prepared?
    if name != nil {
      let found = Publisher(self, try await PushRemote.find(name, in: self), options)
      let ready = try await found.prepare(operation)
      try await found.rehearse(ready.plan)
      (publisher, prepared) = (found, ready)
    }
    try confirm(prepared?.preview)
    if options.isRehearsal {
      return DisclosureOutcome(document: document(of: operation), preview: prepared?.preview)
    }
    var landed = try await land(operation, store)
    if publisher == nil { landed.plan.warnings += recordInCase(landed) }
    guard let publisher, let prepared else {
      return DisclosureOutcome(document: document(of: landed), preview: nil)
    }
    var failure: BackportError?
    var answers: [PushedRequest] = []
    do {
      failure = try await publish(landed, prepared, publisher, store, &answers)
    } catch {
      failure = error
    }
    var current = store.operation(landed.id) ?? landed
    current.plan.warnings += recordInCase(current)
    return DisclosureOutcome(
      document: document(of: current), preview: prepared.preview, failure: failure)
  }

  /// Whether an operation is under embargo: that of the id, else any.
  public func isEmbargoed(_ id: String?) -> Bool {
    let store = OperationStore(repository)
    guard let id else { return store.all().contains { $0.isHidden } }
    return store.operation(id)?.isHidden ?? false
  }

  /// Ends what an earlier run could not.
  private func settle(_ store: OperationStore) async throws(BackportError) {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    try await Recovery(self).recover()
  }

  private func embargoed(
    _ id: String?, _ store: OperationStore
  ) throws(BackportError) -> Operation {
    if let id {
      guard let found = store.operation(id) else { throw BackportError(.noOperation, [id]) }
      guard found.state == .embargoed else {
        throw BackportError(.notEmbargoed, [found.id, found.state.rawValue])
      }
      return found
    }
    let all = store.all().filter { $0.state == .embargoed }
    guard let only = all.last else { throw BackportError(.noOperation) }
    guard all.count == 1 else {
      throw BackportError(.severalEmbargoed, all.map(\.id))
    }
    return only
  }

  private func refuseEarly(_ operation: Operation) throws(BackportError) {
    guard let earliest = try Embargo.earliest(operation.plan.options) else { return }
    // A case keeps the reason for which an embargo ended before its time.
    if surroundings.now < earliest.seconds, try !isEmbargoBroken(on: operation) {
      throw BackportError(.tooEarly, [operation.id, earliest.description])
    }
  }

  /// Refuses when a reference is not what it was when the operation was made.
  private func checkTips(_ operation: Operation) throws(BackportError) {
    for update in operation.refUpdates {
      let value = repository.reference(update.ref)?.target
      guard value == update.old else {
        throw BackportError(
          .staleEmbargo,
          [
            operation.id, update.ref.description, update.old?.description ?? "nothing",
            value?.description ?? "nothing",
          ])
      }
    }
    // What is landed by recovery moves no worktree along.
    for use in repository.worktreeUses {
      let moves = operation.refUpdates.contains { $0.ref == use.branch && $0.old != $0.new }
      if moves {
        throw BackportError(
          .staleEmbargo, [operation.id, use.branch.shorthand, use.path], detail: "worktree")
      }
    }
  }

  /// Moves the references to what was kept; recovery does it, as after a run that was killed.
  private func land(
    _ operation: Operation, _ store: OperationStore
  ) async throws(BackportError) -> Operation {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    guard store.operation(operation.id) == operation else {
      throw BackportError(.refMoved, [operation.id], detail: "another run has changed it")
    }
    try store.mark(.disclosed, operation.id)
    try await Recovery(self).recover()
    guard let landed = store.operation(operation.id), landed.hasLanded else {
      throw BackportError(
        .refMoved, [operation.id],
        detail: "a reference has moved, or a worktree stands on one; it is still under embargo")
    }
    return landed
  }
}

/// What came of a disclosure.
public struct DisclosureOutcome: Sendable {
  /// The operation as it stands now.
  public var document: OperationDocument
  /// What was to be sent; nil without a remote.
  public var preview: PushPreview?
  /// What stopped the push after everything was landed; nil when all went well.
  public var failure: BackportError?
}

extension Operation {
  /// Whether nobody who may not should see what it is about.
  var isHidden: Bool { plan.options.embargo && !hasLanded }
}
