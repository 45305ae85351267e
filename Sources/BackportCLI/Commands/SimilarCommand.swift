import ArgumentParser
import Backport
import ReleaseModel

/// `similar FIX…`: the code that a fix repairs, elsewhere.
struct SimilarCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "similar",
    abstract: "Find code like that which a fix repairs, elsewhere in every supported line.",
    usage: "git backport similar <fix> ... [<options>]",
    discussion: """
      Looks on the trunk and on each line as it will be with the fix, also in files that only old \
      lines have. Layout, comments and literals do not count, and code that looks repaired already \
      is left out. Only files of the fix's own languages are read. Ends with 1 when something was \
      found: whether it is a flaw is for a person to say. Tests are not read; what is left out of a \
      huge fix, of code that is everywhere, and of generated files is counted. Examples: git backport \
      similar 4f1d2c3; git backport similar 4f1d2c3 --to 1.0 --json | git backport case audit \
      SA-2026-0001 --similar -.
      """)

  @Argument(help: "A commit, a range A..B or a merge; several are one fix.")
  var fix: [String]

  @Option(
    help: ArgumentHelp(
      "Report what is at least so much alike, in percent.", valueName: "percent"))
  var likeness = 75

  @Flag(help: "Look for every place of the fix, and show everything that is found.")
  var all = false

  @OptionGroup(title: "Targets and picks") var planning: PlanningOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func validate() throws {
    guard (1...100).contains(likeness) else {
      throw ValidationError("--likeness takes a number from 1 to 100")
    }
  }

  func run() async throws {
    try await Run.perform(.similar, at: location, output) { run throws(BackportError) in
      let day = try project.day(now: run.now)
      run.known["asOf"] = day.description
      var options = PlanOptions()
      options.fix = fix
      try planning.fill(&options)
      project.fill(&options)
      let workspace = try await run.open(options)
      let request = try PlanRequest.picks(options, asOf: day, in: workspace)
      var similar = SimilarOptions()
      similar.leastLikeness = Double(likeness) / 100
      similar.isComplete = all
      let plan = try workspace.plan(request)
      let document = try await run.progress.during("reading code") { () throws(BackportError) in
        try await workspace.similar(to: plan, similar)
      }
      try run.report(document) { style in
        let text = SimilarText(document: document, style: style)
        return run.output.quiet ? text.summary : text.text
      }
      return document.hasFindings ? .needsPerson : .done
    }
  }
}
