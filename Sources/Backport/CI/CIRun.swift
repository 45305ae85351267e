import GitStore
public import ReleaseModel

/// What a job is to do.
public struct CIOptions: Sendable {
  /// What becomes of a fix that is owed: `publish.mode`.
  public enum PublishMode: String, Sendable, CaseIterable {
    /// Branches and tags are pushed.
    case direct
    /// Topic branches are pushed.
    case topic
    /// Topic branches are pushed and a merge request opened for each.
    case request
    /// It is only said.
    case report
  }

  /// What goes into every plan.
  public var plan = PlanOptions()
  /// Revisions that make up the one fix to be looked at; none finds every fix that is owed.
  public var fix: [String] = []
  /// What becomes of it; nil takes the configuration's, else report.
  public var mode: PublishMode?
  /// The remote that is pushed to; nil takes the upstream one.
  public var remote: String?
  /// How an operation is divided into pushes.
  public var grouping = PushGrouping.auto
  /// Whether what a shallow or partial clone lacks may be fetched.
  public var allowsFetch = false
  /// Whether it is only asked what would happen to a merge request.
  public var isCheck = false
  /// What is run on the planned trees before anything is landed, or said; nil runs nothing.
  public var verification: VerificationOptions?
  /// Told true before those programs are run, and false once all of them have ended.
  public var runsPrograms: @Sendable (Bool) -> Void = { _ in }
  /// The day the policy is asked for.
  public var asOf: CalendarDate
  /// The moment that stands in changelogs, commits and tags.
  public var releaseDate: Moment

  /// The usual options.
  public init(asOf: CalendarDate, releaseDate: Moment) {
    self.asOf = asOf
    self.releaseDate = releaseDate
  }
}

/// What a job came to, and what went wrong with which fix.
public struct CIOutcome: Sendable {
  /// The document, without the errors.
  public var document: CIDocument
  /// The error of each fix that the run failed at, by its place in the document.
  public var failures: [Int: BackportError] = [:]
  /// How the picks of each fix differ from the originals, by its place in the document and by line.
  public var comparisons: [Int: [String: [PickComparison]]] = [:]
}

/// The job after a fix came onto the trunk: finds what is owed, plans, lands and publishes it.
///
/// Every fix of the window is looked at, not only what was just pushed, so that a run that was
/// cancelled or lost loses nothing; each is an operation of its own, the oldest first, and one that
/// fails holds up no other.
public struct CIRun {
  /// Opens or updates the merge requests of a plan whose topic branches are on the remote; by line.
  public typealias Proposal =
    (BackportPlan, Workspace) async throws(BackportError) -> [String: CIDocument.Request]

  /// The merge requests of a plan, which the remote is to make as it takes their branches.
  public typealias Description =
    (BackportPlan, Workspace) async throws(BackportError) -> [MergeRequest]

  /// How often a fix is tried when somebody else moves the same references.
  private static let attempts = 3

  let surroundings: Surroundings
  let service: BuildService
  let options: CIOptions
  private let propose: Proposal
  private let describe: Description?

  /// Makes a run; `propose` is called in the mode `request` only, and not with `describe`, by which the
  /// requests go along with the push.
  public init(
    _ surroundings: Surroundings, _ service: BuildService, _ options: CIOptions,
    describe: Description? = nil, propose: @escaping Proposal
  ) {
    var surroundings = surroundings
    if let name = service.defaultBranch, surroundings.environment["CI_DEFAULT_BRANCH"] == nil {
      surroundings.environment["CI_DEFAULT_BRANCH"] = name
    }
    self.surroundings = surroundings
    self.service = service
    self.options = options
    self.propose = propose
    self.describe = describe
  }

  /// Does the whole job.
  ///
  /// What stops all of it is thrown; what goes wrong with one fix stands in the outcome.
  public func run() async throws(BackportError) -> CIOutcome {
    var workspace = try await open()
    let depth = CheckoutDepth(workspace: workspace, service: service.kind)
    if try await depth.complete(isAllowed: options.allowsFetch) { workspace = try await open() }
    do {
      if options.isCheck { return try await CICheck(self, workspace).outcome() }
      // Without lines nothing can be owed, whatever there is to be found.
      _ = try workspace.survey(asOf: options.asOf, package: options.plan.package)
      var outcome = try await deliver(in: workspace)
      outcome.failures = outcome.failures.mapValues(depth.naming)
      return outcome
    } catch {
      throw depth.naming(error)
    }
  }

  /// Whether nobody works in this clone.
  var isBuildMachine: Bool {
    service.kind != .plain
      || !["", "0", "false"].contains(surroundings.environment["CI"]?.lowercased() ?? "")
  }

  /// Opens the clone as it is now.
  func open() async throws(BackportError) -> Workspace {
    try await Workspace.open(surroundings, options: options.plan)
  }

  /// What becomes of a fix that is owed.
  func mode(in workspace: Workspace) -> CIOptions.PublishMode {
    options.mode ?? workspace.project.publishMode.flatMap { .init(rawValue: $0) } ?? .report
  }

  private func deliver(in workspace: Workspace) async throws(BackportError) -> CIOutcome {
    let mode = mode(in: workspace)
    var document = CIDocument(
      repository: workspace.description, service: .init(service), mode: mode.rawValue,
      isCheck: false, since: nil, state: .settled, fixes: [], warnings: workspace.warnings)
    let unpublished = try await finishEarlierRuns(mode, &document)
    let search = OwedFixes(self, unpublished ? try await open() : workspace)
    document.since = options.fix.isEmpty ? search.since.description : nil
    let found = try search.candidates()
    document.warnings += found.warnings
    var outcome = CIOutcome(document: document)
    for fix in found.fixes {
      let attempt = await deliver(fix, mode)
      if let error = attempt.error, error.code == .interrupted { throw error }
      outcome.failures[outcome.document.fixes.count] = attempt.error
      outcome.comparisons[outcome.document.fixes.count] = attempt.comparisons
      outcome.document.fixes.append(attempt.report)
    }
    let states = outcome.document.fixes.map(\.state) + [document.state]
    outcome.document.state = .worst(states)
    outcome.document.warnings += try ServiceWarnings(self, try await open(), mode)
      .warnings(of: outcome.document)
    return outcome
  }

  // MARK: - One fix

  /// What the run came to for one fix.
  private struct Attempt {
    var report: CIDocument.FixReport
    var comparisons: [String: [PickComparison]] = [:]
    var error: BackportError?
  }

  private func deliver(
    _ fix: OwedFixes.Candidate, _ mode: CIOptions.PublishMode
  ) async -> Attempt {
    var attempt = Attempt(report: CIDocument.FixReport(fix))
    for number in 1... {
      do {
        try await deliver(fix, mode, &attempt.report, &attempt.comparisons)
        attempt.report.state = .worst(attempt.report.lines.map(\.state))
        break
      } catch {
        let isRace = error.code == .refMoved || error.code == .staleRefs
        if isRace, number < CIRun.attempts, (try? await refresh()) != nil { continue }
        attempt.report.state = .failed
        for index in attempt.report.lines.indices
        where attempt.report.lines[index].state == .owed {
          attempt.report.lines[index].state = .failed
        }
        attempt.error = error
        break
      }
    }
    return attempt
  }

  private func deliver(
    _ fix: OwedFixes.Candidate, _ mode: CIOptions.PublishMode,
    _ report: inout CIDocument.FixReport, _ comparisons: inout [String: [PickComparison]]
  ) async throws(BackportError) {
    let workspace = try await open()
    var request = try request(fix, mode, in: workspace)
    var plan = try await verified(
      try workspace.plan(request).keepingResults(of: report.plan), request, in: workspace)
    report.plan = plan
    comparisons = try workspace.comparisons(in: plan)
    report.lines = plan.targets.map(CIDocument.Line.init)
    report.operation = nil
    let ready = plan.targets.filter { !$0.status.isSettled && !$0.status.needsPerson }
    guard mode != .report, !ready.isEmpty else { return }
    if ready.count < plan.targets.count(where: { !$0.status.isSettled }) {
      if mode == .direct, workspace.project.publishPartial != "push" {
        report.mark(ready, .held)
        return
      }
      // The lines that need a person stay out of the operation, which is whole without them.
      request.options.to = ready.map(\.line)
      request.options.branches = []
      plan = try workspace.plan(request).keepingResults(of: plan)
    }
    var pushed: [PushedRequest] = []
    if !plan.refUpdates.isEmpty {
      let landed = try await workspace.apply(plan, applyOptions)
      report.replace(landed.plan.targets)
      plan = landed.plan
      guard let id = landed.id else { return }
      if mode == .direct, plan.targets.contains(where: \.status.needsPerson),
        workspace.project.publishPartial != "push"
      {
        _ = try await open().undo(id)
        report.mark(plan.targets.filter { !$0.status.isSettled && !$0.status.needsPerson }, .held)
        return
      }
      report.operation = id
      pushed = try await publish(id, plan, mode, workspace)
    }
    for target in plan.targets where !target.status.isSettled && !target.status.needsPerson {
      if mode == .direct {
        report.mark([target], .delivered)
      } else if !isMerged(target, workspace) {
        report.mark([target], .proposed)
      }
    }
    guard mode == .request, report.lines.contains(where: { $0.state == .proposed }) else { return }
    let requests =
      describe == nil
      ? try await propose(plan, workspace)
      : Dictionary(pushed.map { ($0.request.line, CIDocument.Request($0)) }) { first, _ in first }
    for (line, request) in requests {
      guard let index = report.lines.firstIndex(where: { $0.line == line }) else { continue }
      report.lines[index].request = request
    }
  }

  func request(
    _ fix: OwedFixes.Candidate, _ mode: CIOptions.PublishMode, in workspace: Workspace
  ) throws(BackportError) -> PlanRequest {
    var plan = options.plan
    plan.fix = fix.revisions
    plan.ids += fix.fix.ids.filter { !plan.ids.contains($0) }
    plan.introduced += fix.fix.introducers.filter(workspace.repository.isStored).map(\.description)
    switch mode {
    case .topic, .request: plan.topic = plan.topic ?? PlanOptions.usualTopic
    case .direct, .report: plan.topic = nil
    }
    return PlanRequest(
      options: plan, asOf: options.asOf, releaseDate: options.releaseDate,
      committer: try committer(mode, in: workspace))
  }

  /// Whoever commits; where nothing is written nobody needs a name.
  func committer(
    _ mode: CIOptions.PublishMode, in workspace: Workspace
  ) throws(BackportError) -> Signature {
    do {
      return try workspace.identity()
    } catch {
      guard mode == .report,
        let nobody = try? Signature(
          name: "git-backport", email: "git-backport@localhost", seconds: surroundings.now,
          offsetMinutes: 0)
      else { throw error }
      return nobody
    }
  }

  private var applyOptions: ApplyOptions {
    var result = ApplyOptions()
    result.updatesWorktrees = isBuildMachine
    // Nobody resolves a conflict on a build machine.
    result.keepsOpen = false
    // What was tried is not tried again; without the lines that failed a tree may be another one.
    result.verification = options.verification
    return result
  }

  /// The plan without the lines on which a command does not pass, and with what came of all of them.
  ///
  /// Before anything is landed: what must be held back was then never there.
  func verified(
    _ plan: BackportPlan, _ request: PlanRequest, in workspace: Workspace
  ) async throws(BackportError) -> BackportPlan {
    guard let verification = options.verification, !plan.refUpdates.isEmpty else { return plan }
    options.runsPrograms(true)
    defer { options.runsPrograms(false) }
    return try await workspace.verified(plan, request, verification).plan
  }

  /// Pushes an operation, and gives the merge requests that were made of its branches.
  @discardableResult
  private func publish(
    _ id: String, _ plan: BackportPlan, _ mode: CIOptions.PublishMode, _ workspace: Workspace
  ) async throws(BackportError) -> [PushedRequest] {
    var pushOptions = pushOptions
    let outcome: PushOutcome
    do {
      if mode == .request, let describe {
        pushOptions.requests = try await describe(plan, try workspace.reopened())
      }
      outcome = try await workspace.push(id, pushOptions) { _ in }
    } catch {
      // Nothing was sent: what is only landed here must not look released to the next run.
      _ = try? await open().undo(id)
      throw error
    }
    try outcome.refuseMissingRequests()
    guard outcome.failure != nil else { return outcome.requests }
    let again = try await open().push(id, pushOptions) { _ in }
    if let failure = again.failure { throw failure }
    try again.refuseMissingRequests()
    return outcome.requests + again.requests
  }

  private var pushOptions: PushOptions {
    var result = PushOptions()
    result.remote = options.remote
    result.grouping = options.grouping
    result.isPartial = true
    return result
  }

  /// Whether the release branch holds all that the topic branch would: only the release is missing.
  private func isMerged(_ target: Target, _ workspace: Workspace) -> Bool {
    guard let branch = target.branch, let commit = target.release?.commit else { return false }
    return [BranchReference.local(branch), .remote(branch)].contains { place in
      workspace.reference(for: place).flatMap(workspace.repository.target) == commit
    }
  }

  // MARK: - What there was before

  /// Publishes what an earlier run landed here and did not come to publish, since its fixes would
  /// look released; whether there was any.
  private func finishEarlierRuns(
    _ mode: CIOptions.PublishMode, _ document: inout CIDocument
  ) async throws(BackportError) -> Bool {
    let workspace = try await open()
    try await recover(workspace)
    let unpublished = workspace.status().unpushed
    for operation in unpublished.reversed() {
      guard isBuildMachine, mode != .report else {
        document.state = .owed
        document.warnings.append(
          Warning(
            "unpushed",
            "operation \(operation.id) is landed here and not pushed; its fixes look released: "
              + "git backport push \(operation.id)"))
        continue
      }
      do {
        let workspace = try await open()
        let plan = try workspace.show(operation.id).plan
        try await publish(operation.id, plan, mode, workspace)
      } catch  where error.code == .refMoved || error.code == .staleRefs {
        // It was taken back, and is planned again on what the remote has now.
        try await refresh()
      }
    }
    return !unpublished.isEmpty
  }

  /// Finishes, or takes back, what a run that was killed had begun to land.
  private func recover(_ workspace: Workspace) async throws(BackportError) {
    let lock = try OperationStore(workspace.repository).lock()
    defer { withExtendedLifetime(lock) {} }
    try await Recovery(workspace).recover()
  }

  /// Fetches, and moves local branches along that nobody has added to.
  private func refresh() async throws(BackportError) {
    let before = try await open()
    guard let remote = before.remote else { return }
    try await CheckoutDepth.fetch(remote, .usual, before)
    guard isBuildMachine else { return }
    let workspace = try await open()
    let used = Set(workspace.repository.worktreeUses.map(\.branch))
    let moves = workspace.repository.references(under: "refs/heads/").compactMap { reference in
      reference.name.branchName.flatMap { workspace.reference(for: .remote($0)) }
        .map { (from: $0, to: reference.name) }
    }.filter { move in
      !used.contains(move.to) && workspace.repository.target(of: move.from) != nil
    }
    try? await FastForward.run(moves, with: workspace.git, at: workspace.location)
  }
}
