import ArgumentParser
import Backport

/// `plan FIX…`: shows what would happen.
struct PlanCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "Show what would happen; write nothing.",
    usage: "git backport [plan] <fix> ... [<options>]",
    discussion: """
      Examples: plan a fix; plan it for these lines alone; save the plan, to land exactly that \
      later; save it as a page to be looked at.

        git backport 12bd53e
        git backport plan 12bd53e --to 1.1,1.0
        git backport plan 12bd53e -o fix.json && git backport apply --plan fix.json
        git backport plan 12bd53e --html fix.html
      """)

  @Argument(
    help: "A commit, a range A..B or a merge; several are one fix.",
    completion: NameCompletion.revisions)
  var fix: [String] = []

  @OptionGroup(title: "Targets and picks") var planning: PlanningOptions
  @OptionGroup(title: "Releases") var release: ReleaseOptions
  @OptionGroup(title: "Verification") var verifying: VerifyingOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  mutating func validate() throws {
    if fix.isEmpty, release.caseID == nil {
      throw ValidationError("missing expected argument '<fix> ...'")
    }
  }

  func run() async throws {
    try await Run.perform(.plan, at: location, output, pages: pages) { run throws(BackportError) in
      let planned = try await Planning(fix, planning, release, project).plan(run)
      return try planned.report(run, verifying)
    }
  }
}
