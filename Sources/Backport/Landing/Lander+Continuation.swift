import GitStore

extension Lander {
  /// Lands more lines of an operation: all of their references together, or none.
  ///
  /// To be used with the lock held. Under embargo nothing moves; the objects are kept.
  func add(
    _ plan: BackportPlan, _ signer: PlanSigner?, to operation: Operation,
    resolvedBy: [String: String]
  ) async throws(BackportError) -> Operation {
    // Under embargo the references of the other parts have yet to be made.
    let own = Set(operation.state == .embargoed ? operation.refUpdates.map(\.ref) : [])
    try checkReferences(plan.refUpdates.filter { !own.contains($0.ref) })
    let prepared = try await prepare(plan, signer, operation: operation.id)
    var part = nextPart(of: operation, operation.plan.adding(prepared.plan))
    part.moves = operation.state == .embargoed ? [] : prepared.plan.refUpdates
    part.pack = prepared.pack?.name
    part.worktrees = prepared.worktrees.moves
    part.resolvedBy = resolvedBy
    var moving = operation
    moving.continuations.append(part)
    moving.unfinishedPart = part.number
    moving.isUnfinished = true
    return try await move(moving, prepared) { () throws(BackportError) in
      try store.record(part, to: operation.id)
    }
  }

  /// Notes something in an operation for which no reference moves.
  func note(_ plan: BackportPlan, in operation: Operation) throws(BackportError) -> Operation {
    let part = nextPart(of: operation, plan)
    try store.record(part, to: operation.id)
    var noted = operation
    noted.continuations.append(part)
    noted.unfinishedPart = part.number
    try store.finish(noted)
    return store.operation(operation.id) ?? noted
  }

  private func nextPart(of operation: Operation, _ plan: BackportPlan) -> Continuation {
    Continuation(
      number: (operation.continuations.last?.number ?? 1) + 1, createdAt: now, plan: plan,
      moves: [], pack: nil)
  }
}
