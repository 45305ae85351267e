import GitStore
import ReleaseModel

/// The work that an advisory is about: an applied operation, or a fix that was landed in another way.
struct AdvisorySubject {
  /// The operation; nil for a fix that was named by its revisions.
  let operation: Operation?
  /// The fix.
  let fix: FixSet
  /// CVE and GHSA ids that the work names.
  let ids: [String]
  /// What the work says of the flaw, for a title.
  let entry: String
  /// Who says what introduced the flaw.
  let introducers: [AffectedCheck.Introducer]
  /// Commits that are stated to be the fix on a line.
  let stated: [LineName: [ObjectID]]
  /// Commits that are stated to be the fix wherever they are.
  let equivalents: [ObjectID]

  init(
    _ request: AdvisoryRequest, in workspace: Workspace, _ survey: LineSurvey
  ) throws(BackportError) {
    let repository = workspace.repository
    let operation = try Self.operation(request, workspace)
    self.operation = operation
    if let operation {
      try Self.refuseUndone(operation)
      let plan = operation.plan
      let mainline = plan.fixes.count == 1 ? plan.fixes.first?.commits.first?.mainline : nil
      let revisions = plan.fixes.flatMap { fix in
        (fix.merge.map { [$0] } ?? fix.commits.map(\.id)).map(\.description)
      }
      guard !revisions.isEmpty else {
        throw BackportError(.nothingToAdvise, [operation.id], detail: "it holds no fix")
      }
      fix = try FixResolver(repository: repository).resolve(revisions, mainline: mainline)
      ids = FixText.ids(in: request.ids + plan.fixes.flatMap(\.ids))
      entry = plan.fixes.first?.entry ?? ""
    } else {
      let fix = try FixResolver(repository: repository).resolve(
        request.subject, mainline: request.mainline)
      self.fix = fix
      let messages = try store { () throws(GitError) in
        try (fix.named + fix.commits.map(\.id)).map { (id) throws(GitError) in
          try repository.commit(id).displayMessage
        }
      }
      ids = FixText.ids(in: request.ids + messages)
      entry = try FixText(repository: repository).entry(for: fix)
    }
    var given = request.introduced
    if given.isEmpty { given = operation?.plan.options.introduced ?? [] }
    // What is only proposed proves nothing of a version.
    introducers = try AffectedCheck(of: fix, introduced: given, in: repository).introducers
      .filter { !$0.isProposal }
    equivalents = try store { () throws(GitError) in
      try request.equivalents.map { (text) throws(GitError) in try repository.resolve(text) }
    }
    stated = try Self.stated(request, operation, fix, ids, workspace, survey)
  }

  /// The operation that is meant; nil when revisions are.
  private static func operation(
    _ request: AdvisoryRequest, _ workspace: Workspace
  ) throws(BackportError) -> Operation? {
    let operations = OperationStore(workspace.repository)
    if request.subject.isEmpty {
      let usable = operations.all().last {
        [.landed, .pushed, .embargoed].contains($0.state) && !$0.plan.fixes.isEmpty
      }
      guard let usable else { throw BackportError(.noOperation) }
      return usable
    }
    guard request.subject.count == 1 else { return nil }
    return operations.operation(request.subject[0])
  }

  private static func refuseUndone(_ operation: Operation) throws(BackportError) {
    switch operation.state {
    case .landed, .pushed, .embargoed: return
    case .pending: throw BackportError(.operationPending, [operation.id, "its landing"])
    case .undone:
      throw BackportError(.nothingToAdvise, [operation.id], detail: "it was taken back")
    }
  }

  /// What options and the project's own configuration state to be the fix on a line.
  private static func stated(
    _ request: AdvisoryRequest, _ operation: Operation?, _ fix: FixSet, _ ids: [String],
    _ workspace: Workspace, _ survey: LineSurvey
  ) throws(BackportError) -> [LineName: [ObjectID]] {
    var revisions: [LineName: [String]] = [:]
    let decisions = FixDecisions(
      project: workspace.project, fix: fix, ids: ids, inventory: survey.inventory)
    for (line, revision) in decisions.fixed { revisions[line, default: []].append(revision) }
    let options = operation?.plan.options
    let pairs =
      try TargetChoice.pairs(options?.fixed ?? [], option: "--fixed")
      + TargetChoice.pairs(options?.use ?? [], option: "--use")
      + request.lineFixes.map { ($0.key, $0.value) }
    for (name, revision) in pairs {
      guard let line = LineName(parsing: name).flatMap({ survey.inventory.line(named: $0) }) else {
        continue
      }
      let tip = revision.firstRange(of: "..").map { String(revision[$0.upperBound...]) }
      revisions[line.name, default: []].append(tip ?? revision)
    }
    var stated: [LineName: [ObjectID]] = [:]
    for (line, list) in revisions {
      // What is not here holds no fix.
      stated[line] = list.compactMap { try? workspace.repository.resolve($0) }
    }
    for target in operation?.plan.targets ?? [] {
      // A pick that a person finished need not look like the fix any more.
      guard let line = LineName(parsing: target.line), !target.commits.isEmpty,
        target.commits.allSatisfy({ $0.status == .picked }),
        let last = target.commits.last?.id
      else { continue }
      stated[line, default: []].append(last)
    }
    return stated
  }
}
