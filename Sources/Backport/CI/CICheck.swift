import GitStore

/// Says what would happen to the fix of a merge request; nothing is written but the logs of what the
/// user lets try it.
struct CICheck {
  /// How many commits of a request are looked at for what marks a fix.
  private static let longest = 500

  private let run: CIRun
  private let workspace: Workspace
  private var repository: Repository { workspace.repository }

  init(_ run: CIRun, _ workspace: Workspace) {
    self.run = run
    self.workspace = workspace
  }

  func outcome() async throws(BackportError) -> CIOutcome {
    var document = CIDocument(
      repository: workspace.description, service: .init(run.service),
      mode: run.mode(in: workspace).rawValue, isCheck: true, since: nil, state: .settled, fixes: [],
      warnings: workspace.warnings)
    let revisions: [String]
    if run.options.fix.isEmpty {
      guard let range = try range() else {
        document.warnings.append(
          Warning("on-trunk", "there is nothing to check: the trunk holds all of it"))
        return CIOutcome(document: document)
      }
      revisions = [range]
    } else {
      revisions = run.options.fix
    }
    let request = try request(revisions)
    var plan = try await run.verified(try workspace.plan(request), request, in: workspace)
    plan.warnings.removeAll { $0.code == "off-trunk" }
    let reasons = try reasons(plan)
    if reasons.isEmpty {
      document.warnings.append(
        Warning(
          "unmarked",
          "nothing says that it is a security fix, so that a job after the merge would not carry it: "
            + "add a trailer such as CVE:, or the label \(label)"))
    }
    var report = CIDocument.FixReport(
      name: plan.fixes.first?.ids.first ?? revisions.joined(separator: " "),
      ids: plan.fixes.first?.ids ?? [], subject: plan.fixes.first?.commits.first?.subject ?? "",
      requested: revisions, reasons: reasons, state: .settled, operation: nil,
      lines: plan.targets.map(CIDocument.Line.init), plan: plan, error: nil)
    report.mark(
      plan.targets.filter { $0.status == .picked || $0.status == .unreleased }, .wouldApply)
    report.state = .worst(report.lines.map(\.state))
    document.state = report.state
    document.fixes = [report]
    var outcome = CIOutcome(document: document)
    outcome.comparisons[0] = try workspace.comparisons(in: plan)
    return outcome
  }

  private var label: String { workspace.project.fixLabels.first ?? "security" }

  /// What the merge request adds to the trunk; nil when that is nothing.
  private func range() throws(BackportError) -> String? {
    var head = run.service.change?.head
    if let id = head, !repository.isStored(id) { head = nil }
    guard let tip = head ?? headCommit else {
      throw BackportError(.unknownRevision, ["HEAD", "find revision"])
    }
    let base = try store { () throws(GitError) in
      try repository.mergeBase(tip, workspace.trunk.tip)
    }
    guard let base else {
      throw BackportError(
        .usage, ["--check"], detail: "HEAD has no history in common with the trunk")
    }
    return base == tip ? nil : "\(base)..\(tip)"
  }

  private var headCommit: ObjectID? {
    switch repository.head {
    case .branch(let name): repository.target(of: name)
    case .detached(let id): id
    case .broken: nil
    }
  }

  private func request(_ revisions: [String]) throws(BackportError) -> PlanRequest {
    var options = run.options.plan
    options.fix = revisions
    return PlanRequest(
      options: options, asOf: run.options.asOf, releaseDate: run.options.releaseDate,
      committer: try run.committer(.report, in: workspace))
  }

  /// By what the fix is known to be one, as a job after the merge would know it.
  private func reasons(_ plan: BackportPlan) throws(BackportError) -> [String] {
    let criteria = FixCriteria(workspace.project)
    var reasons: [String] = []
    for commit in plan.fixes.flatMap(\.commits).prefix(CICheck.longest) {
      let commit = try store { () throws(GitError) in try repository.commit(commit.id) }
      if criteria.isMarked(commit) {
        reasons.append("\(commit.id.abbreviated()) says that it is a fix")
      }
    }
    if let label = FixLabels(workspace.project).first(in: run.service.change?.labels ?? []) {
      reasons.append("the merge request has the label \(label)")
    }
    return reasons
  }
}
