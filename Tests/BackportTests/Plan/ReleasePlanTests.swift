import Backport
import GitStore
import TestSupport
import Testing

/// Releases of what branches hold already.
struct ReleasePlanTests {
  /// Two lines, and a fix on the trunk that its message marks as one.
  static func history(config: String = "") -> (history: RepositoryBuilder, fix: Mark) {
    var history = TwoLines.history(config: config)
    let fix = history.commit(
      "Check three\n\nCVE: CVE-2026-0001", files: ["code.txt": .text(TwoLines.fixed)])
    return (history, fix)
  }

  static func plan(
    _ fixture: PlanFixture, _ lines: String..., change: (inout PlanOptions) -> Void = { _ in }
  ) async throws -> BackportPlan {
    try await fixture.plan {
      $0.fix = []
      $0.lines = lines
      change(&$0)
    }
  }

  @Test(
    "a fix is known by its own words, as a pick, and as the same change",
    arguments: [
      "Check sizes\n\nCVE: CVE-2026-0001", "[security] Check sizes",
      "Check\n\n(cherry picked from commit FIX)", "Check three (#12)", "squash",
    ])
  func known(message: String) async throws {
    var (history, fix) = Self.history()
    let id = try history.write().id(fix)
    var files: [String: FileChange] = ["code.txt": .text(TwoLines.fixed)]
    if message.hasPrefix("Check sizes") || message.hasPrefix("[") {
      files = ["code.txt": "one\ntwo\nthree!\nfour\nfive\n"]
    }
    if message == "squash" { files["other.txt"] = "came along\n" }
    history.commit(message.replacing("FIX", with: id), on: "1.0", files: files)
    let fixture = try PlanFixture(history)
    let plan = try await Self.plan(fixture, "1.0")
    let target = try #require(plan.targets.first)
    #expect(target.status == .unreleased && target.riders.isEmpty)
    #expect(plan.fixes.count == 1)
    let entry = try #require(target.release?.changelog.first?.entry)
    #expect(entry.contains(message.hasPrefix("[") ? "Check sizes" : "(CVE-2026-0001)"))
    #expect(plan.notTargeted.map(\.line) == ["1.1"])
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.refs()["refs/tags/v1.0.1"] != nil)
    #expect(fixture.fsck().isEmpty)
    let again = try await Self.plan(fixture, "1.0")
    #expect(again.targets.map(\.status) == [.alreadyApplied] && again.refUpdates.isEmpty)
  }

  @Test("what is there already is not made again, and then only the tag is made")
  func idempotent() async throws {
    var (history, _) = Self.history()
    history.commit("Check three (#12)", on: "1.0", files: ["code.txt": .text(TwoLines.fixed)])
    let log = "# Changelog\n\n## [1.0.1] - 2023-11-18\n\n### Security\n\n- Our own words\n\n"
    let tip = history.commit(
      "Version 1.0.1", on: "1.0",
      files: [
        "CHANGELOG.md": .text(log + "## [1.0.0] - 2023-11-01\n\n### Fixed\n\n- Something\n")
      ])
    let fixture = try PlanFixture(history)
    let plan = try await Self.plan(fixture, "1.0")
    #expect(plan.targets.first?.release?.commit?.description == fixture.repository.id(tip))
    #expect(plan.refUpdates.map(\.ref.description) == ["refs/tags/v1.0.1"])
  }

  @Test("commits that are no fix need an entry, and ride along with one")
  func riders() async throws {
    var (history, _) = Self.history()
    let other = history.commit("Faster", on: "1.0", files: ["new.txt": "n\n"])
    let fixture = try PlanFixture(history)
    let blocked = try #require(try await Self.plan(fixture, "1.0").targets.first)
    #expect(blocked.status == .blocked)
    #expect(blocked.evidence.last?.contains("--entry") == true)
    let told = try await Self.plan(fixture, "1.0") { $0.entry = "Be faster" }
    let target = try #require(told.targets.first)
    #expect(target.release?.changelog.first?.entry.hasSuffix("- Be faster") == true)
    #expect(target.riders.map(\.commit.description) == [fixture.repository.id(other)])
  }

  @Test("with --base tag only the fixes are released, and the branch keeps the rest")
  func onTag() async throws {
    var (history, _) = Self.history()
    history.commit("Faster", on: "1.0", files: ["new.txt": "n\n"])
    history.commit("Check three (#12)", on: "1.0", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    for base in ["tag", "auto"] {
      let plan = try await Self.plan(fixture, "1.0") { $0.base = base }
      let target = try #require(plan.targets.first)
      #expect(target.baseKind == .tag && target.release != nil)
      #expect(target.evidence.contains { $0.contains("stays unreleased: Faster") })
    }
    _ = try await fixture.apply(try await Self.plan(fixture, "1.0") { $0.base = "tag" })
    let git = fixture.repository.git
    #expect(git("ls-tree", "--name-only", "v1.0.1", "new.txt").isEmpty)
    #expect(git("show", "v1.0.1:code.txt") + "\n" == TwoLines.fixed)
    #expect(git("show", "1.0:new.txt") == "n")
    #expect(git("merge-base", "--is-ancestor", "v1.0.1", "1.0").isEmpty)
  }

  @Test("lines with nothing unreleased are done, and unknown ones are an error")
  func nothing() async throws {
    let fixture = try PlanFixture(Self.history().history)
    let plan = try await Self.plan(fixture, "1.0", "1.1")
    #expect(plan.targets.map(\.status) == [.alreadyApplied, .alreadyApplied])
    let error = try await PlanFixture.failure { try await Self.plan(fixture, "7.7") }
    #expect(error.code == .unknownLine)
  }

  @Test("a merge that brings a fix in counts with what it brings")
  func merge() async throws {
    var (history, _) = Self.history()
    let first = history.commit("Version 1.0.0 again", on: "1.0", files: ["note.txt": "n\n"])
    let one = history.commit(
      "Check three", on: "fork", files: ["code.txt": .text(TwoLines.fixed)], parents: [first])
    history.merge(
      one, into: "1.0", "Merge commit from fork\n\nStop overruns\n",
      files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await Self.plan(fixture, "1.0")
    #expect(plan.fixes.map(\.entry) == ["Stop overruns"])
    #expect(plan.targets.first?.riders.map(\.subject) == ["Version 1.0.0 again"])
  }

  /// What of a release a branch holds already.
  struct Prepared: CustomTestStringConvertible {
    var section: Bool
    var version: Bool
    var fragment: Bool

    var testDescription: String {
      "section \(section), version \(version), fragment removed \(fragment)"
    }

    static let all = [false, true].flatMap { section in
      [false, true].flatMap { version in
        [false, true].map { Prepared(section: section, version: version, fragment: $0) }
      }
    }
  }

  @Test(
    "what is there of a section, a version and a fragment's removal is not made again",
    arguments: Prepared.all)
  func partly(prepared: Prepared) async throws {
    var history = TwoLines.history(
      files: [
        "pyproject.toml": .text(FragmentTests.towncrier), "VERSION": "1.0.0\n",
        "changes/.gitkeep": "",
      ])
    history.commit(
      "Check three\n\nCVE: CVE-2026-0001", on: "1.0",
      files: [
        "code.txt": .text(TwoLines.fixed), "changes/12.bugfix.md": "Check three before four.\n",
      ])
    let old = "## [1.0.0] - 2023-11-01\n\n### Fixed\n\n- Something\n"
    let section =
      "## [1.0.1] - 2023-11-20\n\n### Fixed\n\n- Check three before four. (#12) "
      + "(CVE-2026-0001)\n\n"
    var files: [String: FileChange] = ["note.txt": "n\n"]
    if prepared.section { files["CHANGELOG.md"] = .text("# Changelog\n\n" + section + old) }
    if prepared.version { files["VERSION"] = "1.0.1\n" }
    if prepared.fragment { files["changes/12.bugfix.md"] = .deleted }
    if files.count == 4 { files["note.txt"] = nil }
    let tip = history.commit("Prepare", on: "1.0", files: files)
    let fixture = try PlanFixture(history)
    // A fragment that is gone without a section leaves the message of its commit as the entry.
    let plan = try await Self.plan(fixture, "1.0")
    let target = try #require(plan.targets.first)
    #expect(target.status == .unreleased, "\(target.evidence)")
    let release = try #require(target.release)
    #expect(release.changelog.isEmpty == prepared.section)
    #expect(release.versionFiles.isEmpty == prepared.version)
    #expect(release.fragments.isEmpty == prepared.fragment)
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(git("show", "v1.0.1:VERSION") == "1.0.1")
    #expect(git("ls-tree", "--name-only", "v1.0.1", "changes/") == "changes/.gitkeep")
    let log = git("show", "v1.0.1:CHANGELOG.md")
    #expect(log.ranges(of: "## [1.0.1]").count == 1 && log.contains("(CVE-2026-0001)"))
    if prepared.section, prepared.version, prepared.fragment {
      #expect(git("rev-parse", "v1.0.1^{commit}") == fixture.repository.id(tip))
    }
    let again = try await Self.plan(fixture, "1.0")
    #expect(again.targets.map(\.status) == [.alreadyApplied] && again.refUpdates.isEmpty)
  }
}
