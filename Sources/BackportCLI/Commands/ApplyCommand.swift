import ArgumentParser
import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// `apply FIX… | apply --plan FILE`: lands a plan.
struct ApplyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Land a plan: picks, changelogs, release commits and tags, all refs together.",
    usage: """
      git backport apply <fix> ... [<options>]
      git backport apply --plan <file> [<options>]
      """,
    discussion: """
      The plan is shown and confirmed before; without a terminal --yes confirms it. All refs move \
      together or none does, and undo takes them back until they are pushed.

        git backport apply 12bd53e
        git backport apply 12bd53e --skip '0.9=no users left' --yes
        git backport apply --plan fix.json --push
      """)

  @Argument(
    help: "A commit, a range A..B or a merge; several are one fix.",
    completion: NameCompletion.revisions)
  var fix: [String] = []

  @OptionGroup(title: "Landing") var landing: LandingOptions
  @OptionGroup(title: "Verification") var verifying: VerifyingOptions
  @OptionGroup(title: "Publishing") var pushing: PushingOptions
  @OptionGroup(title: "Targets and picks") var planning: PlanningOptions
  @OptionGroup(title: "Releases") var release: ReleaseOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  mutating func validate() throws {
    guard landing.plan != nil else {
      // `apply --push FIX`: the word behind --push is the remote only when there is a fix besides.
      if fix.isEmpty, let word = landing.push, !word.isEmpty {
        fix = [word]
        landing.push = ""
      }
      if fix.isEmpty, release.caseID == nil {
        throw ValidationError("missing expected argument '<fix> ...'")
      }
      return
    }
    if !fix.isEmpty { throw ValidationError("--plan and <fix> exclude each other") }
    if landing.dryRun { throw ValidationError("--plan and -n exclude each other") }
    let planning = Planning([], planning, release, project)
    if try planning.options() != PlanOptions() || project.asOf != nil || release.date != nil {
      throw ValidationError("--plan lands what was saved; options that change it do not go with it")
    }
  }

  func run() async throws {
    if landing.dryRun {
      return try await Run.perform(.plan, at: location, output, pages: pages) {
        run throws(BackportError) in
        try await Planning(fix, planning, release, project).plan(run).report(run, verifying)
      }
    }
    try await Run.perform(.operation, at: location, output, pages: pages) {
      run throws(BackportError) in
      let landing = Landing(self.landing, pushing, verifying)
      if let file = landing.options.plan { return try await landing.apply(saved: file, run) }
      return try await landing.apply(Planning(fix, planning, release, project), run)
    }
  }
}

/// How a plan is landed.
struct LandingOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Land this saved plan, exactly as it was shown.", valueName: "file"),
    completion: .file())
  var plan: String?

  @Flag(name: [.customShort("n"), .customLong("dry-run")], help: "Only show the plan.")
  var dryRun = false

  @Flag(help: "Land without asking.")
  var yes = false

  @Option(
    name: .customLong("push"), defaultAsFlag: "", parsing: .next,
    help: ArgumentHelp(
      "Then push it, to this remote, else to upstream or origin.", valueName: "remote"))
  var push: String?

  @Flag(help: "Do not ask the remote whether what is known of it is still true.")
  var offline = false

  @Flag(
    name: .customLong("update-worktree"),
    help: "Move clean worktrees along with the branches they stand on.")
  var updateWorktree = false
}
