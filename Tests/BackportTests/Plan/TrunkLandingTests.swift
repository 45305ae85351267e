import Backport
import GitStore
import TestSupport
import Testing

/// A fix that is not on the trunk, taken there in the same operation.
struct TrunkLandingTests {
  private func history(
    diverging: [String: FileChange]?
  ) -> (history: RepositoryBuilder, fix: Mark, trunk: Mark) {
    var history = TwoLines.history()
    let start = history.commit("Begin to fix", files: ["start.txt": "start\n"])
    history.branch("fix", at: start)
    let fix = history.commit("Check three", on: "fix", files: ["code.txt": .text(TwoLines.fixed)])
    guard let diverging else { return (history, fix, start) }
    let trunk = history.commit("Go on", files: diverging)
    return (history, fix, trunk)
  }

  @Test func `by a move forward where that is enough`() async throws {
    let (history, fix, trunk) = history(diverging: nil)
    let fixture = try PlanFixture(history)
    let without = try await fixture.plan(fix)
    #expect(without.trunk.state == .lacksFix)
    let plan = try await fixture.plan(fix) { $0.landTrunk = true }
    #expect(plan.trunk.old.description == fixture.repository.id(trunk))
    #expect(plan.trunk.new?.description == fixture.repository.id(fix))
    #expect(plan.warnings.contains { $0.code == "land-trunk" })
    let document = try await fixture.apply(plan)
    #expect(document.state == .landed)
    #expect(fixture.repository.git("rev-parse", "main") == fixture.repository.id(fix))
    #expect(fixture.repository.git("tag", "-l", "v1.?.1") == "v1.0.1\nv1.1.1")
    let forward = "backport/forward-port/v1.1.1"
    #expect(fixture.repository.git("merge-base", forward, "main") == fixture.repository.id(fix))
    #expect(try await fixture.open().undo(nil).state == .undone)
    #expect(fixture.repository.git("rev-parse", "main") == fixture.repository.id(trunk))
  }

  @Test
  func `by a merge, the same in every plan`() async throws {
    let (history, fix, trunk) = history(diverging: ["later.txt": "more\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.landTrunk = true }
    #expect(try await fixture.plan(fix) { $0.landTrunk = true } == plan)
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(
      git("rev-parse", "main^1", "main^2")
        == [trunk, fix].map { fixture.repository.id($0) }.joined(separator: "\n"))
    #expect(
      git("log", "-1", "--format=%s", "main") == "Merge commit '\(fixture.repository.id(fix))'")
    #expect(git("show", "main:code.txt") + "\n" == TwoLines.fixed)
    #expect(git("show", "main:later.txt") == "more")
    #expect(fixture.fsck() == "")
  }

  @Test
  func `a merge that conflicts stops the run, and nothing is written`() async throws {
    let (history, fix, _) = history(diverging: ["code.txt": "one\ntwo\nTHREE\nfour\nfive\n"])
    let fixture = try PlanFixture(history)
    let refs = fixture.repository.refs()
    let error = try await PlanFixture.failure {
      try await fixture.plan(fix) { $0.landTrunk = true }
    }
    #expect(error.code == .trunkConflict && error.detail == "code.txt")
    #expect(fixture.repository.refs() == refs)
  }

  @Test func `a trunk that a worktree stands on is moved only when that is asked for`() async throws
  {
    let (history, fix, _) = history(diverging: nil)
    let fixture = try PlanFixture(history, bare: false)
    let plan = try await fixture.plan(fix) { $0.landTrunk = true }
    let refs = fixture.repository.refs()
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .everyTargetBlocked)
    #expect(fixture.repository.refs() == refs)
    _ = try await fixture.apply(plan, updatesWorktrees: true)
    #expect(fixture.repository.git("status", "--porcelain") == "")
    #expect(fixture.repository.git("rev-parse", "HEAD") == fixture.repository.id(fix))
  }

  @Test func `a fix that the trunk has changes nothing of it`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.landTrunk = true }
    #expect(plan.trunk.new == plan.trunk.old)
    #expect(!plan.refUpdates.contains { $0.ref.description == "refs/heads/main" })
  }
}
