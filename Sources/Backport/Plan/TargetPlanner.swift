import GitStore
import ReleaseModel

/// Plans one line: what it has of the fix, the picks it lacks, and its release.
struct TargetPlanner {
  /// A target with the objects and updates that belong to it.
  struct Result {
    var target: Target
    var updates: [PlannedRefUpdate] = []
    var warnings: [Warning] = []
    /// What was released, for the forward-port.
    var line: ReleaseLine?
    /// What the release says of itself, for the forward-port.
    var entries: [ReleaseEntry] = []
    /// The documents of the trunk that the release itself keeps in step.
    var documents: [PlannedDocument] = []
  }

  /// A revision that is stated to be the fix on a line.
  struct Statement {
    let revision: String
    /// Where it is stated, for people.
    let source: String
  }

  /// What was found out about a line before anything is picked.
  struct Findings {
    /// What of the fix is there, by the id of its commit.
    var presences: [ObjectID: Presence]
    var history: RecentHistory
    /// What speaks for or against the flaw.
    var flaw: [String] = []
  }

  let workspace: Workspace
  let survey: LineSurvey
  let fix: FixSet
  let options: PlanOptions
  let bases: BaseFinder
  let applied: AppliedCheck
  let affected: AffectedCheck
  let releases: ReleaseMaker
  /// Lines that are stated to hold the fix, by the user or the configuration.
  let stated: [LineName: Statement]
  /// Revisions, in order, of lines with a patch of their own.
  let patches: [LineName: [String]]
  /// Branches that must not move now, and why.
  let blocked: [RefName: String]
  /// How picked commits are made.
  let pickOptions: PickOptions
  /// What people made of picks that do not apply, by line and commit.
  var byHand: [String: [ObjectID: HandResolution]] = [:]
  /// What lines have not passed, by their names.
  var rejected: [String: [Verification]] = [:]

  var repository: Repository { workspace.repository }

  /// Plans a line; `picker` carries what was learnt from the lines before, and `newer` is the nearest
  /// newer line that has the fix.
  func plan(
    _ chosen: TargetChoice.Chosen, newer: CascadeSource?, _ picker: inout Picker
  ) throws(BackportError) -> Result {
    let line = chosen.line
    var target = Target(
      line: line.name.description, package: line.name.package, branch: nil, base: nil,
      baseKind: .tip, status: .skipped,
      reason: survey.coverage[line.name]?.reason ?? "the policy says nothing of it",
      onRequest: chosen.isOnRequest, evidence: [], introduced: nil, firstAffected: nil, commits: [],
      conflicts: [], settled: [],
      riders: [], release: nil)
    if let reason = chosen.skipReason {
      target.evidence = [reason]
      return Result(target: target)
    }
    let base: TargetBase
    switch try bases.base(of: line) {
    case .failure(let blocked):
      target.status = .blocked
      target.evidence = [blocked.reason]
      return Result(target: target)
    case .success(let found): base = found
    }
    target.describe(base)
    if let statement = stated[line.name] { return try stated(statement, line, base, target) }
    let history = try applied.history(of: base.tip)
    if let presence = try ownPatchPresence(on: line, in: history, base) {
      target.commits = Target.commits(of: fix, presences: [:])
      return try present([presence], line, base, target)
    }
    let presences = try applied.presences(in: history)
    target.commits = Target.commits(of: fix, presences: presences)
    if presences.count == fix.commits.count {
      return try unreleasedOrApplied(presences, line, base, target, history)
    }
    var findings = Findings(presences: presences, history: history)
    if presences.isEmpty, patches[line.name] == nil {
      let verdict = try affected.verdict(at: base.tip)
      findings.flaw = verdict.evidence
      target.introduced = verdict.introduced
      if let id = verdict.introduced {
        target.firstAffected = try firstRelease(of: line, holding: [id])?.version.description
      }
      if verdict.isAffected == false {
        target.status = .notAffected
        target.commits = []
        target.evidence = verdict.evidence
        return Result(target: target)
      }
    }
    let moved = try bases.rebased(
      base, of: line, hasRiders: try !riders(line, base, except: presences).isEmpty)
    guard moved.commit != base.commit else {
      target.describe(moved)
      return try pick(line, moved, findings, target, newer, &picker)
    }
    // What of the fix lies beyond the tag is picked as well.
    findings.history = try applied.history(of: moved.commit)
    findings.presences = try applied.presences(in: findings.history)
    target.describe(moved)
    return try pick(line, moved, findings, target, newer, &picker)
  }

  // MARK: - The fix is there

  private func stated(
    _ statement: Statement, _ line: ReleaseLine, _ base: TargetBase, _ target: Target
  ) throws(BackportError) -> Result {
    var target = target
    let commit: ObjectID
    do throws(GitError) {
      commit = try repository.resolve(statement.revision)
    } catch {
      // A mistyped option ends the run; what the project once decided keeps one line back.
      if statement.source != ".gitbackport" { throw BackportError(error) }
      target.status = .blocked
      target.evidence.append(
        "\(statement.source) states that \(statement.revision) is the fix, which is not here")
      return Result(target: target)
    }
    let isThere = try store { () throws(GitError) in
      try repository.isAncestor(commit, of: base.tip)
    }
    guard isThere else {
      target.status = .blocked
      target.evidence.append(
        "\(statement.source) states that \(statement.revision) is the fix, but it is not in the "
          + "line's history")
      return Result(target: target)
    }
    let presence = Presence(
      commit: commit,
      evidence: "\(statement.source) states that \(commit.abbreviated()) is the fix in another form"
    )
    return try present([presence], line, base, target)
  }

  /// The branch holds all of the fix; with `--base tag` its own commits of it go onto the tag.
  private func unreleasedOrApplied(
    _ presences: [ObjectID: Presence], _ line: ReleaseLine, _ base: TargetBase, _ target: Target,
    _ history: RecentHistory
  ) throws(BackportError) -> Result {
    let commits = Set(presences.values.map(\.commit))
    let isReleased = try firstRelease(of: line, holding: commits) != nil
    guard !isReleased else { return try present(Array(presences.values), line, base, target) }
    let moved = try bases.rebased(
      base, of: line, hasRiders: try !riders(line, base, except: presences).isEmpty)
    guard moved.commit != base.commit else {
      var target = target
      target.describe(moved)
      return try present(Array(presences.values), line, moved, target)
    }
    let outcome = try store { () throws(GitError) in
      let own = history.commits.filter { commits.contains($0.id) }.reversed().map { PickSource($0) }
      var picker = Picker(repository: repository, options: pickOptions)
      picker.byHand = byHand[line.name.description] ?? [:]
      return try picker.pick(Array(own), onto: moved.commit)
    }
    var target = target
    target.describe(moved)
    target.evidence += presences.values.map(\.evidence).sorted()
    target.evidence.append("no release of the line holds it; its own commits go onto the tag")
    let made = Dictionary(outcome.commits.map { ($0.source, $0) }) { first, _ in first }
    target.commits = fix.commits.map { commit in
      let picked = presences[commit.id].flatMap { made[$0.commit] }
      return TargetCommit(commit.id, picked, otherwise: nil)
    }
    return try finish(outcome, line, moved, target)
  }

  /// The branch holds the fix: a release does too, or only the release is missing.
  func present(
    _ presences: [Presence], _ line: ReleaseLine, _ base: TargetBase, _ target: Target
  ) throws(BackportError) -> Result {
    var target = target
    var seen: Set<String> = []
    let findings = presences.map(\.evidence).filter { seen.insert($0).inserted }.sorted()
    let commits = Set(presences.map(\.commit))
    if let release = try firstRelease(of: line, holding: commits) {
      target.status = .alreadyApplied
      target.evidence = findings + ["released in \(release.version) (tag \(release.tagName))"]
      return Result(target: target)
    }
    target.status = .unreleased
    target.evidence += findings + ["no release of the line holds it"]
    return try release(line, base, tip: base.tip, fixCommits: commits, target)
  }

  /// The lowest release of a line whose history holds all of some commits; nil when none does.
  ///
  /// A release holds what the one before it held, so halving finds it.
  func firstRelease(
    of line: ReleaseLine, holding commits: Set<ObjectID>
  ) throws(BackportError) -> ReleaseModel.Release? {
    func holdsAll(_ release: ReleaseModel.Release) throws(BackportError) -> Bool {
      let tagged = try workspace.tagCommit(of: release)
      return try store { () throws(GitError) in
        for commit in commits where try !repository.isAncestor(commit, of: tagged) { return false }
        return true
      }
    }
    guard try holdsAll(line.newest) else { return nil }
    var (low, high) = (0, line.releases.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if try holdsAll(line.releases[middle]) { high = middle } else { low = middle + 1 }
    }
    return line.releases[low]
  }

  // MARK: - The fix has been picked

  /// Judges what picking gave, and makes the release where it is clean.
  func finish(
    _ outcome: PickOutcome, _ line: ReleaseLine, _ base: TargetBase, _ target: Target,
    partOfFix: Set<ObjectID> = [], newer: CascadeSource? = nil
  ) throws(BackportError) -> Result {
    var target = target
    target.evidence += outcome.commits.flatMap { commit in
      commit.renames.map { rename in
        "\(String(decoding: rename.from, as: UTF8.self)) is "
          + "\(String(decoding: rename.to, as: UTF8.self)) on this line"
      } + commit.notes
    }
    target.settled += outcome.commits.flatMap(\.resolutions).map(SettledPath.init)
    if !outcome.isClean {
      target.status = .conflict
      target.conflicts = outcome.conflicts.map(Conflict.init)
      target.stopped = try stop(of: outcome)
      try explain(outcome, base, &target, newer: newer)
      let failed = outcome.commits.last?.source.abbreviated() ?? ""
      target.evidence.append("\(failed) does not apply")
      return Result(target: target)
    }
    if outcome.commits.allSatisfy({ $0.status != .picked }) {
      return try nothingLeft(line, base, target)
    }
    target.status = .picked
    var result = try release(line, base, tip: outcome.tip, fixCommits: partOfFix, target)
    result.warnings += try unknownNames(outcome, base, line)
    result.warnings += try damage(outcome, base, line)
    return result
  }

  /// Where a series came to a stop.
  func stop(of outcome: PickOutcome) throws(BackportError) -> StoppedPick? {
    guard let last = outcome.commits.last, !outcome.isClean else { return nil }
    let known = fix.sources.first { $0.commit.id == last.source }
    let commit = try store { () throws(GitError) in try repository.commit(last.source) }
    return StoppedPick(
      commit: last.source,
      mainline: known.map(\.mainline) ?? PickSource(commit).mainline, onto: outcome.tip)
  }

  /// Every pick is empty: the fix is there when the lines it adds are, else nobody knows.
  private func nothingLeft(
    _ line: ReleaseLine, _ base: TargetBase, _ target: Target
  ) throws(BackportError) -> Result {
    var target = target
    let proof = NoChangeProof(repository: repository, fix: fix)
    guard let evidence = try proof.evidence(at: base.commit) else {
      target.status = .empty
      let name = ShellWord.quoted(line.name.description)
      target.evidence.append(
        "nothing is left to apply, and nothing proves that the fix is there; "
          + "say so with --fixed \(name)=REV or --skip \(name)=REASON")
      return Result(target: target)
    }
    let tag = try workspace.tagCommit(of: line.newest)
    if base.commit != tag, let released = try proof.evidence(at: tag) {
      let isWhole = try store { () throws(GitError) in
        var picker = Picker(repository: repository, options: pickOptions)
        let again = try picker.pick(fix.sources, onto: tag)
        return again.isClean && again.tip == tag
      }
      if isWhole {
        return try present([Presence(commit: tag, evidence: released)], line, base, target)
      }
    }
    return try present([Presence(commit: base.commit, evidence: evidence)], line, base, target)
  }
}
