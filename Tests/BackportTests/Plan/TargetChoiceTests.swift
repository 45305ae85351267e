import Backport
import GitStore
import TestSupport
import Testing

/// Which lines a run is about, and what is decided for each of them beforehand.
struct TargetChoiceTests {
  private let fixture: PlanFixture
  private let fix: Mark

  init() throws {
    var (history, fix) = TwoLines.withFix()
    history.branch(
      "old",
      at: history.commit(
        "Version 0.9.0", on: "0.9",
        files: [
          "code.txt": .text(TwoLines.code), "CHANGELOG.md": TwoLines.log("0.9.0"),
        ]))
    history.tag("v0.9.0", at: history.commit("Last", on: "0.9", files: ["l": "l\n"]))
    fixture = try PlanFixture(history)
    self.fix = fix
  }

  @Test(arguments: [
    (["1.0"], ["1.0"]), (["1.1,1.0"], ["1.1", "1.0"]), (["1.1, 1.0"], ["1.1", "1.0"]),
    (["1.1", "1.0"], ["1.1", "1.0"]), (["+0.9"], ["1.1", "1.0", "0.9"]),
    (["1.0,+0.9"], ["1.0", "0.9"]),
    (["v1.0"], ["1.0"]), (["1.0.x"], ["1.0"]), (["1.0.0"], ["1.0"]),
  ])
  func `lines are named, added and listed`(to: [String], lines: [String]) async throws {
    let plan = try await fixture.plan(fix) { $0.to = to }
    #expect(plan.targets.map(\.line) == lines)
    #expect(plan.targets.filter(\.onRequest).map(\.line) == lines.filter { $0 == "0.9" })
    #expect(Set(plan.notTargeted.map(\.line) + lines) == ["1.1", "1.0", "0.9"])
  }

  @Test(arguments: [
    ("1.0", "1.0"), ("refs/heads/1.0", "1.0"), ("+0.9", "0.9"),
  ])
  func `branches name lines`(branch: String, line: String) async throws {
    let plan = try await fixture.plan(fix) { $0.branches = [branch] }
    #expect(plan.targets.map(\.line).contains(line))
  }

  @Test(arguments: ["", "1.0,", "9.9", "main..x", "1.0.77"])
  func `a name that is no line, or empty, is an error and never every line`(
    name: String
  ) async throws {
    let error = try await PlanFixture.failure { try await fixture.plan(fix) { $0.to = [name] } }
    #expect(error.code == .unknownLine)
    #expect(error.operands.last == "--to")
  }

  @Test(arguments: ["1.0", "=reason", "1.0="])
  func `a decision without line or value is a usage error`(text: String) async throws {
    let error = try await PlanFixture.failure { try await fixture.plan(fix) { $0.skip = [text] } }
    #expect(error.code == .usage)
  }

  @Test func `a line that is left out says why and is a target`() async throws {
    let plan = try await fixture.plan(fix) { $0.skip = ["1.0=nobody uses it"] }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .skipped)
    #expect(target.evidence == ["nobody uses it"])
    #expect(!plan.refUpdates.contains { $0.ref.description.contains("1.0.1") })
  }

  @Test func `the branch of a line that is released on the trunk is the trunk`() async throws {
    var history = RepositoryBuilder()
    history.tag("v1.0.0", at: history.commit("Version 1.0.0", files: ["a": "a\n"]))
    let fix = history.commit("Fix", files: ["a": "b\n"])
    let plan = try await PlanFixture(history).plan(fix) { $0.branches = ["main"] }
    #expect(plan.targets.map(\.line) == ["1.0"])
    #expect(plan.targets.map(\.status) == [.unreleased])
  }

  @Test func `a line that is stated to be fixed is released or done`() async throws {
    var repository = fixture.repository
    let other = try repository.extend {
      $0.commit("In other words", on: "1.0", files: ["w": "w\n"])
    }
    let id = repository.id(other)
    let plan = try await PlanFixture(repository).plan { options in
      options.fix = [fixture.repository.id(fix)]
      options.fixed = ["1.0=\(id)"]
    }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .unreleased)
    #expect(target.evidence.contains { $0.hasPrefix("--fixed states") })
    #expect(target.release?.tag == "v1.0.1")
    repository.git("tag", "v1.0.1", id)
    let second = try await PlanFixture(repository).plan { options in
      options.fix = [fixture.repository.id(fix)]
      options.fixed = ["1.0=\(id)"]
    }
    #expect(try PlanFixture.target("1.0", of: second).status == .alreadyApplied)
  }

  @Test func `a statement about a commit elsewhere is blocked, about none an error`() async throws {
    let id = fixture.repository.id(fix)
    let plan = try await fixture.plan(fix) { $0.fixed = ["1.0=\(id)"] }
    #expect(try PlanFixture.target("1.0", of: plan).status == .blocked)
    let error = try await PlanFixture.failure {
      try await fixture.plan(fix) { $0.fixed = ["1.0=nowhere"] }
    }
    #expect(error.code == .unknownRevision)
  }
}
