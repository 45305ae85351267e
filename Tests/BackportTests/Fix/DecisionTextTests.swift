import Backport
import GitStore
import TestSupport
import Testing

/// Decisions of one run as lines that outlive the clone.
struct DecisionTextTests {
  @Test func `what was decided for a run reads back as configuration`() async throws {
    var (history, fix) = TwoLines.withFix()
    let other = history.commit("In other words", on: "1.1", files: ["w": "w\n"])
    let id = try history.write().id(other)
    let plan = try await PlanFixture(history).plan(fix) {
      $0.skip = ["1.0=nobody; \"really\" nobody"]
      $0.fixed = ["1.1=\(id)"]
      $0.ids = ["CVE-2026-0001"]
    }
    #expect(
      plan.decisionLines == [
        "[fix \"CVE-2026-0001\"]", "\tskip = \"1.0: nobody; \\\"really\\\" nobody\"",
        "\tfixed = 1.1 \(id)",
      ])
    let policy = "[policy]\n\tsupport = latest 2 minors\n"
    history.commit(
      "Decide", files: [".gitbackport": .text(policy + plan.decisionLines.joined(separator: "\n"))])
    let second = try await PlanFixture(history).plan(fix) { $0.ids = ["CVE-2026-0001"] }
    #expect(second.targets.map(\.status) == [.unreleased, .skipped])
    #expect(second.targets.last?.evidence == ["nobody; \"really\" nobody"])
    #expect(second.decisionLines.isEmpty)
  }

  @Test func `a patch that was taken as it stands is recorded under the fix's commit`()
    async throws
  {
    var (history, fix) = TwoLines.withFix()
    let tip = history.commit("Before", on: "1.0", files: ["b": "b\n"])
    let patch = history.commit("By hand", on: "patch", files: ["h": "h\n"], parents: [tip])
    let fixture = try PlanFixture(history)
    let id = fixture.repository.id(patch)
    let plan = try await fixture.plan(fix) { $0.use = ["1.0=\(id)"] }
    #expect(
      plan.decisionLines == ["[fix \"\(fixture.repository.id(fix))\"]", "\tfixed = 1.0 \(id)"])
  }

  @Test func `a plain run decides nothing`() async throws {
    let (history, fix) = TwoLines.withFix()
    #expect(try await PlanFixture(history).plan(fix).decisionLines.isEmpty)
  }
}
