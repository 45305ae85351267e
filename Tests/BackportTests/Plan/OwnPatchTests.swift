import Backport
import GitStore
import TestSupport
import Testing

/// Lines that get a patch of their own instead of the fix.
struct OwnPatchTests {
  private let own: [String: FileChange] = [
    "code.txt": "one\ntwo\nthree, checked by hand\nfour\nfive\n"
  ]

  @Test func `a patch on the tip is taken as it stands`() async throws {
    var (history, fix) = TwoLines.withFix()
    let tip = history.commit("Before", on: "1.0", files: ["b": "b\n"])
    let patch = history.commit("By hand", on: "patch", files: own, parents: [tip])
    let fixture = try PlanFixture(history)
    let id = fixture.repository.id(patch)
    let plan = try await fixture.plan(fix) { $0.use = ["1.0=\(id)"] }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked)
    #expect(target.commits.map(\.id?.description) == [id])
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("rev-parse", "v1.0.1~1") == id)
    let again = try await fixture.plan(fix) { $0.use = ["1.0=\(id)"] }
    #expect(try PlanFixture.target("1.0", of: again).status == .alreadyApplied)
  }

  @Test func `a patch from elsewhere is picked and names the fix, so that a rerun knows it`()
    async throws
  {
    var history = TwoLines.history()
    let one = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let two = history.commit("Add limits", files: ["limit.txt": "9\n"])
    let start = history.commit("Elsewhere", on: "patch", files: ["e": "e\n"], parents: [one])
    let first = history.commit("By hand", on: "patch", files: ["hand.txt": "h\n"])
    let second = history.commit("More by hand", on: "patch", files: ["hand.txt": "h\ni\n"])
    let fixture = try PlanFixture(history)
    let range = "\(fixture.repository.id(start))..\(fixture.repository.id(second))"
    let plan = try await fixture.plan(one, two) { $0.use = ["1.0=\(range)"] }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked)
    #expect(
      target.commits.map(\.source.description) == [first, second].map { fixture.repository.id($0) })
    _ = try await fixture.apply(plan)
    let message = fixture.repository.git("log", "-1", "--format=%B", "v1.0.1~1")
    for part in [one, two] {
      #expect(message.contains("(backported from commit \(fixture.repository.id(part)))"))
    }
    #expect(!message.contains("cherry picked"))
    let again = try await fixture.plan(one, two)
    #expect(try PlanFixture.target("1.0", of: again).status == .alreadyApplied)
  }

  @Test func `several revisions for one line are picked in order`() async throws {
    var (history, fix) = TwoLines.withFix()
    let first = history.commit("First", on: "patch", files: ["h": "1\n"], parents: [fix])
    let second = history.commit("Second", on: "patch", files: ["h": "1\n2\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) {
      $0.use = [first, second].map { "1.0=\(fixture.repository.id($0))" }
    }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.commits.map(\.status) == [.picked, .picked])
  }

  @Test func `without provenance a patch of its own names nothing`() async throws {
    var (history, fix) = TwoLines.withFix()
    let patch = history.commit("By hand", on: "patch", files: ["h": "1\n"], parents: [fix])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) {
      $0.use = ["1.0=\(fixture.repository.id(patch))"]
      $0.provenance = false
    }
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("log", "-1", "--format=%B", "v1.0.1~1") == "By hand\n")
  }
}
