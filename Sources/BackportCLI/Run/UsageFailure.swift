import ArgumentParser
import Backport
import ReleaseModel

/// A command line that was not understood, or that asked for help.
struct UsageFailure {
  private let message: String
  private let isRequest: Bool
  private let arguments: [String]

  init(_ error: any Error, arguments: [String]) {
    isRequest = GitBackportCommand.exitCode(for: error) == .success
    message =
      isRequest
      ? GitBackportCommand.fullMessage(for: error) : GitBackportCommand.message(for: error)
    self.arguments = arguments
  }

  /// Prints what was asked for, or the error, and ends the process.
  func end() -> Never {
    if isRequest {
      try? Terminal.send(Array((message + "\n").utf8), to: .output)
      ExitStatus.done.end()
    }
    let words = ErrorText(
      code: BackportError.Code.usage.rawValue, message: UsageFailure.lowered(message),
      hint: nearest.map { "did you mean 'git backport \($0)'?" }
        ?? "git backport \(verb.map { $0 + " " } ?? "")--help lists what it takes",
      status: .usage)
    Terminal.note(words.rendered(TextStyle()))
    if arguments.prefix(while: { $0 != "--" }).contains("--json") {
      let failed = FailedDocument(name: document, known: [:], error: words.document)
      if let bytes = try? DocumentCoding.encode(failed) {
        try? Terminal.send(TextEscape.document(bytes), to: .output)
      }
    }
    words.status.end()
  }

  /// The verb that was meant, as far as the command line tells; nil for the default one.
  private var verb: String? {
    let verbs = GitBackportCommand.configuration.subcommands.map { $0._commandName }
    return arguments.prefix { $0 != "--" }.first { verbs.contains($0) }
  }

  /// The verb with that one of its own verbs which was meant; nil where nothing was misspelt there.
  private var nearest: String? {
    guard message.hasPrefix("Unexpected argument"), let verb,
      let place = arguments.firstIndex(of: verb),
      let word = arguments[place...].dropFirst().first(where: { !$0.hasPrefix("-") }),
      let command = GitBackportCommand.configuration.subcommands.first(where: {
        $0._commandName == verb
      }),
      let near = Spelling.nearest(
        to: word, among: command.configuration.subcommands.map { $0._commandName })
    else { return nil }
    return "\(verb) \(near)"
  }

  private var document: DocumentName {
    switch verb {
    case "apply", "push", "disclose", "undo", "redo", "continue", "skip", "abort", "show":
      .operation
    case "release": .operation
    case "lines": .lines
    case "doctor": .doctor
    case "audit": .audit
    case "similar": .similar
    case "init": .initial
    case "ci": .ci
    case "request": .request
    case "log": .log
    case "pick": .pick
    case "status": .status
    case "advisory": AdvisoryCommand.document(of: arguments)
    case "policy": PolicyCommand.document(of: arguments)
    case "case": CaseCommand.document(of: arguments)
    default: .plan
    }
  }

  /// The parser's words as git would say them.
  private static func lowered(_ message: String) -> String {
    var text = message[...]
    if text.hasSuffix(".") { text.removeLast() }
    guard let first = text.first else { return "" }
    return first.lowercased() + text.dropFirst()
  }
}
