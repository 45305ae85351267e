import Backport
import GitStore
import TestSupport
import Testing

/// SECURITY.md and README, where they name releases exactly.
struct ReleaseDocumentTests {
  private static let branch = "backport/forward-port/v1.1.1"

  private static func security(_ rows: String) -> FileChange {
    .text("## Supported Versions\n\n| Version | Supported |\n| --- | --- |\n\(rows)")
  }

  @Test func `rows with exact versions follow on the trunk, and branches keep theirs`() async throws
  {
    let rows = "| 1.1.0 | yes |\n| 1.0.0 | yes |\n| < 1.0.0 | no |\n"
    let (history, fix) = TwoLines.withFix(files: [".github/SECURITY.md": Self.security(rows)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    #expect(plan.documents.map(\.path) == [".github/SECURITY.md", ".github/SECURITY.md"])
    #expect(plan.documents.map(\.line) == ["1.1", "1.0"])
    #expect(plan.documents.map(\.to) == ["1.1.1", "1.0.1"])
    #expect(plan.documents.allSatisfy { $0.ref.description == "refs/heads/\(Self.branch)" })
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(
      git("show", "\(Self.branch):.github/SECURITY.md")
        .hasSuffix("| 1.1.1 | yes |\n| 1.0.1 | yes |\n| < 1.0.1 | no |"))
    #expect(git("log", "-1", "--format=%s", Self.branch) == "Add the changelog of 1.0.1 and 1.1.1")
    #expect(git("diff", "--name-only", "v1.0.0", "v1.0.1", "--", ".github").isEmpty)
  }

  @Test func `without a changelog to carry, the documents are the whole commit`() async throws {
    let (history, fix) = TwoLines.withFix(
      files: ["SECURITY.md": Self.security("| 1.1.0 | yes |\n")])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.changelog = false }
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(git("log", "-1", "--format=%s", Self.branch) == "Name 1.1.1 in SECURITY.md")
    #expect(git("diff", "--name-only", "main", Self.branch) == "SECURITY.md")
    let off = try await PlanFixture(history).plan(fix) { $0.forwardPort = false }
    #expect(off.documents.isEmpty)
  }

  @Test func `between markers the table of the declared policy is made anew`() async throws {
    let text = """
      # Security
      \t
      <!-- supported-versions -->
      old
      <!-- /supported-versions -->
      Write to us.\r
      """
    let (history, fix) = TwoLines.withFix(files: ["SECURITY.md": .text(text)])
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    let bytes = fixture.repository.git.bytes(["show", "\(Self.branch):SECURITY.md"])
    let expected = """
      # Security
      \t
      <!-- supported-versions -->
      | Version | Newest release | Supported |
      | ------- | -------------- | --------- |
      | 1.1.x   | 1.1.1          | Yes       |
      | 1.0.x   | 1.0.1          | Yes       |
      <!-- /supported-versions -->
      Write to us.\r
      """
    #expect(String(decoding: bytes, as: UTF8.self) == expected)
  }

  @Test func `a marker without a partner is a warning, and the document stays`() async throws {
    let (history, fix) = TwoLines.withFix(
      files: ["SECURITY.md": "<!-- supported-versions -->\n| 1.1.x | yes |\n"])
    let plan = try await PlanFixture(history).plan(fix)
    #expect(plan.documents.isEmpty)
    #expect(plan.warnings.contains { $0.code == "table-markers" })
  }

  @Test func `a README follows where the trunk changed it after the release before`() async throws {
    var history = RepositoryBuilder()
    let readme = { (latest: String) -> FileChange in
      .text("# Kit\n\nNew in 1.0.1: speed.\n\n| Line | Latest |\n|---|---|\n| 1.0 | \(latest) |\n")
    }
    let policy = "[policy]\n\tsupport = latest 2 minors\n"
    var files: [String: FileChange] = [
      ".gitbackport": .text(policy), "code.txt": .text(TwoLines.code),
      "CHANGELOG.md": TwoLines.log("1.0.0"), "README.md": readme("1.0.0"),
    ]
    history.tag("v1.0.0", at: history.commit("Version 1.0.0", on: "1.0", files: files))
    files["CHANGELOG.md"] = TwoLines.log("1.1.0", "1.0.0")
    history.tag("v1.1.0", at: history.commit("Version 1.1.0", files: files))
    let patch = history.commit(
      "Version 1.0.1", on: "1.0", files: ["CHANGELOG.md": TwoLines.log("1.0.1", "1.0.0")])
    history.tag("v1.0.1", at: patch)
    history.commit(
      "1.0.1 is out",
      files: [
        "README.md": readme("1.0.1"), "CHANGELOG.md": TwoLines.log("1.1.0", "1.0.1", "1.0.0"),
        "later.txt": "l\n",
      ])
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["1.0"] }
    #expect(plan.documents.map(\.path) == ["README.md"])
    _ = try await fixture.apply(plan)
    let text = fixture.repository.git("show", "backport/forward-port/v1.0.2:README.md")
    #expect(text.hasSuffix("| 1.0 | 1.0.2 |"))
    #expect(text.contains("New in 1.0.1: speed."))
  }

  @Test func `a line released on the trunk takes its documents into its release`() async throws {
    var history = RepositoryBuilder()
    let files: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest minor\n", "code.txt": .text(TwoLines.code),
      "CHANGELOG.md": TwoLines.log("1.0.0"), "SECURITY.md": Self.security("| 1.0.0 | yes |\n"),
    ]
    history.tag("v1.0.0", at: history.commit("Version 1.0.0", files: files))
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    #expect(plan.documents.map(\.ref.description) == ["refs/heads/main"])
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("show", "v1.0.1:SECURITY.md").hasSuffix("| 1.0.1 | yes |"))
    #expect(
      fixture.repository.git("rev-parse", "main") == fixture.repository.git("rev-parse", "v1.0.1"))
  }
}
