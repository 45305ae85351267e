import GitStore

extension Workspace {
  /// Goes on with what waits: an operation that a run could not finish, and lines that a person has
  /// resolved; gives the operation as it is then.
  ///
  /// An unfinished one has its references all where it was taking them, or, where somebody else had
  /// moved one before it moved any, all where they were. Of the waiting lines those that are
  /// resolved land in the same operation. An error when nothing is pending.
  public func continuePending(
    _ id: String? = nil, _ options: ApplyOptions = ApplyOptions()
  ) async throws(BackportError) -> OperationDocument {
    let store = OperationStore(repository)
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    let recovered = try await Recovery(self).recover()
    guard let operation = try waiting(id, in: store) else {
      guard let last = recovered.last else {
        throw BackportError(.noOperation, [], detail: "pending")
      }
      return document(of: last)
    }
    let workspace = try await asPlanned(operation)
    var document = try await HandWork(workspace, operation, options).goOn()
    if let now = store.operation(operation.id) { document.plan.warnings += recordInCase(now) }
    return document
  }

  /// Gives lines up, on record, as `LINE=REASON`; the rest of the operation stays as it is.
  ///
  /// Of the operation of that id, else of the one that waits, else of the newest that is not pushed.
  public func skip(
    _ skips: [String], of id: String? = nil
  ) async throws(BackportError) -> OperationDocument {
    let pairs = try TargetChoice.pairs(skips, option: "skip")
    let store = OperationStore(repository)
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    try await Recovery(self).recover()
    let unpushed = store.all().last { $0.hasLanded && $0.state != .pushed }
    guard
      let operation = try waiting(id, in: store) ?? id.flatMap({ store.operation($0) }) ?? unpushed
    else { throw BackportError(.noOperation, id.map { [$0] } ?? [], detail: "pending") }
    var plan = operation.plan
    for (line, reason) in pairs {
      guard let index = plan.targets.firstIndex(where: { $0.line == line }) else {
        throw BackportError(
          .unknownLine, [line, "skip"], detail: plan.targets.map(\.line).joined(separator: ", "))
      }
      guard plan.targets[index].status.needsPerson else {
        throw BackportError(
          .usage, ["skip \(line)"], detail: "it is \(plan.targets[index].status.rawValue)")
      }
      plan.targets[index].status = .skipped
      plan.targets[index].evidence = [reason]
      plan.targets[index].conflicts = []
      plan.targets[index].stopped = nil
      plan.options.skip.removeAll { $0.hasPrefix(line + "=") }
      plan.options.skip.append("\(line)=\(reason)")
    }
    let added = try Lander(self).note(plan, in: operation)
    try await HandWorktrees(self, added.id).sweep(waiting: Set(added.waitingLines.map(\.line)))
    return document(of: added)
  }

  /// The operation that waits: that of the id, else the only one; nil when none does.
  private func waiting(
    _ id: String?, in store: OperationStore
  ) throws(BackportError) -> Operation? {
    if let id {
      guard let found = store.operation(id) else { throw BackportError(.noOperation, [id]) }
      return found.waitingLines.isEmpty ? nil : found
    }
    return store.waiting ?? store.all().last { !$0.waitingLines.isEmpty && !$0.isUnfinished }
  }

  /// The workspace as it was when an operation was planned, where options said other than usual.
  func asPlanned(_ operation: Operation) async throws(BackportError) -> Workspace {
    let options = operation.plan.options
    guard options.config != nil || options.upstreamRemote != nil || options.trunk != nil else {
      return self
    }
    return try await Workspace.open(surroundings, options: options)
  }

  /// The lines that wait, with the worktrees that were made for them.
  func waitingLines(of operation: Operation) -> [WaitingLine] {
    let hands = OperationStore(repository).hands(of: operation.id)
    return operation.waitingLines.map { target in
      let hand = hands[target.line]
      let commit = target.stopped?.commit
      return WaitingLine(
        operation: operation.id, line: target.line, worktree: hand?.path, commit: commit,
        subject: commit.flatMap { try? repository.commit($0).subject } ?? "",
        paths: target.conflicts.map(\.path), obstacle: nil)
    }
  }
}
