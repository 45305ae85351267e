import ArgumentParser
import Backport

/// `undo [OP]`: takes an operation back.
struct UndoCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "undo", abstract: "Take an operation back that was not pushed.",
    usage: "git backport undo [<operation>] [<options>]",
    discussion: """
      Its refs return to what they were, all together, unless one was moved since. What may be on \
      a remote already is not taken back: the commands that mend it forward are shown.

        git backport log && git backport undo 01JD
      """)

  @Argument(
    help: "The operation's id or its beginning; else the last one that landed.",
    completion: NameCompletion.operations)
  var operation: String?

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.operation, at: location, output, pages: pages) {
      run throws(BackportError) in
      let workspace = try await run.open()
      run.hideEmbargo(of: operation, in: workspace)
      let document = try run.shown(
        try await run.progress.during("taking it back") { () throws(BackportError) in
          try await workspace.undo(operation)
        })
      try run.report(document, in: workspace) { style in
        let text = OperationText(document: document, style: style)
        return run.output.quiet ? text.headline : text.outcome()
      }
      return .done
    }
  }
}

/// `show [OP]`: one operation.
struct ShowCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show an operation and where its refs stand now.",
    usage: "git backport show [<operation>] [<options>]",
    discussion: """
      With --html a page with a picture of the lines and every change is saved; --markdown is for \
      job summaries and merge requests.

        git backport show --html operation.html
      """)

  @Argument(
    help: "The operation's id or its beginning; else the newest one.",
    completion: NameCompletion.operations)
  var operation: String?

  @Option(
    help: ArgumentHelp(
      "Also check its lines out into this empty folder, one below it for each.",
      valueName: "dir"),
    completion: .directory)
  var checkout: String?

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions
  @OptionGroup(title: "Output") var pages: PageOptions

  func run() async throws {
    try await Run.perform(.operation, at: location, output, pages: pages) {
      run throws(BackportError) in
      let workspace = try await run.open()
      run.hideEmbargo(of: operation, in: workspace)
      var found = try workspace.show(operation)
      if let checkout {
        found.checkouts = try await run.progress.during("checking out") {
          () throws(BackportError) in
          try await workspace.checkOut(operation, into: LocationOptions.absolute(checkout))
        }
      }
      let document = try run.shown(found)
      let comparisons = try run.comparisons(in: document.plan, workspace)
      try run.report(document, in: workspace) { style in
        var text = OperationText(document: document, style: style)
        text.comparisons = comparisons
        if document.checkouts != nil { return text.checkouts }
        return run.output.quiet ? text.summary : text.whole
      }
      return .done
    }
  }
}

/// `log`: all operations.
struct LogCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "log", abstract: "List the operations, newest first.",
    usage: "git backport log [<options>]",
    discussion: """
      Example: git backport log --json
      """)

  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await Run.perform(.log, common) { run throws(BackportError) in
      let document = try run.shown(try await run.open().log())
      try run.report(document) { LogText(operations: document.operations, style: $0).text }
      return .done
    }
  }
}

/// `status`: what waits for somebody.
struct StatusCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "status", abstract: "Show what is not finished and what is not pushed.",
    usage: "git backport status [<options>]",
    discussion: """
      What is not finished is ended with continue or abort, what is landed is sent with push, what \
      is under embargo with disclose. Example: git backport status && git backport push
      """)

  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await Run.perform(.status, common) { run throws(BackportError) in
      let document = try run.shown(try await run.open().status())
      try run.report(document) { StatusText(document: document, style: $0).text }
      return .done
    }
  }
}
