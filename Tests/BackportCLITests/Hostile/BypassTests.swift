import Foundation
import Testing

/// What only one place may do: the sources are searched for anybody else who does it.
@Suite("Nobody goes around")
struct BypassTests {
  /// What must not be written, in which folder, and the files that may.
  struct Rule: Sendable, CustomTestStringConvertible {
    var testDescription: String
    var folder = ""
    var words: [String]
    var allowed: Set<String> = []
  }

  static let rules: [Rule] = [
    Rule(
      testDescription: "the streams of the process",
      words: [
        " print(", "\tprint(", "debugPrint(", "fputs(", "puts(", "printf(", "FileHandle.standard",
        "NSLog(",
      ]),
    Rule(
      testDescription: "the writers to a terminal",
      words: ["Terminal.send(", "isatty("],
      allowed: [
        "Terminal.swift", "Run.swift", "UsageFailure.swift", "Landing.swift", "Publishing.swift",
        "PickStream.swift", "EditedFile.swift",
      ]),
    Rule(
      testDescription: "the escaping of styled text",
      words: ["\\u{1b}[", "\\u{1B}[", "\\x1b["], allowed: ["StyledText.swift", "Progress.swift"]),
    Rule(
      testDescription: "the one starter of programs",
      words: [
        "Subprocess.run(", "Process()", "posix_spawn", "popen(", "execv", "fork(", " system(",
        "\"sh\"", "/bin/sh",
      ],
      allowed: ["GitProgram.swift", "RefTransaction.swift", "Signer.swift"]),
    Rule(
      testDescription: "the import of what starts programs", words: ["import Subprocess"],
      allowed: ["GitProgram.swift", "RefTransaction.swift", "Signer.swift"]),
    Rule(
      testDescription: "the environment of the process",
      words: ["ProcessInfo.processInfo", "getenv(", "setenv("],
      allowed: ["LocationOptions.swift"]),
    Rule(
      testDescription: "the fence around libgit2", folder: "Backport", words: ["CLibgit2", "git_"]),
    Rule(
      testDescription: "the rules for names of references",
      words: ["git_reference_create", "git_transaction", "git_tag_create", "git_branch_create"]),
    Rule(
      testDescription: "the small Foundation",
      words: ["NSRegularExpression", "try! ", "as! ", "NSString", ".range(of: \"^"]),
  ]

  @Test("is true of", arguments: rules)
  func rule(rule: Rule) throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let folder = rule.folder.isEmpty ? sources : sources.appending(path: rule.folder)
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    let files = paths.filter { $0.hasSuffix(".swift") }
    #expect(files.count > 10)
    for path in files where !rule.allowed.contains(URL(filePath: path).lastPathComponent) {
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false)
        .enumerated()
      {
        let code = line.drop { $0 == " " }
        guard !code.hasPrefix("//") else { continue }
        for word in rule.words where code.contains(word) || (" " + code).contains(word) {
          Issue.record("\(path):\(number + 1): \(word)")
        }
      }
    }
  }
}
