public import GitStore
public import ReleaseModel

/// What a plan is asked for, with everything that would otherwise change from run to run.
public struct PlanRequest: Sendable {
  /// What was asked for.
  public var options: PlanOptions
  /// The day the policy is asked for.
  public var asOf: CalendarDate
  /// The moment that stands in changelogs, commits and tags.
  public var releaseDate: Moment
  /// The name and mail address of whoever makes commits and tags.
  public var committer: Signature
  /// Branches that must not move now, and why.
  var blocked: [RefName: String] = [:]
  /// What people made of picks that do not apply, by line and commit.
  var byHand: [String: [ObjectID: HandResolution]] = [:]
  /// The forward-port branch of the operation that the plan adds to; nil when there is none.
  var forwardPort: RefName?
  /// What references are taken to hold, whatever they do; nil takes one for absent.
  var assumed: [RefName: ObjectID?] = [:]
  /// What the lines have not passed, by their names.
  var rejected: [String: [Verification]] = [:]

  /// Makes a request; the committer's date becomes the release date.
  public init(
    options: PlanOptions, asOf: CalendarDate, releaseDate: Moment, committer: Signature
  ) {
    self.options = options
    self.asOf = asOf
    self.releaseDate = releaseDate
    self.committer = committer
    self.committer.seconds = releaseDate.seconds
    self.committer.offsetMinutes = releaseDate.offsetMinutes
  }
}

extension Workspace {
  /// Works out everything an operation would do, in memory; nothing is written.
  ///
  /// The same request on the same references gives the same object ids.
  public func plan(_ request: PlanRequest) throws(BackportError) -> BackportPlan {
    let before = repository.assumedReferences
    defer { repository.assumedReferences = before }
    repository.assumedReferences.merge(request.assumed) { $1 }
    let workspace = seeing(request.assumed)
    if request.options.landTrunk == true, request.options.lines.isEmpty,
      let landing = try TrunkLanding(workspace: workspace, request: request).make()
    {
      return try workspace.planLandingTrunk(request, landing)
    }
    return try Planner(workspace: workspace, request: request).plan()
  }

  /// The workspace with its trunk where it is taken to be.
  private func seeing(_ assumed: [RefName: ObjectID?]) -> Workspace {
    guard let branch = RefName.branch(trunk.name), let value = assumed[branch], let tip = value
    else { return self }
    return withTrunk(at: tip)
  }

  /// The plan of a request for the very commits that an operation is about, whatever its revisions
  /// name by now.
  func plan(
    _ request: PlanRequest, forFixesOf operation: Operation
  ) throws(BackportError) -> BackportPlan {
    let fixes = operation.plan.fixes
    func isSame(_ plan: BackportPlan) -> Bool {
      !request.options.lines.isEmpty || plan.fixes.map(\.commits) == fixes.map(\.commits)
    }
    if let plan = try? plan(request), isSame(plan) { return plan }
    var pinned = request
    pinned.options.fix = fixes.flatMap { fix in
      fix.merge.map { [$0.description] } ?? fix.commits.map(\.id.description)
    }
    var plan = try plan(pinned)
    guard isSame(plan) else { throw BackportError(.planMismatch, fixes.flatMap(\.requested)) }
    for index in plan.fixes.indices { plan.fixes[index].requested = fixes[index].requested }
    plan.options.fix = request.options.fix
    return plan
  }
}

/// Puts a plan together from the plans of its lines.
struct Planner {
  let workspace: Workspace
  let request: PlanRequest

  private var repository: Repository { workspace.repository }
  private var options: PlanOptions { request.options }

  func plan() throws(BackportError) -> BackportPlan {
    do {
      return try makePlan()
    } catch {
      // libgit2 reports the end of a shallow clone as an object that is missing.
      if error.code == .missingObject { try workspace.refuseShallow() }
      throw error
    }
  }

  private func makePlan() throws(BackportError) -> BackportPlan {
    let survey = try workspace.survey(asOf: request.asOf, package: options.package)
    if !options.lines.isEmpty { return try makeReleases(survey) }
    let resolver = FixResolver(repository: repository)
    var fix = try resolver.resolve(options.fix, mainline: options.mainline)
    let boundary = repository.shallowBoundary
    if fix.commits.contains(where: { boundary.contains($0.id) }) { try workspace.refuseShallow() }
    let ids = FixText.ids(in: options.ids + (try messages(of: fix)))
    let decisions = FixDecisions(
      project: workspace.project, fix: fix, ids: ids, inventory: survey.inventory)
    if !decisions.with.isEmpty {
      fix = try resolver.resolve(options.fix, mainline: options.mainline, more: decisions.with)
    }
    let suggested = try FixText(repository: repository).entry(for: fix)
    let entry = FixText.entry(options.entry ?? suggested, naming: ids)
    let signing = try SigningChoice(options, workspace.settings)
    let choice = TargetChoice(
      survey: survey, options: options, decidedSkips: decisions.skips,
      trunk: workspace.trunk.name, remote: workspace.remote)
    let (chosen, others) = try choice.choose()
    if chosen.contains(where: { $0.skipReason == nil && survey.undecided.contains($0.line.name) }) {
      try workspace.refuseShallow()
    }
    let topics = try options.topic.map { (template) throws(BackportError) in
      try TopicPlacement(workspace, template, fix: fix)
    }
    let targets = try planTargets(
      chosen, choice, survey, fix, decisions, topics, entry: entry, signing)
    let forwardPort = try ForwardPort(workspace: workspace, survey: survey, request: request).make(
      targets.compactMap { result in result.line.map { ($0, result.target, result.entries) } })
    var plan = try assemble(
      survey, fix, results: targets, others: others, forwardPort: forwardPort)
    plan.fixes = [describe(fix, ids: ids, entry: entry)]
    plan.warnings += decisions.unknownLines.map { line in
      Warning("unknown-line", "[fix] in .gitbackport decides on \(line), which is no line")
    }
    plan.warnings += try FixWarnings(workspace: workspace, survey: survey, request: request)
      .warnings(of: fix, ids: ids, chosen: chosen)
    plan.warnings = Planner.unique(plan.warnings)
    return plan.hidingIDs(ofSigned: signing, in: repository)
  }

  private func messages(of fix: FixSet) throws(BackportError) -> [String] {
    try store { () throws(GitError) in
      try (fix.named + fix.commits.map(\.id)).map { (id) throws(GitError) in
        try repository.commit(id).displayMessage
      }
    }
  }

  /// The plan of `release LINE…`.
  private func makeReleases(_ survey: LineSurvey) throws(BackportError) -> BackportPlan {
    let signing = try SigningChoice(options, workspace.settings)
    var wish = options
    wish.to = options.lines
    let choice = TargetChoice(
      survey: survey, options: wish, decidedSkips: [:], trunk: workspace.trunk.name,
      remote: workspace.remote)
    let (chosen, others) = try choice.choose()
    let planner = ReleasePlanner(
      workspace: workspace, request: request, survey: survey, signing: signing)
    let results = try chosen.map { (line) throws(BackportError) in try planner.plan(line) }
    let targets = results.map(\.target)
    let forwardPort = try ForwardPort(workspace: workspace, survey: survey, request: request).make(
      targets.compactMap { result in result.line.map { ($0, result.target, result.entries) } })
    var seen: Set<ObjectID> = []
    let fixes = results.flatMap(\.fixes).filter { seen.insert($0.id).inserted }
    var plan = try assemble(
      survey, .named(fixes.map(\.id)), results: targets, others: others, forwardPort: forwardPort)
    plan.fixes = try fixes.map { (found) throws(BackportError) in
      let fix = try FixResolver(repository: repository).resolve(
        [found.id.description], mainline: nil)
      return describe(fix, ids: found.ids, entry: options.entry ?? found.entry)
    }
    plan.warnings = Planner.unique(plan.warnings.filter { $0.code != "off-trunk" })
    return plan.hidingIDs(ofSigned: signing, in: repository)
  }

  private func planTargets(
    _ chosen: [TargetChoice.Chosen], _ choice: TargetChoice, _ survey: LineSurvey, _ fix: FixSet,
    _ decisions: FixDecisions, _ topics: TopicPlacement?, entry: String, _ signing: SigningChoice
  ) throws(BackportError) -> [TargetPlanner.Result] {
    var stated = decisions.fixed.mapValues {
      TargetPlanner.Statement(revision: $0, source: ".gitbackport")
    }
    for (name, revision) in try TargetChoice.pairs(options.fixed, option: "--fixed") {
      stated[try choice.line(named: name, option: "--fixed")] = TargetPlanner.Statement(
        revision: revision, source: "--fixed")
    }
    var patches: [LineName: [String]] = [:]
    for (name, revision) in try TargetChoice.pairs(options.use, option: "--use") {
      patches[try choice.line(named: name, option: "--use"), default: []].append(revision)
    }
    let author = fix.commits.first?.author
    // Under embargo a line that names a commit which nobody else has would only tell that there is one.
    let isVisible = try options.embargo ? isOnTrunk(fix) : true
    let pickOptions = PickOptions(
      provenance: options.provenance && isVisible ? .cherryPicked : .none, signOff: options.signOff,
      committer: request.committer)
    let planner = TargetPlanner(
      workspace: workspace, survey: survey, fix: fix, options: options,
      bases: BaseFinder(
        workspace: workspace, survey: survey, fix: fix, options: options, topics: topics),
      applied: try AppliedCheck(of: fix, in: repository),
      affected: try AffectedCheck(of: fix, introduced: options.introduced, in: repository),
      releases: ReleaseMaker(
        repository: repository, project: workspace.project,
        settings: ReleaseMaker.Settings(
          entries: [
            ReleaseEntry(
              text: entry, author: author.map { "\($0.displayName) <\($0.displayEmail)>" })
          ],
          writesChangelog: options.changelog, raisesVersionFiles: options.versionFiles,
          date: request.releaseDate.day, committer: request.committer, signing: signing)),
      stated: stated, patches: patches, blocked: request.blocked,
      pickOptions: pickOptions, byHand: request.byHand, rejected: request.rejected)
    var picker = Picker(repository: repository, options: pickOptions)
    var results: [TargetPlanner.Result] = []
    var newer: CascadeSource?
    for target in chosen {
      let result = try planner.plan(target, newer: newer, &picker)
      newer = CascadeSource(target.line.name, result.target) ?? newer
      results.append(result)
    }
    return results
  }

  private func assemble(
    _ survey: LineSurvey, _ fix: FixSet,
    results: [TargetPlanner.Result], others: [NotTargeted], forwardPort: ForwardPort.Made
  ) throws(BackportError) -> BackportPlan {
    let isOnTrunk = try isOnTrunk(fix)
    // A forward-port onto the trunk goes on from the release that was made there.
    let forwarded = Set(forwardPort.updates.map(\.ref))
    let updates = Planner.sorted(
      results.flatMap(\.updates).filter { !forwarded.contains($0.ref) } + forwardPort.updates)
    var warnings = workspace.warnings + survey.warnings + results.flatMap(\.warnings)
    warnings += forwardPort.warnings
    if !isOnTrunk {
      warnings.append(
        Warning("off-trunk", "the fix is not on \(workspace.trunk.ref.shorthand)"))
      if options.embargo, options.provenance {
        warnings.append(
          Warning(
            "private-origin",
            "the picks do not name the commits they were made from, which others cannot see"))
      }
    }
    warnings += updates.compactMap { update in
      guard let name = update.ref.branchName, let tag = RefName.tag(name),
        repository.reference(tag) != nil
      else { return nil }
      return Warning(
        "ambiguous-name",
        "there is a tag \(name) beside the branch: git takes '\(name)' for the tag, and what is moved "
          + "is \(update.ref)")
    }
    for use in repository.worktreeUses where updates.contains(where: { $0.ref == use.branch }) {
      warnings.append(
        Warning(
          "checked-out", "\(use.branch.shorthand) is \(use.activity.rawValue) in \(use.path)"))
    }
    let trunkTip = updates.first { $0.ref == RefName.branch(workspace.trunk.name) }?.new
    return BackportPlan(
      repository: workspace.description, asOf: request.asOf.description,
      releaseDate: Moment(seconds: request.releaseDate.seconds, offsetMinutes: 0).description,
      tool: workspace.surroundings.tool,
      committer: Person(
        name: request.committer.displayName, email: request.committer.displayEmail,
        date: request.releaseDate.description),
      options: options, signing: nil, policy: PolicyDescription(survey.policy),
      fixes: [],
      trunk: Trunk(
        ref: workspace.trunk.ref.description, state: isOnTrunk ? .containsFix : .lacksFix,
        old: workspace.trunk.tip, new: trunkTip ?? workspace.trunk.tip),
      targets: results.map(\.target), notTargeted: others, refUpdates: updates,
      documents: results.flatMap(\.documents) + forwardPort.documents, warnings: warnings)
  }

  private func isOnTrunk(_ fix: FixSet) throws(BackportError) -> Bool {
    try store { () throws(GitError) in
      for id in fix.named where try !repository.isAncestor(id, of: workspace.trunk.tip) {
        return false
      }
      return true
    }
  }

  private func describe(_ fix: FixSet, ids: [String], entry: String) -> Fix {
    Fix(
      requested: fix.requested, merge: fix.merge, ids: ids, entry: entry,
      commits: fix.sources.map { source in
        FixCommit(
          id: source.commit.id, subject: source.commit.subject,
          author: "\(source.commit.author.displayName) <\(source.commit.author.displayEmail)>",
          mainline: source.mainline)
      })
  }

  /// Branches before tags: whoever sees a middle state sees a commit without its tag.
  static func sorted(_ updates: [PlannedRefUpdate]) -> [PlannedRefUpdate] {
    updates.sorted { left, right in
      let (leftIsTag, rightIsTag) = (left.ref.tagName != nil, right.ref.tagName != nil)
      return leftIsTag == rightIsTag ? left.ref < right.ref : rightIsTag
    }
  }

  private static func unique(_ warnings: [Warning]) -> [Warning] {
    var seen: Set<Warning> = []
    return warnings.filter { seen.insert($0).inserted }
  }
}
