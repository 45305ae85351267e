import GitStore
import TestSupport
import Testing

@testable import Backport

/// How an operation is divided into pushes.
struct PushGroupTests {
  private func groups(
    _ grouping: PushGrouping
  ) async throws -> [[String]] {
    let (history, fix) = ManyLines.withFix(minors: 5)
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    return PushGroups.make(plan, grouping).map { $0.map(\.shorthand) }
  }

  @Test func `no more than three tags go at once, the oldest line first`() async throws {
    #expect(
      try await groups(.auto) == [
        ["1.0", "1.1", "1.2", "v1.0.1", "v1.1.1", "v1.2.1"],
        ["1.3", "1.4", "backport/forward-port/v1.4.1", "v1.3.1", "v1.4.1"],
      ])
  }

  @Test func `one push takes all, branches first`() async throws {
    #expect(
      try await groups(.one) == [
        [
          "1.0", "1.1", "1.2", "1.3", "1.4", "backport/forward-port/v1.4.1", "v1.0.1", "v1.1.1",
          "v1.2.1", "v1.3.1", "v1.4.1",
        ]
      ])
  }

  @Test func `one push for each line, the forward-port with the newest`() async throws {
    #expect(
      try await groups(.byLine) == [
        ["1.0", "v1.0.1"], ["1.1", "v1.1.1"], ["1.2", "v1.2.1"], ["1.3", "v1.3.1"],
        ["1.4", "backport/forward-port/v1.4.1", "v1.4.1"],
      ])
  }
}
