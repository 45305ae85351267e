import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// What a `continue` that was killed leaves, and what the next run makes of it.
struct ContinueRecoveryTests {
  /// An operation one of whose lines was gone on with, as if the run had been killed before it could
  /// say so; with the references as they were before and after.
  private func killed() async throws -> (
    hand: HandFixture, id: String, before: [String: String], after: [String: String]
  ) {
    let hand = try HandFixture(lines: 2)
    let document = try await hand.apply()
    let before = hand.repository.refs()
    try hand.write(HandFixture.resolved, on: "1.1")
    _ = try await hand.goOn()
    let id = try #require(document.id)
    try FileManager.default.removeItem(atPath: try hand.folder(id) + "/applied-002")
    return (hand, id, before, hand.repository.refs())
  }

  private func put(_ names: [String], to refs: [String: String], in hand: HandFixture) {
    for name in names {
      if let value = refs[name] {
        hand.repository.git("update-ref", name, value)
      } else {
        hand.repository.git("update-ref", "-d", name)
      }
    }
  }

  @Test func `with some references moved it is finished`() async throws {
    let (hand, id, before, after) = try await killed()
    put(["refs/tags/v1.1.1"], to: before, in: hand)
    #expect(try await hand.plans.open().status().pending.map(\.id) == [id])
    let document = try await hand.goOn()
    #expect(document.id == id && document.state == .landed)
    #expect(hand.repository.refs() == after)
  }

  @Test func `with none moved, and a branch that somebody else has, only that part is taken back`()
    async throws
  {
    let (hand, id, before, after) = try await killed()
    put(after.keys.filter { before[$0] != after[$0] }, to: before, in: hand)
    let other = hand.repository.git("commit-tree", "1.1^{tree}", "-p", "1.1", "-m", "Meanwhile")
    hand.repository.git("update-ref", "refs/heads/1.1", other)
    let error = try await PlanFixture.failure { try await hand.goOn() }
    #expect(error.code == .refMoved)
    let document = try await hand.plans.open().show(id)
    #expect(document.state == .pending)
    #expect(HandFixture.statuses(document) == [.picked, .conflict])
    #expect(!hand.exists(try hand.folder(id) + "/continuation-002.json"))
    #expect(hand.repository.git("tag", "-l", "v1.?.1") == "v1.2.1")
  }

  @Test func `abort puts back a part that is half moved, and all before it`() async throws {
    let (hand, _, before, _) = try await killed()
    put(["refs/heads/1.1"], to: before, in: hand)
    #expect(try await hand.plans.open().abort(nil).state == .undone)
    #expect(hand.repository.git("tag", "-l", "v1.?.1") == "")
    #expect(
      hand.repository.git("rev-parse", "1.1", "1.2")
        == hand.repository.git("rev-parse", "v1.1.0", "v1.2.0"))
    #expect(hand.repository.git("branch", "--list", "backport/*") == "")
  }

  @Test func `between two parts somebody else's work keeps an undo from being half done`()
    async throws
  {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    let branch = "refs/heads/backport/forward-port/v1.2.1"
    let other = hand.repository.git(
      "commit-tree", branch + "^{tree}", "-p", branch, "-m", "Meanwhile")
    hand.repository.git("update-ref", branch, other)
    try hand.write(HandFixture.resolved, on: "1.1")
    #expect(try await hand.goOn().state == .landed)
    let refs = hand.repository.refs()
    let error = try await PlanFixture.failure { try await hand.plans.open().undo(nil) }
    #expect(error.code == .refMoved)
    #expect(hand.repository.refs() == refs)
  }

  @Test func `a worktree that a killed run was making is made anew`() async throws {
    let hand = try HandFixture(lines: 2)
    let document = try await hand.apply()
    try FileManager.default.removeItem(atPath: try hand.folder(document.id) + "/hand-1.1.json")
    try hand.write("half\n", on: "1.1")
    let again = try await hand.goOn()
    #expect(again.waiting.map(\.worktree) == [hand.worktree("1.1")])
    #expect(hand.git("1.1")("status", "--porcelain") == "UU code.txt")
    #expect(hand.repository.git("worktree", "list").split(separator: "\n").count == 2)
  }
}
