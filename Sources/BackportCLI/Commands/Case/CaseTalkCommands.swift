import ArgumentParser
import Backport
import ReleaseModel

/// `case inform`: the reporter was told how things stand, or asked something.
struct CaseInformCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inform",
    abstract:
      "Record a word to the reporter; while one waits for an answer, deadlines stand still.",
    usage: "git backport case inform <case> [--waiting <for> | --answered] [<options>]")

  @Option(
    help: ArgumentHelp(
      "The reporter was asked something: the deadlines stand still from here on.",
      valueName: "for"))
  var waiting: String?

  @Flag(help: "The reporter has answered: the deadlines run again.")
  var answered = false

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    if waiting != nil, answered {
      throw ValidationError("--waiting and --answered exclude each other")
    }
  }

  func run() async throws {
    try await target.add(.inform, at: location, output) { (_, step, _) throws(BackportError) in
      step.waitingFor = waiting
      step.isAnswered = answered
    }
  }
}

/// `case respond`: the reporter got a detailed answer.
struct CaseRespondCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "respond",
    abstract: "Record that the reporter got a detailed answer with the next steps.",
    usage: "git backport case respond <case> [<options>]",
    discussion: "The words for it: git backport case letter next-steps <case>")

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws { try await target.add(.respond, at: location, output) }
}

/// `case reject`: it is no flaw.
struct CaseRejectCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reject", abstract: "End a case: it is no flaw. The reporter is told why.",
    usage: "git backport case reject <case> --reason <text> --message <text> [<options>]")

  @OptionGroup var end: CaseEndOptions
  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.reject, at: location, output) { (_, step, _) throws(BackportError) in
      end.fill(&step)
    }
  }
}

/// `case duplicate`: it was reported before.
struct CaseDuplicateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duplicate", abstract: "End a case: it was reported before.",
    usage: "git backport case duplicate <case> --of <id> --reason <text> --message <text> "
      + "[<options>]")

  @Option(
    name: .customLong("of"),
    help: ArgumentHelp("The case or public id that it repeats.", valueName: "id"))
  var original: String?

  @OptionGroup var end: CaseEndOptions
  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.duplicate, at: location, output) { (_, step, _) throws(BackportError) in
      step.original = original
      end.fill(&step)
    }
  }
}

/// `case upstream`: it belongs to another project.
struct CaseUpstreamCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "upstream", abstract: "End a case: it belongs to another project, which was told.",
    usage: "git backport case upstream <case> --project <name> --reason <text> --message <text> "
      + "[<options>]",
    discussion: "The words for it: git backport case letter upstream-report <case>")

  @Option(help: ArgumentHelp("The project.", valueName: "name"))
  var project: String?

  @OptionGroup var end: CaseEndOptions
  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.upstream, at: location, output) { (_, step, _) throws(BackportError) in
      step.project = project
      end.fill(&step)
    }
  }
}

/// `case withdraw`: it was taken back.
struct CaseWithdrawCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "withdraw", abstract: "End a case that was taken back before it was published.",
    usage: "git backport case withdraw <case> --reason <text> [<options>]")

  @OptionGroup var end: CaseEndOptions
  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.withdraw, at: location, output) { (_, step, _) throws(BackportError) in
      end.fill(&step)
    }
  }
}
