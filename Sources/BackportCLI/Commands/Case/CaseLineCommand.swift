import ArgumentParser
import Backport
import ReleaseModel

/// `case line`: something about a release line became known.
struct CaseLineCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "line", abstract: "Record how release lines, or the trunk, stand.",
    usage: "git backport case line <case> [<line> ...] [<options>]",
    discussion: """
      Examples: git backport case line SA-2026-0001 1.1 --status tested, and for the trunk \
      git backport case line SA-2026-0001 main --fix 0f1e2d3
      """)

  @OptionGroup var target: CaseOptions

  @Argument(help: "Release lines, or the trunk; repeatable, comma lists.")
  var line: [String] = []

  @Option(help: ArgumentHelp("Whether they have the flaw.", valueName: "yes|no"))
  var affected: CaseAnswer?

  @Option(help: ArgumentHelp("Whether they are maintained.", valueName: "yes|no"))
  var maintained: CaseAnswer?

  @Option(
    help: ArgumentHelp(
      "How far they are.",
      valueName: "unknown|not-affected|picked|tested|released|no-fix|merged"))
  var status: CaseLine.Status?

  @Option(help: ArgumentHelp("The commit that repairs it.", valueName: "rev"))
  var fix: String?

  @Option(help: ArgumentHelp("The first version without it.", valueName: "version"))
  var fixed: String?

  @Option(help: ArgumentHelp("The tag of that version.", valueName: "tag"))
  var tag: String?

  @Option(
    name: .customLong("last-affected"),
    help: ArgumentHelp("The newest release that has it.", valueName: "version"))
  var lastAffected: String?

  @Option(
    help: ArgumentHelp("What users of a line without a fix should do.", valueName: "text"))
  var advice: String?

  @Flag(help: "Work out the lines that nobody said anything of, from what brought the flaw.")
  var detect = false

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    if line.isEmpty, !detect {
      throw ValidationError("missing expected argument '<line> ...', or --detect")
    }
  }

  func run() async throws {
    try await target.add(.line, at: location, output) {
      (workspace, step, record) throws(BackportError) in
      for name in line.flatMap({ $0.split(separator: ",") }) {
        var change = CaseLineChange(line: try workspace.caseLine(String(name), of: record))
        change.affected = affected.map { $0 == .yes }
        change.maintained = maintained.map { $0 == .yes }
        change.status = status
        if let fix { change.fix = try workspace.commit(named: fix) }
        change.fixed = fixed
        change.tag = tag
        change.lastAffected = lastAffected
        change.advice = advice
        step.lines.append(change)
      }
      if detect { step.lines += try workspace.detectedLines(of: record, facts: step.facts) }
    }
  }
}

/// Yes or no.
enum CaseAnswer: String, ExpressibleByArgument, CaseIterable {
  case yes
  case no
}
