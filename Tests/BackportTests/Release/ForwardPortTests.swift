import Backport
import GitStore
import TestSupport
import Testing

/// How the new changelog sections get onto the trunk.
struct ForwardPortTests {
  private let branch = "backport/forward-port/v1.1.1"

  @Test func `all lines go into one commit on top of the trunk, in version order`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    let git = fixture.repository.git
    #expect(git("rev-parse", "\(branch)^") == git("rev-parse", "main"))
    let headings = git("show", "\(branch):CHANGELOG.md").split(separator: "\n")
      .filter { $0.hasPrefix("## ") }
    #expect(
      headings == [
        "## [1.1.1] - 2023-11-20", "## [1.1.0] - 2023-11-01", "## [1.0.1] - 2023-11-20",
        "## [1.0.0] - 2023-11-01",
      ])
  }

  @Test func `onto the trunk itself when that is configured`() async throws {
    let (history, fix) = TwoLines.withFix(config: "[changelog]\n\tforward-port = trunk\n")
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    #expect(plan.trunk.new != plan.trunk.old)
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("show", "main:CHANGELOG.md").contains("[1.0.1]"))
    #expect(fixture.repository.git("rev-parse", "main^") == plan.trunk.old.description)
  }

  @Test(arguments: [true, false])
  func `not at all when that is configured or asked for`(configured: Bool) async throws {
    let (history, fix) = TwoLines.withFix(
      config: configured ? "[changelog]\n\tforward-port = off\n" : "")
    let plan = try await PlanFixture(history).plan(fix) { $0.forwardPort = configured }
    #expect(plan.refUpdates.count == 4)
  }

  @Test func `a line released on the trunk and a forward-port onto it move it once`() async throws {
    var (history, _) = TwoLines.withFix(config: "[changelog]\n\tforward-port = trunk\n")
    history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest 2 minors\n[changelog]\n\tforward-port = trunk\n"
    let first = history.commit(
      "Version 1.0.0",
      files: [
        ".gitbackport": .text(policy), "code.txt": .text(TwoLines.code),
        "CHANGELOG.md": TwoLines.log("1.0.0"),
      ])
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    history.tag(
      "v1.1.0",
      at: history.commit(
        "Version 1.1.0", files: ["new": "n\n", "CHANGELOG.md": TwoLines.log("1.1.0", "1.0.0")]))
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    #expect(plan.refUpdates.filter { $0.ref.description == "refs/heads/main" }.count == 1)
    _ = try await fixture.apply(plan)
    let git = fixture.repository.git
    #expect(git("rev-parse", "main^") == git("rev-parse", "v1.1.1"))
    #expect(git("show", "main:CHANGELOG.md").contains("[1.0.1]"))
    #expect(git("show", "main:CHANGELOG.md").contains("[1.1.1]"))
  }

  @Test func `a branch of an earlier run that was not merged goes on and loses nothing`()
    async throws
  {
    var (history, fix) = TwoLines.withFix()
    let other = history.commit("Earlier", on: branch, files: ["e": "e\n"], parents: [fix])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let update = try #require(plan.refUpdates.first { $0.ref.description.hasSuffix(branch) })
    #expect(update.old?.description == fixture.repository.id(other))
    _ = try await fixture.apply(plan)
    #expect(fixture.repository.git("rev-parse", "\(branch)^") == fixture.repository.id(other))
  }

  @Test func `a branch that was merged is moved up to the trunk`() async throws {
    var (history, fix) = TwoLines.withFix()
    history.branch(branch, at: fix)
    let top = history.commit("On", files: ["on": "on\n"])
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    #expect(fixture.repository.git("rev-parse", "\(branch)^") == fixture.repository.id(top))
  }

  @Test func `a branch named backport keeps the forward-port back and nothing else`() async throws {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    fixture.repository.git("branch", "backport", "main")
    let plan = try await fixture.plan(fix)
    #expect(plan.warnings.contains { $0.code == "not-forwarded" && $0.message.contains("beside") })
    #expect(try await fixture.apply(plan).targets.map(\.status) == [.picked, .picked])
  }

  @Test func `a section whose line is not in the trunk's changelog is not carried`() async throws {
    var (history, _) = TwoLines.withFix()
    let fix = history.commit(
      "Start over",
      files: ["CHANGELOG.md": TwoLines.log("1.1.0"), "code.txt": .text(TwoLines.code)])
    _ = fix
    let other = history.commit("Check four", files: ["four.txt": "4\n"])
    let plan = try await PlanFixture(history).plan(other)
    let told = plan.warnings.filter { $0.code == "not-forwarded" }.map(\.message)
    #expect(told.count == 1)
    #expect(told.first?.hasPrefix("1.0: ") == true)
  }

  @Test func `a trunk that is checked out gets a branch instead`() async throws {
    let (history, fix) = TwoLines.withFix(config: "[changelog]\n\tforward-port = trunk\n")
    let fixture = try PlanFixture(history, bare: false)
    let plan = try await fixture.plan(fix)
    #expect(plan.warnings.contains { $0.code == "checked-out" })
    let document = try await fixture.apply(plan)
    #expect(document.targets.map(\.status) == [.picked, .picked])
    #expect(fixture.repository.git("rev-parse", "main") == plan.trunk.old.description)
    #expect(fixture.repository.git("show", "\(branch):CHANGELOG.md").contains("[1.0.1]"))
    #expect(fixture.repository.git("status", "--porcelain").isEmpty)
  }
}
