import ArgumentParser
import Backport
import ReleaseModel

/// `lines`: every release line.
struct LinesCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lines",
    abstract: "List the release lines: supported or not, why, their branch and next version.",
    usage: "git backport lines [--graph] [<options>]",
    discussion: """
      Examples: what is supported next year, and where a fix would land today.

        git backport lines --as-of 2027-01-01
        git backport lines --graph
      """)

  @Flag(help: "Draw the lines where they leave the trunk, and where a fix would land.")
  var graph = false

  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.lines, at: location, output, pages: pages) { run throws(BackportError) in
      let day = try project.day(now: run.now)
      run.known["asOf"] = day.description
      var options = PlanOptions()
      project.fill(&options)
      let workspace = try await run.open(options)
      let document = try await run.progress.during("reading the releases") {
        () throws(BackportError) in
        try workspace.lines(asOf: day, package: project.package)
      }
      let graph = try self.graph ? LinesGraph(document, in: workspace, asOf: day) : nil
      try run.report(
        document, markdown: { LinesMarkdown(document: document).text },
        page: { () throws(BackportError) in
          ReportPage(
            lines: document, facts: try workspace.facts(asOf: day, package: project.package))
        }
      ) { style in
        let text = LinesText(document: document, style: style)
        if let graph { return graph.text(style) }
        return run.output.quiet ? text.summary : text.text
      }
      return .done
    }
  }
}
