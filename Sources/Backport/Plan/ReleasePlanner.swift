import GitStore
import ReleaseModel

/// Plans the patch release of what branches hold already: `release LINE…`.
struct ReleasePlanner {
  let workspace: Workspace
  let request: PlanRequest
  let survey: LineSurvey
  let signing: SigningChoice

  private var repository: Repository { workspace.repository }
  private var options: PlanOptions { request.options }

  /// One line with the fixes that its release is about.
  struct Result {
    var target: TargetPlanner.Result
    var fixes: [UnreleasedWork.Fix] = []
  }

  /// Plans a line; the fixes found on it are among the result.
  func plan(_ chosen: TargetChoice.Chosen) throws(BackportError) -> Result {
    let line = chosen.line
    var target = Target(
      line: line.name.description, package: line.name.package, branch: nil, base: nil,
      baseKind: .tip, status: .skipped,
      reason: survey.coverage[line.name]?.reason ?? "the policy says nothing of it",
      onRequest: chosen.isOnRequest, evidence: [], commits: [], conflicts: [], settled: [],
      riders: [], release: nil)
    let tag = try workspace.tagCommit(of: line.newest)
    let base: TargetBase
    switch try bases(since: tag).base(of: line) {
    case .failure(let blocked):
      target.status = .blocked
      target.evidence = [blocked.reason]
      return Result(target: TargetPlanner.Result(target: target))
    case .success(let found): base = found
    }
    target.describe(base)
    let work = try UnreleasedWork(on: line, from: tag, to: base.tip, in: workspace)
    target.evidence += work.fixes.flatMap(\.evidence)
    let entries = entries(of: work)
    let isPrepared = try isPrepared(line, at: base.tip, since: tag)
    if let status = try idle(line, work, entries: entries, isPrepared: isPrepared, &target) {
      target.status = status
      return Result(target: TargetPlanner.Result(target: target))
    }
    target.status = .unreleased
    let maker = maker(entries, keepsSections: isPrepared && options.entry == nil)
    let moved = try bases(since: tag).rebased(
      base, of: line, hasRiders: !work.substantial.isEmpty)
    let planner = try planner(maker)
    var result: TargetPlanner.Result
    if moved.commit == base.commit {
      result = try planner.release(
        line, base, tip: base.tip, fixCommits: Set(work.fixes.flatMap(\.commits)), target)
      result.target.riders = work.substantial.map { Rider(commit: $0.id, subject: $0.subject) }
    } else {
      result = try onTag(line, moved, work, target, planner)
    }
    if result.target.release != nil, result.target.commits.isEmpty {
      result.target.commits = commits(of: work)
    }
    result.entries = entries
    return Result(target: result, fixes: work.fixes)
  }

  /// Only the fixes, picked onto the newest tag; what else the branch holds stays unreleased.
  private func onTag(
    _ line: ReleaseLine, _ base: TargetBase, _ work: UnreleasedWork, _ target: Target,
    _ planner: TargetPlanner
  ) throws(BackportError) -> TargetPlanner.Result {
    var target = target
    target.describe(base)
    target.evidence += work.fixes.flatMap(\.evidence)
    let left = work.substantial.map { "\($0.id.abbreviated()) stays unreleased: \($0.subject)" }
    target.evidence += left
    guard !work.fixes.isEmpty else {
      return TargetPlanner.block(
        target, "no commit since \(line.newest.tagName) counts as a fix, so --base tag leaves none")
    }
    let ids = work.fixes.flatMap(\.commits)
    let outcome = try store { () throws(GitError) in
      let sources = try ids.map { (id) throws(GitError) in
        PickSource(try repository.commit(id))
      }
      var picker = Picker(repository: repository, options: planner.pickOptions)
      picker.byHand = request.byHand[line.name.description] ?? [:]
      return try picker.pick(sources.filter { $0.commit.parents.count < 2 }, onto: base.commit)
    }
    target.commits = outcome.commits.map { TargetCommit($0.source, $0, otherwise: nil) }
    guard outcome.isClean else {
      target.status = .conflict
      target.conflicts = outcome.conflicts.map(Conflict.init)
      target.stopped = try planner.stop(of: outcome)
      target.evidence.append("the fixes do not apply to \(line.newest.tagName) by themselves")
      return TargetPlanner.Result(target: target)
    }
    return try planner.release(line, base, tip: outcome.tip, fixCommits: [], target)
  }

  /// Why there is no release to be made, if so.
  private func idle(
    _ line: ReleaseLine, _ work: UnreleasedWork, entries: [ReleaseEntry], isPrepared: Bool,
    _ target: inout Target
  ) throws(BackportError) -> Target.Status? {
    let tag = line.newest.tagName
    if work.fixes.isEmpty, work.others.isEmpty {
      target.evidence.append("nothing is unreleased since \(tag)")
      return .alreadyApplied
    }
    if isPrepared || !entries.isEmpty { return nil }
    if work.substantial.isEmpty {
      target.evidence.append("nothing but housekeeping is unreleased since \(tag)")
      return .alreadyApplied
    }
    if !options.changelog { return nil }
    target.riders = work.substantial.map { Rider(commit: $0.id, subject: $0.subject) }
    target.evidence.append(
      "none of the \(work.substantial.count) commits since \(tag) counts as a fix ([fix] in "
        + ".gitbackport); say what changed with --entry, or release with --no-changelog")
    return .blocked
  }

  /// Whether the branch has the section of the next release already.
  private func isPrepared(
    _ line: ReleaseLine, at tip: ObjectID, since tag: ObjectID
  ) throws(BackportError) -> Bool {
    try store { () throws(GitError) in
      let tree = try repository.commit(tip).tree
      let finder = ChangelogFinder(
        repository: repository, configured: workspace.project.changelogFiles)
      for path in try finder.paths(in: tree, of: line) {
        guard let bytes = try repository.file(at: path, in: tree) else { continue }
        let changelog = Changelog(bytes, format: ChangelogFormat(path: path))
        if changelog.section(of: line.nextVersion) != nil { return true }
      }
      return false
    }
  }

  private func entries(of work: UnreleasedWork) -> [ReleaseEntry] {
    if let text = options.entry {
      let ids = FixText.ids(in: options.ids) + work.fixes.flatMap(\.ids)
      return [ReleaseEntry(text: FixText.entry(text, naming: ids), author: nil)]
    }
    return work.fixes.map { fix in
      let author = fix.commits.first.flatMap { try? repository.commit($0).author }
      let ids = work.fixes.count == 1 ? FixText.ids(in: options.ids) : []
      return ReleaseEntry(
        text: FixText.entry(fix.entry, naming: ids),
        author: author.map { "\($0.displayName) <\($0.displayEmail)>" })
    }
  }

  /// What stands for the fixes where the branch is released as it is.
  private func commits(of work: UnreleasedWork) -> [TargetCommit] {
    work.fixes.enumerated().flatMap { index, fix in
      fix.commits.map { id in
        TargetCommit(
          fix: index, source: id, status: .already, id: id, unsignedId: nil, tree: nil,
          fidelity: nil)
      }
    }
  }

  private func bases(since tag: ObjectID) throws(BackportError) -> BaseFinder {
    let marked = try MarkedFixes(workspace, FixCriteria(workspace.project), since: tag)
    let topics = try options.topic.map { (template) throws(BackportError) in
      try TopicPlacement(workspace, template, fix: .none)
    }
    return BaseFinder(
      workspace: workspace, survey: survey, fix: .named(marked.all), options: options,
      topics: topics)
  }

  private func maker(
    _ entries: [ReleaseEntry], keepsSections: Bool
  ) -> ReleaseMaker {
    var settings = ReleaseMaker.Settings(
      entries: entries, writesChangelog: options.changelog,
      raisesVersionFiles: options.versionFiles, date: request.releaseDate.day,
      committer: request.committer, signing: signing)
    settings.keepsSections = keepsSections
    return ReleaseMaker(
      repository: repository, project: workspace.project, settings: settings)
  }

  private func planner(_ maker: ReleaseMaker) throws(BackportError) -> TargetPlanner {
    TargetPlanner(
      workspace: workspace, survey: survey, fix: .none, options: options,
      bases: BaseFinder(workspace: workspace, survey: survey, fix: .none, options: options),
      applied: try AppliedCheck(of: .none, in: repository),
      affected: try AffectedCheck(of: .none, introduced: [], in: repository), releases: maker,
      stated: [:],
      patches: [:], blocked: request.blocked,
      pickOptions: PickOptions(
        provenance: .none, signOff: options.signOff, committer: request.committer),
      rejected: request.rejected)
  }
}
