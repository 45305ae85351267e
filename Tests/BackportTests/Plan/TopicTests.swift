import Backport
import GitStore
import TestSupport
import Testing

@Suite("Topic branches")
struct TopicTests {
  /// A clone and its remote, with a fix owed to 1.1 and 1.0.
  private func fixture() throws -> PushFixture { try PushFixture() }

  private func topic(
    _ fixture: PushFixture, template: String = PlanOptions.usualTopic
  ) async throws -> BackportPlan {
    try await fixture.clone.plan(fixture.fix) { $0.topic = template }
  }

  private func names(_ plan: BackportPlan) -> [String] {
    plan.refUpdates.map { "\($0.ref)" }
  }

  @Test("take picks and release commits; no release branch moves and no tag is made")
  func plan() async throws {
    let fixture = try fixture()
    let plan = try await topic(fixture)
    #expect(
      names(plan) == [
        "refs/heads/backport/1.0/1.0.1", "refs/heads/backport/1.1/1.1.1",
        "refs/heads/backport/forward-port/v1.1.1",
      ])
    let target = try PlanFixture.target("1.1", of: plan)
    #expect(target.status == .picked)
    #expect(target.branch == "1.1")
    #expect(target.topic == "backport/1.1/1.1.1")
    #expect(target.release?.version == "1.1.1")
    #expect(target.release?.tagObject == nil)
    let before = fixture.clone.repository.refs()
    let document = try await fixture.clone.apply(plan)
    #expect(document.state == .landed)
    let after = fixture.clone.repository.refs()
    for (name, id) in before { #expect(after[name] == id) }
    let git = fixture.clone.repository.git
    #expect(git("log", "--format=%s", "1.1..backport/1.1/1.1.1") == "Version 1.1.1\nCheck three")
    #expect(git("show", "backport/1.1/1.1.1:CHANGELOG.md").contains("## [1.1.1]"))
    #expect(fixture.clone.fsck().isEmpty)
  }

  @Test("are named by a template of plain placeholders")
  func template() async throws {
    let fixture = try fixture()
    let plan = try await topic(fixture, template: "fixes/{version}-{fix}")
    let fix = fixture.clone.repository.id(fixture.fix).prefix(12)
    #expect(names(plan).contains("refs/heads/fixes/1.0.1-\(fix)"))
  }

  @Test(
    "with a wrong template are refused",
    arguments: [
      "backport/{branch}/{line}", "backport/same", "backport/{line", "{line}/../x", "-x/{line}",
      "x/{line}}",
    ])
  func wrongTemplate(template: String) async throws {
    let fixture = try fixture()
    let error = try await PlanFixture.failure { try await topic(fixture, template: template) }
    #expect(error.code == .usage)
    #expect(error.operands == ["--topic=\(template)"])
  }

  @Test("are left alone by a run that finds the fix on them")
  func again() async throws {
    let fixture = try fixture()
    _ = try await fixture.clone.apply(try await topic(fixture))
    let plan = try await topic(fixture)
    #expect(plan.refUpdates.isEmpty)
    let target = try PlanFixture.target("1.1", of: plan)
    #expect(target.status == .unreleased)
    #expect(target.evidence.last == "backport/1.1/1.1.1 holds all of it and waits to be merged")
  }

  @Test("take another fix of the same release on top")
  func anotherFix() async throws {
    let fixture = try fixture()
    var clone = fixture.clone.repository
    _ = try await fixture.clone.apply(try await topic(fixture))
    let second = try clone.extend { history in
      history.commit(
        "Check five",
        files: ["code.txt": .text(ManyLines.fixed.replacing("five", with: "five, checked"))])
    }
    let next = PlanFixture(clone)
    let plan = try await next.plan(second) { $0.topic = PlanOptions.usualTopic }
    let target = try PlanFixture.target("1.1", of: plan)
    #expect(target.status == .picked)
    #expect(target.release?.version == "1.1.1")
    _ = try await next.apply(plan)
    #expect(
      clone.git("log", "--format=%s", "1.1..backport/1.1/1.1.1")
        == "Version 1.1.1\nCheck five\nVersion 1.1.1\nCheck three")
    let log = clone.git("show", "backport/1.1/1.1.1:CHANGELOG.md")
    #expect(log.contains("- Check three") && log.contains("- Check five"))
    #expect(log.split(separator: "## [1.1.1]").count == 2)
  }

  @Test("are made again when the release branch has gone on, and pushed over the old ones")
  func movedOn() async throws {
    let fixture = try fixture()
    let clone = fixture.clone.repository
    let first = try #require(try await fixture.clone.apply(try await topic(fixture)).id)
    let pushed = try await fixture.push(first)
    #expect(pushed.document.state == .pushed)
    #expect(fixture.upstream.refs()["refs/heads/1.1"] == clone.refs()["refs/heads/1.1"])
    let old = fixture.upstream.refs()["refs/heads/backport/1.1/1.1.1"]
    fixture.meanwhile(on: "1.1")
    // As a build machine sees it: fetched, and no branches of its own.
    clone.git("fetch", "-q", "origin", "+refs/heads/*:refs/remotes/origin/*")
    for name in ["backport/1.1/1.1.1", "backport/1.0/1.0.1", "1.1", "1.0"] {
      clone.git("branch", "-D", name)
    }
    let plan = try await topic(fixture)
    let update = try #require(plan.refUpdates.first { $0.ref.shorthand == "backport/1.1/1.1.1" })
    #expect(plan.refUpdates.count == 1)
    #expect(update.old == nil)
    #expect(update.replaces?.description == old)
    let second = try await fixture.clone.apply(plan)
    let outcome = try await fixture.push(second.id)
    #expect(outcome.document.state == .pushed)
    let there = fixture.upstream.refs()
    #expect(there["refs/heads/backport/1.1/1.1.1"] == update.new?.description)
    #expect(
      fixture.upstream.git("log", "--format=%s", "1.1..backport/1.1/1.1.1")
        == "Version 1.1.1\nCheck three")
  }

  @Test("that somebody worked on are not made again")
  func foreignWork() async throws {
    let fixture = try fixture()
    var clone = fixture.clone.repository
    _ = try await fixture.clone.apply(try await topic(fixture))
    try clone.extend { history in
      history.commit(
        "Review: also check four", on: "backport/1.1/1.1.1",
        files: ["code.txt": .text(ManyLines.fixed.replacing("four", with: "four, checked"))])
    }
    // On today's branch it is simply gone on from.
    #expect(try PlanFixture.target("1.1", of: try await topic(fixture)).status == .unreleased)
    let next = clone.git("commit-tree", "1.1^{tree}", "-p", "1.1", "-m", "Next")
    clone.git("update-ref", "refs/heads/1.1", next)
    let plan = try await topic(fixture)
    let target = try PlanFixture.target("1.1", of: plan)
    #expect(target.status == .blocked)
    #expect(target.evidence.last?.contains("(Review: also check four)") == true)
    #expect(!names(plan).contains("refs/heads/backport/1.1/1.1.1"))
  }

  @Test("of a line without a branch have one made at its tag to be merged into")
  func newBranch() async throws {
    let fixture = try fixture()
    let clone = fixture.clone.repository
    clone.git("branch", "-D", "1.0")
    let plan = try await topic(fixture)
    let branch = try #require(plan.refUpdates.first { $0.ref.shorthand == "1.0" })
    #expect(branch.old == nil)
    #expect(branch.new?.description == clone.git("rev-parse", "v1.0.0^{commit}"))
    #expect(try PlanFixture.target("1.0", of: plan).topic == "backport/1.0/1.0.1")
  }

  @Test(
    "merged in any way are recognised, and the releases cut",
    arguments: ["merge", "squash", "rebase", "squash without its message"])
  func merged(how: String) async throws {
    let fixture = try fixture()
    let clone = fixture.clone.repository
    _ = try await fixture.clone.apply(try await topic(fixture))
    let topic = "refs/heads/backport/1.1/1.1.1"
    let tree = clone.git("rev-parse", topic + "^{tree}")
    let messages = clone.git("log", "--reverse", "--format=* %B", "1.1.." + topic)
    switch how {
    case "merge":
      let merge = clone.git("commit-tree", tree, "-p", "1.1", "-p", topic, "-m", "Merge topic")
      clone.git("update-ref", "refs/heads/1.1", merge)
    case "rebase": clone.git("update-ref", "refs/heads/1.1", topic)
    default:
      let message = how == "squash" ? "Check three (#7)\n\n" + messages : "Check three (#7)"
      let squashed = clone.git("commit-tree", tree, "-p", "1.1", "-m", message)
      clone.git("update-ref", "refs/heads/1.1", squashed)
    }
    // What is merged is not owed a pick any more, with or without topic branches.
    for options in [PlanOptions.usualTopic, nil] {
      let plan = try await fixture.clone.plan(fixture.fix) { $0.topic = options }
      let target = try PlanFixture.target("1.1", of: plan)
      #expect(target.status == .unreleased, "\(target.evidence)")
      if options != nil {
        #expect(!names(plan).contains(topic))
        #expect(target.evidence.last?.hasSuffix("release the line") == true)
      }
    }
    var options = PlanOptions()
    options.lines = ["1.1"]
    let workspace = try await fixture.clone.open(options)
    let plan = try workspace.plan(try fixture.clone.request(options, workspace))
    #expect(names(plan).contains("refs/tags/v1.1.1"))
    let target = try PlanFixture.target("1.1", of: plan)
    // Nothing is left to be written: the tag goes onto what was merged.
    #expect(target.release?.commit?.description == clone.git("rev-parse", "1.1"))
  }
}
