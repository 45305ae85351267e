import Foundation
import GitStore
import TestSupport
import Testing

@testable import Backport

/// What stays unseen under embargo, and how it ends.
struct EmbargoTests {
  /// A clone with an operation under embargo.
  private func embargoed(
    notBefore: String? = nil, change: (inout PlanOptions) -> Void = { _ in }
  ) async throws -> (fixture: PushFixture, document: OperationDocument, id: String) {
    let fixture = try PushFixture()
    let plan = try await fixture.clone.plan(fixture.fix) { options in
      options.embargo = true
      options.notBefore = notBefore
      change(&options)
    }
    let document = try await fixture.clone.apply(plan)
    return (fixture, document, try #require(document.id))
  }

  private func disclose(
    _ fixture: PushFixture, _ id: String? = nil, environment: [String: String] = [:]
  ) async throws -> DisclosureOutcome {
    try await fixture.clone.open(environment: environment).disclose(id, PushOptions()) { _ in }
  }

  private func keeps(_ fixture: PushFixture) throws -> Int {
    try FileManager.default.contentsOfDirectory(
      atPath: fixture.clone.repository.gitDirectory + "/objects/pack"
    ).count { $0.hasSuffix(".keep") }
  }

  /// A private mirror of the remote, known as `sec`.
  private func addPrivateMirror(_ fixture: PushFixture) throws -> TestRepository {
    let clone = fixture.clone.repository
    let path = clone.environment.root + "/private.git"
    fixture.upstream.git("clone", "-q", "--bare", fixture.upstream.directory, path)
    clone.git("remote", "add", "sec", path)
    clone.git("config", "backport.remote.sec.class", "private")
    return TestRepository(opening: path, bare: true, environment: clone.environment)
  }

  @Test func `nothing moves, and the objects outlive a garbage collection`() async throws {
    let before = try PushFixture().clone.repository.refs()
    let (fixture, document, id) = try await embargoed()
    let clone = fixture.clone.repository
    #expect(document.state == .embargoed)
    #expect(clone.refs() == before)
    #expect(document.refUpdates.allSatisfy { $0.state == "old" || $0.state == "absent" })
    clone.git("gc", "--quiet", "--prune=now")
    for update in document.refUpdates {
      #expect(clone.git("cat-file", "-t", update.new?.description ?? "").isEmpty == false)
    }
    let status = try await fixture.clone.open().status()
    #expect(status.embargoed.map(\.id) == [id])
    #expect(status.pending.isEmpty && status.unpushed.isEmpty)
    #expect(try await PlanFixture.failure { try await fixture.push() }.code == .noOperation)
    #expect(try keeps(fixture) == 1)
  }

  @Test func `the very objects that were kept are disclosed`() async throws {
    let (fixture, document, id) = try await embargoed(notBefore: "2023-11-20T11:59Z")
    let outcome = try await disclose(fixture)
    #expect(outcome.failure == nil)
    #expect(outcome.document.id == id)
    #expect(outcome.document.state == .pushed)
    #expect(outcome.document.plan.refUpdates == document.plan.refUpdates)
    #expect(fixture.upstreamHas(outcome.document))
    let there = fixture.clone.repository.refs()
    #expect(outcome.document.refUpdates.allSatisfy { there["\($0.ref)"] == $0.new?.description })
    #expect(fixture.clone.fsck().isEmpty)
    #expect(try keeps(fixture) == 0)
    let again = try await PlanFixture.failure { try await disclose(fixture, id) }
    #expect(again == BackportError(.notEmbargoed, [id, "pushed"]))
  }

  @Test func `nothing is disclosed before its time`() async throws {
    let (fixture, _, id) = try await embargoed(notBefore: "2023-11-20T12:01Z")
    let (here, there) = (fixture.clone.repository.refs(), fixture.upstream.refs())
    let error = try await PlanFixture.failure { try await disclose(fixture) }
    #expect(error == BackportError(.tooEarly, [id, "2023-11-20T12:01:00Z"]))
    #expect(fixture.clone.repository.refs() == here)
    #expect(fixture.upstream.refs() == there)
  }

  @Test func `a remote that is public, or not known to be private, gets nothing`() async throws {
    let (fixture, _, id) = try await embargoed()
    let before = fixture.upstream.refs()
    let git = fixture.clone.repository.git
    let error = try await PlanFixture.failure { try await fixture.push(id) }
    #expect(error == BackportError(.embargoed, [id, "origin"]))
    git("config", "backport.remote.origin.class", "public")
    #expect(try await PlanFixture.failure { try await fixture.push(id) }.code == .embargoed)
    git("config", "backport.remote.origin.class", "Private")
    #expect(try await PlanFixture.failure { try await fixture.push(id) }.code == .embargoed)
    #expect(fixture.upstream.refs() == before)
  }

  @Test func `a private remote takes it, and it stays under embargo`() async throws {
    let (fixture, document, id) = try await embargoed()
    let mirror = try addPrivateMirror(fixture)
    let (here, there) = (fixture.clone.repository.refs(), fixture.upstream.refs())
    let outcome = try await fixture.push(id) { $0.remote = "sec" }
    #expect(outcome.failure == nil)
    #expect(outcome.document.state == .embargoed)
    #expect(outcome.document.pushed.map(\.remote) == ["sec"])
    let mirrored = mirror.refs()
    #expect(document.refUpdates.allSatisfy { mirrored["\($0.ref)"] == $0.new?.description })
    let visible = fixture.clone.repository.refs().filter { !$0.key.hasPrefix("refs/remotes/sec/") }
    #expect(visible == here)
    #expect(fixture.upstream.refs() == there)
    #expect(try await disclose(fixture).document.state == .pushed)
  }

  @Test func `a class holds for one address only`() async throws {
    let (fixture, _, id) = try await embargoed()
    _ = try addPrivateMirror(fixture)
    let git = fixture.clone.repository.git
    git("remote", "set-url", "sec", fixture.upstream.directory + "/")
    let shared = try await PlanFixture.failure {
      try await fixture.push(id) { $0.remote = "sec" }
    }
    #expect(shared.code == .embargoed)
    git("remote", "remove", "origin")
    git("config", "backport.remote.sec.url", "https://git.example.com/sec.git")
    let pinned = try await PlanFixture.failure {
      try await fixture.push(id) { $0.remote = "sec" }
    }
    #expect(pinned.code == .embargoed)
  }

  @Test func `tips that have moved stop a disclosure before anything is seen`() async throws {
    let (fixture, _, id) = try await embargoed()
    fixture.meanwhile(on: "1.0")
    let there = fixture.upstream.refs()
    let remote = try await PlanFixture.failure { try await disclose(fixture) }
    #expect(remote.code == .staleRefs)
    let clone = fixture.clone.repository
    clone.git("update-ref", "refs/heads/1.1", "main")
    let refs = clone.refs()
    let local = try await PlanFixture.failure { try await disclose(fixture) }
    #expect(local.code == .staleEmbargo)
    #expect(local.operands.prefix(2) == [id, "refs/heads/1.1"])
    #expect(clone.refs() == refs)
    #expect(fixture.upstream.refs() == there)
  }

  @Test func `a disclosure that was killed is finished, or is none`() async throws {
    let (fixture, document, id) = try await embargoed()
    let marker = fixture.clone.repository.gitDirectory + "/backport/ops/\(id)/disclosed"
    try Data().write(to: URL(fileURLWithPath: marker))
    let moved = fixture.clone.repository.git("rev-parse", "main")
    fixture.clone.repository.git("update-ref", "refs/heads/1.1", moved)
    #expect(try await PlanFixture.failure { try await fixture.push() }.code == .noOperation)
    #expect(try await fixture.clone.open().show(id).state == .embargoed)
    let old = try #require(document.refUpdates.first { "\($0.ref)" == "refs/heads/1.1" }?.old)
    fixture.clone.repository.git("update-ref", "refs/heads/1.1", old.description)
    try Data().write(to: URL(fileURLWithPath: marker))
    let outcome = try await fixture.push()
    #expect(outcome.document.state == .pushed)
    #expect(fixture.upstreamHas(outcome.document))
  }

  @Test func `an embargo that is given up leaves nothing`() async throws {
    let (fixture, document, id) = try await embargoed()
    let clone = fixture.clone.repository
    #expect(try await fixture.clone.open().undo(id).state == .undone)
    #expect(try keeps(fixture) == 0)
    clone.git("gc", "--quiet", "--prune=now")
    let id0 = try #require(document.refUpdates[0].new?.description)
    #expect(try clone.git.attempt(["cat-file", "-e", id0]).status != 0)
  }

  @Test func `what one embargo keeps, another may need`() async throws {
    let (fixture, _, id) = try await embargoed { $0.forwardPort = false }
    let second = try await fixture.clone.apply(
      try await fixture.clone.plan(fixture.fix) { $0.embargo = true })
    _ = try await fixture.clone.open().undo(id)
    fixture.clone.repository.git("gc", "--quiet", "--prune=now")
    let outcome = try await disclose(fixture, second.id)
    #expect(outcome.document.state == .pushed)
    #expect(fixture.clone.fsck().isEmpty)
  }

  @Test func `a new name that tells what it is about is refused`() async throws {
    let (history, fix) = TwoLines.withFix(config: "[branches]\n\tcreate = cve-2026-1-{line}\n")
    let fixture = try PlanFixture(history)
    for name in ["1.0", "1.1"] { fixture.repository.git("update-ref", "-d", "refs/heads/\(name)") }
    let plan = try await fixture.plan(fix) { $0.embargo = true }
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .revealingName)
    #expect(error.operands.last == "cve")
    #expect(try await fixture.open().log().operations.isEmpty)
  }

  @Test(
    arguments: [
      ("1.0.x", []), ("security-fix", ["security"]), ("CVE-2026-0001", ["cve"]),
      ("fix_xss", ["xss"]), ("securityteam", []), ("v1.2.3", []),
    ] as [(String, [String])])
  func `whole words tell`(name: String, words: [String]) {
    #expect(Embargo.revealing(name) == words)
  }

  @Test(arguments: ["GIT_TRACE", "GIT_TRACE2_EVENT", "GIT_CURL_VERBOSE", "ACTIONS_STEP_DEBUG"])
  func `nothing is done while something prints what is handled`(name: String) async throws {
    let (fixture, _, id) = try await embargoed()
    let error = try await PlanFixture.failure {
      try await disclose(fixture, id, environment: [name: "true"])
    }
    #expect(error == BackportError(.tracing, [name]))
  }

  @Test func `a later push does not drag an embargoed commit along`() async throws {
    let (fixture, document, _) = try await embargoed()
    var repository = fixture.clone.repository
    let made = try #require(try PlanFixture.target("1.0", of: document.plan).commits[0].id)
    // Somebody builds on what is kept.
    repository.git("update-ref", "refs/heads/1.0", made.description)
    let next = try repository.extend { $0.commit("Another", files: ["other.txt": "x\n"]) }
    let later = PushFixture(fixture, clone: repository)
    let plan = try await later.clone.plan(next) { $0.to = ["1.0"] }
    _ = try await later.clone.apply(plan)
    let before = later.upstream.refs()
    #expect(try await PlanFixture.failure { try await later.push() }.code == .embargoed)
    #expect(later.upstream.refs() == before)
  }

  @Test func `picks of a fix that others cannot see do not name its commits`() async throws {
    var history = TwoLines.history()
    let work = history.commit("Work", files: ["work.txt": "w\n"])
    let fix = history.commit(
      "Check three", on: "private", files: ["code.txt": .text(TwoLines.fixed)], parents: [work])
    let fixture = try PlanFixture(history)
    for isSecret in [true, false] {
      let plan = try await fixture.plan(fix) { options in
        options.embargo = isSecret
        options.offTrunk = true
      }
      #expect(plan.warnings.contains { $0.code == "private-origin" } == isSecret)
      let document = try await fixture.apply(plan)
      let pick = try #require(document.plan.targets.first?.commits.first?.id)
      let message = fixture.repository.git("log", "-1", "--format=%B", "\(pick)")
      #expect(message.contains("cherry picked from") != isSecret)
    }
  }
}
