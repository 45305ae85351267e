import ArgumentParser
import Backport

/// `pick`: the bare pick of fixes onto a commit.
struct PickCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pick",
    abstract: "Pick a fix onto any commit, in memory: plumbing, the pick alone.",
    usage: """
      git backport pick --onto <rev> <fix> ... [<options>]
      git backport pick --stdin [<options>]
      """,
    discussion: """
      Prints the id of the last commit made; no branch, tag, index or file is touched. Conflicts \
      are listed on standard error, and the status is 1. With --stdin each line of standard input \
      is <onto> <fix> [<fix> ...], and each gets one line of output, in order: the id, or the \
      word conflict or error. With --json these are pick/1 documents.

      Bring a commit to a branch:
        git update-ref refs/heads/1.0 $(git backport pick -x --onto 1.0 4f1d2c3)
      Try a fix on every release branch, writing nothing:
        git for-each-ref --format='%(objectname) 4f1d2c3' refs/heads/release/ |
          git backport pick --stdin --no-write --json
      """)

  @Argument(
    help: "A commit, a range A..B or a merge; several are picked one after the other.",
    completion: NameCompletion.revisions)
  var fix: [String] = []

  @Option(
    help: ArgumentHelp("The commit to pick onto.", valueName: "rev"),
    completion: NameCompletion.revisions)
  var onto: String?

  @Flag(name: .customLong("stdin"), help: "Read lines of <onto> <fix> [<fix> ...].")
  var readsInput = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Take merges as one change against this parent.", valueName: "n"))
  var mainline: Int?

  @Flag(
    name: .customShort("x"), help: "Add (cherry picked from commit ...) to the messages.")
  var namesOrigin = false

  @Flag(name: .customLong("no-x"), help: "Leave the messages as they are (default).")
  var keepsMessage = false

  @Flag(name: .customLong("no-write"), help: "Write no object either.")
  var noWrite = false

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  mutating func validate() throws {
    if readsInput {
      if onto != nil || !fix.isEmpty {
        throw ValidationError("--stdin takes its fixes from the input, not from the command line")
      }
      if output.file != nil { throw ValidationError("-o saves one document, --stdin has many") }
    } else if onto == nil {
      throw ValidationError("missing expected argument '--onto <rev>'")
    } else if fix.isEmpty {
      throw ValidationError("missing expected argument '<fix> ...'")
    }
    if namesOrigin, keepsMessage { throw ValidationError("-x and --no-x exclude each other") }
    if let mainline, mainline < 1 { throw ValidationError("-m counts parents from 1") }
  }

  func run() async throws {
    try await Run.perform(.pick, at: location, output) { run throws(BackportError) in
      let session = try await PickSession.open(
        run.surroundings,
        PickSession.Options(mainline: mainline, namesOrigin: namesOrigin, writes: !noWrite))
      guard let onto else { return try PickStream(session, run).answerLines() }
      let document = try pick(onto: onto, in: session, run)
      try session.store()
      try run.report(document) { _ in document.tip.map { "\($0)\n" } ?? "" }
      if !run.output.json { Terminal.note(PickText.conflicts(of: document)) }
      return document.status == .conflict ? .needsPerson : .done
    }
  }

  private func pick(
    onto: String, in session: PickSession, _ run: Run
  ) throws(BackportError) -> PickDocument {
    do {
      return try session.pick(fix, onto: onto)
    } catch {
      run.known["onto"] = error.onto
      run.known["fixes"] = error.fixes
      throw error.error
    }
  }
}

/// What a person is told of a pick.
enum PickText {
  /// One line for each path that conflicts, in the form of git's own messages.
  static func conflicts(of document: PickDocument) -> String {
    document.conflicts.map { "CONFLICT (\($0.kind)): \(TextEscape.line($0.path))\n" }.joined()
  }
}
