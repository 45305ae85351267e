import TestSupport
import Testing

@testable import BackportCLI

@Suite("Markdown for job summaries")
struct MarkdownCommandTests {
  private static let day = ["--as-of", "2026-03-18", "--markdown"]

  private func page(
    _ arguments: [String], in repository: TestRepository, status: Int32 = 0, matches name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try ProgramRun(
      arguments, in: repository.directory, environment: repository.environment)
    #expect(run.status == status, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errors.isEmpty, sourceLocation: sourceLocation)
    let text = run.output.replacing(/[0-9A-Z]{26}/, with: "<operation>")
    Golden.expect(text, matches: name, sourceLocation: sourceLocation)
  }

  @Test("shows a plan, what was landed, and the lines")
  func wholeWay() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let fix = "\(repository.id(history.merge).prefix(7))"
    try page(["lines"] + Self.day, in: repository, matches: "keyring-lines.md")
    try page(["plan", fix] + Self.day, in: repository, matches: "keyring-plan.md")
    try page(["apply", fix, "--yes"] + Self.day, in: repository, matches: "keyring-apply.md")
    let shown = try ProgramRun("show", "--markdown", in: repository)
    #expect(shown.output.contains("| `refs/tags/v1.1.1` | new | "))
    #expect(shown.output.contains("| in place |"))
  }

  @Test("shows conflicts, skipped lines and what rides along")
  func onRequest() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit(
        "Derive in one step", on: "0.7",
        files: ["keyring/derive.py": "def derive(password, rounds):\n    return mix(password)\n"])
    }
    try page(
      [
        "plan", "\(repository.id(history.merge).prefix(7))", "--to", "1.1,1.0,0.7", "--skip",
        "1.1=later",
      ] + Self.day,
      in: repository, status: 1, matches: "keyring-requested.md")
  }

  @Test("shows how a pick differs from the original, and what verification came to")
  func verified() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit(
        "Count the rounds", on: "0.9",
        files: [
          "keyring/derive.py": .text(
            KeyringHistory.derivation.replacing("for _ in", with: "for count in") + "# of 0.9\n")
        ])
    }
    let fix = repository.id(history.merge)
    let plan = try ProgramRun("plan", fix, "--markdown", in: repository)
    #expect(plan.output.contains("<summary>How the pick <code>"))
    #expect(plan.output.contains("\n+     for count in range(rounds):\n"))
    let run = try ProgramRun(
      "apply", fix, "--yes", "--markdown", "--verify",
      "test -f keyring/1.1.py || { echo '```'; echo '</details>no luck'; exit 4; }",
      in: repository)
    #expect(run.status == 1, "\(run.errors)")
    let rendered = try RenderedMarkdown(run.output)
    #expect(rendered.text.contains("</details>no luck"))
    #expect(run.output.contains("✅ **Verification** "))
    let undone = try ProgramRun("undo", "--markdown", in: repository)
    #expect(undone.output.hasPrefix("## Operation `"))
  }

  @Test("shows a release of what a branch holds")
  func release() throws {
    let repository = try KeyringHistory().write()
    let run = try ProgramRun(
      "release", "1.0", "--entry", "Run the tests <twice>", "-n", "--markdown", in: repository)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.hasPrefix("## Release of 1.0\n"))
    #expect(run.output.contains("`v1.0.1`"))
  }

  @Test("shows why a run failed")
  func failure() throws {
    let repository = try KeyringHistory().write()
    let run = try ProgramRun("plan", "HEAD", "--to", "9.9", "--markdown", in: repository)
    #expect(run.status == 2)
    #expect(run.output.hasPrefix("> [!CAUTION]\n> - **Error**: "))
    #expect(run.errors.hasPrefix("error: "))
    let both = try ProgramRun("plan", "HEAD", "--json", "--markdown", in: repository)
    #expect(both.status == 2)
    DocumentSchema.expect(both.output, is: "plan", failed: true)
  }

  @Test("obeys nothing that a commit says")
  func hostile() throws {
    let attack =
      "</summary><script>x</script> [a](http://e) ![i](http://e) @team #1 \"]:::x `|` \u{1b}[2J\u{202e}"
    var history = RepositoryBuilder()
    let path = "a]\"<i>`|\u{202e}.txt"
    let base = history.commit(
      "Begin", files: [path: "one\n", "CHANGELOG.md": "# Changelog\n\n## [1.0.0]\n\n- x\n"])
    history.tag("v1.0.0", at: base)
    history.branch("1.0", at: base)
    history.commit("Ride \(attack)", on: "1.0", files: [path: .text("three \(attack)\n```\n")])
    let fix = history.commit("Fix \(attack)", files: [path: .text("two \(attack)\n")])
    let repository = try history.write()
    let run = try ProgramRun("plan", "--markdown", repository.id(fix), in: repository)
    #expect(run.status == 1)
    #expect(!run.output.unicodeScalars.contains { $0 == "\u{1b}" || $0 == "\u{202e}" })
    let rendered = try RenderedMarkdown(run.output)
    let foreign = rendered.elements.intersection(["script", "a", "img", "i", "b", "em"])
    #expect(foreign.isEmpty, "\(foreign) in \(rendered.html)")
    #expect(!rendered.textNodes.contains { $0.contains("@team") })
    #expect(rendered.text.contains("Fix </summary><script>x</script> [a](http://e)"))
    let diagram = run.output.split(separator: "```mermaid\n").last?.split(separator: "```").first
    #expect(diagram?.contains("\"]:::x") == false)
    #expect(diagram?.contains("Fix #60;/summary#62;") == true)
  }
}
