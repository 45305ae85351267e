import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// An operation that is made again on what branches hold today.
struct RedoTests {
  private func redo(
    _ hand: HandFixture, id: String? = nil, change: (inout PlanOptions) -> Void = { _ in },
    confirm: (BackportPlan) throws(BackportError) -> Void = { _ in }
  ) async throws -> OperationDocument {
    var given = PlanOptions()
    change(&given)
    let workspace = try await hand.plans.open()
    return try await workspace.redo(
      id, given: given, request: try hand.plans.request(given, workspace), confirm: confirm)
  }

  @Test
  func `goes on from what the remote has by now, with what was resolved, and says how it differs`()
    async throws
  {
    let hand = try HandFixture(lines: 2)
    let git = hand.repository.git
    let tip = git("rev-parse", "1.1")
    git("config", "remote.origin.url", "/nowhere")
    git("config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*")
    git("update-ref", "refs/remotes/origin/1.1", tip)
    var applying = ApplyOptions()
    applying.isOffline = true
    var options = PlanOptions()
    options.fix = hand.fixes.map { hand.repository.id($0) }
    let workspace = try await hand.plans.open(options)
    let first = try await workspace.apply(
      try workspace.plan(hand.plans.request(options, workspace)), applying)
    try hand.write(HandFixture.resolved, on: "1.1")
    _ = try await hand.plans.open().continuePending(nil, applying)
    let old = git("rev-parse", "1.1")
    git("config", "rerere.enabled", "false")
    let other = git("commit-tree", tip + "^{tree}", "-p", tip, "-m", "Meanwhile")
    git("update-ref", "refs/remotes/origin/1.1", other)
    let again = try await hand.plans.open()
    let document = try await again.redo(
      nil, given: PlanOptions(), request: try hand.plans.request(PlanOptions(), again), applying
    ) { _ in }
    #expect(document.state == .landed && document.id != first.id)
    #expect(HandFixture.statuses(document) == [.picked, .picked])
    #expect(git("merge-base", "1.1", other) == other)
    #expect(git("rev-parse", "v1.1.1") == git("rev-parse", "1.1"))
    #expect(git("rev-parse", "1.1") != old)
    #expect(git("show", "1.1:code.txt") + "\n" == HandFixture.resolved)
    #expect(document.rangeDiff?.map(\.line) == ["1.1"])
    #expect(document.rangeDiff?[0].text.contains("Check the rounds") == true)
    #expect(try await hand.plans.open().log().operations.map(\.state) == [.landed, .undone])
    #expect(hand.plans.fsck() == "")
    #expect(try await hand.plans.open().undo(nil).state == .undone)
    #expect(git("rev-parse", "1.1") == other)
    #expect(git("tag", "-l", "v1.?.1") == "")
  }

  @Test func `takes options in the place of those recorded`() async throws {
    let hand = try HandFixture(lines: 1)
    _ = try await hand.apply()
    let document = try await redo(hand) { $0.entry = "Rounds are checked" }
    #expect(document.state == .landed)
    #expect(hand.repository.git("show", "v1.2.1:CHANGELOG.md").contains("- Rounds are checked"))
    #expect(document.plan.fixes[0].commits.count == 2)
    #expect(hand.plans.fsck() == "")
  }

  @Test func `removes what only the operation before had made`() async throws {
    let hand = try HandFixture(lines: 1)
    _ = try await hand.apply()
    #expect(hand.repository.git("branch", "--list", "backport/*") != "")
    let document = try await redo(hand) { $0.release = false }
    #expect(document.state == .landed)
    #expect(hand.repository.git("tag", "-l", "v1.2.1") == "")
    #expect(hand.repository.git("branch", "--list", "backport/*") == "")
    #expect(hand.repository.git("log", "-1", "--format=%s", "1.2") == "Name the limit")
  }

  @Test func `leaves the operation as it was when it does not land`() async throws {
    let hand = try HandFixture()
    let first = try await hand.apply()
    let refs = hand.repository.refs()
    let refused = try await PlanFixture.failure {
      try await redo(hand) { _ in
      } confirm: { (_) throws(BackportError) in
        throw BackportError(.notConfirmed)
      }
    }
    #expect(refused.code == .notConfirmed)
    let whole = try await PlanFixture.failure { try await redo(hand) { $0.allOrNothing = true } }
    #expect(whole.code == .cannotRedo)
    try hand.repository.environment.write(
      "#!/bin/sh\n[ \"$1\" = prepared ] && exit 1 || exit 0\n",
      to: hand.repository.gitDirectory + "/hooks/reference-transaction", executable: true)
    let hook = try await PlanFixture.failure { try await redo(hand) { $0.entry = "Other" } }
    #expect(hook.code == .rejectedByHook)
    try hand.write("mine\n", on: "1.0", adding: false)
    let work = try await PlanFixture.failure { try await redo(hand) }
    #expect(work.code == .operationPending)
    #expect(hand.repository.refs() == refs)
    let document = try await hand.plans.open().show(nil)
    #expect(document.id == first.id && document.state == .pending)
    #expect(hand.exists(hand.worktree("1.0")))
  }

  @Test func `is refused after a branch of the operation has gone on`() async throws {
    let hand = try HandFixture(lines: 1)
    _ = try await hand.apply()
    let other = hand.repository.git("commit-tree", "1.2^{tree}", "-p", "1.2", "-m", "Meanwhile")
    hand.repository.git("update-ref", "refs/heads/1.2", other)
    let error = try await PlanFixture.failure { try await redo(hand) }
    #expect(error.code == .refMoved)
  }

  @Test func `a redo that was killed is finished by the next run`() async throws {
    let hand = try HandFixture(lines: 1)
    let first = try await hand.apply()
    let before = hand.repository.refs()
    let document = try await redo(hand) { $0.entry = "Rounds are checked" }
    let after = hand.repository.refs()
    for (id, marker) in [(document.id, "applied"), (first.id, "undone")] {
      try FileManager.default.removeItem(atPath: try hand.folder(id) + "/" + marker)
    }
    let tag = try #require(before["refs/tags/v1.2.1"])
    hand.repository.git("update-ref", "refs/tags/v1.2.1", tag)
    #expect(try await hand.goOn().state == .landed)
    #expect(hand.repository.refs() == after)
    #expect(try await hand.plans.open().log().operations.map(\.state) == [.landed, .undone])
  }
}
