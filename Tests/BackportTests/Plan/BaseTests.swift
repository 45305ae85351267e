import Backport
import GitStore
import TestSupport
import Testing

/// Which commit the picks of a line are put on, and what becomes of its branch.
struct BaseTests {
  private func withRider() -> (history: RepositoryBuilder, fix: Mark, rider: Mark) {
    var history = TwoLines.history()
    let rider = history.commit("Rider", on: "1.0", files: ["rider.txt": "r\n"])
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    return (history, fix, rider)
  }

  @Test func `the tip is the base and unreleased commits ride along`() async throws {
    let (history, fix, rider) = withRider()
    let fixture = try PlanFixture(history)
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.baseKind == .tip)
    #expect(target.base?.description == fixture.repository.id(rider))
    #expect(target.riders.map(\.subject) == ["Rider"])
  }

  @Test(arguments: ["tag", "auto"])
  func `on the tag only the fix is released and the branch keeps both`(base: String) async throws {
    let (history, fix, rider) = withRider()
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.base = base }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.baseKind == .tag)
    #expect(target.riders.isEmpty)
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(git("ls-tree", "--name-only", "v1.0.1", "rider.txt").isEmpty)
    #expect(git("show", "v1.0.1:code.txt") + "\n" == TwoLines.fixed)
    #expect(git("show", "1.0:rider.txt") == "r")
    #expect(git("show", "1.0:code.txt") + "\n" == TwoLines.fixed)
    #expect(git("rev-parse", "1.0^1") == fixture.repository.id(rider))
    #expect(git("rev-parse", "1.0^2") == git("rev-parse", "v1.0.1"))
    #expect(fixture.fsck().isEmpty)
    let again = try await fixture.plan(fix) { $0.base = base }
    #expect(try PlanFixture.target("1.0", of: again).status == .alreadyApplied)
  }

  @Test func `auto takes the tip where nothing rides along`() async throws {
    let (history, fix, _) = withRider()
    let plan = try await PlanFixture(history).plan(fix) { $0.base = "auto" }
    #expect(try PlanFixture.target("1.1", of: plan).baseKind == .tip)
    let configured = TwoLines.withFix(config: "[pick]\n\tbase = auto\n")
    let other = try await PlanFixture(configured.history).plan(configured.fix)
    #expect(other.targets.map(\.baseKind) == [.tip, .tip])
  }

  @Test func `a fix that waits on the branch behind riders is released alone on the tag`()
    async throws
  {
    var (history, fix, _) = withRider()
    let id = try history.write().id(fix)
    history.commit(
      "Check three\n\n(cherry picked from commit \(id))\n", on: "1.0",
      files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.base = "tag" }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked)
    #expect(target.riders.isEmpty)
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("ls-tree", "--name-only", "v1.0.1", "rider.txt").isEmpty)
    let message = fixture.repository.git("log", "-1", "--format=%B", "v1.0.1~1")
    #expect(message.components(of: "cherry picked").count == 2)
    let tip = try await fixture.plan(fix)
    #expect(try PlanFixture.target("1.0", of: tip).status == .alreadyApplied)
  }

  @Test func `a branch behind its remote is blocked with the command that mends it`() async throws {
    var (history, fix) = TwoLines.withFix()
    history.commit(
      "Theirs", on: "refs/remotes/origin/1.0",
      parents: [
        history.commit("Ours", on: "1.0", files: ["o": "o\n"])
      ])
    let fixture = try PlanFixture(history)
    fixture.repository.git("config", "remote.origin.url", "https://example.com/x.git")
    let plan = try await fixture.plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .blocked)
    #expect(
      target.evidence == [
        "1.0 is behind origin/1.0; run: git fetch . refs/remotes/origin/1.0:refs/heads/1.0"
      ])
    fixture.repository.git("fetch", "-q", ".", "refs/remotes/origin/1.0:refs/heads/1.0")
    #expect(try PlanFixture.target("1.0", of: try await fixture.plan(fix)).status == .picked)
  }

  @Test func `a branch that has diverged is blocked with the command that mends it`() async throws {
    var (history, fix) = TwoLines.withFix()
    let start = history.commit("Start", on: "1.0", files: ["s": "s\n"])
    history.commit("Theirs", on: "refs/remotes/origin/1.0", files: ["t": "t\n"], parents: [start])
    history.commit("Ours", on: "1.0", files: ["o": "o\n"])
    let fixture = try PlanFixture(history)
    fixture.repository.git("config", "remote.origin.url", "https://example.com/x.git")
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.status == .blocked)
    #expect(
      target.evidence == [
        "1.0 and origin/1.0 have diverged; run: git rebase origin/1.0 1.0"
      ])
  }

  @Test func `a branch that is only on the remote is created here and is not stale`() async throws {
    let (history, fix) = TwoLines.withFix()
    let upstream = try history.write(name: "upstream")
    let path = upstream.environment.root + "/clone"
    _ = try upstream.git.attempt(["clone", "-q", "file://" + upstream.gitDirectory, path])
    let fixture = PlanFixture(
      TestRepository(opening: path, bare: false, environment: upstream.environment))
    let plan = try await fixture.plan { $0.fix = [upstream.id(fix)] }
    let update = try #require(plan.refUpdates.first { $0.ref.description == "refs/heads/1.0" })
    #expect(update.old == nil)
    #expect(plan.targets.map(\.status) == [.picked, .picked])
    let document = try await fixture.apply(plan)
    #expect(document.state == .landed)
    #expect(
      fixture.repository.git("merge-base", "origin/1.0", "1.0")
        == fixture.repository.git("rev-parse", "origin/1.0"))
  }

  @Test func `a branch that lacks the newest tag is passed over and that is said`() async throws {
    var (history, fix) = TwoLines.withFix()
    let beside = history.commit(
      "Version 1.0.1", on: "beside",
      files: ["code.txt": .text(TwoLines.code), "CHANGELOG.md": TwoLines.log("1.0.1", "1.0.0")])
    history.tag("v1.0.1", at: history.commit("On", on: "beside", parents: [beside]))
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.branch == "1.0.x")
    #expect(target.evidence.contains { $0.contains("1.0 does not hold v1.0.1") })
  }

  @Test func `a line without a branch gets one from its tag, or only the tag`() async throws {
    for (config, branch) in [("", "1.0.x"), ("[branches]\n\tcreate = none\n", nil)] {
      let (history, fix) = TwoLines.withFix(config: config)
      let fixture = try PlanFixture(history)
      fixture.repository.git("update-ref", "-d", "refs/heads/1.0")
      fixture.repository.git("update-ref", "-d", "refs/heads/1.1")
      let plan = try await fixture.plan(fix)
      let target = try PlanFixture.target("1.0", of: plan)
      #expect(target.status == .picked)
      #expect(target.branch == branch)
      #expect(target.baseKind == .tag)
    }
  }

  @Test func `picks without release and without branch would be lost and are blocked`() async throws
  {
    let (history, fix) = TwoLines.withFix(config: "[branches]\n\tcreate = none\n")
    let fixture = try PlanFixture(history)
    fixture.repository.git("update-ref", "-d", "refs/heads/1.0")
    let plan = try await fixture.plan(fix) { $0.release = false }
    #expect(try PlanFixture.target("1.0", of: plan).status == .blocked)
  }

  @Test func `picks without release move the branch and make no tag`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.release = false }
    #expect(plan.refUpdates.map(\.ref.description) == ["refs/heads/1.0", "refs/heads/1.1"])
    _ = try await fixture.apply(plan)
    let again = try await fixture.plan(fix) { $0.release = false }
    #expect(again.targets.map(\.status) == [.unreleased, .unreleased])
    #expect(again.refUpdates.isEmpty)
    let released = try await fixture.plan(fix)
    #expect(released.targets.map(\.status) == [.unreleased, .unreleased])
    #expect(released.targets.compactMap(\.release?.tag) == ["v1.1.1", "v1.0.1"])
  }
}

extension String {
  /// The parts around every occurrence of a text.
  fileprivate func components(of separator: String) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
