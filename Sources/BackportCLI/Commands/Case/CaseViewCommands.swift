import ArgumentParser
import Backport
import ReleaseModel

/// For which moment deadlines are given.
struct CaseClockOptions: ParsableArguments {
  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("Give the deadlines for this moment.", valueName: "date[Thh:mmZ]"))
  var asOf: String?

  func moment() throws(BackportError) -> Instant? {
    try CaseMoment.parse(asOf, option: "--as-of")
  }
}

/// `case show`: one case.
struct CaseShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show a case, what is due, and what the next step needs.",
    usage: "git backport case show [<case>] [<options>]")

  @Argument(
    help: ArgumentHelp(
      "The case's id or its beginning; else the only one that is open.", valueName: "case"))
  var id: String?

  @OptionGroup var clock: CaseClockOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.caseRecord, at: location, output) { run throws(BackportError) in
      run.beginCase()
      let moment = try clock.moment()
      let document = try run.shown(try await run.open().showCase(id, at: moment))
      try run.report(document) { CaseText(document: document, style: $0).whole }
      return .done
    }
  }
}

/// `case list`: all cases.
struct CaseListCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the cases that are open.",
    usage: "git backport case list [--all] [<options>]")

  @Flag(help: "Those that have ended too.")
  var all = false

  @OptionGroup var clock: CaseClockOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.caseList, at: location, output) { run throws(BackportError) in
      run.beginCase()
      let moment = try clock.moment()
      let document = try run.shown(
        try await run.open().cases(includingEnded: all, at: moment))
      try run.report(document, notes: document.warnings) {
        CaseListText(document: document, style: $0).list
      }
      return .done
    }
  }
}

/// `case due`: what has to be done next.
struct CaseDueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "due",
    abstract: "List what is due, the nearest first; ends with 1 when one is late.",
    usage: "git backport case due [<options>]",
    discussion: "For cron, which mails what is printed: git backport case due -q -C <dir>")

  @OptionGroup var clock: CaseClockOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.caseList, at: location, output) { run throws(BackportError) in
      run.beginCase()
      let moment = try clock.moment()
      let document = try run.shown(
        try await run.open().cases(includingEnded: false, at: moment))
      try run.report(document, notes: document.warnings) { style in
        let text = CaseListText(document: document, style: style)
        return run.output.quiet ? text.late : text.due
      }
      return document.isLate ? .needsPerson : .done
    }
  }
}

/// `case letter`: the words for people.
struct CaseLetterCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "letter", abstract: "Print a letter, filled from the record; nothing is sent.",
    usage: "git backport case letter <kind> <case> [<options>]",
    discussion: """
      What the record does not know yet stands in angle brackets, and is named on standard error. \
      Example: git backport case letter acknowledgement SA-2026-0001
      """)

  @Argument(
    help: ArgumentHelp(
      "acknowledgement, next-steps, rejection, upstream-report, pre-notification or announcement.",
      valueName: "kind"))
  var kind: CaseLetter.Kind

  @Argument(help: ArgumentHelp("The case's id or its beginning.", valueName: "case"))
  var id: String

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.caseRecord, at: location, output) { run throws(BackportError) in
      run.beginCase()
      let document = try run.shown(try await run.open().letter(kind, onCase: id))
      let gaps = (document.letter?.gaps ?? []).map {
        Warning("gap", "the record does not say: \($0)")
      }
      try run.report(document, notes: gaps) { CaseLetterText(document.letter, style: $0).text }
      return .done
    }
  }
}
