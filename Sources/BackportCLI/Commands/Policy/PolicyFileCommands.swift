import ArgumentParser
import Backport

/// `policy import`: SECURITY.md as a `.gitbackport`.
struct PolicyImportCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Write a .gitbackport that says what SECURITY.md says; overwrite none.",
    usage: "git backport policy import [--stdout] [<options>]",
    discussion: """
      Each rule stands below the row that it comes from; what was not understood, and what \
      sentences only seem to say, are comments. Example: git backport policy import --stdout
      """)

  @Flag(name: .customLong("stdout"), help: "Print the file instead of writing it.")
  var printsOnly = false

  @OptionGroup var question: PolicyQuestionOptions

  func run() async throws {
    try await Run.perform(.policyFile, question.common) { run throws(BackportError) in
      if case .policyFile(let file) = question.policy.source {
        throw BackportError(
          .usage, ["--policy \(file)"], detail: "only a SECURITY.md can be imported")
      }
      let (workspace, _) = try await question.open(run)
      let document = try workspace.importedPolicy(
        package: question.project.package, writes: !printsOnly)
      try run.report(document, notes: document.warnings) { style in
        guard document.written else { return document.text }
        var page = TextPage(style)
        page.line("wrote \(document.path ?? ""); read it, then commit it to the trunk")
        return page.text
      }
      return .done
    }
  }
}

/// `policy check`: where the policy and the facts part.
struct PolicyCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Compare the policy with the tags, the calendar and what is really released.",
    usage: "git backport policy check [<options>]",
    discussion: """
      Ends with 1 when something was found. Example: git backport policy check --json
      """)

  @OptionGroup var question: PolicyQuestionOptions

  func run() async throws {
    try await Run.perform(.policyCheck, question.common) { run throws(BackportError) in
      let (workspace, day) = try await question.open(run)
      let document = try await run.progress.during("reading the releases") {
        () throws(BackportError) in
        try workspace.policyCheck(asOf: day, package: question.project.package)
      }
      try run.report(document) { PolicyCheckText(document: document, style: $0).text }
      return document.findings.isEmpty ? .done : .needsPerson
    }
  }
}

/// `policy table`: the Supported-versions table.
struct PolicyTableCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "table",
    abstract: "Print the table of supported versions, or keep it current in SECURITY.md.",
    usage: "git backport policy table [--write] [<options>]",
    discussion: """
      With --write the table goes between the lines <!-- supported-versions --> and \
      <!-- /supported-versions --> of SECURITY.md in the worktree; every other byte stays. \
      Example: git backport policy table --write
      """)

  @Flag(help: "Put the table between its markers in SECURITY.md.")
  var write = false

  @OptionGroup var question: PolicyQuestionOptions

  func run() async throws {
    try await Run.perform(.policyFile, question.common) { run throws(BackportError) in
      let (workspace, day) = try await question.open(run)
      let document = try workspace.policyTable(
        asOf: day, package: question.project.package, writes: write)
      try run.report(document, notes: document.warnings) { style in
        guard write else { return document.text }
        var page = TextPage(style)
        page.line(
          document.written
            ? "wrote the table in \(document.path ?? "")"
            : "the table in \(document.path ?? "") is that of the policy")
        return page.text
      }
      return .done
    }
  }
}
