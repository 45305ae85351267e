import Foundation
import TestSupport
import Testing

/// Every command line that a document shows is run, in the repository that it is about.
@Suite("Command lines in the documents")
struct DocumentedCommandTests {
  @Test(
    "end as they are said to, and print what is shown", arguments: try DocumentedBlock.documents())
  func blocks(document: String) throws {
    let demo = try DemoRepository()
    for block in try DocumentedBlock.blocks(of: document) {
      if block.language == "ini" {
        try demo.readConfiguration(block)
        continue
      }
      let commands = block.commands.filter { Self.reason(for: $0.text) == nil }
      guard let first = commands.first else { continue }
      var folder = ""
      for (index, command) in commands.enumerated() {
        if index == 0 || ExampleTable.lists.contains(where: first.text.hasPrefix) {
          folder = try demo.copy()
          try demo.prepare(command.text, in: folder, block.place)
        }
        folder = try demo.run(command, in: folder, block.place)
      }
    }
  }

  @Test("in the running text are command lines too", arguments: try DocumentedBlock.documents())
  func inline(document: String) throws {
    let commands = Set(try DocumentedBlock.inlineCommands(of: document)).sorted()
    guard !commands.isEmpty else { return }
    let demo = try DemoRepository()
    // Most are about what has landed; the manual plans a revision that is called like a verb.
    let given = "git branch log de0f8c5 && git backport apply de0f8c5 --yes -q\n"
    let landed = try demo.copy()
    #expect(try demo.shell(given, in: landed).status == 0)
    for command in commands {
      let folder = try demo.copy(of: landed)
      var text = command
      for (name, value) in ExampleTable.placeholders {
        text = text.replacingOccurrences(of: name, with: value)
      }
      var result = try demo.shell(text + "\n", in: folder)
      // Nobody is there to be asked.
      if result.status == 2, result.errorText.contains("--yes") {
        result = try demo.shell(text + " --yes\n", in: folder)
      }
      #expect(
        result.status != 2 && (0..<126).contains(result.status),
        "\(document): \(command): \(result.status), \(result.errorText)")
    }
  }

  @Test("that cannot be run name what is there, and the table names no others")
  func untried() throws {
    var texts: [String] = []
    for document in try DocumentedBlock.documents() {
      texts += try DocumentedBlock.blocks(of: document).flatMap { $0.commands.map(\.text) }
    }
    #expect(texts.count > 50)
    for text in texts where Self.reason(for: text) != nil {
      let program = String(text.prefix { $0 != " " })
      let path = DocumentedBlock.root.appendingPathComponent(program).path
      #expect(FileManager.default.isExecutableFile(atPath: path), "\(program)")
    }
    let named =
      Array(ExampleTable.given.keys) + ExampleTable.additions.keys + ExampleTable.statuses.keys
      + ExampleTable.untried.keys + ExampleTable.lists
    for name in named {
      #expect(texts.contains { $0.hasPrefix(name) }, "no document shows \(name)")
    }
  }

  private static func reason(for command: String) -> String? {
    ExampleTable.untried.first { command.hasPrefix($0.key) }?.value
  }
}

/// The repository of `Scripts/demo` with a remote, to be copied for each example.
private struct DemoRepository {
  private let environment: HermeticEnvironment
  private let variables: [String: String]
  private let year: String

  init() throws {
    environment = try HermeticEnvironment()
    // A project's own tests, for --verify.
    try environment.write("#!/bin/sh\ntest \"$1\" = test\n", to: "bin/make", executable: true)
    let path = [
      ProgramRun.productsDirectory, environment.root + "/bin",
      environment.variables["PATH"] ?? "",
    ]
    variables = environment.adding([
      "PATH": path.joined(separator: ":"), "COLUMNS": "100", "TERM": "dumb",
      "GIT_AUTHOR_NAME": "Ada Brewer", "GIT_AUTHOR_EMAIL": "ada@example.com",
      "GIT_COMMITTER_NAME": "Ada Brewer", "GIT_COMMITTER_EMAIL": "ada@example.com",
    ])
    year = String(Calendar(identifier: .gregorian).component(.year, from: Date()))
    let result = try shell(
      """
      '\(DocumentedBlock.root.path)/Scripts/demo' --repository demo/teapot >&2 &&
      git clone -q --bare demo/teapot demo/remote/teapot.git &&
      cd demo/teapot &&
      git remote add origin ../remote/teapot.git &&
      git fetch -q
      """, in: environment.root)
    #expect(result.status == 0, "\(result.errorText)")
  }

  /// A fresh copy of the repository, or of one of its copies, with its remote.
  func copy(of repository: String? = nil) throws -> String {
    let source = repository ?? environment.root + "/demo/teapot"
    let folder = environment.root + "/" + UUID().uuidString
    try FileManager.default.copyItem(
      atPath: String(source.dropLast("/teapot".count)), toPath: folder)
    return folder + "/teapot"
  }

  func shell(_ script: String, in folder: String) throws -> ProcessResult {
    try ChildProcess.run("/bin/sh", ["-c", script], environment: variables, directory: folder)
  }

  /// Ids of cases have the year in which they were opened.
  private func dated(_ text: String) -> String {
    text.replacingOccurrences(of: "-SA-2026-", with: "-SA-\(year)-")
  }

  /// Does what the example needs.
  func prepare(_ first: String, in folder: String, _ place: String) throws {
    // The longest name is the most precise.
    let given = ExampleTable.given.filter { first.hasPrefix($0.key) }
      .max { $0.key.count < $1.key.count }
    guard let given else { return }
    let result = try shell("set -e\n" + dated(given.value), in: folder)
    #expect(result.status == 0, "\(place): \(result.errorText)")
  }

  /// Runs a command and gives the folder in which the next one is run.
  func run(_ command: DocumentedCommand, in folder: String, _ place: String) throws -> String {
    let note = environment.root + "/folder"
    let text = command.text + (ExampleTable.additions[command.text] ?? "")
    let result = try shell("\(dated(text))\ns=$?; pwd >'\(note)'; exit $s\n", in: folder)
    let status = ExampleTable.statuses.first { command.text.hasPrefix($0.key) }?.value ?? 0
    let message = "\(place): \(command.text): \(result.status)\n\(result.errorText)"
    #expect(result.status == status, "\(message)\n\(result.outputText)")
    if let output = command.output {
      let lines = (result.outputText + result.errorText).split(
        separator: "\n", omittingEmptySubsequences: false
      ).map(String.init)
      #expect(
        Self.fits(output.map(dated), lines.dropLast()),
        "\(place): \(command.text) prints\n\(result.outputText)\(result.errorText)")
    }
    return try String(contentsOfFile: note, encoding: .utf8)
      .trimmingCharacters(in: .newlines)
  }

  /// Whether lines are those that are shown, of which `…` alone leaves out any, and in one a word.
  private static func fits(_ shown: [String], _ lines: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return lines.isEmpty }
    let rest = Array(shown.dropFirst())
    if first == "…" {
      return (lines.startIndex...lines.endIndex).contains { fits(rest, lines[$0...]) }
    }
    guard let line = lines.first else { return false }
    let parts = first.components(separatedBy: "…")
    let isSame =
      parts.count == 1
      ? line == first : line.hasPrefix(parts[0]) && line.hasSuffix(parts[parts.count - 1])
    return isSame && fits(rest, lines.dropFirst())
  }

  /// Lets the program read a piece of `.gitbackport`.
  func readConfiguration(_ block: DocumentedBlock) throws {
    let folder = try copy()
    try environment.write(block.lines.joined(separator: "\n") + "\n", to: folder + "/piece")
    let result = try shell("git backport lines -q --config piece\n", in: folder)
    #expect(result.status == 0, "\(block.place): \(result.errorText)")
  }
}
