import GitStore
import ReleaseModel

/// Looks at the trunk, the releases, and the branches that releases would be made on.
struct RefChecks {
  private let workspace: Workspace
  private let options: PlanOptions

  init(_ workspace: Workspace, _ options: PlanOptions) {
    self.workspace = workspace
    self.options = options
  }

  var findings: [DoctorDocument.Finding] {
    var findings = [
      DoctorDocument.Finding(
        .refs, "trunk", .good,
        "the trunk is \(workspace.trunk.ref), \(workspace.trunk.tip.abbreviated())")
    ]
    findings += workspace.warnings.map { .init(.refs, $0.code, .warning, $0.message) }
    do {
      findings += try lines()
    } catch {
      findings.append(
        .init(
          .refs, error.code.rawValue, .problem,
          [error.code.rawValue + ": " + error.operands.joined(separator: " "), error.detail]
            .filter { !$0.isEmpty }.joined(separator: ": "),
          remedy: "git backport lines says what to do"))
    }
    findings += worktrees + collisions
    return findings
  }

  private func lines() throws(BackportError) -> [DoctorDocument.Finding] {
    let day = Moment(seconds: workspace.surroundings.now, offsetMinutes: 0).day
    let survey = try workspace.survey(asOf: day, package: options.package)
    var findings: [DoctorDocument.Finding] = survey.warnings.map {
      .init(.refs, $0.code, .warning, $0.message)
    }
    let bases = BaseFinder(
      workspace: workspace, survey: survey, fix: .none, options: options)
    var ready = 0
    for line in survey.inventory.lines where isReleased(line, survey) {
      switch try bases.base(of: line) {
      case .success: ready += 1
      case .failure(let blocked):
        let parts = blocked.reason.split(separator: "; run: ", maxSplits: 1).map(String.init)
        findings.append(
          .init(
            .refs, "branch", .problem, "line \(line.name): \(parts[0])",
            remedy: parts.count > 1 ? parts[1] : nil))
      }
    }
    findings.append(
      .init(
        .refs, "lines", .good,
        ready == 1 ? "1 supported line is ready" : "\(ready) supported lines are ready"))
    return findings
  }

  /// Whether a fix would be released on a line.
  private func isReleased(_ line: ReleaseLine, _ survey: LineSurvey) -> Bool {
    guard let verdict = survey.verdict(on: line.name) else { return false }
    return verdict.supported == .yes && verdict.coveredBy == nil
  }

  private var worktrees: [DoctorDocument.Finding] {
    workspace.repository.worktreeUses.filter { use in
      use.branch.branchName != workspace.trunk.name
    }.map { use in
      .init(
        .refs, "checked-out", .warning,
        "\(use.branch.shorthand) is \(use.activity.rawValue) in \(use.path)",
        remedy: use.activity == .checkedOut
          ? "apply --update-worktree moves it along when it is clean" : "finish that first")
    }
  }

  /// Names that a file system without regard to case takes for one.
  private var collisions: [DoctorDocument.Finding] {
    var seen: [String: RefName] = [:]
    var findings: [DoctorDocument.Finding] = []
    for prefix in ["refs/heads/", "refs/tags/"] {
      for reference in workspace.repository.references(under: prefix) {
        let folded = reference.name.description.lowercased()
        if let other = seen[folded] {
          findings.append(
            .init(
              .refs, "case", .warning,
              "\(other) and \(reference.name) are one file where case does not count",
              remedy: "rename one of them"))
        }
        seen[folded] = reference.name
      }
    }
    return Array(findings.prefix(20))
  }
}
