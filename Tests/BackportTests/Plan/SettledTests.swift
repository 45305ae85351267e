import Backport
import GitStore
import TestSupport
import Testing

/// Conflicts that are settled without a person, and those that are not.
struct SettledTests {
  private static let numbers = (1...9).map { "line \($0)\n" }.joined()

  /// A fix on the trunk that also says so in the trunk's changelog.
  private func historyWithEntry(_ entry: String) -> (history: RepositoryBuilder, fix: Mark) {
    var history = TwoLines.history()
    let log = "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- Trunk only\n"
    history.commit("Note", files: ["CHANGELOG.md": .text(log)])
    let fix = history.commit(
      "Check three",
      files: ["code.txt": .text(TwoLines.fixed), "CHANGELOG.md": .text(log + entry)])
    return (history, fix)
  }

  @Test func `the fix's own changelog lines do not keep a line back`() async throws {
    let (history, fix) = historyWithEntry("- Three is checked\n")
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked)
    #expect(target.settled.map(\.method) == ["changelog-placement"])
    #expect(target.settled.map(\.path) == ["CHANGELOG.md"])
    _ = try await fixture.apply(plan)
    let log = fixture.repository.git("show", "v1.0.1:CHANGELOG.md")
    #expect(!log.contains("Trunk only"))
    #expect(log.contains("- Check three"))
    #expect(fixture.repository.git("show", "v1.0.1:code.txt") + "\n" == TwoLines.fixed)
    #expect(fixture.fsck().isEmpty)
  }

  @Test func `without a release a changelog conflict is a person's`() async throws {
    let (history, fix) = historyWithEntry("- Three is checked\n")
    let plan = try await PlanFixture(history).plan(fix) { $0.release = false }
    #expect(try PlanFixture.target("1.0", of: plan).status == .conflict)
  }

  @Test func `an entry goes to the unreleased section of the branch`() async throws {
    var (history, fix) = historyWithEntry("- Three is checked\n")
    let own = "# Changelog\n\n## [Unreleased]\n\n### Fixed\n\n- Branch only\n"
    let released = "\n## [1.0.0] - 2023-11-01\n\n### Fixed\n\n- Something\n"
    history.commit("Note", on: "1.0", files: ["CHANGELOG.md": .text(own + released)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    _ = try await fixture.apply(plan)
    #expect(
      fixture.repository.git("show", "v1.0.1~1:CHANGELOG.md") + "\n"
        == own + "- Three is checked\n" + released)
  }

  @Test func `a document that the line does not have is left out, code is not`() async throws {
    var history = TwoLines.history()
    history.commit("Guide", files: ["docs/guide.md": "old\n", "tool.c": "old\n"])
    let text = history.commit(
      "Check three", files: ["code.txt": .text(TwoLines.fixed), "docs/guide.md": "new\n"])
    let code = history.commit("Check the tool", files: ["tool.c": "new\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(text)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked)
    #expect(target.settled.map(\.method) == ["absent-file"])
    let other = try PlanFixture.target("1.0", of: try await fixture.plan(code))
    #expect(other.status == .conflict)
    #expect(other.settled.isEmpty)
  }

  @Test func `a document that the fix names elsewhere is not left out`() async throws {
    var history = TwoLines.history()
    history.commit("Guide", files: ["docs/guide.md": "old\n"])
    let fix = history.commit(
      "Check three",
      files: ["code.txt": .text(TwoLines.fixed + "see guide.md\n"), "docs/guide.md": "new\n"])
    let plan = try await PlanFixture(history).plan(fix)
    #expect(try PlanFixture.target("1.0", of: plan).status == .conflict)
  }

  /// The trunk renames what the fix touches; 1.1 has the fix in the old words, by hand.
  private func cascadeHistory() -> (history: RepositoryBuilder, fix: Mark) {
    var history = TwoLines.history(files: ["list.txt": .text(SettledTests.numbers)])
    let renamed = SettledTests.numbers.replacing("line 5", with: "row five")
    history.commit("Rename", files: ["list.txt": .text(renamed)])
    let fix = history.commit(
      "Check rows", files: ["list.txt": .text(renamed.replacing("row five", with: "row five!"))])
    return (history, fix)
  }

  @Test func `what a newer line made of the fix is tried where the trunk's does not apply`()
    async throws
  {
    var (history, fix) = cascadeHistory()
    let id = try history.write(bare: true).id(fix)
    let byHand = SettledTests.numbers.replacing("line 5", with: "line 5!")
    history.commit(
      "Check rows\n\n(backported from commit \(id))", on: "1.1",
      files: ["list.txt": .text(byHand)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked)
    #expect(target.settled.map(\.method) == ["cascade"])
    #expect(target.settled.allSatisfy { $0.path == nil && $0.detail.contains("1.1") })
    #expect(target.commits.map(\.source.description) == [id])
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("show", "v1.0.1:list.txt") + "\n" == byHand)
    #expect(
      fixture.repository.git("log", "-1", "--format=%B", "v1.0.1~1").contains(
        "(backported from commit \(id))"))
    let again = try await fixture.plan(fix)
    #expect(again.targets.map(\.status) == [.alreadyApplied, .alreadyApplied])
  }

  @Test func `without a newer line that has the fix a conflict stays one`() async throws {
    let (history, fix) = cascadeHistory()
    let plan = try await PlanFixture(history).plan(fix)
    #expect(plan.targets.map(\.status) == [.conflict, .conflict])
    #expect(plan.refUpdates.isEmpty)
  }
}

/// Why a fix does not apply.
struct ConflictCauseTests {
  private static let numbers = (1...9).map { "line \($0)\n" }.joined()

  @Test func `the missing commit that makes the fix apply is named and not picked`() async throws {
    var history = TwoLines.history(files: ["list.txt": .text(Self.numbers)])
    let needed = Self.numbers.replacing("line 5", with: "row five")
    history.commit("Unrelated", files: ["list.txt": .text(Self.numbers + "line 10\n")])
    let rename = history.commit(
      "Call it a row", files: ["list.txt": .text(needed + "line 10\n")])
    history.commit("Later", files: ["list.txt": .text("line 0\n" + needed + "line 10\n")])
    let fix = history.commit(
      "Check rows",
      files: [
        "list.txt": .text(
          "line 0\n" + needed.replacing("row five", with: "row five!") + "line 10\n")
      ])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .conflict)
    let conflict = try #require(target.conflicts.first)
    #expect(conflict.prerequisites.map(\.commit.description) == [fixture.repository.id(rename)])
    #expect(conflict.prerequisites.map(\.subject) == ["Call it a row"])
    #expect(conflict.branchChange == nil)
    #expect(plan.refUpdates.isEmpty)
  }

  @Test func `the commit of the line that changed the same lines is named`() async throws {
    var history = TwoLines.history()
    let own = history.commit(
      "Own words", on: "1.0",
      files: ["code.txt": .text(TwoLines.code.replacing("three", with: "drei"))])
    history.commit(
      "Other place", on: "1.0",
      files: [
        "code.txt": .text(
          TwoLines.code.replacing("three", with: "drei").replacing("five", with: "fuenf"))
      ])
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.status == .conflict)
    #expect(
      target.conflicts.map(\.branchChange?.commit.description) == [fixture.repository.id(own)])
    #expect(target.conflicts.allSatisfy { $0.prerequisites.isEmpty })
  }
}
