import ArgumentParser
import Backport

/// `ci`: the job after a fix came onto the trunk.
struct CICommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ci",
    abstract: "Find every fix on the trunk that is still owed, and deliver it; for CI jobs.",
    usage: """
      git backport ci [<fix> ...] [<options>]
      git backport ci --check [<fix> ...] [<options>]
      """,
    discussion: """
      Looks at the security fixes of ci.window ([fix] in .gitbackport tells what is one), not only \
      at what was just pushed, and does with what is owed as publish.mode says: direct, topic, \
      request or report (the default). Ends with 0 when nothing is owed or all of it was \
      delivered, else with 1.

        git backport ci --check      # in the job of a merge request: what would happen
        git backport ci --mode direct --allow-fetch --verify 'make test'
      """)

  @Argument(
    help: "Only this fix: a commit, a range A..B or a merge; several are one fix.",
    completion: NameCompletion.revisions)
  var fix: [String] = []

  @OptionGroup(title: "Job") var job: JobOptions
  @OptionGroup(title: "Verification") var verifying: VerifyingOptions
  @OptionGroup(title: "Publishing") var pushing: PushingOptions
  @OptionGroup(title: "Targets and picks") var planning: PlanningOptions
  @OptionGroup(title: "Releases") var release: ReleaseOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    if release.embargo || release.notBefore != nil {
      throw ValidationError("what ci looks at is on the trunk already: --embargo goes with apply")
    }
    if job.check, job.mode != nil { throw ValidationError("--check publishes nothing: no --mode") }
    if job.matrix != nil, output.json {
      throw ValidationError("--matrix and --json exclude each other")
    }
    if job.matrix != nil, !verifying.commands.isEmpty {
      throw ValidationError("the jobs of a --matrix verify; --verify goes with them")
    }
  }

  func run() async throws {
    try await Run.perform(.ci, at: location, output) { run throws(BackportError) in
      let service = BuildService(run.surroundings.environment, payload: JobFiles.contents)
      do throws(BackportError) {
        return try await work(service, run)
      } catch {
        JobReport.fail(error, service, job, isHidden: run.isHidden)
        throw error
      }
    }
  }

  private func work(_ service: BuildService, _ run: Run) async throws(BackportError) -> ExitStatus {
    var options = try options(run)
    let propose: CIRun.Proposal = { (plan, workspace) throws(BackportError) in
      try await MergeRequests(service: service, run: run).propose(plan, in: workspace)
    }
    let workspace = try await run.open(options.plan)
    run.hideEmbargo(of: nil, in: workspace)
    if job.matrix == nil {
      options.verification = try verifying.verification(workspace, run, isLog: true)
      options.runsPrograms = { $0 ? Interruption.hold() : Interruption.release() }
    }
    let describe: CIRun.Description = { (plan, workspace) throws(BackportError) in
      try await MergeRequests(service: service, run: run).requests(plan, in: workspace)
    }
    let ciRun = CIRun(
      run.surroundings, service, options, describe: job.pushOptions ? describe : nil,
      propose: propose)
    let outcome = try await run.progress.during("looking for fixes") {
      () throws(BackportError) in try await ciRun.run()
    }
    return try await JobReport(outcome: outcome, service: service, job: job, run: run).publish()
  }

  private func options(_ run: Run) throws(BackportError) -> CIOptions {
    var options = CIOptions(
      asOf: try project.day(now: run.now),
      releaseDate: try release.moment(asOf: project.asOf, now: run.now))
    options.plan = try Planning([], planning, release, project).options()
    options.fix = fix
    options.mode = job.matrix == nil ? job.mode?.mode : .report
    options.grouping = pushing.groups.grouping
    options.allowsFetch = job.allowFetch
    options.isCheck = job.check
    return options
  }
}

/// What becomes of a fix that is owed.
enum PublishChoice: String, ExpressibleByArgument, CaseIterable {
  case direct
  case topic
  case request
  case report

  /// The same for the library.
  var mode: CIOptions.PublishMode {
    switch self {
    case .direct: .direct
    case .topic: .topic
    case .request: .request
    case .report: .report
    }
  }
}

/// Which form a matrix is printed in.
enum MatrixChoice: String, ExpressibleByArgument, CaseIterable {
  case github
  case gitlab

  /// The same for the library.
  var form: VerificationMatrix.Form {
    switch self {
    case .github: .github
    case .gitlab: .gitlab
    }
  }
}

/// How a job works.
struct JobOptions: ParsableArguments {
  @Flag(help: "Only say what would happen to the fix of a merge request; write nothing.")
  var check = false

  @Option(
    help: ArgumentHelp(
      "What becomes of a fix that is owed, instead of publish.mode.",
      valueName: "direct|topic|request|report"))
  var mode: PublishChoice?

  @Flag(
    name: .customLong("push-options"),
    help: "Let the push itself make the merge requests (GitLab), instead of the forge's API.")
  var pushOptions = false

  @Flag(
    name: .customLong("allow-fetch"),
    help: "Fetch what a shallow or partial clone lacks.")
  var allowFetch = false

  @Option(
    help: ArgumentHelp(
      "Put the plans, patches and the document into this directory.", valueName: "dir"),
    completion: .directory)
  var artifacts: String?

  @Option(
    help: ArgumentHelp(
      "Add the summary in Markdown to this file, instead of the service's own.",
      valueName: "file"),
    completion: .file())
  var summary: String?

  @Option(
    help: ArgumentHelp(
      "Write the outputs as NAME=value lines, as GitLab's dotenv reports take them.",
      valueName: "file"),
    completion: .file())
  var outputs: String?

  @Option(
    help: ArgumentHelp(
      "Print the jobs that verify each line, as a matrix or a child pipeline.",
      valueName: "github|gitlab"))
  var matrix: MatrixChoice?
}
