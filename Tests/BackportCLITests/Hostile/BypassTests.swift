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
        "print(", "debugPrint(", "dump(", "fputs(", "puts(", "putchar(", "printf(", "fprintf(",
        "vprintf(", "fwrite(", "FileHandle.standard", "NSLog(", "os_log(", "STDOUT_FILENO",
        "STDERR_FILENO",
      ]),
    Rule(
      testDescription: "the writers to a terminal",
      words: ["Terminal.send(", "isatty("],
      allowed: [
        "Terminal.swift", "Run.swift", "UsageFailure.swift", "Landing.swift", "Publishing.swift",
        "PickStream.swift", "EditedFile.swift", "JobReport.swift", "RedoCommand.swift",
      ]),
    Rule(
      testDescription: "the escaping of styled text",
      words: ["\\u{1b}[", "\\u{1B}[", "\\x1b["], allowed: ["StyledText.swift", "Progress.swift"]),
    Rule(
      testDescription: "the one starter of programs",
      words: [
        "Subprocess.run(", "Process()", "posix_spawn", "popen(", "execv", "execl", "fork(",
        "vfork(",
        "system(", "NSTask", "\"sh\"", "/bin/sh",
      ],
      allowed: ["GitProgram.swift", "RefTransaction.swift", "ShellCommand.swift"]),
    Rule(
      testDescription: "the import of what starts programs", words: ["import Subprocess"],
      allowed: [
        "CompanionProgram.swift", "GitProgram.swift", "RefTransaction.swift", "ScratchFolder.swift",
        "ShellCommand.swift", "Signer.swift",
      ]),
    Rule(
      testDescription: "the environment of the process",
      words: ["ProcessInfo.processInfo", "getenv(", "setenv("],
      allowed: ["LocationOptions.swift", "Entrypoint.swift", "NameCompletion.swift"]),
    Rule(
      testDescription: "the fence around libgit2", folder: "Backport", words: ["CLibgit2", "git_"]),
    Rule(
      testDescription: "the rules for names of references",
      words: ["git_reference_create", "git_transaction", "git_tag_create", "git_branch_create"]),
    Rule(
      testDescription: "the small Foundation",
      words: ["NSRegularExpression", "try! ", "as! ", "NSString", ".range(of: \"^"]),
  ]

  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Sources")

  /// Where a text holds a word of the rule, comments left out; a word that begins like a name is not
  /// found inside of another name.
  private static func findings(of rule: Rule, in text: String) -> [(line: Int, word: String)] {
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.enumerated().flatMap { number, line -> [(Int, String)] in
      let code = line.drop { $0 == " " || $0 == "\t" }
      guard !code.hasPrefix("//") else { return [] }
      return rule.words.filter { holds(code, $0) }.map { (number + 1, $0) }
    }
  }

  private static func holds(_ code: Substring, _ word: String) -> Bool {
    let isName = { (character: Character) in
      character.isLetter || character.isNumber || character == "_"
    }
    var rest = code
    while let found = rest.firstRange(of: word) {
      let before = code[..<found.lowerBound].last
      if !(word.first.map(isName) ?? false) || !(before.map(isName) ?? false) { return true }
      rest = rest[rest.index(after: found.lowerBound)...]
    }
    return false
  }

  @Test("is true of", arguments: rules)
  func rule(rule: Rule) throws {
    let folder = rule.folder.isEmpty ? Self.sources : Self.sources.appending(path: rule.folder)
    let paths = FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
    let files = paths.filter { $0.hasSuffix(".swift") }
    #expect(files.count > 10)
    var used: Set<String> = []
    for path in files {
      let name = URL(filePath: path).lastPathComponent
      let text = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
      let findings = Self.findings(of: rule, in: text)
      if rule.allowed.contains(name) {
        if !findings.isEmpty { used.insert(name) }
        continue
      }
      for (line, word) in findings { Issue.record("\(path):\(line): \(word)") }
    }
    #expect(rule.allowed.subtracting(used).isEmpty, "allowed, but do not need to be")
  }

  @Test("is found out about", arguments: rules)
  func detected(rule: Rule) {
    for word in rule.words {
      for code in [
        "    \(word)x\")", "\tlet x = \(word)", "if y { \(word)", "try? await \(word)x)",
      ] {
        #expect(!Self.findings(of: rule, in: "import X\n" + code).isEmpty, "\(code)")
      }
      #expect(Self.findings(of: rule, in: "  // \(word)\n  /// \(word)").isEmpty)
    }
  }
}
