import Backport
import GitStore
import TestSupport
import Testing

/// Where the newest line is released when it has no branch of its own.
struct TrunkReleaseTests {
  /// A project like kiipy: one tag on the trunk, a table for a policy, a changelog with a title only.
  private func newcomer() -> RepositoryBuilder {
    var history = RepositoryBuilder()
    let first = history.commit(
      "Release",
      files: [
        "SECURITY.md": """
        # Security Policy

        ## Supported Versions

        | Version | Supported          |
        | ------- | ------------------ |
        | `< 1.0.0` | :white_check_mark: |

        """,
        "HISTORY.md": "# History\n",
        "pyproject.toml": "[project]\nname = \"kit\"\nversion = \"0.1.0\"\n",
        "kit.py": .text(TwoLines.code),
      ])
    history.tag("v0.2.0", at: first)
    return history
  }

  @Test func `a fix on the trunk after the only tag is released there`() async throws {
    var history = newcomer()
    let fix = history.commit("Check three", files: ["kit.py": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    #expect(plan.policy.source == "SECURITY.md")
    #expect(plan.targets.map(\.line) == ["0.2"])
    let target = try #require(plan.targets.first)
    #expect(target.status == .unreleased)
    #expect(target.branch == "main")
    #expect(target.release?.tag == "v0.2.1")
    #expect(target.release?.tagObject == nil)
    let drift = plan.warnings.filter { $0.code == "version-drift" }.map(\.message)
    #expect(drift.count == 1)
    #expect(drift.first?.contains("0.1.0") == true && drift.first?.contains("0.2.0") == true)
    #expect(
      plan.refUpdates.map(\.ref.description) == ["refs/heads/main", "refs/tags/v0.2.1"])

    _ = try await fixture.apply(plan)
    #expect(
      fixture.repository.git("show", "v0.2.1:HISTORY.md")
        == "# History\n\n## [0.2.1] - 2023-11-20\n\n### Security\n\n- Check three")
    #expect(fixture.repository.git("cat-file", "-t", "v0.2.1") == "commit")
    #expect(fixture.repository.git("show", "v0.2.1:pyproject.toml").contains("0.1.0"))
    #expect(fixture.fsck().isEmpty)
    let again = try await fixture.plan(fix)
    #expect(again.targets.map(\.status) == [.alreadyApplied])
    #expect(again.refUpdates.isEmpty)
  }

  @Test(arguments: [
    ("Changelog", ["HISTORY.md": "# History\n\nMore to come.\n"] as [String: FileChange]),
    (
      "Policy",
      ["SECURITY.md": "# Security\n\n| Version | Supported |\n|-|-|\n| `< 1.0.0` | yes |\n"]
    ),
    (
      "Back to development",
      ["pyproject.toml": "[project]\nname = \"kit\"\nversion = \"0.2.1.dev0\"\n"]
    ),
  ])
  func `housekeeping does not keep a release off the trunk`(
    subject: String, files: [String: FileChange]
  ) async throws {
    var history = newcomer()
    history.commit(subject, files: files)
    let fix = history.commit("Check three", files: ["kit.py": .text(TwoLines.fixed)])
    let plan = try await PlanFixture(history).plan(fix) { $0.changelog = false }
    #expect(plan.targets.map(\.branch) == ["main"])
    #expect(plan.targets.map(\.status) == [.unreleased])
  }

  @Test(arguments: [
    ("Add a feature", ["other.py": "feature\n"] as [String: FileChange], "Add a feature"),
    (
      "Raise a dependency",
      [
        "pyproject.toml":
          "[project]\nname = \"kit\"\nversion = \"0.1.0\"\ndependencies = [\"x>=2\"]\n"
      ],
      "Raise a dependency"
    ),
    (
      "Start 0.3", ["pyproject.toml": "[project]\nname = \"kit\"\nversion = \"0.3.0.dev0\"\n"],
      "0.3.0.dev0"
    ),
  ])
  func `other work on the trunk makes a branch from the tag, with the fix and nothing else`(
    subject: String, files: [String: FileChange], reason: String
  ) async throws {
    var history = newcomer()
    history.commit(subject, files: files)
    let fix = history.commit("Check three", files: ["kit.py": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let target = try #require(plan.targets.first)
    #expect(target.status == .picked)
    #expect(target.branch == "0.2.x")
    #expect(target.baseKind == .tag)
    #expect(target.evidence.contains { $0.contains("not released on main") && $0.contains(reason) })
    let forced = try await fixture.plan(fix) { $0.releaseOn = "trunk" }
    #expect(forced.targets.first?.branch == "main")
    #expect(forced.targets.first?.evidence.contains { $0.contains("as asked") } == true)
  }

  @Test func `a branch instead of the trunk can be asked for`() async throws {
    var history = newcomer()
    let fix = history.commit("Check three", files: ["kit.py": .text(TwoLines.fixed)])
    let plan = try await PlanFixture(history).plan(fix) { $0.releaseOn = "branch" }
    #expect(plan.targets.first?.branch == "0.2.x")
    #expect(plan.targets.first?.status == .picked)
  }

  @Test func `a trunk that is behind its remote is blocked with the command that mends it`()
    async throws
  {
    var history = newcomer()
    let behind = history.commit("Nothing", files: ["HISTORY.md": "# History\n\n"])
    let fix = history.commit(
      "Check three", on: "refs/remotes/origin/main", files: ["kit.py": .text(TwoLines.fixed)],
      parents: [behind])
    let fixture = try PlanFixture(history)
    fixture.repository.git("config", "remote.origin.url", "https://example.com/x.git")
    let target = try #require(try await fixture.plan(fix).targets.first)
    #expect(target.status == .blocked)
    #expect(
      target.evidence.last
        == "main is behind origin/main; run: git fetch . refs/remotes/origin/main:refs/heads/main")
  }

  @Test func `a trunk that is only on the remote is created here`() async throws {
    var history = newcomer()
    let fix = history.commit("Check three", files: ["kit.py": .text(TwoLines.fixed)])
    history.branch("refs/remotes/origin/main", at: fix)
    let fixture = try PlanFixture(history)
    fixture.repository.git("config", "remote.origin.url", "https://example.com/x.git")
    fixture.repository.git("update-ref", "-d", "refs/heads/main")
    let plan = try await fixture.plan(fix)
    #expect(plan.trunk.ref == "refs/remotes/origin/main")
    #expect(plan.refUpdates.first?.ref.description == "refs/heads/main")
    #expect(plan.refUpdates.first?.old == nil)
  }
}
