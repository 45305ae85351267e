import ArgumentParser
import Backport

/// `continue [OP]`: goes on with what waits for a hand, or what a run could not finish.
struct ContinueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "continue",
    abstract: "Go on with lines that were resolved, or with what a killed run left.",
    usage: "git backport continue [<operation>] [<options>]",
    discussion: """
      A line that conflicts has a worktree, with the conflict as git leaves it. Resolve it there as \
      any other, then:

        git backport continue

      takes what is resolved, in the index or in a commit, goes on with the rest of the fix, and \
      releases the line in the same operation. Lines that are not resolved yet stay as they are.

      A run that was killed, or whose disk was full, may have moved some refs and not the others. \
      The next run that writes finishes it by itself; this verb does so too.
      """)

  @Argument(
    help: "The operation's id or its beginning; else the one that waits.",
    completion: NameCompletion.operations)
  var operation: String?

  @Flag(
    name: .customLong("update-worktree"),
    help: "Move clean worktrees along with the branches they stand on.")
  var updateWorktree = false

  @Flag(help: "Do not ask the remote whether what is known of it is still true.")
  var offline = false

  @OptionGroup(title: "Verification") var verifying: VerifyingOptions
  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.operation, common, pages: pages) { run throws(BackportError) in
      let workspace = try await run.open()
      run.hideEmbargo(of: operation, in: workspace)
      var options = ApplyOptions()
      options.verification = try verifying.verification(workspace, run)
      options.updatesWorktrees = updateWorktree
      options.isOffline = offline
      let goingOn = options
      let found = try await run.progress.during("going on") { () throws(BackportError) in
        if goingOn.verification != nil { Interruption.hold() }
        defer { Interruption.release() }
        return try await workspace.continuePending(operation, goingOn)
      }
      let document = try run.shown(found)
      try run.report(document, in: workspace) { style in
        let text = OperationText(document: document, style: style)
        return run.output.quiet ? text.summary : text.outcome(started: run.surroundings.directory)
      }
      return document.state == .undone ? .done : ExitStatus(document.plan)
    }
  }
}

/// `skip LINE=REASON…`: gives lines up, on record.
struct SkipCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "skip", abstract: "Give up a line that waits for a person, on record.",
    usage: "git backport skip <line>=<reason> ... [<options>]",
    discussion: """
      The line's worktree goes; the reason stands in the operation, and in what is to be committed \
      to .gitbackport.

        git backport skip '0.8=end of life next week'
      """)

  @Argument(
    help: ArgumentHelp("A line and why it is given up.", valueName: "line=reason"),
    completion: NameCompletion.assignments)
  var skips: [String]

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.operation, common, pages: pages) { run throws(BackportError) in
      let workspace = try await run.open()
      run.hideEmbargo(of: nil, in: workspace)
      let document = try run.shown(try await workspace.skip(skips))
      try run.report(document, in: workspace) { style in
        let text = OperationText(document: document, style: style)
        return run.output.quiet ? text.summary : text.outcome(started: run.surroundings.directory)
      }
      return ExitStatus(document.plan.targets.map(\.status))
    }
  }
}

/// `abort [OP]`: puts back what an operation that could not finish has moved.
struct AbortCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abort", abstract: "Put back all of an operation that is not finished.",
    usage: "git backport abort [<operation>] [<options>]",
    discussion: """
      Refs that the operation moved go back to what they were, and the worktrees of lines that wait \
      for a hand go. After a run that was killed, a ref that somebody else has moved since stays. An \
      operation that has landed is taken back with undo.

        git backport status && git backport abort
      """)

  @Argument(
    help: "The operation's id or its beginning; else the last one that is pending.",
    completion: NameCompletion.operations)
  var operation: String?

  @OptionGroup var common: CommonOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.operation, common, pages: pages) { run throws(BackportError) in
      let workspace = try await run.open()
      run.hideEmbargo(of: operation, in: workspace)
      let document = try run.shown(try await workspace.abort(operation))
      try run.report(document, in: workspace) { style in
        let text = OperationText(document: document, style: style)
        return run.output.quiet ? text.headline : text.outcome()
      }
      return .done
    }
  }
}
