import Backport
import ReleaseModel

/// Makes a plan from the command line, for `plan` and `apply` alike.
struct Planning {
  private let release: ReleaseOptions
  private let project: ProjectOptions
  private let choose: (inout PlanOptions) throws(BackportError) -> Void

  init(
    _ fix: [String], _ planning: PlanningOptions, _ release: ReleaseOptions,
    _ project: ProjectOptions
  ) {
    self.release = release
    self.project = project
    choose = { (options) throws(BackportError) in
      options.fix = fix
      try planning.fill(&options)
    }
  }

  /// The release of what lines hold already.
  init(
    lines: [String], _ choice: ReleaseChoiceOptions, _ release: ReleaseOptions,
    _ project: ProjectOptions
  ) {
    self.release = release
    self.project = project
    choose = { options in
      options.lines = lines
      options.base = choice.base?.rawValue
      options.allOrNothing = choice.persistence == .allOrNothing
    }
  }

  /// The options as a plan keeps them.
  func options() throws(BackportError) -> PlanOptions {
    var options = PlanOptions()
    try choose(&options)
    release.fill(&options)
    project.fill(&options)
    return options
  }

  /// The request for a plan, with the day and the dates that were given.
  func request(_ run: Run, _ workspace: Workspace) throws(BackportError) -> PlanRequest {
    PlanRequest(
      options: try options(), asOf: try project.day(now: run.now),
      releaseDate: try release.moment(asOf: project.asOf, now: run.now),
      committer: try workspace.identity())
  }

  /// Opens the repository and works the plan out; `choices` are answers about version files.
  func plan(
    _ run: Run, choices: [String] = []
  ) async throws(BackportError) -> Planned {
    var options = try options()
    options.versionFileChoices += choices
    let asOf = try project.day(now: run.now)
    let moment = try release.moment(asOf: project.asOf, now: run.now)
    let isOfCase = options.case.map { $0 != PlanOptions.noCase } ?? false
    if options.embargo || isOfCase { try run.beginEmbargo() }
    if run.document == .plan {
      run.known["asOf"] = asOf.description
      run.known["releaseDate"] =
        Moment(seconds: moment.seconds, offsetMinutes: 0).description
      run.known["tool"] = run.surroundings.tool
      run.known["options"] = run.isHidden ? nil : options
    }
    let workspace = try await run.open(options)
    if isOfCase { try fill(&options, workspace, run) }
    let request = PlanRequest(
      options: options, asOf: asOf, releaseDate: moment, committer: try workspace.identity())
    let plan = try await run.progress.during("working out the plan") { () throws(BackportError) in
      try workspace.plan(request)
    }
    return Planned(workspace: workspace, plan: plan)
  }
}

extension Planning {
  /// Takes from the case what the command line leaves open.
  private func fill(
    _ options: inout PlanOptions, _ workspace: Workspace, _ run: Run
  ) throws(BackportError) {
    let isEmbargo = options.embargo
    let record = try workspace.record(ofCase: options.case)
    try workspace.fill(&options)
    if !isEmbargo, !options.embargo { run.showsCase(record) }
    if run.document == .plan { run.known["options"] = run.isHidden ? nil : options }
  }
}

/// A plan with the workspace it was made in.
struct Planned {
  let workspace: Workspace
  let plan: BackportPlan

  /// Prints the plan and gives the status it ends with.
  ///
  /// A plan runs no program of the user's; it says what an apply would run.
  func report(
    _ run: Run, _ verifying: VerifyingOptions
  ) throws(BackportError) -> ExitStatus {
    var planned = plan
    if let verification = try workspace.verification(verifying.wish), !plan.refUpdates.isEmpty {
      let commands = verification.commands.map { "'\($0)'" }.joined(separator: ", then ")
      planned.warnings.append(
        Warning("not-verified", "a plan runs nothing; apply runs \(commands) on each line first"))
    }
    let plan = try run.shown(planned)
    let status = ExitStatus(plan)
    let comparisons = try run.comparisons(in: plan, workspace)
    // The command line may tell what the masked plan does not.
    let next =
      run.isHidden
      ? []
      : NextSteps.after(
        plan, savedIn: run.output.file, arguments: Array(CommandLine.arguments.dropFirst()),
        verifying: verifying.words)
    let text = { (style: TextStyle) in
      let text = PlanText(plan: plan, style: style, comparisons: comparisons)
      if run.output.quiet { return text.summary() }
      return text.text(next: next)
    }
    let markdown = {
      PlanMarkdown(
        plan: plan, next: next.map { $0.rendered(inColor: false) }, comparisons: comparisons
      ).text
    }
    let page = { () throws(BackportError) in
      ReportPage(plan: plan, facts: try workspace.facts(of: plan))
    }
    guard status == .precondition else {
      try run.report(plan, markdown: markdown, page: page, text: text)
      return status
    }
    let words = ErrorText(BackportError(.everyTargetBlocked))
    try run.report(
      DocumentWithError(document: plan, error: words.document), markdown: markdown, page: page,
      text: text)
    Terminal.note(words.rendered(run.style(.errors)))
    return status
  }
}
