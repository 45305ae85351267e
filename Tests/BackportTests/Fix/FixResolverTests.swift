import Backport
import GitStore
import TestSupport
import Testing

/// Which commits a revision means.
struct FixResolverTests {
  /// A trunk with one released line and room for a fix on top.
  private func project() -> RepositoryBuilder {
    var history = RepositoryBuilder()
    let first = history.commit(
      "Begin", files: ["a": "1\n2\n3\n", "CHANGELOG.md": "# Changelog\n\n## [1.0.0]\n\n- x\n"])
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    history.commit("Go on", files: ["b": "b\n"])
    return history
  }

  @Test func `a range is picked oldest first`() async throws {
    var history = project()
    let base = history.commit("Before", files: ["c": "c\n"])
    let one = history.commit("One", files: ["d": "d\n"])
    let two = history.commit("Two", files: ["e": "e\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(two) {
      $0.fix = ["\(fixture.repository.id(base))..\(fixture.repository.id(two))"]
    }
    #expect(
      plan.fixes.first?.commits.map(\.id.description)
        == [one, two].map { fixture.repository.id($0) })
    #expect(plan.targets.first?.commits.map(\.status) == [.picked, .picked])
  }

  @Test func `a merge with changes of its own is one change against its first parent`() async throws
  {
    var history = project()
    let side = history.commit("Side", on: "side", files: ["d": "d\n"], parents: [])
    let merge = history.merge(side, files: ["d": "d\n", "evil": "only here\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(merge)
    #expect(plan.fixes.first?.commits.map(\.id.description) == [fixture.repository.id(merge)])
    #expect(plan.fixes.first?.commits.first?.mainline == 1)
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("show", "1.0:evil") == "only here")
  }

  @Test func `a merge against a given parent is one change`() async throws {
    let sample = SampleProject.tokenKit()
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix) { $0.mainline = 1 }
    #expect(plan.fixes.first?.commits.count == 1)
    #expect(plan.targets.map(\.status) == [.picked, .picked])
  }

  @Test func `a second parent is refused for a commit that is no merge, as in git`() async throws {
    var history = project()
    let fix = history.commit("Fix", files: ["a": "1\nfixed\n3\n"])
    let fixture = try PlanFixture(history)
    #expect(try await fixture.plan(fix) { $0.mainline = 1 }.fixes.first?.commits.count == 1)
    let error = try await PlanFixture.failure {
      try await fixture.plan(fix) { $0.mainline = 2 }
    }
    #expect(error.code == .notAMerge)
  }

  @Test func `annotated tags and abbreviated ids are peeled`() async throws {
    var history = project()
    let fix = history.commit("Fix", files: ["a": "1\nfixed\n3\n"])
    history.tag("the-fix", at: fix, message: "Look here")
    let fixture = try PlanFixture(history)
    for name in ["the-fix", String(fixture.repository.id(fix).prefix(8))] {
      let plan = try await fixture.plan(fix) { $0.fix = [name] }
      #expect(plan.fixes.first?.commits.first?.id.description == fixture.repository.id(fix))
      #expect(plan.fixes.first?.requested == [name])
    }
  }

  @Test func `a commit that changes nothing is left out and said`() async throws {
    var history = project()
    let empty = history.commit("Nothing")
    let fix = history.commit("Fix", files: ["a": "1\nfixed\n3\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(empty, fix)
    #expect(plan.fixes.first?.commits.map(\.subject) == ["Fix"])
    #expect(plan.warnings.contains { $0.code == "empty-commit" })
    let error = try await PlanFixture.failure { try await fixture.plan(empty) }
    #expect(error.code == .emptyFix)
  }

  @Test func `a revision that is not there, a tree and a symmetric range are told apart`()
    async throws
  {
    let fixture = try PlanFixture(project())
    for revision in ["nowhere", "main...1.0", "", "main^{tree}"] {
      let error = try await PlanFixture.failure {
        try await fixture.plan { $0.fix = [revision] }
      }
      #expect([.unknownRevision, .damagedRepository].contains(error.code), "\(revision)")
    }
  }

  @Test func `a fix beside the trunk is planned with a warning and not applied`() async throws {
    var history = project()
    let fix = history.commit("Fix", on: "private", files: ["z": "z\n"], parents: [])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    #expect(plan.trunk.state == .lacksFix)
    #expect(plan.warnings.contains { $0.code == "off-trunk" })
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .offTrunk)
    #expect(fixture.repository.git("tag", "-l") == "v1.0.0")
  }

  @Test(arguments: [
    ("Merge commit from fork\n\nCheck sizes\n", "Check sizes"),
    ("Merge commit from fork\n", "Fix it"),
    ("Close the hole (#12)\n\nBody\n", "Close the hole (#12)"),
  ])
  func `the entry comes from the merge, or from the first commit`(
    message: String, entry: String
  ) async throws {
    var history = project()
    history.branch("side", at: history.commit("Base of side", files: ["base": "x\n"]))
    let side = history.commit("fix(core): fix it", on: "side", files: ["d": "d\n"])
    let merge = history.merge(side, into: "main", message, files: ["d": "d\n"])
    let plan = try await PlanFixture(history).plan(merge)
    #expect(plan.fixes.first?.entry == entry)
  }

  @Test func `ids of advisories are found in messages and given ones come first`() async throws {
    var history = project()
    let fix = history.commit(
      "Fix\n\nThis is cve-2026-12345, see GHSA-2F3G-4h5j-6m7p; not CVE-26-1 nor XCVE-2026-0001.",
      files: ["a": "1\nfixed\n3\n"])
    let plan = try await PlanFixture(history).plan(fix) { $0.ids = ["CVE-2026-9999"] }
    #expect(plan.fixes.first?.ids == ["CVE-2026-9999", "CVE-2026-12345", "GHSA-2f3g-4h5j-6m7p"])
    let entry = plan.targets.first?.release?.changelog.first?.entry ?? ""
    #expect(entry.contains("(CVE-2026-9999, CVE-2026-12345, GHSA-2f3g-4h5j-6m7p)"))
  }

  @Test func `a range with a merge that adds something keeps what it adds`() async throws {
    var history = project()
    let base = history.commit("Base", files: ["base": "x\n"])
    history.branch("side", at: base)
    let side = history.commit("Side", on: "side", files: ["d": "d\n"])
    let own = history.commit("Own", files: ["e": "e\n"])
    let merge = history.merge(side, files: ["d": "d\n", "only-here": "o\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan {
      $0.fix = ["\(fixture.repository.id(base))..\(fixture.repository.id(merge))"]
    }
    #expect(
      plan.fixes.first?.commits.map(\.id.description)
        == [own, merge].map { fixture.repository.id($0) })
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("show", "1.0:only-here") == "o")
  }

  @Test func `a range with a merge of nothing but its commits gives those`() async throws {
    var history = project()
    let base = history.commit("Base", files: ["base": "x\n"])
    history.branch("side", at: base)
    let side = history.commit("Side", on: "side", files: ["d": "d\n"])
    let own = history.commit("Own", files: ["e": "e\n"])
    let merge = history.merge(side, files: ["d": "d\n"])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan {
      $0.fix = ["\(fixture.repository.id(base))..\(fixture.repository.id(merge))"]
    }
    #expect(
      plan.fixes.first?.commits.map(\.id.description)
        == [own, side].map { fixture.repository.id($0) })
  }
}
