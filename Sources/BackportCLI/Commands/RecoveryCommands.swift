import ArgumentParser
import Backport

/// `continue`: goes on with what a run could not finish.
struct ContinueCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "continue", abstract: "Go on with an operation that could not finish.",
    usage: "git backport continue [<options>]",
    discussion: """
      A run that was killed, or whose disk was full, may have moved some refs and not the others. \
      The next run that writes finishes it by itself; this verb does only that.

        git backport status && git backport continue
      """)

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.operation, at: location, output) { run throws(BackportError) in
      let document = try await run.open().continuePending()
      try run.report(document) { style in
        OperationText(document: document, style: style).outcome()
      }
      return .done
    }
  }
}

/// `abort [OP]`: puts back what an operation that could not finish has moved.
struct AbortCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "abort", abstract: "Put back what an operation that could not finish has moved.",
    usage: "git backport abort [<operation>] [<options>]",
    discussion: """
      Refs that the operation moved go back to what they were; one that somebody else has moved \
      since stays. An operation that has landed is taken back with undo.

        git backport status && git backport abort
      """)

  @Argument(help: "The operation's id or its beginning; else the last one that is pending.")
  var operation: String?

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.operation, at: location, output) { run throws(BackportError) in
      let document = try await run.open().abort(operation)
      try run.report(document) { style in
        OperationText(document: document, style: style).outcome()
      }
      return .done
    }
  }
}
