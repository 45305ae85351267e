import ArgumentParser
import Backport

/// `release LINE…`: the patch release of what a branch holds already.
struct ReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Release what the branches of lines hold: changelog, version files, commit and tag.",
    usage: "git backport release <line> ... [<options>]",
    discussion: """
      For fixes that came in by merge requests. The changelog entries are those of the unreleased \
      commits that count as fixes ([fix] in .gitbackport), or --entry. What is there already is \
      not made again; when all is there, only the tag is made.

        git backport release 1.1 1.0 --yes
      """)

  @Argument(
    help: "A release line; repeatable, comma lists.", completion: NameCompletion.lines)
  var line: [String] = []

  @OptionGroup(title: "Landing") var landing: LandingOptions
  @OptionGroup(title: "Verification") var verifying: VerifyingOptions
  @OptionGroup(title: "Publishing") var pushing: PushingOptions
  @OptionGroup(title: "Lines") var choice: ReleaseChoiceOptions
  @OptionGroup(title: "Releases") var release: ReleaseOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  mutating func validate() throws {
    // `release --push LINE`: the word behind --push is the remote only when there is a line besides.
    if line.isEmpty, let word = landing.push, !word.isEmpty {
      line = [word]
      landing.push = ""
    }
    if line.isEmpty { throw ValidationError("missing expected argument '<line> ...'") }
    if landing.plan != nil {
      throw ValidationError("--plan goes with apply: a plan of a release is landed by it too")
    }
    if release.noRelease { throw ValidationError("--no-release leaves nothing to be done") }
  }

  func run() async throws {
    let planning = Planning(lines: line, choice, release, project)
    if landing.dryRun {
      return try await Run.perform(.plan, at: location, output, pages: pages) {
        run throws(BackportError) in
        try await planning.plan(run).report(run, verifying)
      }
    }
    try await Run.perform(.operation, at: location, output, pages: pages) {
      run throws(BackportError) in
      try await Landing(landing, pushing, verifying).apply(planning, run)
    }
  }
}

/// What of a branch is released.
struct ReleaseChoiceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Release the branch's tip, or only its fixes on top of the newest tag.",
      valueName: "tag|tip|auto"))
  var base: BaseChoice?

  @Flag(exclusivity: .exclusive)
  var persistence = Persistence.keepGoing
}
