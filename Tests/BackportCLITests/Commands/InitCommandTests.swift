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

  @Test("pins a branch that another tool lists where it decides between two")
  func pin() throws {
    var history = RepositoryBuilder()
    let base = history.commit(
      "Begin", files: [".backportrc.json": #"{"targetBranchChoices":["stable-1.0"]}"#])
    history.tag("v1.0.0", at: base)
    history.branch("stable-1.0", at: base)
    history.branch("maint-1.0", at: base)
    history.tag("v1.1.0", at: history.commit("More", files: ["a": "a\n"]))
    let run = try ProgramRun("init", "--stdout", in: try history.write())
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("[branch \"1.0\"]\n\tname = stable-1.0\n"), "\(run.output)")
  }

  @Test("says where another tool's list of branches is out of date")
  func staleList() throws {
    let repository = try project([
      "SECURITY.md": .text(Self.table),
      ".backportrc.json":
        #"{"targetBranchChoices":["release/1.0","0.1"],"branchLabelMapping":{"^x(.)$":"$2-$1"}}"#,
    ])
    let run = try ProgramRun("init", "--stdout", "--json", in: repository)
    let warnings = DocumentSchema.value(run.output, "warnings") as? [[String: Any]] ?? []
    let told = warnings.filter { $0["code"] as? String == "backportrc" }
    #expect(
      told.compactMap { $0["message"] as? String } == [
        ".backportrc.json lists 0.1, which is no branch here",
        ".backportrc.json does not list release/1.1, although the line 1.1 gets fixes",
      ])
  }

  @Test("takes no page of a manual for a changelog, and finds the one of a package")
  func changelogs() throws {
    var history = RepositoryBuilder()
    var log = ""
    for version in ["1.0.0", "1.0.1"] {
      log = "## \(version)\n\n- More\n\n" + log
      let mark = history.commit(
        "Release \(version)",
        files: [
          "docs/releases.md": "# Releases\n\n## How long one is supported\n\nA year.\n",
          "packages/core/CHANGELOG.md": .text("# Changelog\n\n" + log),
        ])
      history.tag("v\(version)", at: mark)
    }
    let run = try ProgramRun("init", "--stdout", in: try history.write())
    #expect(run.output.contains("# found: packages/core/CHANGELOG.md"), "\(run.output)")
    #expect(!run.output.contains("releases.md"))
  }

  @Test("names what was released lately, and no more branches than somebody wants to read")
  func brevity() throws {
    var history = RepositoryBuilder()
    for minor in 0..<12 {
      let mark = history.commit("Release 1.\(minor).0", files: ["v": .text("\(minor)\n")])
      history.tag("v1.\(minor).0", at: mark)
      history.branch("1.\(minor)", at: mark)
    }
    let repository = try history.write()
    let day = repository.git("log", "-1", "--format=%cs", "main")
    let run = try ProgramRun("init", "--stdout", "--as-of", day, in: repository)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("# released in the last twelve months: 1.11, 1.10, 1.9"))
    #expect(run.output.contains("# 1.7: branch 1.7\n\t# and 7 more, which"), "\(run.output)")
    let later = try ProgramRun("init", "--stdout", "--as-of", "2099-01-01", in: repository)
    #expect(!later.output.contains("twelve months"))
  }
}
