import Backport
import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// What a plan costs where there is much of everything.
struct LargeProjectTests {
  /// A project of many lines, each with a branch and as many patch releases, and a fix on its trunk.
  private func project(lines: Int, releases: Int) -> (history: RepositoryBuilder, fix: Mark) {
    var history = RepositoryBuilder()
    history.commit(
      "Begin",
      files: [
        ".gitbackport": .text("[policy]\n\tsupport = latest \(lines) minors\n"),
        "src/code.txt": .text(TwoLines.code), "CHANGELOG.md": "# Changelog\n",
      ])
    for line in 0..<lines {
      let start = history.commit("Go on to 1.\(line)", files: ["src/on\(line).txt": "on\n"])
      history.branch("1.\(line)", at: start)
      var log = ""
      for patch in 0..<releases {
        let version = "1.\(line).\(patch)"
        log = "## [\(version)] - 2023-11-01\n\n- Fixed: Something\n\n" + log
        let mark = history.commit(
          "Version \(version)", on: "1.\(line)",
          files: ["CHANGELOG.md": .text("# Changelog\n\n" + log), "src/p\(patch).txt": "p\n"])
        history.tag("v\(version)", at: mark)
      }
      history.commit("Between", files: ["src/between\(line).txt": "b\n"])
    }
    let fix = history.commit("Check three", files: ["src/code.txt": .text(TwoLines.fixed)])
    return (history, fix)
  }

  @Test func `twenty lines of ten releases are planned, each with its fix`() async throws {
    let (history, fix) = project(lines: 20, releases: 10)
    let plan = try await PlanFixture(history).plan(fix)
    #expect(plan.targets.count == 20)
    #expect(plan.targets.allSatisfy { $0.status == .picked && $0.release != nil })
  }

  /// Prints the times of a plan; asked for by name, since a debug build says little about time.
  @Test(.enabled(if: ProcessInfo.processInfo.environment["GIT_BACKPORT_MEASURE"] != nil))
  func `times of a plan by size`() async throws {
    for (lines, releases) in [(20, 5), (20, 50), (40, 25), (100, 10)] {
      let (history, fix) = project(lines: lines, releases: releases)
      let fixture = try PlanFixture(history)
      let clock = ContinuousClock()
      var best = Duration.seconds(1_000)
      var survey = best
      for _ in 0..<5 {
        let start = clock.now
        _ = try await fixture.plan(fix)
        best = min(best, clock.now - start)
        let next = clock.now
        _ = try await fixture.open().lines(asOf: CalendarDate(unixSeconds: PlanFixture.now))
        survey = min(survey, clock.now - next)
      }
      print("\(lines) lines, \(lines * releases) tags: plan \(best), lines \(survey)")
    }
  }
}
