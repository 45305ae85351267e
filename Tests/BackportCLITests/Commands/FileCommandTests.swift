import Foundation
import TestSupport
import Testing

@Suite("The commands that edit one file")
struct FileCommandTests {
  static let log =
    "# Changelog\r\n\r\n## [1.1.0] - 2025-01-02\r\n\r\n### Added\r\n\r\n- A flag.\r\n\r\n"
    + "### Fixed\r\n\r\n- A crash.\r\n"
  static let entry = [
    "changelog", "add", "--file", "CHANGELOG.md", "--version", "1.1.1", "--previous", "v1.1.0",
    "--date", "2026-11-21", "--category", "security", "--entry", "Check sizes (CVE-2026-0001)",
  ]

  @Test("print the whole new file and touch nothing with --stdout")
  func printed() throws {
    let environment = try HermeticEnvironment()
    let path = try environment.write(Self.log, to: "CHANGELOG.md")
    let run = try ProgramRun(Self.entry + ["--stdout"], environment: environment)
    #expect(run.status == 0 && run.errors.isEmpty)
    #expect(
      run.output
        == Self.log.replacing(
          "## [1.1.0]",
          with: "## [1.1.1] - 2026-11-21\r\n\r\n### Security\r\n\r\n"
            + "- Check sizes (CVE-2026-0001)\r\n\r\n## [1.1.0]"))
    #expect(try String(contentsOfFile: path, encoding: .utf8) == Self.log)
  }

  @Test("replace the file otherwise, keep its mode, and change nothing when run again")
  func replaced() throws {
    let environment = try HermeticEnvironment()
    let path = try environment.write(Self.log, to: "CHANGELOG.md")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
    let first = try ProgramRun(Self.entry, environment: environment)
    #expect(first.status == 0 && first.output.isEmpty && first.errors.isEmpty)
    let written = try String(contentsOfFile: path, encoding: .utf8)
    #expect(written.contains("## [1.1.1] - 2026-11-21\r\n"))
    #expect(try ProgramRun(Self.entry, environment: environment).status == 0)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == written)
    let attributes = try FileManager.default.attributesOfItem(atPath: path)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let beside = try FileManager.default.contentsOfDirectory(atPath: environment.root)
    #expect(beside.allSatisfy { !$0.hasSuffix(".tmp") })
  }

  @Test(
    "end with 3 and the reason where nothing right can be written",
    arguments: [
      ("# Changelog\n\nWe write prose here.\n\nMuch of it.\n", "no version headings"),
      ("# Changelog\n\nSee https://example.org/releases.\n", "pointer"),
      ("# Changelog\n\n## 1.2\n\n- a\n\n## 1.1\n\n- b\n", "minor-only"),
      (
        "# Changelog\n\n## [Unreleased]\n\n## [Unreleased]\n\n## [1.1.0]\n\n- b\n",
        "ambiguous: two Unreleased sections"
      ),
    ])
  func refused(text: String, reason: String) throws {
    let environment = try HermeticEnvironment()
    let path = try environment.write(text, to: "CHANGELOG.md")
    for arguments in [Self.entry, Self.entry + ["--stdout"]] {
      let run = try ProgramRun(arguments, environment: environment)
      #expect(run.status == 3 && run.output.isEmpty)
      #expect(run.errors.hasPrefix("error: CHANGELOG.md: \(reason)"), "\(run.errors)")
    }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test("refuse a symbolic link, and follow none")
  func symbolicLink() throws {
    let environment = try HermeticEnvironment()
    let real = try environment.write(Self.log, to: "real.md")
    try FileManager.default.createSymbolicLink(
      atPath: environment.root + "/CHANGELOG.md", withDestinationPath: real)
    let run = try ProgramRun(Self.entry + ["--stdout"], environment: environment)
    #expect(run.status == 3 && run.output.isEmpty)
    #expect(run.errors.contains("symbolic link"))
  }

  @Test("take the file of the last release as the model where each has its own")
  func filePerRelease() throws {
    let environment = try HermeticEnvironment()
    let notes = "# Release Notes 1.1.0\n\n2025-01-02\n\n- A crash.\n"
    try environment.write(notes, to: "notes/1.1.0.md")
    let arguments = Self.entry.map { $0 == "CHANGELOG.md" ? "notes/1.1.0.md" : $0 }
    #expect(try ProgramRun(arguments, environment: environment).status == 0)
    let made = try String(contentsOfFile: environment.root + "/notes/1.1.1.md", encoding: .utf8)
    #expect(made.hasPrefix("# Release Notes 1.1.1\n"))
    #expect(made.contains("- Check sizes (CVE-2026-0001)"))
    #expect(
      try String(contentsOfFile: environment.root + "/notes/1.1.0.md", encoding: .utf8) == notes)
    let again = try ProgramRun(arguments, environment: environment)
    #expect(again.status == 3 && again.errors.contains("file per release"))
  }

  @Test("raise a version and nothing else, by the kind of the path in the repository")
  func bump() throws {
    let environment = try HermeticEnvironment()
    try environment.write("{\r\n \"a\":{\"version\":\"1.1.0\"}, \"version\":\"1.1.0\"}", to: "x")
    let arguments = ["bump", "--from", "1.1.0", "--to", "1.1.1", "--file", "x"]
    let run = try ProgramRun(
      arguments + ["--as", "package.json", "--stdout"], environment: environment)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output == "{\r\n \"a\":{\"version\":\"1.1.0\"}, \"version\":\"1.1.1\"}")
    let plain = try ProgramRun(arguments + ["--stdout"], environment: environment)
    #expect(plain.status == 3)
    #expect(plain.errors == "error: x: ambiguous: pattern matches 2 times, 1 expected\n")
    let other = try ProgramRun(
      ["bump", "--from", "1.0.9", "--to", "1.1.0", "--file", "x", "--as", "composer.json"],
      environment: environment)
    #expect(other.status == 0, "what has the version already stays: \(other.errors)")
    let drifted = try ProgramRun(
      ["bump", "--from", "1.0.0", "--to", "1.0.1", "--file", "x", "--as", "composer.json"],
      environment: environment)
    #expect(drifted.status == 3)
    #expect(drifted.errors == "error: composer.json: mismatch: found 1.1.0, tag says 1.0.0\n")
  }

  @Test(
    "end with 2 when the command line is wrong, also beside --version",
    arguments: [
      ["changelog", "add", "--file", "CHANGELOG.md", "--version", "1.1.1"],
      ["changelog", "add", "--file", "CHANGELOG.md", "--entry", "x"],
      ["changelog", "add", "--file", "no-such-file", "--version", "1.1.1", "--entry", "x"],
      ["changelog", "add", "--file", "CHANGELOG.md", "--version", "new", "--entry", "x"],
      [
        "changelog", "add", "--file", "CHANGELOG.md", "--version", "1.1.1", "--entry", "x",
        "--date", "today",
      ],
      ["bump", "--from", "1.0.0", "--to", "1.0.1"],
      ["bump", "--from", "1.0.0", "--to", "1.0.1", "--file", "CHANGELOG.md", "--pattern", "none"],
    ])
  func wrong(arguments: [String]) throws {
    let environment = try HermeticEnvironment()
    try environment.write(Self.log, to: "CHANGELOG.md")
    let run = try ProgramRun(arguments, environment: environment)
    #expect(run.status == 2, "\(run)")
    #expect(run.output.isEmpty && run.errors.hasPrefix("error: "))
  }
}
