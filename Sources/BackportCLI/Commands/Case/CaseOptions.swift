import ArgumentParser
import Backport
import ReleaseModel

/// Which case, and when what is recorded happened.
struct CaseOptions: ParsableArguments {
  @Argument(help: ArgumentHelp("The case's id or its beginning.", valueName: "case"))
  var id: String

  @Option(
    name: .customLong("at"),
    help: ArgumentHelp(
      "When it happened, if not now; never in the future.", valueName: "date[Thh:mmZ]"))
  var time: String?

  /// Adds one event and prints the case.
  func add(
    _ kind: CaseEvent.Kind, at location: LocationOptions, _ output: OutputOptions,
    _ fill: (Workspace, inout CaseStep, CaseRecord) throws(BackportError) -> Void = { _, _, _ in }
  ) async throws(ExitStatus) {
    try await Run.perform(.caseRecord, at: location, output) { run throws(BackportError) in
      run.beginCase()
      let moment = try CaseMoment.parse(time, option: "--at")
      let workspace = try await run.open()
      let document: CaseDocument
      do throws(BackportError) {
        document = try workspace.addToCase(id, kind, at: moment) {
          (step, record) throws(BackportError) in
          run.showsCase(record)
          try fill(workspace, &step, record)
        }
      } catch {
        if !run.isHidden { run.known["missing"] = CaseRequirementText.all(of: error) }
        throw error
      }
      let shown = try run.shown(document)
      try run.report(shown, notes: shown.warnings) {
        CaseText(document: shown, style: $0).outcome
      }
      return .done
    }
  }
}

/// A moment on a command line.
enum CaseMoment {
  /// Reads `YYYY-MM-DD[THH:MM[:SS]Z]`; nil when none was given.
  static func parse(_ text: String?, option: String) throws(BackportError) -> Instant? {
    guard let text else { return nil }
    guard let instant = Instant(parsing: text) else {
      throw BackportError(
        .usage, ["\(option) \(text)"],
        detail: "a date is written YYYY-MM-DD, a moment YYYY-MM-DDTHH:MMZ")
    }
    return instant
  }
}

/// What becomes known of a flaw.
struct CaseFactOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The flaw in one sentence.", valueName: "text"))
  var title: String?

  @Option(help: ArgumentHelp("What somebody can do with it.", valueName: "text"))
  var impact: String?

  @Option(help: ArgumentHelp("What helps those who cannot update.", valueName: "text"))
  var workaround: String?

  @Option(help: ArgumentHelp("The changelog text.", valueName: "text"))
  var entry: String?

  @Option(help: ArgumentHelp("A weakness, such as CWE-400; repeatable.", valueName: "id"))
  var cwe: [String] = []

  @Option(help: ArgumentHelp("A CVSS vector; repeatable.", valueName: "vector"))
  var cvss: [String] = []

  @Option(help: ArgumentHelp("How bad it is.", valueName: "low|medium|high|critical"))
  var severity: String?

  @Option(help: ArgumentHelp("The CVE id.", valueName: "id"))
  var cve: String?

  @Option(help: ArgumentHelp("The GHSA id.", valueName: "id"))
  var ghsa: String?

  @Option(help: ArgumentHelp("The commit or version that brought the flaw.", valueName: "rev"))
  var introduced: String?

  @OptionGroup var reporter: CaseReporterOptions

  /// What these options say.
  func facts(_ workspace: Workspace) throws(BackportError) -> CaseFacts {
    var facts = CaseFacts()
    facts.title = title
    facts.impact = impact
    facts.workaround = workaround
    facts.entry = entry
    facts.cwe = cwe
    facts.cvss = cvss
    facts.cve = cve
    facts.ghsa = ghsa
    if let severity {
      guard let level = SeverityRating(parsing: severity), level != .none else {
        throw BackportError(
          .usage, ["--severity \(severity)"], detail: "it is low, medium, high or critical")
      }
      facts.severity = level
    }
    if let introduced { try workspace.resolve(introduced: introduced, into: &facts) }
    reporter.fill(&facts)
    try Workspace.check(facts)
    return facts
  }
}

/// Who reported it, and what the report says.
struct CaseReporterOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Who reported it.", valueName: "name"))
  var reporter: String?

  @Option(
    help: ArgumentHelp("Where to reach the reporter.", valueName: "address"))
  var contact: String?

  @Option(
    help: ArgumentHelp(
      "How the reporter is named in public.", valueName: "name|alias|anonymous|none"))
  var credit: CaseReporter.Credit?

  @Option(help: ArgumentHelp("The alias for --credit alias.", valueName: "name"))
  var alias: String?

  @Flag(name: .customLong("not-first"), help: "Somebody else had found it before.")
  var isNotFirst = false

  @Option(
    help: ArgumentHelp("Of the report: the version, and what it runs on.", valueName: "text"))
  var environment: String?

  @Option(help: ArgumentHelp("Of the report: how to see it happen.", valueName: "text"))
  var steps: String?

  @Option(help: ArgumentHelp("Of the report: anything else.", valueName: "text"))
  var other: String?

  /// What these options say.
  func fill(_ facts: inout CaseFacts) {
    facts.reporter = reporter
    facts.contact = contact
    facts.credit = credit
    facts.alias = alias
    if isNotFirst { facts.discoveredFirst = false }
    facts.report[.environment] = environment
    facts.report[.steps] = steps
    facts.report[.other] = other
  }
}

/// Why a case ends, and what the reporter was told.
struct CaseEndOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Why.", valueName: "text"))
  var reason: String?

  @Option(help: ArgumentHelp("What the reporter was told.", valueName: "text"))
  var message: String?

  /// What these options say.
  func fill(_ step: inout CaseStep) {
    step.reason = reason
    step.message = message
  }
}

/// Which release lines have the flaw.
struct CaseAffectionOptions: ParsableArguments {
  @Option(
    name: .customLong("affected"),
    help: ArgumentHelp("Lines that have the flaw; repeatable, comma lists.", valueName: "line"))
  var affected: [String] = []

  @Option(
    name: .customLong("not-affected"),
    help: ArgumentHelp("Lines that do not.", valueName: "line"))
  var notAffected: [String] = []

  @Flag(help: "Work out the other lines from what brought the flaw.")
  var detect = false

  /// What these options say of lines.
  func changes(
    _ workspace: Workspace, _ record: CaseRecord, _ facts: CaseFacts
  ) throws(BackportError) -> [CaseLineChange] {
    var changes: [CaseLineChange] = []
    for (names, isAffected) in [(affected, true), (notAffected, false)] {
      for name in names.flatMap({ $0.split(separator: ",") }) {
        var change = CaseLineChange(line: try workspace.caseLine(String(name), of: record))
        change.affected = isAffected
        changes.append(change)
      }
    }
    if detect {
      let said = Set(changes.map(\.line))
      changes += try workspace.detectedLines(of: record, facts: facts).filter {
        !said.contains($0.line)
      }
    }
    return changes
  }
}
