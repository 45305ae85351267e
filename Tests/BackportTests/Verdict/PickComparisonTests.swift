import Backport
import GitStore
import TestSupport
import Testing

/// How picks differ from their originals.
struct PickComparisonTests {
  private static let numbers = (1...12).map { "line \($0)\n" }.joined()

  /// A pick onto a line that has other surroundings, or the change itself in part.
  private func history(own: String, trunk: String, fixed: String) -> (RepositoryBuilder, Mark) {
    var history = TwoLines.history(files: ["list.txt": .text(Self.numbers)])
    history.commit("Own work", on: "1.0", files: ["list.txt": .text(own)])
    history.commit("Trunk work", files: ["list.txt": .text(trunk)])
    let fix = history.commit(
      "Check", files: ["list.txt": .text(fixed), "code.txt": .text(TwoLines.fixed)])
    return (history, fix)
  }

  /// The lines that differ, as `git range-diff` prints them.
  private func rangeDiff(_ repository: TestRepository, _ source: String, _ pick: String) -> [String]
  {
    repository.git.lines(
      "range-diff", "--no-color", "--no-notes", "--creation-factor=100", "\(source)^..\(source)",
      "\(pick)^..\(pick)"
    ).dropFirst().map { String($0.dropFirst(4)) }.filter { line in
      (line.hasPrefix("+") || line.hasPrefix("-")) && !line.dropFirst().hasPrefix("@@")
        && !line.dropFirst().hasPrefix("## ")
    }
  }

  @Test(arguments: ["context", "adapted"])
  func `they are what git range-diff shows`(fidelity: String) async throws {
    let own = Self.numbers.replacing("line 4\n", with: "other 4\n")
    let fixed = Self.numbers.replacing("line 6\n", with: "line six\n")
    let (history, fix) =
      fidelity == "context"
      ? self.history(own: own, trunk: Self.numbers, fixed: fixed)
      : self.history(
        own: Self.numbers.replacing("line 2\n", with: "line two\n"), trunk: Self.numbers,
        fixed: Self.numbers.replacing("line 2\n", with: "line two\n")
          .replacing("line 9\n", with: "line nine\n"))
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.provenance = false }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.commits.map(\.fidelity) == [fidelity])
    let workspace = try await fixture.open(plan.options)
    let document = try await fixture.apply(plan)
    let landed = try PlanFixture.target("1.0", of: document.plan)
    let comparison = try #require(try workspace.comparisons(of: landed, in: document.plan).first)
    let lines = comparison.lines.map { String(decoding: $0, as: UTF8.self) }
    #expect(lines.first == "@@ list.txt")
    #expect(
      lines.filter { $0.hasPrefix("+") || $0.hasPrefix("-") }.filter {
        !$0.dropFirst().hasPrefix("@@") && !$0.dropFirst().hasPrefix("## ")
      } == rangeDiff(fixture.repository, fixture.repository.id(fix), comparison.pick.description))
    let newest = try PlanFixture.target("1.1", of: document.plan)
    #expect(newest.commits.map(\.fidelity) == ["identical"])
    #expect(try workspace.comparisons(of: newest, in: document.plan).isEmpty)
  }
}
