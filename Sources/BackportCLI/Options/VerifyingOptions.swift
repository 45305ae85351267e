import ArgumentParser
import Backport

/// What is run on the planned trees before anything lands.
struct VerifyingOptions: ParsableArguments {
  @Option(
    name: .customLong("verify"),
    help: ArgumentHelp(
      "Run this in a checkout of every planned release; lines on which it fails are held back. "
        + "Repeatable.", valueName: "command"))
  var commands: [String] = []

  @Flag(
    name: .customLong("no-verify"),
    help: "Run nothing, whatever git's configuration or GIT_BACKPORT_VERIFY says.")
  var noVerify = false

  @Option(
    name: .customLong("verify-timeout"),
    help: ArgumentHelp(
      "End a command after this time, such as 90s, 15m or 2h; else 30m.", valueName: "time"))
  var timeout: String?

  @Option(
    name: [.customShort("j"), .customLong("jobs")],
    help: ArgumentHelp(
      "Verify this many lines at once; else as many as there are processors.", valueName: "n"))
  var jobs: Int?

  mutating func validate() throws {
    if noVerify, !commands.isEmpty {
      throw ValidationError("--verify and --no-verify exclude each other")
    }
  }

  /// What these options say.
  var wish: VerificationOptions.Wish {
    var wish = VerificationOptions.Wish()
    wish.commands = commands
    wish.isForbidden = noVerify
    wish.jobs = jobs
    wish.timeout = timeout
    return wish
  }

  /// The words that say the same.
  var words: [String] {
    commands.flatMap { ["--verify", $0] } + (noVerify ? ["--no-verify"] : [])
      + (timeout.map { ["--verify-timeout", $0] } ?? []) + (jobs.map { ["--jobs", "\($0)"] } ?? [])
  }

  /// What is run on the planned trees, with somebody who says what comes of it; nil when nothing is.
  ///
  /// `isLog` says it also where nobody sits at a terminal: a build machine ends a job that is silent.
  func verification(
    _ workspace: Workspace, _ run: Run, isLog: Bool = false
  ) throws(BackportError) -> VerificationOptions? {
    guard var options = try workspace.verification(wish) else { return nil }
    var progress = run.progress
    progress.isTerminal = Terminal.Stream.errors.isTerminal
    if isLog, !run.output.quiet { progress.isShown = true }
    let (teller, inColor) = (progress, run.style(.errors).inColor)
    if !run.isHidden {
      options.report = { event in
        guard let line = VerificationText.line(event) else { return }
        teller.say(line, inColor: inColor)
      }
    }
    options.isInterrupted = { Interruption.isAsked }
    return options
  }
}
