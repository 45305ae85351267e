import ArgumentParser
import Backport
import ReleaseModel

/// `case open`: a report came in.
struct CaseOpenCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "open", abstract: "Open a case on a report that came in.",
    usage: "git backport case open [--id <id>] [<options>]",
    discussion: """
      At a terminal, what a report has to say at least is asked for; what is missing is shown. \
      Example: git backport case open --title 'Unbounded rounds' --reporter 'Ada Reporter' \
      --received 2026-11-10T09:30Z
      """)

  @Option(name: .customLong("id"), help: ArgumentHelp("The id; else one is made.", valueName: "id"))
  var id: String?

  @Option(help: ArgumentHelp("When it came in, if not now.", valueName: "date[Thh:mmZ]"))
  var received: String?

  @Option(help: ArgumentHelp("By what it came in: mail, form, ...", valueName: "word"))
  var channel: String?

  @Option(
    name: .customLong("message-id"), help: ArgumentHelp("The id of the mail.", valueName: "id"))
  var messageID: String?

  @OptionGroup(title: "Facts") var facts: CaseFactOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.caseRecord, at: location, output) { run throws(BackportError) in
      run.beginCase()
      let workspace = try await run.open()
      var opening = CaseOpening()
      opening.id = id
      opening.receivedAt = try CaseMoment.parse(received, option: "--received")
      opening.channel = channel
      opening.messageID = messageID
      opening.facts = try facts.facts(workspace)
      if run.isInteractive, !output.json { CaseQuestions.ask(&opening.facts) }
      let document = try run.shown(try workspace.openCase(opening))
      try run.report(document, notes: document.warnings) {
        CaseText(document: document, style: $0).outcome
      }
      return .done
    }
  }
}

/// Asks at the terminal for what a report has to say at least.
enum CaseQuestions {
  static func ask(_ facts: inout CaseFacts) {
    Terminal.note("an empty answer leaves it open\n")
    if facts.title == nil { facts.title = answer("the flaw in one sentence") }
    if facts.reporter == nil { facts.reporter = answer("who reported it") }
    if facts.contact == nil { facts.contact = answer("where to reach them") }
    for part in CaseFacts.ReportPart.allCases where facts.report[part] == nil {
      facts.report[part] = answer(part.words)
    }
  }

  private static func answer(_ question: String) -> String? {
    Terminal.note(question + ": ")
    guard let line = readLine(), !line.allSatisfy(\.isWhitespace) else { return nil }
    return line
  }
}
