import Backport
import GitStore
import TestSupport
import Testing

/// Changelog entries that have files of their own.
struct FragmentTests {
  static let towncrier = """
    [tool.towncrier]
    directory = "changes"
    filename = "CHANGELOG.md"

    [[tool.towncrier.type]]
    directory = "security"
    name = "Security"

    [[tool.towncrier.type]]
    directory = "bugfix"
    name = "Fixed"
    """

  /// Two lines; a rider on 1.0 and the fix on the trunk bring a fragment each.
  static func history(config: String = "") -> (history: RepositoryBuilder, fix: Mark) {
    var history = TwoLines.history(
      config: config, files: ["pyproject.toml": .text(towncrier), "changes/.gitkeep": ""])
    history.commit(
      "Count better", on: "1.0",
      files: ["counter.txt": "better\n", "changes/7.bugfix.md": "Count\nbetter.\n"])
    let fix = history.commit(
      "Check three (CVE-2026-0001)",
      files: [
        "code.txt": .text(TwoLines.fixed), "changes/12.security.md": "Check three before four.\n",
      ])
    return (history, fix)
  }

  @Test("the fix's fragment is its entry, riders' follow, and both are removed, on the trunk too")
  func consumed() async throws {
    let (history, fix) = Self.history()
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let release = try #require(try PlanFixture.target("1.0", of: plan).release)
    #expect(release.fragments == ["changes/12.security.md", "changes/7.bugfix.md"])
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    let log = git("show", "v1.0.1:CHANGELOG.md")
    // The file knows no other category, so that both go there.
    #expect(
      log.contains(
        "### Fixed\n\n- Check three before four. (#12) (CVE-2026-0001)\n- Count better. (#7)\n"))
    #expect(git("ls-tree", "--name-only", "v1.0.1", "changes/") == "changes/.gitkeep")
    let forward = "backport/forward-port/v1.1.1"
    #expect(git("ls-tree", "--name-only", forward, "changes/") == "changes/.gitkeep")
    #expect(git("show", forward + ":CHANGELOG.md").contains("- Count better. (#7)\n"))
    #expect(fixture.fsck().isEmpty)
  }

  @Test("an entry that somebody wrote stands, and fragments can be left alone")
  func kept() async throws {
    let (history, fix) = Self.history()
    let told = try await PlanFixture(history).plan(fix) { $0.entry = "Our words" }
    let entry = try PlanFixture.target("1.1", of: told).release?.changelog.first?.entry
    #expect(entry?.contains("- Our words (CVE-2026-0001)") == true)
    let (keeping, other) = Self.history(config: "[changelog]\n\tfragments = keep\n")
    let fixture = try PlanFixture(keeping)
    let plan = try await fixture.plan(other)
    #expect(plan.targets.allSatisfy { $0.release?.fragments.isEmpty == true })
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("ls-tree", "v1.0.1", "changes/12.security.md").isEmpty == false)
  }

  @Test("changesets go under the kind of their bump")
  func changesets() async throws {
    let log = "# widget\n\n## 1.0.0\n\n### Patch Changes\n\n- First\n"
    var history = TwoLines.history(
      files: [
        ".changeset/config.json": "{}\n", ".changeset/README.md": "# Changesets\n",
        "CHANGELOG.md": .text(log),
      ])
    let fix = history.commit(
      "Check three",
      files: [
        "code.txt": .text(TwoLines.fixed),
        ".changeset/brave-cats-run.md": "---\n\"widget\": patch\n---\n\nCheck three\nfirst\n",
      ])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["1.0"] }
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(
      git("show", "v1.0.1:CHANGELOG.md").hasPrefix(
        "# widget\n\n## 1.0.1\n\n### Patch Changes\n\n- Check three first\n\n## 1.0.0\n"))
    #expect(git("ls-tree", "v1.0.1", ".changeset/brave-cats-run.md").isEmpty)
    #expect(git("ls-tree", "v1.0.1", ".changeset/README.md").isEmpty == false)
  }
}
