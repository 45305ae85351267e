import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// What a line that conflicts leaves for a person, and what still works meanwhile.
struct HandOverTests {
  @Test func `the clean line lands and the others wait, each in a worktree of its own`()
    async throws
  {
    let hand = try HandFixture()
    let document = try await hand.apply()
    #expect(document.state == .pending)
    #expect(HandFixture.statuses(document) == [.picked, .conflict, .conflict])
    #expect(document.waiting.map(\.line) == ["1.1", "1.0"])
    #expect(document.waiting.map(\.worktree) == [hand.worktree("1.1"), hand.worktree("1.0")])
    #expect(document.waiting.map(\.paths) == [["code.txt"], ["code.txt"]])
    #expect(document.waiting[0].commit?.description == hand.repository.id(hand.fixes[0]))
    #expect(hand.repository.git("tag", "-l", "v1.?.1") == "v1.2.1")
    let status = try await hand.plans.open().status()
    #expect(status.pending.map(\.id) == [document.id])
    #expect(status.waiting == document.waiting)
    #expect(hand.plans.fsck() == "")
  }

  @Test func `the worktree is as git leaves it after a pick that conflicts`() async throws {
    let hand = try HandFixture(secondConflicts: true)
    _ = try await hand.apply()
    let path = try hand.repository.environment.makeDirectory("oracle") + "/tree"
    hand.repository.git("worktree", "add", "-q", "--detach", path, "1.0")
    let oracle = GitOracle(in: path, environment: hand.repository.environment)
    _ = try oracle.attempt(["cherry-pick", hand.repository.id(hand.fixes[0])])
    let git = hand.git("1.0")
    #expect(git("ls-files", "-s") == oracle("ls-files", "-s"))
    #expect(git("ls-files", "-u").split(separator: "\n").count == 3)
    #expect(
      git("rev-parse", "HEAD", "CHERRY_PICK_HEAD")
        == oracle("rev-parse", "HEAD", "CHERRY_PICK_HEAD"))
    #expect(git("status", "--porcelain") == "UU code.txt")
    #expect(git("status").contains("currently cherry-picking"))
    let file = "/code.txt"
    #expect(
      try String(contentsOfFile: hand.worktree("1.0") + file, encoding: .utf8)
        == String(contentsOfFile: path + file, encoding: .utf8))
    #expect(git("rev-parse", "--is-inside-work-tree") == "true")
    #expect(hand.repository.git("worktree", "list").contains(hand.worktree("1.0")))
  }

  @Test func `conflicts are written in the style of the user's configuration`() async throws {
    let hand = try HandFixture()
    hand.repository.git("config", "merge.conflictStyle", "diff3")
    _ = try await hand.apply()
    let text = try String(contentsOfFile: hand.worktree("1.1") + "/code.txt", encoding: .utf8)
    #expect(text.contains("\n|||||||"))
  }

  @Test func `the commits before the one that conflicts are there`() async throws {
    let hand = try HandFixture(secondConflicts: true)
    let fixes = hand.fixes.reversed().map { hand.repository.id($0) }
    _ = try await hand.apply { options in
      options.fix = [fixes[1], fixes[0]]
      options.to = ["1.1"]
    }
    try hand.write(HandFixture.resolved, on: "1.1")
    let document = try await hand.goOn()
    #expect(document.state == .pending)
    #expect(document.waiting.map(\.paths) == [["notes.txt"]])
    #expect(hand.git("1.1")("log", "--format=%s", "-2") == "Check the rounds\nVersion 1.1.0")
    #expect(hand.git("1.1")("status", "--porcelain") == "UU notes.txt")
  }

  @Test func `while a line waits nothing else is begun, and plan, status and show still work`()
    async throws
  {
    let hand = try HandFixture()
    let document = try await hand.apply()
    let refs = hand.repository.refs()
    let error = try await PlanFixture.failure { try await hand.apply() }
    #expect(error.code == .operationPending && error.isWaiting)
    #expect(error.operands == [document.id, "1.1", "1.0"])
    #expect(hand.repository.refs() == refs)
    #expect(try await hand.plans.plan(hand.fixes[0]).targets.count == 3)
    #expect(try await hand.plans.open().show(nil).waiting == document.waiting)
    #expect(try await hand.plans.open().log().operations.map(\.state) == [.pending])
  }

  @Test func `an operation without one clean line is recorded just the same`() async throws {
    let hand = try HandFixture()
    let document = try await hand.apply { $0.to = ["1.0"] }
    #expect(document.state == .pending)
    #expect(document.refUpdates.isEmpty)
    try hand.write(HandFixture.resolved, on: "1.0")
    let landed = try await hand.goOn()
    #expect(landed.id == document.id)
    #expect(landed.state == .landed)
    #expect(hand.repository.git("tag", "-l", "v1.?.1") == "v1.0.1")
  }

  @Test func `all or nothing lands nothing and opens nothing`() async throws {
    let hand = try HandFixture()
    let refs = hand.repository.refs()
    let document = try await hand.apply { $0.allOrNothing = true }
    #expect(document.id == nil && document.waiting.isEmpty)
    #expect(hand.repository.refs() == refs)
    #expect(try await hand.plans.open().log().operations.isEmpty)
    #expect(!hand.exists(hand.worktree("1.0")))
  }

  @Test func `whoever opens no worktrees lands the clean lines and is done`() async throws {
    let hand = try HandFixture()
    var options = PlanOptions()
    options.fix = hand.fixes.map { hand.repository.id($0) }
    let workspace = try await hand.plans.open(options)
    var applying = ApplyOptions()
    applying.keepsOpen = false
    let plan = try workspace.plan(hand.plans.request(options, workspace))
    let document = try await workspace.apply(plan, applying)
    #expect(document.state == .landed && document.waiting.isEmpty)
    #expect(!hand.exists(hand.worktree("1.0")))
  }

  @Test func `a worktree that somebody took away is made again`() async throws {
    let hand = try HandFixture()
    _ = try await hand.apply()
    try FileManager.default.removeItem(atPath: hand.worktree("1.1"))
    try hand.write(HandFixture.resolved, on: "1.0")
    hand.repository.git("config", "rerere.enabled", "false")
    let document = try await hand.goOn()
    #expect(HandFixture.statuses(document) == [.picked, .conflict, .picked])
    #expect(hand.git("1.1")("status", "--porcelain") == "UU code.txt")
  }

  @Test func `what is published in part is gone on with, and published to its end`() async throws {
    let hand = try HandFixture()
    let remote = try hand.repository.environment.makeDirectory("remote.git")
    GitOracle(in: remote, environment: hand.repository.environment)("init", "-q", "--bare")
    hand.repository.git("remote", "add", "origin", remote)
    hand.repository.git("push", "-q", "origin", "--all")
    hand.repository.git("push", "-q", "origin", "--tags")
    _ = try await hand.apply()
    let refused = try await PlanFixture.failure {
      try await hand.plans.open().push(nil, PushOptions()) { _ in }
    }
    #expect(refused.code == .unresolvedLines)
    var partial = PushOptions()
    partial.isPartial = true
    let part = try await hand.plans.open().push(nil, partial) { _ in }
    #expect(part.document.state == .pending)
    let undo = try await PlanFixture.failure { try await hand.plans.open().abort(nil) }
    #expect(undo.code == .cannotUndo)
    try hand.write(HandFixture.resolved, on: "1.1")
    try hand.write(HandFixture.resolved, on: "1.0")
    #expect(try await hand.goOn().state == .landed)
    let whole = try await hand.plans.open().push(nil, PushOptions()) { _ in }
    #expect(whole.document.state == .pushed)
    let there = GitOracle(in: remote, environment: hand.repository.environment)
    #expect(there("tag", "-l", "v1.?.1") == "v1.0.1\nv1.1.1\nv1.2.1")
    #expect(there("log", "-1", "--format=%s", "1.0") == "Version 1.0.1")
  }

  @Test func `the lines of an operation are checked out for looking at`() async throws {
    let hand = try HandFixture()
    let document = try await hand.apply()
    let refs = hand.repository.refs()
    let folder = hand.repository.environment.root + "/look"
    let checkouts = try await hand.plans.open().checkOut(document.id, into: folder)
    #expect(checkouts.map(\.path) == [folder + "/1.2"])
    #expect(
      try String(contentsOfFile: folder + "/1.2/code.txt", encoding: .utf8) == HandFixture.fixed)
    #expect(hand.repository.refs() == refs)
    let error = try await PlanFixture.failure {
      try await hand.plans.open().checkOut(document.id, into: folder)
    }
    #expect(error.code == .usage && error.detail == "it is not empty")
  }
}
