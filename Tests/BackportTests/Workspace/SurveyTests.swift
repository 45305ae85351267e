import Backport
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// Tags and branches in, lines out: what `lines` and `plan` see of a repository.
struct SurveyTests {
  private let today = CalendarDate(unixSeconds: PlanFixture.now)

  @Test func `tags that are no releases are told with the reason`() async throws {
    var history = RepositoryBuilder()
    let first = history.commit("One", files: ["a": "a\n"])
    for name in ["nightly", "v1.0.0-rc.1", "build-x"] { history.tag(name, at: first) }
    let fixture = try PlanFixture(history)
    let error = try await PlanFixture.failure { try await fixture.open().lines(asOf: today) }
    #expect(error.code == .noReleases)
    #expect(error.detail.contains("3 tags are not releases: build-x, nightly, v1.0.0-rc.1"))
  }

  @Test func `a clone that fetches no tags is told from one without any`() async throws {
    var history = RepositoryBuilder()
    history.commit("One", files: ["a": "a\n"])
    let fixture = try PlanFixture(history)
    let none = try await PlanFixture.failure { try await fixture.open().lines(asOf: today) }
    #expect(none.detail.contains("were they fetched"))
    fixture.repository.git("config", "remote.origin.url", "https://example.com/x.git")
    fixture.repository.git("config", "remote.origin.tagOpt", "--no-tags")
    let error = try await PlanFixture.failure { try await fixture.open().lines(asOf: today) }
    #expect(error.detail.contains("origin.tagOpt = --no-tags"))
  }

  @Test func `several packages and none chosen is an error with the list`() async throws {
    var history = RepositoryBuilder()
    let first = history.commit("One", files: ["a": "a\n"])
    history.tag("parser@1.0.0", at: first)
    history.tag("printer@2.0.0", at: first)
    history.branch("1.0", at: first)
    let fix = history.commit("Fix", files: ["a": "b\n"])
    let fixture = try PlanFixture(history)
    let error = try await PlanFixture.failure { try await fixture.plan(fix) }
    #expect(error.code == .severalPackages)
    #expect(error.operands == ["parser", "printer"])
    let plan = try await fixture.plan(fix) {
      $0.package = "printer"
      $0.to = ["2.0"]
    }
    #expect(plan.targets.map(\.line) == ["printer@2.0"])
    #expect(plan.targets.first?.package == "printer")
    #expect(plan.targets.first?.release?.tag == "printer@2.0.1")
  }

  @Test func `a version that was taken back is not used again and is no release`() async throws {
    var (history, fix) = TwoLines.withFix(config: "[tags]\n\tyanked = 1.0.1\n")
    let bad = history.commit("Version 1.0.1", on: "1.0", files: ["bad": "bad\n"])
    history.tag("v1.0.1", at: bad)
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.release?.tag == "v1.0.2")
    #expect(target.riders.map(\.subject) == ["Version 1.0.1"])
  }

  @Test func `a pre-release neither makes a line nor is overtaken`() async throws {
    var (history, fix) = TwoLines.withFix()
    history.tag("v2.0.0-rc.1", at: fix)
    let plan = try await PlanFixture(history).plan(fix)
    #expect(plan.targets.map(\.line) == ["1.1", "1.0"])
    #expect(plan.targets.first?.release?.isLatest == true)
  }

  @Test(arguments: [
    ("[]", "1.0"), ("[{\"name\": \"release/1.0\", \"checked\": true}, \"9.9\"]", "release/1.0"),
    ("[\"release/1.0\"]", "release/1.0"), ("not json", "1.0"),
  ])
  func `another tool's list of branches decides between two that fit a line`(
    list: String, expected: String
  ) async throws {
    var history = TwoLines.history()
    history.branch(
      "refs/heads/release/1.0", at: history.commit("Rider", on: "1.0", files: ["r": "r\n"]))
    history.commit(
      "Choose", files: [".backportrc.json": .text("{\"targetBranchChoices\": \(list)}")])
    let fixture = try PlanFixture(history)
    let lines = try await fixture.open().lines(asOf: today)
    #expect(lines.lines.map(\.branch?.name) == ["1.1", expected])
  }

  @Test func `a shallow clone lists its lines and says what it cannot know`() async throws {
    var history = TwoLines.history()
    history.branch("1.1.x", at: history.commit("Rider", on: "1.1", files: ["r": "r\n"]))
    let upstream = try history.write(name: "upstream")
    let path = upstream.environment.root + "/clone"
    _ = try upstream.git.attempt([
      "clone", "-q", "--depth=1", "--no-single-branch", "file://" + upstream.gitDirectory, path,
    ])
    let clone = TestRepository(opening: path, bare: false, environment: upstream.environment)
    clone.git("fetch", "-q", "--depth=1", "origin", "tag", "v1.0.0")
    clone.git("fetch", "-q", "--depth=1", "origin", "tag", "v1.1.0")
    let fixture = PlanFixture(clone)
    let document = try await fixture.open().lines(asOf: today)
    #expect(document.warnings.contains { $0.code == "shallow" })
    #expect(document.lines.map(\.line) == ["1.1", "1.0"])
    let error = try await PlanFixture.failure {
      try await fixture.plan { $0.fix = ["origin/main"] }
    }
    #expect(error.code == .shallow)
  }

  @Test func `a partial clone that lacks a file says that an object is missing`() async throws {
    let (history, fix) = TwoLines.withFix()
    let upstream = try history.write(name: "upstream")
    upstream.git("config", "uploadpack.allowFilter", "true")
    let path = upstream.environment.root + "/clone"
    _ = try upstream.git.attempt([
      "clone", "-q", "--bare", "--filter=blob:none", "file://" + upstream.gitDirectory, path,
    ])
    let clone = TestRepository(opening: path, bare: true, environment: upstream.environment)
    let error = try await PlanFixture.failure {
      try await PlanFixture(clone).plan { $0.fix = [upstream.id(fix)] }
    }
    #expect(error.code == .missingObject)
  }

  @Test func `the branch of a line that is named in the configuration is taken`() async throws {
    var (history, fix) = TwoLines.withFix(config: "[branch \"1.0\"]\n\tname = maint/old\n")
    let rider = history.commit("Rider", on: "1.0", files: ["r": "r\n"])
    history.branch("maint/old", at: rider)
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.branch == "maint/old")
  }

  @Test func `a named branch that lacks the newest release is blocked`() async throws {
    var (history, fix) = TwoLines.withFix(config: "[branch \"1.0\"]\n\tname = stale\n")
    let next = history.commit("Version 1.0.1", on: "1.0", files: ["r": "r\n"])
    history.branch("stale", at: history.commit("Root", on: "other", files: ["o": "o\n"]))
    history.tag("v1.0.1", at: next)
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .blocked)
    #expect(target.evidence.last?.contains("stale does not hold v1.0.1") == true)
  }
}

/// Clones that hold a part only, and places inside of a repository.
struct PartialViewTests {
  /// Thirty old commits, then two lines and a fix, a month apart.
  private func longHistory() -> (history: RepositoryBuilder, fix: Mark) {
    var history = RepositoryBuilder()
    for number in 0..<30 { history.commit("Old \(number)", files: ["old.txt": "\(number)\n"]) }
    history.now += 30 * 86_400
    let start = history.commit(
      "Version 1.0.0",
      files: ["code.txt": .text(TwoLines.code), "CHANGELOG.md": TwoLines.log("1.0.0")])
    history.tag("v1.0.0", at: start)
    history.branch("1.0", at: start)
    history.commit("Go on", files: ["later.txt": "later\n"])
    history.now += 30 * 86_400
    let fix = history.commit("Check", files: ["code.txt": .text(TwoLines.fixed)])
    return (history, fix)
  }

  private func clone(
    _ history: RepositoryBuilder, depth: Int
  ) throws -> (clone: TestRepository, upstream: TestRepository) {
    let upstream = try history.write(name: "upstream")
    let path = upstream.environment.root + "/clone"
    let result = try upstream.git.attempt([
      "clone", "-q", "--depth=\(depth)", "--no-single-branch", "file://" + upstream.gitDirectory,
      path,
    ])
    #expect(result.status == 0, "\(result.errorText)")
    let clone = TestRepository(opening: path, bare: false, environment: upstream.environment)
    #expect(!clone.git("rev-list", "--max-parents=0", "main").isEmpty)
    return (clone, upstream)
  }

  @Test func `a shallow clone that reaches back far enough is planned and landed`() async throws {
    let (history, fix) = longHistory()
    let (clone, upstream) = try clone(history, depth: 8)
    let fixture = PlanFixture(clone)
    let plan = try await fixture.plan { $0.fix = [upstream.id(fix)] }
    #expect(plan.targets.map(\.status) == [.picked])
    #expect(try await fixture.apply(plan).state == .landed)
  }

  @Test func `a shallow clone that ends where the fix could still be is refused`() async throws {
    var (history, fix) = longHistory()
    for number in 0..<10 { history.commit("On \(number)", on: "1.0", files: ["n": "\(number)\n"]) }
    history.tag("v1.0.1", at: history.commit("Version 1.0.1", on: "1.0", files: ["v": "v\n"]))
    let (clone, upstream) = try clone(history, depth: 3)
    let error = try await PlanFixture.failure {
      try await PlanFixture(clone).plan { $0.fix = [upstream.id(fix)] }
    }
    #expect(error.code == .shallow)
    #expect(error.operands.first == "origin")
  }

  @Test func `a linked worktree and a folder below it are the same repository`() async throws {
    let (history, fix) = TwoLines.withFix()
    let repository = try history.write(bare: false)
    repository.git("checkout", "-q", "--detach")
    let path = repository.environment.root + "/linked"
    repository.git("worktree", "add", "-q", "--detach", path, "main")
    let below = try repository.environment.makeDirectory("linked/deep/down")
    for directory in [path, below] {
      let linked = PlanFixture(
        TestRepository(opening: directory, bare: false, environment: repository.environment))
      let plan = try await linked.plan { $0.fix = [repository.id(fix)] }
      #expect(plan.targets.map(\.status) == [.picked, .picked])
      _ = try await linked.apply(plan)
      #expect(try await PlanFixture(repository).open().log().operations.first?.state == .landed)
      _ = try await linked.open().undo(nil)
    }
  }

  @Test func `GIT_DIR is honoured, also a relative one`() async throws {
    let (history, _) = TwoLines.withFix()
    let repository = try history.write()
    let elsewhere = try repository.environment.makeDirectory("elsewhere")
    let fixture = PlanFixture(
      TestRepository(opening: elsewhere, bare: false, environment: repository.environment))
    for directory in [repository.gitDirectory, "../repository"] {
      let workspace = try await fixture.open(environment: ["GIT_DIR": directory])
      #expect(workspace.trunk.name == "main")
    }
    let error = try await PlanFixture.failure { try await fixture.open() }
    #expect(error.code == .notARepository)
  }
}
