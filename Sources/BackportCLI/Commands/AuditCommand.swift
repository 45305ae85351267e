import ArgumentParser
import Backport
import ReleaseModel

/// `audit`: which past security fixes are missing on which supported line.
struct AuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit",
    abstract: "Tell which past security fixes are missing on which supported line.",
    usage: "git backport audit [<id> | <commit> | <range> ...] [<options>]",
    discussion: """
      Looks at every security fix of the trunk (see [fix] in .gitbackport, CVE and GHSA ids in \
      messages, and advisories in the tree) and at the releases of every supported line. Ends with \
      1 when a fix is missing on a line or cannot be proven to be there. Examples: git backport \
      audit; git backport audit --since 2025-01-01 --to 2.1; git backport audit v2.0.0..
      """)

  @Argument(help: "A CVE or GHSA id, a commit, or a range A..B; none audits every fix.")
  var subjects: [String] = []

  @Option(
    help: ArgumentHelp(
      "Only fixes that came onto the trunk on or after this day.", valueName: "date"))
  var since: String?

  @Option(
    help: ArgumentHelp(
      "Only these lines, or with + these too; repeatable, comma lists.", valueName: "line"))
  var to: [String] = []

  @Option(
    name: [.customShort("b"), .customLong("target-branch")],
    help: ArgumentHelp("The same by branch name.", valueName: "branch"))
  var targetBranches: [String] = []

  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.audit, at: location, output) { run throws(BackportError) in
      let day = try project.day(now: run.now)
      run.known["asOf"] = day.description
      var request = AuditRequest()
      request.subjects = subjects
      request.lines.to = to
      request.lines.branches = targetBranches
      project.fill(&request.lines)
      if let since {
        guard let moment = Moment(parsing: since) else {
          throw BackportError(.usage, ["--since \(since)"], detail: "a date is written YYYY-MM-DD")
        }
        request.since = moment.seconds
      }
      let workspace = try await run.open(request.lines)
      let asked = request
      let document = try await run.progress.during("reading history") {
        () throws(BackportError) in try workspace.audit(asked, asOf: day)
      }
      try run.report(document) { style in
        let text = AuditText(document: document, style: style)
        return run.output.quiet ? text.summary : text.text
      }
      return document.hasFindings ? .needsPerson : .done
    }
  }
}
