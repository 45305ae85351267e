import ArgumentParser
import Backport
import ReleaseModel

/// `advisory`: what the world is told of a flaw.
struct AdvisoryCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "advisory",
    abstract: "Write the advisory of a fix, or compare somebody's advisory with the tags.",
    usage: """
      git backport advisory write [<operation> | <fix> ... | --case <id>] [<options>]
      git backport advisory check <file> [<options>]
      """,
    subcommands: [AdvisoryWriteCommand.self, AdvisoryCheckCommand.self])

  /// The document of a command line that was not understood.
  static func document(of arguments: [String]) -> DocumentName {
    let verb = arguments.drop { $0 != "advisory" }.dropFirst().first
    return verb == "check" ? .advisoryCheck : .advisory
  }
}

/// `advisory write`: the files of an advisory.
struct AdvisoryWriteCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "write",
    abstract: "Write an advisory from what was really picked and tagged.",
    usage: "git backport advisory write [<operation> | <fix> ... | --case <id>] [<options>]",
    discussion: """
      The ranges come from git: a version is affected when its history holds what introduced the \
      flaw and not all of the fix. What the files say is read back and compared with that for every \
      tag before anything is written. Nothing is sent anywhere.

        git backport advisory write --introduced 1d0e2f7 --cwe CWE-400 \
      --cvss CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H --credit 'Ada Reporter'
      """)

  @Argument(
    help: "An operation's id or its beginning, or the fix as revisions; else the newest operation.")
  var subject: [String] = []

  @Option(
    name: .customLong("case"),
    help: ArgumentHelp(
      "Take the fix, texts, ids, severity, origin and credit from a case, as far as they are not "
        + "given.", valueName: "id"))
  var caseID: String?

  @OptionGroup(title: "Advisory") var advisory: AdvisoryOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.advisory, at: location, output) { run throws(BackportError) in
      var request = AdvisoryRequest(asOf: try project.day(now: run.now))
      request.subject = subject
      request.package = project.package
      try advisory.fill(&request)
      var options = PlanOptions()
      project.fill(&options)
      if caseID != nil { run.beginCase() }
      let workspace = try await run.open(options)
      if let caseID {
        let record = try workspace.record(ofCase: caseID)
        run.isHidden = run.isHidden && !record.mayBeTold
        try workspace.fill(&request, from: record)
      }
      run.hideEmbargo(of: request.subject.count == 1 ? request.subject[0] : nil, in: workspace)
      let outcome = try workspace.advisory(request)
      try AdvisoryFiles(outcome: outcome).write()
      let document = try run.shown(outcome.document)
      try run.report(document, notes: document.warnings) {
        AdvisoryText(document: document, style: $0).text
      }
      return .done
    }
  }
}

/// `advisory check`: somebody's advisory against the tags.
struct AdvisoryCheckCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Find versions of which an advisory says what git does not say.",
    usage: "git backport advisory check <file> [<options>]",
    discussion: """
      Reads OSV, GitHub's JSON, CVE records and CSAF. What is true comes from the fix and from what \
      introduced the flaw: given, or the commits and versions that the advisory itself names. Ends \
      with 1 when something is wrong. Example: git backport advisory check GHSA-x.json --fix 12bd53e
      """)

  private static let largest = 64 << 20

  @Argument(help: "The advisory; - is standard input.", completion: .file())
  var file: String

  @Option(
    help: ArgumentHelp(
      "The fix; repeatable. Else the commits that the advisory names.", valueName: "rev"))
  var fix: [String] = []

  @OptionGroup var truth: AdvisoryTruthOptions
  @OptionGroup(title: "Project") var project: ProjectOptions
  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.advisoryCheck, at: location, output) { run throws(BackportError) in
      let day = try project.day(now: run.now)
      let bytes = try InputFile.contents(of: file, option: "<file>", limit: Self.largest)
      var request = AdvisoryCheckRequest(file: file, bytes: bytes, asOf: day)
      request.fix = fix
      request.mainline = truth.mainline
      request.equivalents = truth.equivalent
      request.introduced = truth.introduced
      request.purl = try truth.package
      request.package = project.package
      var options = PlanOptions()
      project.fill(&options)
      let document = try await run.open(options).check(request)
      try run.report(document) { AdvisoryCheckText(document: document, style: $0).text }
      return document.findings.isEmpty ? .done : .needsPerson
    }
  }
}
