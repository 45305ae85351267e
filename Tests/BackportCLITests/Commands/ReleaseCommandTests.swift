import TestSupport
import Testing

@Suite("The release verb")
struct ReleaseCommandTests {
  @Test("releases what a branch holds, as documents and text say")
  func release() throws {
    let history = KeyringHistory()
    let repository = try history.write(bare: false)
    repository.git("checkout", "-q", "0.9")
    repository.git("cherry-pick", "-x", "-m1", repository.id(history.merge))
    repository.git("checkout", "-q", "main")
    let shown = try ProgramRun("release", "0.9", "-n", "--json", in: repository)
    #expect(shown.status == 0, "\(shown.errors)")
    DocumentSchema.expect(shown.output, is: "plan")
    #expect(DocumentSchema.value(shown.output, "targets", "0", "status") as? String == "unreleased")
    let text = try ProgramRun("release", "0.9", "--dry-run", in: repository)
    #expect(text.output.hasPrefix("lines      0.9\nfix        "))
    #expect(text.output.hasSuffix("next       git backport release 0.9\n"))
    #expect(try ProgramRun("release", "0.9", in: repository).status == 2)
    let done = try ProgramRun("release", "0.9", "--yes", "--json", in: repository)
    #expect(done.status == 0, "\(done.errors)")
    DocumentSchema.expect(done.output, is: "operation")
    #expect(repository.refs()["refs/tags/v0.9.1"] != nil)
    let again = try ProgramRun("release", "0.9", "--yes", in: repository)
    #expect(again.status == 0)
    #expect(again.output.hasSuffix("nothing to land: every line has what it is owed\n"))
  }

  @Test(
    "with a wrong command line ends with 2",
    arguments: [
      ["release"], ["release", "7.7"], ["release", "0.9", "--plan", "x"],
      ["release", "0.9", "--no-release"], ["release", ""],
    ])
  func wrong(arguments: [String]) throws {
    let repository = try KeyringHistory().write()
    let run = try ProgramRun(
      arguments, in: repository.directory, environment: repository.environment)
    #expect(run.status == 2, "\(run.errors)")
  }

  @Test("dates the section, the commit and the tag by --release-date, else by --as-of")
  func date() throws {
    for (options, day) in [
      (["--release-date", "2024-02-29T10:00Z"], "2024-02-29"),
      (["--as-of", "2024-03-01"], "2024-03-01"),
      (["--as-of", "2024-03-01", "--release-date", "2024-03-02"], "2024-03-02"),
    ] {
      var history = RepositoryBuilder()
      let log = "# Changelog\n\n## [1.0.0] - 2023-11-01\n\n### Fixed\n\n- Something\n"
      let first = history.commit(
        "Version 1.0.0", files: ["code.txt": "one\n", "CHANGELOG.md": .text(log)])
      history.tag("v1.0.0", at: first, message: "Version 1.0.0")
      history.branch("1.0", at: first)
      history.commit("Check\n\nCVE: CVE-2026-0001", on: "1.0", files: ["code.txt": "two\n"])
      let repository = try history.write()
      let run = try ProgramRun(
        ["release", "1.0", "--yes"] + options, in: repository.directory,
        environment: repository.environment)
      #expect(run.status == 0, "\(run.errors)")
      let git = repository.git
      #expect(git("show", "v1.0.1:CHANGELOG.md").contains("## [1.0.1] - \(day)"))
      for format in ["%cs", "%as"] {
        #expect(git("log", "-1", "--format=\(format)", "v1.0.1") == day)
      }
      let tagged = git("for-each-ref", "--format=%(taggerdate:short)", "refs/tags/v1.0.1")
      #expect(tagged == day)
      let again = try ProgramRun("release", "1.0", "--yes", in: repository)
      #expect(again.status == 0 && again.output.contains("already applied"))
    }
  }
}
