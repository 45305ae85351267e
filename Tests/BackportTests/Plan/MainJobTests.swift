import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// The whole job on a history like the one the project was born from.
struct MainJobTests {
  let sample = SampleProject.tokenKit()

  @Test func `a merged fix of four commits is owed by the two most recent majors`() async throws {
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix)
    #expect(
      plan.fixes.first?.commits.map(\.id.description)
        == sample.parts.map { fixture.repository.id($0) })
    #expect(plan.fixes.first?.entry == "Check the rounds of untrusted tokens")
    #expect(plan.targets.map(\.line) == ["1.1", "0.9"])
    #expect(plan.targets.allSatisfy { $0.status == .picked })
    #expect(plan.targets.flatMap(\.commits).allSatisfy { $0.fidelity == "identical" })
    #expect(plan.targets.compactMap(\.release?.tag) == ["v1.1.1", "v0.9.1"])
    #expect(plan.targets.compactMap(\.release?.isLatest) == [true, false])
    #expect(
      plan.refUpdates.map(\.ref.description) == [
        "refs/heads/0.9", "refs/heads/1.1", "refs/heads/backport/forward-port/v1.1.1",
        "refs/tags/v0.9.1", "refs/tags/v1.1.1",
      ])
    #expect(plan.notTargeted.map(\.line) == ["1.0", "0.8", "0.7"])
  }

  @Test func `a plan writes no object, no reference and no file`() async throws {
    let fixture = try PlanFixture(sample.history)
    let before = try files(in: fixture.repository.gitDirectory)
    _ = try await fixture.plan(sample.fix)
    #expect(try files(in: fixture.repository.gitDirectory) == before)
  }

  @Test func `what is applied is what was planned, and git finds it sound`() async throws {
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix)
    let document = try await fixture.apply(plan)
    #expect(document.state == .landed)
    #expect(document.refUpdates.allSatisfy { $0.state == "new" })
    for update in plan.refUpdates {
      #expect(
        fixture.repository.git("rev-parse", update.ref.description) == update.new?.description)
    }
    #expect(fixture.fsck().isEmpty)
    let log = fixture.repository.git("show", "v0.9.1:CHANGELOG.md")
    #expect(
      log.hasPrefix(
        """
        # Changelog

        All notable changes.

        ## [0.9.1]

        - Security: Check the rounds of untrusted tokens

        ## [0.9.0]
        """))
    #expect(fixture.repository.git("log", "-1", "--format=%s", "v1.1.1") == "Version 1.1.1")
    #expect(fixture.repository.git("cat-file", "-t", "v1.1.1") == "commit")
  }

  @Test func `picks keep author, date and message and name their original`() async throws {
    let fixture = try PlanFixture(sample.history)
    _ = try await fixture.apply(try await fixture.plan(sample.fix))
    let original = fixture.repository.id(sample.parts[0])
    let format = "--format=%an <%ae> %ad%n%B"
    let pick = fixture.repository.git("log", "-1", format, "v0.9.1~4")
    let source = fixture.repository.git("log", "-1", format, original)
    #expect(pick == source + "\n(cherry picked from commit \(original))\n")
    #expect(fixture.repository.git("log", "-1", "--format=%cn", "v0.9.1~4") == "C O Mitter")
  }

  @Test func `a second run finds every line done, with evidence`() async throws {
    let fixture = try PlanFixture(sample.history)
    _ = try await fixture.apply(try await fixture.plan(sample.fix))
    let plan = try await fixture.plan(sample.fix)
    #expect(plan.targets.map(\.status) == [.alreadyApplied, .alreadyApplied])
    #expect(plan.refUpdates.isEmpty)
    let target = try PlanFixture.target("0.9", of: plan)
    #expect(target.evidence.contains { $0.contains("picked from") })
    #expect(target.evidence.contains("released in 0.9.1 (tag v0.9.1)"))
  }

  @Test(arguments: [true, false])
  func `picks without provenance are recognised by what they change`(squashed: Bool) async throws {
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix) { $0.provenance = false }
    _ = try await fixture.apply(plan)
    if squashed {
      let tip = fixture.repository.git("rev-parse", "refs/heads/0.9~1^{tree}")
      let squash = fixture.repository.git("commit-tree", tip, "-p", "v0.9.0", "-m", "Squash")
      fixture.repository.git("update-ref", "refs/heads/0.9", squash)
      fixture.repository.git("tag", "-d", "v0.9.1")
    }
    let target = try PlanFixture.target("0.9", of: try await fixture.plan(sample.fix))
    #expect(target.status == (squashed ? .unreleased : .alreadyApplied))
    #expect(target.evidence.contains { $0.contains(squashed ? "cumulative patch-id" : "patch-id") })
  }

  @Test func `a line that conflicts is told with its paths and the others go on`() async throws {
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix) { $0.to = ["+0.8"] }
    let target = try PlanFixture.target("0.8", of: plan)
    #expect(target.status == .conflict)
    #expect(target.onRequest)
    #expect(target.conflicts.map(\.path) == ["src/derive.txt"])
    #expect(target.conflicts.first?.hunks.isEmpty == false)
    #expect(plan.targets.filter { $0.status == .picked }.map(\.line) == ["1.1", "0.9"])
    #expect(!plan.refUpdates.contains { $0.ref.description.contains("0.8") })
  }

  @Test func `a line that holds part of a fix gets the rest`() async throws {
    var history = sample.history
    let early = history.commit(
      "Name the limit\n\nSome words.", on: "0.9", files: ["src/limit.txt": "limit = 1000\n"])
    let fixture = try PlanFixture(history)
    let target = try PlanFixture.target("0.9", of: try await fixture.plan(sample.fix))
    #expect(target.status == .picked)
    #expect(target.commits.map(\.status) == [.picked, .already, .picked, .picked])
    #expect(target.commits[1].id?.description == fixture.repository.id(early))
    #expect(target.riders.isEmpty)
  }

  private func files(in directory: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: directory).sorted()
  }
}
