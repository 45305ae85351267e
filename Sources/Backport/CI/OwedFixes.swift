import GitStore
import ReleaseModel

/// Finds the security fixes of the trunk that some line may still be owed.
struct OwedFixes {
  /// A fix with what is asked for and why.
  struct Candidate {
    var fix: SecurityFix
    /// The revisions of which a plan is made.
    var revisions: [String]
    /// By what it is known to be a fix, for people.
    var reasons: [String]
  }

  /// What makes a commit a fix that a job carries by itself.
  ///
  /// A CVE id in running text is not among them: an update of a dependency names one, too.
  private static let signs: Set<SecurityFix.Sign> = [
    .trailer, .subject, .mergeSubject, .advisory,
  ]

  private let run: CIRun
  private let workspace: Workspace

  init(_ run: CIRun, _ workspace: Workspace) {
    self.run = run
    self.workspace = workspace
  }

  /// The moment from which on the trunk is looked at.
  var since: Moment {
    let window = CIWindow(parsing: workspace.project.ciWindow)?.seconds ?? 0
    return Moment(seconds: run.surroundings.now - window, offsetMinutes: 0)
  }

  /// The fixes, oldest first; the one that was named instead, when one was.
  func candidates() throws(BackportError) -> (fixes: [Candidate], warnings: [Warning]) {
    if !run.options.fix.isEmpty {
      let set = try FixResolver(repository: workspace.repository).resolve(
        run.options.fix, mainline: run.options.plan.mainline)
      return ([Candidate(fix: try fix(of: set), revisions: run.options.fix, reasons: [])], [])
    }
    var scope = SecurityFixScope()
    scope.since = since.seconds
    scope.signs = OwedFixes.signs
    let found = try workspace.securityFixes(scope)
    var candidates = found.fixes.map { fix in
      Candidate(fix: fix, revisions: fix.revisions, reasons: fix.reasons.map(\.text))
    }
    if let labelled = try labelled(besides: found.fixes) { candidates.append(labelled) }
    candidates.sort { ($0.fix.landed, $0.fix.name) < ($1.fix.landed, $1.fix.name) }
    return (candidates, found.warnings)
  }

  /// The merge request that the event is about, when it has come onto the trunk and a label of it
  /// says that it is a fix.
  private func labelled(besides known: [SecurityFix]) throws(BackportError) -> Candidate? {
    guard let change = run.service.change, let merge = change.merge,
      change.target == nil || change.target == workspace.trunk.name,
      let label = FixLabels(workspace.project).first(in: change.labels),
      !known.contains(where: { $0.commits.contains(merge) }),
      workspace.repository.isStored(merge),
      workspace.repository.holds(merge, workspace.trunk.tip)
    else { return nil }
    let set = try FixResolver(repository: workspace.repository).resolve(
      [merge.description], mainline: nil)
    if known.contains(where: { !Set($0.commits).isDisjoint(with: set.commits.map(\.id)) }) {
      return nil
    }
    return Candidate(
      fix: try fix(of: set), revisions: [merge.description],
      reasons: ["its merge request has the label \(label)"])
  }

  private func fix(of set: FixSet) throws(BackportError) -> SecurityFix {
    let commits = try store { () throws(GitError) in
      try set.named.map { (id) throws(GitError) in try workspace.repository.commit(id) }
    }
    let messages = (commits + set.commits).map(\.displayMessage)
    return SecurityFix(
      ids: FixText.ids(in: messages), commits: set.named,
      subject: set.commits.first?.subject ?? "",
      landed: commits.map(\.committer.seconds).max() ?? 0, reasons: [])
  }
}

/// The labels by which merge requests say that they bring a security fix.
struct FixLabels {
  private let labels: Set<String>

  init(_ project: ProjectConfiguration) { labels = Set(project.fixLabels.map { $0.lowercased() }) }

  /// The first of some labels that is one of them.
  func first(in names: [String]) -> String? { names.first { labels.contains($0.lowercased()) } }
}
