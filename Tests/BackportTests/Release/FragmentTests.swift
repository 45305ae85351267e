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

  @Test("fragments of a section lie in its folder, and the file that is configured takes them")
  func sections() async throws {
    let settings =
      Self.towncrier.replacing("CHANGELOG.md", with: "docs/NEWS.md") + """


        [[tool.towncrier.section]]
        path = ""
        name = ""

        [[tool.towncrier.section]]
        path = "plugins"
        name = "Plugins"
        """
    let news = """
      # News

      ## 1.0.0 (2023-11-01)

      ### Fixed

      - Something

      ### Plugins

      - Something else

      """
    var history = TwoLines.history(
      files: [
        "pyproject.toml": .text(settings), "changes/.gitkeep": "", "changes/plugins/.gitkeep": "",
        "docs/NEWS.md": .text(news), "CHANGELOG.md": "# Changelog\n\nSee docs/NEWS.md.\n",
      ])
    history.commit(
      "Plug", on: "1.0",
      files: ["plug.txt": "in\n", "changes/plugins/8.bugfix.md": "Plug in.\n"])
    let fix = history.commit(
      "Check three",
      files: ["code.txt": .text(TwoLines.fixed), "changes/12.bugfix.md": "Check three.\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["1.0"] }
    let release = try #require(plan.targets.first?.release, "\(plan.targets.first?.evidence ?? [])")
    #expect(release.fragments == ["changes/12.bugfix.md", "changes/plugins/8.bugfix.md"])
    #expect(release.changelog.map(\.path) == ["docs/NEWS.md"])
    _ = try await fixture.apply(plan)
    let log = fixture.repository.git("show", "v1.0.1:docs/NEWS.md")
    #expect(
      log.hasPrefix(
        "# News\n\n## 1.0.1 (2023-11-20)\n\n### Fixed\n\n- Check three. (#12)\n\n### Plugins\n\n- Plug "
          + "in. (#8)\n\n## 1.0.0"), "\(log)")
    #expect(
      fixture.repository.git("ls-tree", "-r", "--name-only", "v1.0.1", "changes/")
        == "changes/.gitkeep\nchanges/plugins/.gitkeep")
  }

  @Test("a changeset that is also about another package stays for that one")
  func packages() async throws {
    var history = RepositoryBuilder()
    let files: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest minor\n[tags]\n\tpackage = kit\n",
      "code.txt": .text(TwoLines.code), "packages/kit/CHANGELOG.md": TwoLines.log("1.0.0"),
      "packages/box/CHANGELOG.md": TwoLines.log("1.0.0"), "CHANGELOG.md": "# See the packages\n",
      ".changeset/config.json": "{}\n",
    ]
    let first = history.commit("Release", files: files)
    for name in ["kit@1.0.0", "box@1.0.0"] { history.tag(name, at: first) }
    history.branch("kit-1.0", at: first)
    let fix = history.commit(
      "Check three",
      files: [
        "code.txt": .text(TwoLines.fixed),
        ".changeset/one.md": "---\r\n'kit': patch # ours\r\n---\r\n\r\nCheck three.\r\n",
        ".changeset/two.md": "---\n\"kit\": patch\n\"box\": minor\n---\n\nBoth.\n",
        ".changeset/three.md": "---\n---\n",
      ])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let release = try #require(plan.targets.first?.release, "\(plan.targets.first?.evidence ?? [])")
    #expect(release.fragments == [".changeset/one.md"])
    #expect(release.changelog.map(\.path) == ["packages/kit/CHANGELOG.md"])
    #expect(release.changelog.first?.entry.contains("Check three.") == true)
  }

  @Test("the changelog that the last release of a line wrote is taken, wherever it lies")
  func elsewhere() async throws {
    var history = RepositoryBuilder()
    let path = "manual/pages/changes.rst"
    func log(_ versions: String...) -> FileChange {
      .text(versions.map { "\($0)\n=====\n\n* Something\n" }.joined(separator: "\n"))
    }
    let files: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest minor\n", "code.txt": .text(TwoLines.code),
      path: log("1.0.0"),
    ]
    history.tag("v1.0.0", at: history.commit("Version 1.0.0", on: "1.0", files: files))
    let second = history.commit("Version 1.0.1", on: "1.0", files: [path: log("1.0.1", "1.0.0")])
    history.tag("v1.0.1", at: second)
    history.branch("main", at: second)
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["1.0"] }
    let release = try #require(plan.targets.first?.release, "\(plan.targets.first?.evidence ?? [])")
    #expect(release.changelog.map(\.path) == [path])
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(git("show", "v1.0.2:\(path)").hasPrefix("1.0.2\n=====\n\n* Check three"))
    #expect(git("show", "backport/forward-port/v1.0.2:\(path)").hasPrefix("1.0.2\n=====\n"))
  }

  @Test("entries in a folder of their own are taken up as they are")
  func entries() async throws {
    let log =
      "Changes with Kit 1.0.0\n\n  *) Something. [A U Thor]\n\n"
      + "Changes with Kit 0.9.1\n\n  *) Something else. [A U Thor]\n\n"
    var history = TwoLines.history(
      files: ["CHANGES": .text(log), "CHANGELOG.md": .deleted, "changes-entries/.keep": ""])
    let fix = history.commit(
      "Check three",
      files: [
        "code.txt": .text(TwoLines.fixed),
        "changes-entries/three.txt": "  *) core: Check three\n     before four. [Ada]\n",
      ])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.to = ["1.0"] }
    let release = try #require(plan.targets.first?.release, "\(plan.targets.first?.evidence ?? [])")
    #expect(release.fragments == ["changes-entries/three.txt"])
    #expect(
      release.changelog.first?.entry.contains("  *) core: Check three before four. [Ada]") == true,
      "\(release.changelog)")
  }
}
