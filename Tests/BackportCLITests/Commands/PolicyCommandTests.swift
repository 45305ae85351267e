import Foundation
import TestSupport
import Testing

@Suite("policy")
struct PolicyCommandTests {
  private static let day = ["--as-of", "2026-03-18"]
  private static let document = """
    # Security

    ## Supported Versions

    <!-- supported-versions -->
    old
    <!-- /supported-versions -->

    Flaws go to security@example.org. Thank you.

    """

  /// The library with five lines and a SECURITY.md that has markers.
  private func project(_ files: [String: FileChange] = ["SECURITY.md": .text(document)]) throws
    -> TestRepository
  {
    var repository = try KeyringHistory().write(bare: false)
    try repository.extend { builder in builder.commit("Say it", files: files) }
    repository.git("reset", "--hard", "-q")
    return repository
  }

  private func expect(
    _ arguments: [String], in repository: TestRepository, status: Int32 = 0, matches name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try ProgramRun(
      arguments, in: repository.directory, environment: repository.environment)
    #expect(run.status == status, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errors.isEmpty, sourceLocation: sourceLocation)
    Golden.expect(run.output, matches: name, sourceLocation: sourceLocation)
  }

  @Test("is shown, explained and checked in words")
  func words() throws {
    let repository = try project()
    try expect(["policy", "show"] + Self.day, in: repository, matches: "policy-show.txt")
    try expect(["policy"] + Self.day, in: repository, matches: "policy-show.txt")
    try expect(["policy", "explain"] + Self.day, in: repository, matches: "policy-explain.txt")
    try expect(
      ["policy", "explain", "1.0.0", "0.7"] + Self.day, in: repository,
      matches: "policy-explain-version.txt")
    try expect(
      ["policy", "check"] + Self.day, in: repository, status: 1, matches: "policy-check.txt")
  }

  @Test("documents are valid against the schemas that ship")
  func documents() throws {
    let repository = try project()
    for (verb, name, status) in [
      (["show"], "lines", Int32(0)), (["explain"], "lines", 0),
      (["explain", "1.0.0", "v0.9.0"], "lines", 0), (["check"], "policy-check", 1),
      (["table"], "policy-file", 0), (["import", "--stdout"], "policy-file", 0),
      (["table", "--write"], "policy-file", 0),
    ] {
      let run = try ProgramRun(
        ["policy"] + verb + ["--json"], in: repository.directory,
        environment: repository.environment)
      #expect(run.status == status, "\(verb): \(run.errors)")
      DocumentSchema.expect(run.output, is: name)
    }
    for (verb, name, code, status) in [
      (["import"], "policy-file", "policy-exists", Int32(3)),
      (["explain", "nonsense"], "lines", "usage", 2),
      (["check", "--no-such-option"], "policy-check", "usage", 2),
      (["show", "--policy", "a", "--security-md", "b"], "lines", "usage", 2),
      (["show", "--policy", "no-such-file"], "lines", "configuration", 2),
      (["explain", "--versions", "no-such-file"], "lines", "usage", 2),
    ] {
      let run = try ProgramRun(
        ["policy"] + verb + ["--json"], in: repository.directory,
        environment: repository.environment)
      #expect(run.status == status, "\(verb): \(run.errors)")
      DocumentSchema.expect(run.output, is: name, failed: true)
      #expect(DocumentSchema.value(run.output, "error", "code") as? String == code)
    }
  }

  @Test("explain takes a list of versions without any repository")
  func versions() throws {
    let environment = try HermeticEnvironment()
    let policy = try environment.write("[policy]\n\tpreset = simplejwt\n", to: "policy")
    let list = "1.0.0\t2024-12-14\r\n# note\n\n0.9.3\t2024-12-11\n1.1.0\n1.2.0-rc.1\nnightly\n"
    let run = try ProgramRun(
      ["policy", "explain", "--versions", "-", "--policy", policy, "--json", "1.0"] + Self.day,
      environment: environment, input: list)
    #expect(run.status == 0, "\(run.errors)")
    DocumentSchema.expect(run.output, is: "lines")
    #expect(DocumentSchema.value(run.output, "repository") is NSNull)
    let lines = DocumentSchema.value(run.output, "lines") as? [[String: Any]] ?? []
    #expect(lines.map { $0["line"] as? String } == ["1.1", "1.0", "0.9"])
    #expect(lines.map { $0["supported"] as? String } == ["yes", "no", "yes"])
    #expect(lines.map { $0["coveredBy"] as? String } == [nil, "1.1", nil])
    for line in lines {
      #expect(line["branch"] is NSNull)
      let latest = line["latest"] as? [String: Any] ?? [:]
      #expect(latest["tag"] is NSNull && latest["commit"] is NSNull)
    }
    #expect(
      DocumentSchema.value(run.output, "lines", "1", "latest", "date") as? String == "2024-12-14")
    #expect(DocumentSchema.value(run.output, "lines", "0", "latest", "date") is NSNull)
    #expect(DocumentSchema.value(run.output, "advice", "0", "upgrade") as? String == "1.1.0")
    #expect(DocumentSchema.value(run.output, "warnings", "0", "code") as? String == "not-a-version")
  }

  @Test("explain takes the policy of a SECURITY.md, and of dates beside a policy file")
  func sources() throws {
    let environment = try HermeticEnvironment()
    let document = try environment.write(
      "## Supported Versions\n\n| Version | Supported |\n|---|---|\n| 2.x | yes |\n| <2 | no |\n",
      to: "notes.md")
    let list = "1.0.0\t2024-01-01\n2.0.0\t2025-01-01\n"
    let table = try ProgramRun(
      ["policy", "explain", "--versions", "-", "--security-md", document, "--json"],
      environment: environment, input: list)
    #expect(DocumentSchema.value(table.output, "lines", "0", "supported") as? String == "yes")
    #expect(DocumentSchema.value(table.output, "lines", "1", "supported") as? String == "no")
    #expect(
      DocumentSchema.value(table.output, "lines", "1", "rule", "source", "line") as? Int == 6)
    #expect(DocumentSchema.value(table.output, "policy", "source") as? String == document)
    let policy = try environment.write(
      "[policy]\n\tsupport = *\n\tdates = ends.json\n", to: "config/policy")
    _ = try environment.write(
      "[{\"cycle\": \"1.0\", \"eol\": \"2025-06-30\"}, {\"cycle\": \"2.0\", \"eol\": false}]",
      to: "config/ends.json")
    let dates = try ProgramRun(
      ["policy", "explain", "--versions", "-", "--policy", policy] + Self.day,
      environment: environment, input: list)
    #expect(dates.output.contains("support ended on 2025-06-30 (ends.json)"), "\(dates.errors)")
  }

  @Test("a list that is no list says which line is wrong")
  func wrongList() throws {
    let environment = try HermeticEnvironment()
    for (list, status, words) in [
      ("1.0.0\n1.1.0\tsoon\n", Int32(2), "--versions -, line 2"),
      ("", 3, "the list is empty"), ("2.0.0-rc.1\n", 3, "no releases: 2.0.0-rc.1"),
    ] {
      let run = try ProgramRun(
        ["policy", "explain", "--versions", "-"], environment: environment, input: list)
      #expect(run.status == status)
      #expect(run.errors.contains(words), "\(run.errors)")
    }
  }

  @Test("a wrong sentence is shown with the word, what was expected and the nearest right one")
  func caret() throws {
    let repository = try project([
      ".gitbackport": "[policy]\n\tsupport = latest 2 majers since 1.0.0\n"
    ])
    let run = try ProgramRun("lines", in: repository, overrides: ["COLUMNS": "200"])
    #expect(run.status == 2)
    #expect(
      run.errors == """
        error: .gitbackport: policy.support: expected "patch", "minor", "major", "compat" or \
        "line", found "majers"; did you mean "latest 2 majors since 1.0.0"?
            support = latest 2 majers since 1.0.0
                               ^^^^^^

        """)
  }

  @Test("import writes a commented .gitbackport once, and what it wrote is the policy")
  func imports() throws {
    let text =
      "## Supported\n\n| Version | Supported |\n|---|---|\n| 1.1.x | yes |\n| 1.0.x | no |\n"
    let repository = try project([
      ".gitbackport": .deleted, ".github/SECURITY.md": .text(text),
    ])
    let before = try ProgramRun("lines", "-q", in: repository)
    let shown = try ProgramRun("policy", "import", "--stdout", in: repository)
    #expect(shown.output.contains("\t# line 5: | 1.1.x | yes |\n\tsupport = 1.1.x\n"))
    #expect(repository.git("status", "--porcelain") == "")
    let run = try ProgramRun("policy", "import", in: repository)
    #expect(run.status == 0, "\(run.errors)")
    let file = repository.directory + "/.gitbackport"
    #expect(try String(contentsOfFile: file, encoding: .utf8) == shown.output)
    #expect(try ProgramRun("policy", "import", in: repository).status == 3)
    #expect(try String(contentsOfFile: file, encoding: .utf8) == shown.output)
    repository.git("add", ".gitbackport")
    repository.git("commit", "-q", "-m", "Policy")
    let after = try ProgramRun("lines", "-q", in: repository)
    #expect(after.output == before.output)
    #expect(try ProgramRun("policy", "show", in: repository).output.contains(".gitbackport"))
    try FileManager.default.removeItem(atPath: file)
    let refused = try ProgramRun("policy", "import", in: repository)
    #expect(
      refused.status == 3 && refused.errors.contains(".gitbackport is there already, on main"))
  }

  @Test("import needs a document and a worktree")
  func importNeeds() throws {
    let bare = try KeyringHistory().write()
    #expect(try ProgramRun("policy", "import", in: bare).errors.contains("there is no SECURITY.md"))
    let document = try bare.environment.write(Self.document, to: "notes.md")
    let shown = try ProgramRun(
      "policy", "import", "--stdout", "--security-md", document, in: bare)
    #expect(shown.status == 0)
    #expect(shown.errors.contains("no table or list that can be used"))
  }

  @Test("table --write changes nothing but what is between the markers, and then nothing more")
  func table() throws {
    let repository = try project()
    let printed = try ProgramRun("policy", "table", in: repository)
    #expect(printed.output.hasPrefix("| Version"))
    #expect(repository.git("status", "--porcelain") == "")
    let file = repository.directory + "/SECURITY.md"
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file)
    let run = try ProgramRun("policy", "table", "--write", in: repository)
    #expect(run.output == "wrote the table in SECURITY.md\n")
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    let text = try String(contentsOfFile: file, encoding: .utf8)
    #expect(text == Self.document.replacing("old\n", with: printed.output))
    let again = try ProgramRun("policy", "table", "--write", in: repository)
    #expect(again.output == "the table in SECURITY.md is that of the policy\n")
    repository.git("commit", "-q", "-a", "-m", "Table")
    let check = try ProgramRun("policy", "check", "--json", in: repository)
    #expect(check.status == 0, "\(check.output)")
  }

  @Test("table --write refuses where there is no place, no policy, or a link")
  func tableRefused() throws {
    var repository = try project(["SECURITY.md": "# Security\n"])
    let markers = try ProgramRun("policy", "table", "--write", in: repository)
    #expect(markers.status == 3 && markers.errors.contains("<!-- supported-versions -->"))
    try repository.extend { builder in builder.commit("Drop it", files: [".gitbackport": .deleted])
    }
    let policy = try ProgramRun("policy", "table", "--write", in: repository)
    #expect(policy.status == 3 && policy.errors.contains("no policy is declared"))
    let other = try project()
    try FileManager.default.removeItem(atPath: other.directory + "/SECURITY.md")
    try FileManager.default.createSymbolicLink(
      atPath: other.directory + "/SECURITY.md", withDestinationPath: "../victim")
    let victim = try other.environment.write(Self.document, to: "victim")
    let link = try ProgramRun("policy", "table", "--write", in: other)
    #expect(link.status == 3)
    #expect(try String(contentsOfFile: victim, encoding: .utf8) == Self.document)
  }

  @Test("check compares the two documents where both state a policy")
  func disagreement() throws {
    let repository = try project([
      "SECURITY.md":
        "## Supported versions\n\n| Version | Supported |\n|---|---|\n| 1.x | yes |\n| <1 | no |\n"
    ])
    let run = try ProgramRun("policy", "check", "--json", in: repository)
    #expect(run.status == 1)
    let findings = DocumentSchema.value(run.output, "findings") as? [[String: Any]] ?? []
    let lines = findings.filter { $0["code"] as? String == "policies-disagree" }
      .map { $0["line"] as? String }
    #expect(lines == ["1.0", "0.9"])
  }
}
