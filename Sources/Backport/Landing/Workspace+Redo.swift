import GitStore

extension Workspace {
  /// Takes an operation that is not pushed back and applies it again on today's tips: the one of that
  /// id, else the newest.
  ///
  /// Its fix, options, entries, skips and resolutions are those recorded; options in `given` that are
  /// not the usual ones replace them. `request` says day, dates and person, as for a new plan.
  /// `confirm` is shown the plan and throws to leave everything as it is. All references move at
  /// once; when that cannot be, the operation stays as it was.
  public func redo(
    _ id: String?, given: PlanOptions, request: PlanRequest,
    _ applying: ApplyOptions = ApplyOptions(),
    confirm: (BackportPlan) throws(BackportError) -> Void
  ) async throws(BackportError) -> OperationDocument {
    let store = OperationStore(repository)
    try await recover(store)
    let found = try operation(id, where: { $0.hasLanded && $0.state != .pushed })
    let workspace = try await asPlanned(found)
    let redo = try Redo(workspace, found)
    var request = request
    request.options = found.plan.options.replaced(by: given)
    request.assumed = try redo.assumed()
    request.byHand = try await redo.byHand()
    var plan = try workspace.plan(request, forFixesOf: found)
    request.blocked = try await workspace.worktreeObjections(
      plan, isAllowed: applying.updatesWorktrees)
    if !request.blocked.isEmpty { plan = try workspace.plan(request, forFixesOf: found) }
    var lander = Lander(workspace)
    if let verification = applying.verification {
      let verified = try await workspace.verified(plan, request, verification)
      plan = verified.plan
      lander.logs = verified.logs
    }
    let waits = plan.targets.contains { $0.status == .conflict }
    if plan.options.allOrNothing, plan.targets.contains(where: \.status.needsPerson) {
      throw BackportError(.cannotRedo, [found.id], detail: "a line needs a person")
    }
    guard !plan.refUpdates.isEmpty || waits else {
      throw BackportError(
        .cannotRedo, [found.id], detail: "nothing of it is left to land on today's tips")
    }
    try confirm(plan)
    let signer = try await PlanSigner(plan, workspace)
    if !applying.isOffline { try await RemoteCheck(workspace).check(plan) }
    lander.updatesWorktrees = applying.updatesWorktrees
    var landed = try await lander.land(plan, signer, keepsOpen: waits, inPlaceOf: redo)
    if waits { landed.plan.warnings += try await workspace.handOver(landed, plan) }
    var document = workspace.document(of: landed, landed.plan)
    document.rangeDiff = try await redo.rangeDiffs(to: landed.plan)
    return document
  }

  private func recover(_ store: OperationStore) async throws(BackportError) {
    let lock = try store.lock()
    defer { withExtendedLifetime(lock) {} }
    try await Recovery(self).recover()
  }
}
