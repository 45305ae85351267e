import ArgumentParser
import Backport
import ReleaseModel

/// `case ack`: the reporter was told that the report came in.
struct CaseAcknowledgeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ack", abstract: "Record that the reporter was told that the report came in.",
    usage: "git backport case ack <case> [<options>]",
    discussion: "The words for it: git backport case letter acknowledgement <case>")

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws { try await target.add(.acknowledge, at: location, output) }
}

/// `case assign`: somebody takes it on.
struct CaseAssignCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "assign", abstract: "Name the one who is in charge.",
    usage: "git backport case assign <case> [--handler <name>] [<options>]",
    discussion: "Example: git backport case assign SA-2026-0001 --handler 'Jane Doe <jane@x.org>'")

  @Option(help: ArgumentHelp("The primary handler; else you.", valueName: "name [<mail>]"))
  var handler: [String] = []

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.assign, at: location, output) {
      (workspace, step, _) throws(BackportError) in
      step.handlers = handler.compactMap { CaseHandler(parsing: $0) }
      if handler.isEmpty { step.handlers = [try workspace.person()] }
    }
  }
}

/// `case confirm`: it is a flaw, and it is known which lines have it.
struct CaseConfirmCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "confirm", abstract: "Record that it is a flaw, and which lines have it.",
    usage: "git backport case confirm <case> --introduced <rev> [<options>]",
    discussion: """
      Needs what brought the flaw, and for every line whether it has it. Example: \
      git backport case confirm SA-2026-0001 --introduced 1d0e2f7 --detect
      """)

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Lines") var lines: CaseAffectionOptions
  @OptionGroup(title: "Facts") var facts: CaseFactOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.confirm, at: location, output) {
      (workspace, step, record) throws(BackportError) in
      step.facts = try facts.facts(workspace)
      step.lines = try lines.changes(workspace, record, step.facts)
    }
  }
}

/// `case audit`: the code was searched for similar problems.
struct CaseAuditCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "audit", abstract: "Record a search for similar problems.",
    usage: """
      git backport case audit <case> --what <text> [--found <text>] [<options>]
      git backport case audit <case> --similar <file> [<options>]
      """,
    discussion: """
      Example: git backport similar 4f1d2c3 --json | git backport case audit SA-2026-0001 --similar -
      """)

  @Option(help: ArgumentHelp("What was looked for.", valueName: "text"))
  var what: String?

  @Option(
    help: ArgumentHelp(
      "What similar --json printed: what was looked for, and what was found.", valueName: "file"))
  var similar: String?

  @Option(help: ArgumentHelp("What was found; repeatable, none for nothing.", valueName: "text"))
  var found: [String] = []

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.audit, at: location, output) { (_, step, _) throws(BackportError) in
      let search = try similar.map { (path) throws(BackportError) in
        try SimilarAudit(reading: path)
      }
      step.what = what ?? search?.what
      step.found = (search?.found ?? []) + found
    }
  }
}

/// `case ready`: everything is prepared.
struct CaseReadyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ready", abstract: "Record that everything is prepared, so that lines may go out.",
    usage: "git backport case ready <case> [<options>]",
    discussion: """
      Needs an audit, a fix on the trunk, a tested fix for every line that is maintained and \
      affected, how the reporter is named, and a severity.
      """)

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Facts") var facts: CaseFactOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.ready, at: location, output) {
      (workspace, step, _) throws(BackportError) in step.facts = try facts.facts(workspace)
    }
  }
}

/// `case embargo`: a day of publication was agreed.
struct CaseEmbargoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "embargo", abstract: "Record the day of publication, and who was told before.",
    usage: "git backport case embargo <case> --until <time> [--told <who>] [<options>]")

  @Option(help: ArgumentHelp("The moment of publication.", valueName: "date[Thh:mmZ]"))
  var until: String?

  @Option(help: ArgumentHelp("Somebody who was told before; repeatable.", valueName: "who"))
  var told: [String] = []

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.embargo, at: location, output) { (_, step, _) throws(BackportError) in
      step.until = try CaseMoment.parse(until, option: "--until")
      step.told = told
    }
  }
}

/// `case release`: the releases go out.
struct CaseReleaseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "release",
    abstract: "Record that the releases go out; not before the embargo ends.",
    usage: "git backport case release <case> [--break-embargo <why>] [<options>]")

  @Option(
    name: .customLong("break-embargo"),
    help: ArgumentHelp("Why it goes out before its time.", valueName: "why"))
  var breaksEmbargo: String?

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.release, at: location, output) { (_, step, _) throws(BackportError) in
      step.breaksEmbargo = breaksEmbargo
    }
  }
}

/// `case publish`: the advisory is public.
struct CasePublishCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "publish", abstract: "Record that the advisory is public.",
    usage: "git backport case publish <case> [--advisory <file>] [<options>]",
    discussion: """
      Refused before every line that is maintained and affected is released, and the advisory is \
      without a mistake: what it says of every tagged version is compared with git. The files that \
      git backport advisory write has made are looked at, or those that are named.
      """)

  private static let largest = 64 << 20

  @Option(
    help: ArgumentHelp(
      "A file of the advisory as it is public: OSV, GitHub's JSON, a CVE record or CSAF; repeatable.",
      valueName: "file"), completion: .file())
  var advisory: [String] = []

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.publish, at: location, output) { (_, step, _) throws(BackportError) in
      for file in advisory {
        step.advisoryFiles[file] = try InputFile.contents(
          of: file, option: "--advisory", limit: Self.largest)
      }
    }
  }
}

/// `case revise`: the published advisory was changed.
struct CaseReviseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "revise", abstract: "Record that the published advisory was changed.",
    usage: "git backport case revise <case> --what <text> [<options>]")

  @Option(help: ArgumentHelp("What was changed.", valueName: "text"))
  var what: String?

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Facts") var facts: CaseFactOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.revise, at: location, output) {
      (workspace, step, _) throws(BackportError) in
      step.what = what
      step.facts = try facts.facts(workspace)
    }
  }
}

/// `case close`: nothing is left to be done.
struct CaseCloseCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "close", abstract: "Record that nothing is left to be done.",
    usage: "git backport case close <case> [<options>]")

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws { try await target.add(.close, at: location, output) }
}

/// `case note`: something became known.
struct CaseNoteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "note", abstract: "Record what became known, without another step.",
    usage: "git backport case note <case> [<options>]",
    discussion: "Example: git backport case note SA-2026-0001 --cve CVE-2026-0001 --credit name")

  @OptionGroup var target: CaseOptions
  @OptionGroup(title: "Facts") var facts: CaseFactOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await target.add(.note, at: location, output) {
      (workspace, step, _) throws(BackportError) in step.facts = try facts.facts(workspace)
    }
  }
}
