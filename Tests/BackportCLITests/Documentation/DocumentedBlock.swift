import Foundation

/// A command line as a document shows it.
struct DocumentedCommand: Equatable {
  /// The words, comments at the end included; several lines where one continues the other.
  var text: String
  /// The lines below it, when the document shows what it prints.
  var output: [String]?
}

/// A block of code in README.md, a man page or the documentation of the library.
struct DocumentedBlock {
  /// The path in the project.
  var document: String
  /// The number of its first line.
  var line: Int
  /// `sh`, `console`, `ini`, `yaml` and so on, as after a Markdown fence.
  var language: String
  /// Its lines.
  var lines: [String]

  /// Where it stands, for messages.
  var place: String { "\(document):\(line)" }

  /// The command lines in it, in order.
  var commands: [DocumentedCommand] {
    switch language {
    case "sh": joined(lines.map { (true, $0) })
    case "console":
      joined(
        lines.map { $0.hasPrefix("$ ") ? (true, String($0.dropFirst(2))) : (false, $0) })
    case "yaml":
      lines.compactMap { line in
        line.range(of: "run: ").map { DocumentedCommand(text: String(line[$0.upperBound...])) }
      }
    default: []
    }
  }

  /// Commands with what follows them; a line after one that ends with `\` or `|` belongs to it.
  private func joined(_ lines: [(isCommand: Bool, text: String)]) -> [DocumentedCommand] {
    var result: [DocumentedCommand] = []
    for (isCommand, text) in lines {
      let last = result.last?.text ?? ""
      if last.hasSuffix("\\") || last.hasSuffix("|") {
        result[result.count - 1].text += "\n" + text
      } else if !isCommand {
        result[result.count - 1].output?.append(text)
      } else if !text.drop(while: { $0 == " " }).hasPrefix("#"), !text.isEmpty {
        result.append(DocumentedCommand(text: text, output: language == "console" ? [] : nil))
      }
    }
    return result
  }
}

extension DocumentedBlock {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Every document with command lines in it, by its path in the project.
  static func documents() throws -> [String] {
    let sources = try FileManager.default.subpathsOfDirectory(
      atPath: root.appendingPathComponent("Sources").path)
    return ["README.md"]
      + sources.filter { $0.contains("/Manual/") || $0.contains(".docc/") && $0.hasSuffix(".md") }
      .map { "Sources/" + $0 }.sorted()
  }

  /// The lines of a document.
  private static func lines(of document: String) throws -> [String] {
    try String(contentsOf: root.appendingPathComponent(document), encoding: .utf8)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
  }

  /// The blocks of a document.
  static func blocks(of document: String) throws -> [DocumentedBlock] {
    let lines = try lines(of: document)
    return document.hasSuffix(".md") ? fenced(lines, document) : displayed(lines, document)
  }

  /// The blocks of Markdown between fences.
  private static func fenced(_ lines: [String], _ document: String) -> [DocumentedBlock] {
    var blocks: [DocumentedBlock] = []
    var isOpen = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("```") {
        isOpen.toggle()
        if isOpen {
          blocks.append(
            DocumentedBlock(
              document: document, line: index + 2, language: String(line.dropFirst(3)), lines: []))
        }
      } else if isOpen {
        blocks[blocks.count - 1].lines.append(line)
      }
    }
    return blocks
  }

  /// The blocks of a man page that are shown as they stand and hold commands of git.
  private static func displayed(_ lines: [String], _ document: String) -> [DocumentedBlock] {
    var blocks: [DocumentedBlock] = []
    var section = ""
    var isOpen = false
    for (index, line) in lines.enumerated() {
      if line.hasPrefix(".SH ") { section = line }
      if line == ".nf" || line == ".fi" {
        isOpen = line == ".nf" && section != ".SH SYNOPSIS"
        if isOpen {
          blocks.append(
            DocumentedBlock(document: document, line: index + 2, language: "sh", lines: []))
        }
      } else if isOpen {
        blocks[blocks.count - 1].lines.append(
          line.replacingOccurrences(of: "\\-", with: "-")
            .trimmingCharacters(in: CharacterSet(charactersIn: " ")))
      }
    }
    return blocks.filter { block in
      block.lines.contains { $0.hasPrefix("git ") || $0.hasPrefix("git-") }
    }
  }

  /// The command lines that stand in the running text.
  static func inlineCommands(of document: String) throws -> [String] {
    var isCode = false
    let prose = try lines(of: document).filter { line in
      if line.hasPrefix("```") { isCode.toggle() }
      return !isCode
    }.joined(separator: " ")
    let spans: [String]
    if document.hasSuffix(".md") {
      spans = prose.matches(of: /`([^`]+)`/).map { String($0.1) }
    } else {
      spans = prose.matches(of: /\\fB(.*?)\\f[RP]/).map {
        $0.1.replacingOccurrences(of: "\\-", with: "-")
      }
    }
    return spans.filter { $0.hasPrefix("git backport ") || $0.hasPrefix("git config backport") }
  }
}
