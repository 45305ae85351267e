import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// What an apply leaves behind, and what it refuses to touch.
struct LandingTests {
  let sample = SampleProject.tokenKit()

  @Test func `a saved plan is refused when a branch has moved, and nothing is written`()
    async throws
  {
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix)
    let other = fixture.repository.git(
      "commit-tree", "refs/heads/0.9^{tree}", "-p", "refs/heads/0.9", "-m", "Meanwhile")
    fixture.repository.git("update-ref", "refs/heads/0.9", other)
    let refs = fixture.repository.refs()
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .refMoved)
    #expect(fixture.repository.refs() == refs)
    #expect(try packs(of: fixture) == 1)
  }

  @Test func `a plan survives being written and read`() async throws {
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix)
    let bytes = try DocumentCoding.encode(plan)
    let read = try DocumentCoding.decode(BackportPlan.self, from: bytes, named: "plan")
    #expect(read == plan)
    #expect(try await fixture.apply(read).state == .landed)
  }

  @Test func `undo puts every reference back and can be seen in the log`() async throws {
    let fixture = try PlanFixture(sample.history)
    let before = fixture.repository.refs()
    _ = try await fixture.apply(try await fixture.plan(sample.fix))
    #expect(fixture.repository.refs() != before)
    let undone = try await fixture.open().undo(nil)
    #expect(undone.state == .undone)
    #expect(fixture.repository.refs() == before)
    #expect(try await fixture.open().log().operations.map(\.state) == [.undone])
    let error = try await PlanFixture.failure { try await fixture.open().undo(undone.id) }
    #expect(error.code == .cannotUndo)
  }

  @Test func `undo is refused when a reference has moved since`() async throws {
    let fixture = try PlanFixture(sample.history)
    _ = try await fixture.apply(try await fixture.plan(sample.fix))
    fixture.repository.git("update-ref", "refs/heads/1.1", fixture.repository.id(sample.fix))
    let refs = fixture.repository.refs()
    let error = try await PlanFixture.failure { try await fixture.open().undo(nil) }
    #expect(error.code == .refMoved)
    #expect(fixture.repository.refs() == refs)
  }

  @Test func `an interrupted operation is finished by the next run`() async throws {
    let fixture = try PlanFixture(sample.history)
    let document = try await fixture.apply(try await fixture.plan(sample.fix))
    let id = try #require(document.id)
    let moved = try #require(document.refUpdates.first { $0.ref.description == "refs/heads/0.9" })
    let tag = try #require(document.refUpdates.first { $0.ref.description == "refs/tags/v0.9.1" })
    let directory = fixture.repository.gitDirectory + "/backport/ops/" + id
    try FileManager.default.removeItem(atPath: directory + "/applied")
    fixture.repository.git(
      "update-ref", moved.ref.description, try #require(moved.old?.description))
    fixture.repository.git("update-ref", "-d", tag.ref.description)
    let lock = fixture.repository.gitDirectory + "/refs/heads/0.9.lock"
    try Data("\(try #require(moved.new))\n".utf8).write(to: URL(fileURLWithPath: lock))
    #expect(try await fixture.open().status().pending.map(\.id) == [id])

    _ = try await fixture.open().undo(id)
    #expect(fixture.repository.git("tag", "-l", "v0.9.1").isEmpty)
    #expect(!FileManager.default.fileExists(atPath: lock))
    #expect(try await fixture.open().status().pending.isEmpty)
  }

  @Test func `a branch that a worktree stands on is blocked and the others land`() async throws {
    let fixture = try PlanFixture(sample.history)
    let path = try fixture.repository.environment.makeDirectory("linked") + "/tree"
    fixture.repository.git("worktree", "add", "-q", path, "0.9")
    let plan = try await fixture.plan(sample.fix)
    #expect(plan.warnings.contains { $0.code == "checked-out" && $0.message.contains(path) })
    #expect(try PlanFixture.target("0.9", of: plan).status == .picked)
    let document = try await fixture.apply(plan)
    #expect(document.targets.map(\.status) == [.picked, .blocked])
    #expect(
      fixture.repository.git("rev-parse", "0.9") == fixture.repository.git("rev-parse", "v0.9.0"))
    #expect(fixture.repository.git("tag", "-l", "v?.?.1") == "v1.1.1")
    #expect(
      !fixture.repository.git("show", "backport/forward-port/v1.1.1:CHANGELOG.md").contains("0.9.1")
    )
  }

  @Test func `a clean worktree is moved along when that is asked for`() async throws {
    let fixture = try PlanFixture(sample.history)
    let path = try fixture.repository.environment.makeDirectory("linked") + "/tree"
    fixture.repository.git("worktree", "add", "-q", path, "0.9")
    let plan = try await fixture.plan(sample.fix)
    let document = try await fixture.apply(plan, updatesWorktrees: true)
    #expect(document.targets.map(\.status) == [.picked, .picked])
    #expect(fixture.repository.git("-C", path, "status", "--porcelain").isEmpty)
    #expect(try String(contentsOfFile: path + "/src/limit.txt", encoding: .utf8).contains("1000"))
  }

  @Test func `a worktree with changes is not moved along and the other lines land`() async throws {
    let fixture = try PlanFixture(sample.history)
    let path = try fixture.repository.environment.makeDirectory("linked") + "/tree"
    fixture.repository.git("worktree", "add", "-q", path, "0.9")
    try Data("mine\n".utf8).write(to: URL(fileURLWithPath: path + "/README.md"))
    let tip = fixture.repository.git("rev-parse", "0.9")
    let plan = try await fixture.plan(sample.fix)
    let document = try await fixture.apply(plan, updatesWorktrees: true)
    #expect(document.targets.map(\.status) == [.picked, .blocked])
    let target = try PlanFixture.target("0.9", of: document.plan)
    #expect(target.evidence.last?.contains("not committed") == true)
    #expect(fixture.repository.git("rev-parse", "0.9") == tip)
    #expect(try String(contentsOfFile: path + "/README.md", encoding: .utf8) == "mine\n")
  }

  @Test func `a hook that says no leaves nothing behind`() async throws {
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix)
    try fixture.repository.environment.write(
      "#!/bin/sh\n[ \"$1\" = prepared ] && exit 1 || exit 0\n",
      to: fixture.repository.gitDirectory + "/hooks/reference-transaction", executable: true)
    let refs = fixture.repository.refs()
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .rejectedByHook)
    #expect(fixture.repository.refs() == refs)
    #expect(try packs(of: fixture) == 1)
    #expect(try await fixture.open().log().operations.isEmpty)
  }

  @Test(arguments: [("hooks", false), ("/hooks", true)])
  func `hooks that lie in the working tree run only when the user says so`(
    folder: String, isTrusted: Bool
  ) async throws {
    let fixture = try PlanFixture(sample.history, bare: false)
    let repository = fixture.repository
    repository.git("checkout", "-q", "--detach")
    let plan = try await fixture.plan(sample.fix)
    let path = repository.directory + "/hooks"
    let canary = repository.environment.root + "/canary"
    try repository.environment.write(
      "#!/bin/sh\ntouch '\(canary)'\n", to: path + "/reference-transaction", executable: true)
    if isTrusted {
      try repository.environment.write(
        "[core]\n\thooksPath = \(path)\n", to: repository.environment.home + "/.gitconfig")
    } else {
      repository.git("config", "core.hooksPath", folder)
    }
    let global =
      isTrusted ? ["GIT_CONFIG_GLOBAL": repository.environment.home + "/.gitconfig"] : [:]
    let document = try await fixture.open(plan.options, environment: global).apply(saved: plan)
    #expect(FileManager.default.fileExists(atPath: canary) == isTrusted)
    #expect(document.plan.warnings.contains { $0.code == "hooks-skipped" } == !isTrusted)
  }

  @Test func `a remote that has the tag already is stale references`() async throws {
    let upstream = try PlanFixture(sample.history)
    let clone = try PlanFixture(sample.history)
    upstream.repository.git("tag", "v0.9.1", "main")
    clone.repository.git("remote", "add", "origin", upstream.repository.gitDirectory)
    let plan = try await clone.plan(sample.fix)
    let refs = clone.repository.refs()
    let error = try await PlanFixture.failure { try await clone.apply(plan) }
    #expect(error.code == .staleRefs)
    #expect(error.detail.contains("v0.9.1"))
    #expect(clone.repository.refs() == refs)
  }

  @Test func `a remote with a newer release of a line is stale references`() async throws {
    let upstream = try PlanFixture(sample.history)
    let clone = try PlanFixture(sample.history)
    upstream.repository.git("tag", "v0.9.7", "0.9")
    clone.repository.git("remote", "add", "origin", upstream.repository.gitDirectory)
    let error = try await PlanFixture.failure {
      try await clone.apply(try await clone.plan(sample.fix))
    }
    #expect(error.code == .staleRefs)
    #expect(error.detail.contains("0.9.8"))
  }

  @Test func `a branch that went on at the remote is stale references`() async throws {
    let upstream = try PlanFixture(sample.history)
    let clone = try PlanFixture(sample.history)
    let other = upstream.repository.git("commit-tree", "0.9^{tree}", "-p", "0.9", "-m", "Next")
    upstream.repository.git("update-ref", "refs/heads/0.9", other)
    clone.repository.git("remote", "add", "origin", upstream.repository.gitDirectory)
    let plan = try await clone.plan(sample.fix)
    let error = try await PlanFixture.failure { try await clone.apply(plan) }
    #expect(error.code == .staleRefs)
    #expect(error.detail.contains("0.9 on origin"))
  }

  @Test func `a remote that cannot be asked stops an apply, its password unsaid`() async throws {
    let clone = try PlanFixture(sample.history)
    clone.repository.git("remote", "add", "origin", "file://me:secret@nowhere/x.git")
    let plan = try await clone.plan(sample.fix)
    let refs = clone.repository.refs()
    let error = try await PlanFixture.failure { try await clone.apply(plan) }
    #expect(error.code == .remoteUnreachable)
    #expect(!"\(error)".contains("secret"))
    #expect(clone.repository.refs() == refs)
  }

  private func packs(of fixture: PlanFixture) throws -> Int {
    try FileManager.default.contentsOfDirectory(
      atPath: fixture.repository.gitDirectory + "/objects/pack"
    ).filter { $0.hasSuffix(".pack") }.count
  }
}
