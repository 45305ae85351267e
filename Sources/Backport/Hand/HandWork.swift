import GitStore

/// Goes on with an operation some of whose lines wait for a hand.
///
/// What people have resolved is picked on to the end of the series and released with everything that
/// belongs to it, as the other lines were; what they have not stays as it is. To be used with the
/// lock held.
struct HandWork {
  let workspace: Workspace
  let store: OperationStore
  let operation: Operation
  private let hands: HandWorktrees
  private let options: ApplyOptions

  init(_ workspace: Workspace, _ operation: Operation, _ options: ApplyOptions) {
    self.workspace = workspace
    self.operation = operation
    self.options = options
    store = OperationStore(workspace.repository)
    hands = HandWorktrees(workspace, operation.id)
  }

  /// What was found in the worktrees of the waiting lines.
  private struct Findings {
    var results: [String: HandResult] = [:]
    var resolutions: [String: [HandResolution]] = [:]

    /// The lines that somebody is at work on: what they have so far is not to be lost.
    var unfinished: Set<String> {
      Set(results.filter { $0.value.obstacle != nil }.keys)
    }
  }

  /// Takes what is resolved and gives the operation as it is then.
  func goOn() async throws(BackportError) -> OperationDocument {
    let findings = try await look()
    let lines = operation.waitingLines.map(\.line)
      .filter { !findings.unfinished.contains($0) }
    guard !lines.isEmpty else { return try document(findings, blocked: []) }
    var request = try request(lines, findings)
    var plan = try workspace.plan(request, forFixesOf: operation)
    try refuseMoved(plan)
    if !operation.plan.options.embargo {
      request.blocked = try await workspace.worktreeObjections(
        plan, isAllowed: options.updatesWorktrees)
      if !request.blocked.isEmpty {
        plan = try workspace.plan(request, forFixesOf: operation)
      }
    }
    var logs: VerificationLogs?
    if let verification = options.verification {
      let verified = try await workspace.verified(plan, request, verification)
      plan = verified.logs.renamed(in: verified.plan, to: store.directory(of: operation.id))
      logs = verified.logs
    }
    for (line, made) in findings.resolutions where !made.isEmpty && isWaiting(line, in: plan) {
      try store.record(made, of: line, in: operation.id)
    }
    let added = try await add(plan, findings)
    logs?.move(to: store.directory(of: operation.id))
    let rest = HandWork(workspace, added, options)
    try await rest.handOverAll(in: plan)
    return try rest.document(findings, blocked: plan.targets.filter { $0.status == .blocked })
  }

  // MARK: - What people have done

  private func look() async throws(BackportError) -> Findings {
    let identity = try workspace.identity()
    let person = "\(identity.displayName) <\(identity.displayEmail)>"
    let known = store.hands(of: operation.id)
    var findings = Findings()
    for target in operation.waitingLines {
      let line = target.line
      findings.resolutions[line] = store.resolutions(of: line, in: operation.id)
      guard let hand = known[line] else {
        findings.results[line] = .missing
        continue
      }
      let result = try await hands.result(of: hand, operation.plan, by: person)
      findings.results[line] = result
      if case .resolved(let made) = result {
        findings.resolutions[line, default: []].removeAll { $0.source == made.source }
        findings.resolutions[line, default: []].append(made)
      }
    }
    return findings
  }

  // MARK: - The plan again

  /// The request for some lines, as the operation was made, with what people have resolved.
  private func request(
    _ lines: [String], _ findings: Findings
  ) throws(BackportError) -> PlanRequest {
    var request = try PlanRequest(operation.plan)
    request.options.branches = []
    if request.options.lines.isEmpty {
      request.options.to = lines
    } else {
      request.options.lines = lines
    }
    for line in lines {
      let made = findings.resolutions[line] ?? []
      request.byHand[line] = Dictionary(made.map { ($0.source, $0) }) { $1 }
    }
    if operation.state == .embargoed {
      // Nothing has moved yet; what is added begins where the rest will end.
      for update in operation.refUpdates { request.assumed[update.ref] = .some(update.new) }
    }
    request.forwardPort =
      operation.refUpdates.map(\.ref)
      .first { $0.description.hasPrefix("refs/heads/backport/forward-port/") }
    return request
  }

  /// Refuses to go on with a line whose branch was moved since: what was resolved was resolved for
  /// other contents.
  private func refuseMoved(_ plan: BackportPlan) throws(BackportError) {
    for target in plan.targets {
      guard let before = operation.plan.targets.first(where: { $0.line == target.line }),
        let old = before.base, let new = target.base, old != new
      else { continue }
      throw BackportError(
        .refMoved,
        [before.branch.map { "refs/heads/\($0)" } ?? target.line, "\(old)", "\(new)", target.line])
    }
  }

  // MARK: - Landing

  /// Lands the lines that are done, and notes where the others have come to.
  private func add(
    _ plan: BackportPlan, _ findings: Findings
  ) async throws(BackportError) -> Operation {
    var part = plan
    part.targets = plan.targets.filter { target in
      if target.status != .conflict { return !target.status.needsPerson }
      return target.stopped != operation.plan.targets.first { $0.line == target.line }?.stopped
    }
    guard !part.targets.isEmpty else { return operation }
    var resolvedBy: [String: String] = [:]
    for target in part.targets where target.status != .conflict {
      if case .resolved(let made) = findings.results[target.line] {
        resolvedBy[target.line] = made.by
      }
    }
    var signer: PlanSigner?
    if !plan.refUpdates.isEmpty {
      signer = try await PlanSigner(part, workspace)
      if !options.isOffline { try await RemoteCheck(workspace).check(part) }
    }
    var lander = Lander(workspace)
    lander.updatesWorktrees = options.updatesWorktrees
    return try await lander.add(part, signer, to: operation, resolvedBy: resolvedBy)
  }

  private func isWaiting(_ line: String, in plan: BackportPlan) -> Bool {
    plan.targets.contains { $0.line == line && $0.status == .conflict }
  }

  /// Makes the worktrees that are missing, or show an earlier pick, and removes those not needed.
  func handOverAll(in plan: BackportPlan) async throws(BackportError) {
    let waiting = operation.waitingLines
    try await hands.sweep(waiting: Set(waiting.map(\.line)))
    let known = store.hands(of: operation.id)
    for target in plan.targets where target.status == .conflict {
      guard waiting.contains(where: { $0.line == target.line }) else { continue }
      let hand = known[target.line]
      if hand?.stopped == target.stopped, hand.map(hands.stands) ?? false { continue }
      _ = try await hands.handOver(target, of: plan)
    }
  }

  // MARK: - What is said

  /// The document of the operation; lines that are done and kept from landing say why.
  private func document(
    _ findings: Findings, blocked: [Target]
  ) throws(BackportError) -> OperationDocument {
    var plan = operation.plan
    for target in blocked {
      if let index = plan.targets.firstIndex(where: { $0.line == target.line }) {
        plan.targets[index] = target
      }
    }
    var document = workspace.document(of: operation, plan)
    for index in document.waiting.indices {
      let line = document.waiting[index].line
      document.waiting[index].obstacle = findings.results[line]?.obstacle
    }
    return document
  }
}
