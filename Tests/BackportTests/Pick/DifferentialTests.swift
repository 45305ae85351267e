import Backport
import Foundation
import TestSupport
import Testing

/// Our merges against `git cherry-pick` on random histories.
@Suite struct DifferentialTests {
  private static let batch = 50

  private static var batches: Range<UInt64> {
    let all = ProcessInfo.processInfo.environment["GIT_BACKPORT_ALL"] == "1"
    return 0..<(all ? 80 : 6)
  }

  @Test(arguments: batches)
  func `a pick is clean where git is clean and gives the same tree`(batch: UInt64) throws {
    let first = batch * UInt64(Self.batch)
    let cases = (first..<(first + UInt64(Self.batch))).map { seed in
      var generator = HistoryGenerator(seed: seed)
      return generator.makeCase()
    }
    for (pick, git, ours) in try Self.compare(cases) where Self.differ(git, ours) {
      let least = try Self.shrink(pick)
      let (_, git, ours) = try Self.compare([least])[0]
      let conflicts = ours.conflicts.map { "\($0.kind.rawValue) \($0.displayPath)" }
      Issue.record("git: \(git), ours: \(ours.verdict) \(conflicts)\n\(least.report)")
    }
  }

  private static func compare(
    _ cases: [PickCase]
  ) throws -> [(PickCase, PickVerdict, TreeMergeOutcome)] {
    let oracle = try CherryPickOracle(cases)
    let git = try oracle.gitVerdicts()
    let ours = try oracle.ourOutcomes()
    try #require(git.count == cases.count)
    return cases.indices.map { (cases[$0], git[$0], ours[$0]) }
  }

  private static func differ(_ git: PickVerdict, _ ours: TreeMergeOutcome) -> Bool {
    if git == ours.verdict { return false }
    // git silently drops one side's changes to a file that the other side moved when both have
    // the same file at the new path. We say so instead.
    return ours.conflicts.isEmpty
      || !ours.conflicts.allSatisfy { conflict in
        conflict.kind == .rename && conflict.detail?.hasSuffix("has another file") ?? false
      }
  }

  /// The simplest case found that still differs.
  private static func shrink(_ pick: PickCase) throws -> PickCase {
    var least = pick
    for _ in 0..<40 {
      let simpler = try compare(least.simpler).first { Self.differ($0.1, $0.2) }
      guard let simpler else { break }
      least = simpler.0
    }
    return least
  }
}
