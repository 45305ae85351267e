import ArgumentParser
import Backport
import ReleaseModel

/// `policy`: what the project promises, and where that comes from.
struct PolicyCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "policy",
    abstract: "Show, explain, import and check the support policy.",
    usage: """
      git backport policy show [<options>]
      git backport policy explain [<version> ...] [--versions <file>] [<options>]
      git backport policy import [--stdout] [<options>]
      git backport policy check [<options>]
      git backport policy table [--write] [<options>]
      """,
    subcommands: [
      PolicyShowCommand.self, PolicyExplainCommand.self, PolicyImportCommand.self,
      PolicyCheckCommand.self, PolicyTableCommand.self,
    ],
    defaultSubcommand: PolicyShowCommand.self)

  /// The document of a command line that was not understood.
  static func document(of arguments: [String]) -> DocumentName {
    switch arguments.drop(while: { $0 != "policy" }).dropFirst().first {
    case "check": .policyCheck
    case "import", "table": .policyFile
    default: .lines
    }
  }
}

/// `policy show`: the sentences with the lines that they select.
struct PolicyShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the policy, where it comes from, and what it selects.",
    usage: "git backport policy show [<options>]",
    discussion: """
      Example: git backport policy show --as-of 2027-01-01
      """)

  @OptionGroup var question: PolicyQuestionOptions

  func run() async throws {
    try await Run.perform(.lines, question.common) { run throws(BackportError) in
      let (workspace, day) = try await question.open(run)
      let document = try await run.progress.during("reading the releases") {
        () throws(BackportError) in
        try workspace.lines(asOf: day, package: question.project.package)
      }
      try run.report(document) { PolicyShowText(document: document, style: $0).text }
      return .done
    }
  }
}

/// `policy explain`: a verdict for versions.
struct PolicyExplainCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explain the verdict on every line, or where users of a version should go.",
    usage: "git backport policy explain [<version> ...] [--versions <file>] [<options>]",
    discussion: """
      Examples: git backport policy explain 1.0.4, and without a repository
      printf '1.0.0\\t2026-01-01\\n' | git backport policy explain --versions - \
      --security-md SECURITY.md
      """)

  @Argument(help: "Versions, tags or release lines; without any, every line is explained.")
  var asked: [String] = []

  @Option(
    help: ArgumentHelp(
      "Take the releases from <file>, or - for standard input, instead of the tags: "
        + "VERSION[<tab>YYYY-MM-DD] a line. No repository is needed.", valueName: "file"),
    completion: .file())
  var versions: String?

  @OptionGroup var question: PolicyQuestionOptions

  func run() async throws {
    try await Run.perform(.lines, question.common) { run throws(BackportError) in
      let document = try await document(run)
      try run.report(document) { ExplanationText(document: document, style: $0).text }
      return .done
    }
  }

  private func document(_ run: Run) async throws(BackportError) -> LinesDocument {
    guard let versions else {
      let (workspace, day) = try await question.open(run)
      return try workspace.explain(asked, asOf: day, package: question.project.package)
    }
    let day = try question.project.day(now: run.now)
    run.known["asOf"] = day.description
    var options = PlanOptions()
    question.project.fill(&options)
    let bytes = try InputFile.contents(
      of: versions, option: "--versions", limit: VersionList.longest)
    let explanation = VersionExplanation(
      run.surroundings, policy: question.policy.source, options: options)
    return try await explanation.document(
      VersionList(parsing: bytes, named: versions), versions: asked, asOf: day)
  }
}
