import Foundation
import TestSupport
import Testing

@Suite("init")
struct InitCommandTests {
  /// A project with these files on its trunk, the lines 1.0, 1.1 and 2.0, and branches for two.
  private func project(_ files: [String: FileChange]) throws -> TestRepository {
    var history = RepositoryBuilder()
    history.commit(
      "Begin", files: ["CHANGELOG.md": "# Changelog\n", "a": "a\n"].merging(files) { $1 })
    for version in ["1.0.0", "1.1.0", "2.0.0"] {
      let mark = history.commit("Release \(version)", files: ["version": .text(version + "\n")])
      history.tag("v\(version)", at: mark, message: "Release \(version)")
      if version < "2" { history.branch("release/\(version.prefix(3))", at: mark) }
    }
    history.commit("Go on", files: ["a": "b\n"])
    return try history.write(bare: false)
  }

  private static let table = """
    # Security

    ## Supported versions

    | Version | Supported          |
    | ------- | ------------------ |
    | 2.x     | :white_check_mark: |
    | 1.1.x   | :white_check_mark: |
    | < 1.1   | :x:                |

    """

  /// Line, whether it is supported, and its branch.
  private func coverage(_ repository: TestRepository) throws -> [String] {
    let run = try ProgramRun("lines", "--json", in: repository)
    let lines = DocumentSchema.value(run.output, "lines") as? [[String: Any]] ?? []
    return lines.map { line in
      let branch = line["branch"] as? [String: Any]
      return "\(line["line"] ?? "") \(line["supported"] ?? "") \(branch?["ref"] ?? "")"
    }
  }

  @Test(
    "writes a file that says what was true without it",
    arguments: [
      ["SECURITY.md": table], [:], ["SECURITY.md": "# Security\n\nOnly the latest version.\n"],
      [
        ".backportrc.json":
          #"{"targetBranchChoices":["release/1.1"],"branchLabelMapping":{"^v(.+)$":"release/$1"}}"#
      ],
    ])
  func same(files: [String: String]) throws {
    let repository = try project(files.mapValues { .text($0) })
    let before = try coverage(repository)
    let printed = try ProgramRun("init", "--stdout", in: repository)
    #expect(printed.status == 0, "\(printed.errors)")
    let written = try ProgramRun("init", in: repository)
    #expect(written.status == 0, "\(written.errors)")
    #expect(written.output.contains("wrote .gitbackport"))
    let file = repository.directory + "/.gitbackport"
    #expect(try String(contentsOfFile: file, encoding: .utf8) == printed.output)
    repository.git("add", ".gitbackport")
    repository.git("commit", "-q", "-m", "Say which lines get fixes")
    #expect(try coverage(repository) == before)
    let show = try ProgramRun("policy", "show", "--json", in: repository)
    #expect(DocumentSchema.value(show.output, "policy", "source") as? String == ".gitbackport")
    let checked = try ProgramRun("init", "--check", in: repository)
    #expect(checked.status == 0, "\(checked.output)")
  }

  @Test("shows what it found and what it assumed")
  func golden() throws {
    let repository = try project([
      "SECURITY.md": .text(Self.table),
      ".backportrc.json": #"{"targetBranchChoices":[{"name":"release/1.1"}]}"#,
    ])
    let printed = try ProgramRun("init", "--stdout", in: repository)
    Golden.expect(printed.output, matches: "init-stdout.txt")
    let written = try ProgramRun("init", in: repository)
    Golden.expect(written.output, matches: "init.txt")
    let bare = try project([:])
    let assumed = try ProgramRun("init", in: bare)
    Golden.expect(assumed.output, matches: "init-assumed.txt")
  }

  @Test("overwrites nothing unless told to")
  func refusal() throws {
    let repository = try project([".gitbackport": "[policy]\n\tpreset = latest\n"])
    let refused = try ProgramRun("init", in: repository)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("hint: --force replaces it"), "\(refused.errors)")
    let forced = try ProgramRun("init", "--force", "--json", in: repository)
    #expect(forced.status == 0)
    DocumentSchema.expect(forced.output, is: "init")
    let text = try String(contentsOfFile: repository.directory + "/.gitbackport", encoding: .utf8)
    #expect(text == DocumentSchema.value(forced.output, "text") as? String)
  }

  @Test(
    "checks that the file is there, can be read and is true",
    arguments: [
      (nil, "missing"), ("[policy]\n\tsuport = x\n", "invalid"), ("[policy\n", "invalid"),
      ("[policy]\n\tsupport = latest line\n", "differs"),
      (
        "[policy]\n\tsupport = >=1.1\n[branch \"9.9\"]\n\tname = release/1.1\n",
        "unknown-line"
      ),
    ] as [(String?, String)])
  func check(text: String?, code: String) throws {
    var files: [String: FileChange] = ["SECURITY.md": .text(Self.table)]
    if let text { files[".gitbackport"] = .text(text) }
    let repository = try project(files)
    let run = try ProgramRun("init", "--check", "--json", in: repository)
    #expect(run.status == 1, "\(run.errors)")
    DocumentSchema.expect(run.output, is: "init")
    let problems = DocumentSchema.value(run.output, "problems") as? [[String: Any]] ?? []
    #expect(problems.contains { $0["code"] as? String == code }, "\(problems)")
    #expect(try ProgramRun("init", "--check", in: repository).output.hasPrefix("\(code): "))
  }

  @Test("says how a template of branches is named elsewhere")
  func mapping() throws {
    var history = RepositoryBuilder()
    let base = history.commit(
      "Begin",
      files: [
        ".backportrc.json":
          #"{"branchLabelMapping":{"^v(\\d+).(\\d+).\\d+$":"release-$1.$2","^x(.)$":"$2-$1"}}"#
      ])
    history.tag("v1.0.0", at: base)
    history.tag("v1.1.0", at: history.commit("More", files: ["a": "a\n"]))
    let run = try ProgramRun("init", "--stdout", in: try history.write())
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("\tcreate = release-{line}\n"))
    #expect(
      run.errors.contains("branchLabelMapping '^x(.)$' of .backportrc.json is not understood"))
  }
}
