import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// What `continue` takes, what it makes of it, and what it leaves to the person.
struct ContinueTests {
  @Test
  func `what is resolved in the index lands in the same operation, with all that belongs to it`()
    async throws
  {
    let hand = try HandFixture(lines: 2)
    let applied = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    let document = try await hand.goOn()
    #expect(document.id == applied.id)
    #expect(document.state == .landed)
    #expect(document.targets.map(\.resolvedBy) == [nil, "C O Mitter <committer@example.com>"])
    let git = hand.repository.git
    #expect(
      git("log", "--format=%s", "v1.1.0..1.1") == "Version 1.1.1\nName the limit\nCheck the rounds")
    #expect(git("show", "v1.1.1:code.txt") + "\n" == HandFixture.resolved)
    #expect(git("show", "v1.1.1:CHANGELOG.md").contains("## [1.1.1]"))
    #expect(git("log", "-1", "--format=%an %ae %cn", "1.1~2") == "Fay fay@example.com C O Mitter")
    let source = hand.repository.id(hand.fixes[0])
    #expect(
      git("log", "-1", "--format=%B", "1.1~2") == """
        Check the rounds

        Of untrusted tokens.

        (cherry picked from commit \(source))

        Reviewed-by: Ann <ann@example.com>

        """)
    let forward = git("show", "backport/forward-port/v1.2.1:CHANGELOG.md")
    #expect(forward.contains("[1.2.1]") && forward.contains("[1.1.1]"))
    #expect(!hand.exists(hand.worktree("1.1")))
    #expect(git("worktree", "list").split(separator: "\n").count == 1)
    #expect(hand.plans.fsck() == "")
    let target = try PlanFixture.target("1.1", of: document.plan)
    #expect(target.settled.map(\.method) == ["by-hand"])
    #expect(target.commits.map(\.fidelity) == ["adapted", "identical"])
    #expect(try await hand.plans.open().undo(nil).state == .undone)
    #expect(git("tag", "-l", "v1.?.1") == "")
    #expect(git("rev-parse", "1.1") == git("rev-parse", "v1.1.0"))
    #expect(git("branch", "--list", "backport/*") == "")
  }

  @Test func `a later plan finds the fix where a hand has put it`() async throws {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    _ = try await hand.goOn()
    let plan = try await hand.plans.plan(hand.fixes[0], hand.fixes[1])
    #expect(plan.targets.map(\.status) == [.alreadyApplied, .alreadyApplied])
  }

  @Test func `a commit made there keeps its message, and commits before it stay apart`()
    async throws
  {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    let git = hand.git("1.1")
    git("cherry-pick", "--abort")
    try hand.write("limits\n", to: "limits.txt", on: "1.1")
    git("commit", "-qm", "Prepare for limits")
    _ = try git.attempt(["cherry-pick", "-x", hand.repository.id(hand.fixes[0])])
    try hand.write(HandFixture.resolved, on: "1.1")
    git("commit", "-q", "-m", "Check the rounds of old tokens\n\nThey have no rounds.")
    _ = try await hand.goOn()
    let repository = hand.repository.git
    #expect(
      repository("log", "--format=%s", "v1.1.0..1.1")
        == "Version 1.1.1\nName the limit\nCheck the rounds of old tokens\nPrepare for limits")
    #expect(repository("log", "-1", "--format=%an", "1.1~2") == "Fay")
    #expect(
      repository("log", "-1", "--format=%b", "1.1~2").contains(
        "(cherry picked from commit \(hand.repository.id(hand.fixes[0])))"))
  }

  @Test func `git's own way of concluding a pick is as good`() async throws {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    hand.git("1.1")("-c", "core.editor=true", "cherry-pick", "--continue")
    #expect(try await hand.goOn().state == .landed)
    #expect(hand.repository.git("log", "-1", "--format=%s", "1.1~2") == "Check the rounds")
  }

  @Test func `what is not done is left as it is, and why is said`() async throws {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    let refs = hand.repository.refs()
    func obstacle() async throws -> String? {
      let document = try await hand.goOn()
      #expect(document.state == .pending)
      #expect(hand.repository.refs() == refs)
      return document.waiting.first?.obstacle
    }
    #expect(try await obstacle() == nil)
    try hand.write(HandFixture.resolved, on: "1.1", adding: false)
    #expect(try await obstacle() == "not resolved yet: code.txt")
    let marked = "begin\nread\n<<<<<<< HEAD\nderive with A\n=======\ncheck\n>>>>>>> fix\nend\n"
    try hand.write(marked, on: "1.1")
    #expect(try await obstacle() == "a conflict marker is left in code.txt:3")
    try hand.write(HandFixture.resolved, on: "1.1")
    try hand.write(HandFixture.resolved + "more\n", on: "1.1", adding: false)
    #expect(try await obstacle() == "changed and not added (git add): code.txt")
    try hand.write(HandFixture.old, on: "1.1")
    #expect(try await obstacle()?.contains("--allow-empty") == true)
    hand.git("1.1")("cherry-pick", "--abort")
    #expect(try await obstacle()?.contains("given up there") == true)
    hand.git("1.1")("reset", "-q", "--hard", "HEAD~1")
    #expect(try await obstacle()?.contains("not on top of") == true)
  }

  @Test func `a marker in a commit that was made there is never taken`() async throws {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    hand.git("1.1")("commit", "-qam", "Check the rounds")
    let document = try await hand.goOn()
    #expect(document.waiting.first?.obstacle?.contains("conflict marker") == true)
    #expect(hand.repository.git("tag", "-l", "v1.1.1") == "")
  }

  @Test func `a part of the fix that a line does not need is left out when a commit says so`()
    async throws
  {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    try hand.write(HandFixture.old, on: "1.1")
    hand.git("1.1")("commit", "-q", "--allow-empty", "-C", "CHERRY_PICK_HEAD")
    let document = try await hand.goOn()
    #expect(document.state == .landed)
    let target = try PlanFixture.target("1.1", of: document.plan)
    #expect(target.commits.map(\.status) == [.empty, .picked])
    #expect(
      hand.repository.git("log", "--format=%s", "v1.1.0..1.1") == "Version 1.1.1\nName the limit")
  }

  @Test func `a series that conflicts twice asks twice`() async throws {
    let hand = try HandFixture(lines: 2, secondConflicts: true)
    let applied = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    let half = try await hand.goOn()
    #expect(half.state == .pending)
    #expect(half.waiting.map(\.commit?.description) == [hand.repository.id(hand.fixes[1])])
    #expect(hand.git("1.1")("status", "--porcelain") == "UU notes.txt")
    try hand.write("a\nold, limited\nz\n", to: "notes.txt", on: "1.1")
    let document = try await hand.goOn()
    #expect(document.id == applied.id && document.state == .landed)
    #expect(hand.repository.git("show", "1.1:notes.txt") == "a\nold, limited\nz")
    #expect(hand.repository.git("show", "1.1:code.txt") + "\n" == HandFixture.resolved)
    #expect(hand.plans.fsck() == "")
  }

  @Test func `a branch that was moved meanwhile is not gone on with`() async throws {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    let other = hand.repository.git("commit-tree", "1.1^{tree}", "-p", "1.1", "-m", "Meanwhile")
    hand.repository.git("update-ref", "refs/heads/1.1", other)
    let refs = hand.repository.refs()
    let error = try await PlanFixture.failure { try await hand.goOn() }
    #expect(error.code == .refMoved)
    #expect(error.operands.first == "refs/heads/1.1" && error.operands.last == "1.1")
    #expect(hand.repository.refs() == refs)
    #expect(hand.exists(hand.worktree("1.1")))
    hand.repository.git("update-ref", "refs/heads/1.1", "v1.1.0^{commit}")
    #expect(try await hand.goOn().state == .landed)
  }

  @Test func `it goes on from inside the worktree as well`() async throws {
    let hand = try HandFixture(lines: 2)
    _ = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    let surroundings = Surroundings(
      environment: hand.repository.environment.variables, directory: hand.worktree("1.1"),
      now: PlanFixture.now, offsetMinutes: 0, tool: "git-backport test")
    let document = try await Workspace.open(surroundings).continuePending()
    #expect(document.state == .landed)
    #expect(document.repository.path == hand.repository.directory)
  }

  @Test func `a line is given up on record`() async throws {
    let hand = try HandFixture()
    let applied = try await hand.apply()
    let document = try await hand.plans.open().skip(["1.0=end of life"])
    #expect(document.id == applied.id && document.state == .pending)
    #expect(HandFixture.statuses(document) == [.picked, .conflict, .skipped])
    #expect(document.plan.options.skip == ["1.0=end of life"])
    #expect(!hand.exists(hand.worktree("1.0")) && hand.exists(hand.worktree("1.1")))
    let again = try await PlanFixture.failure { try await hand.plans.open().skip(["1.0=twice"]) }
    #expect(again.code == .usage)
    let unknown = try await PlanFixture.failure { try await hand.plans.open().skip(["9.9=no"]) }
    #expect(unknown.code == .unknownLine)
    #expect(try await hand.plans.open().skip(["1.1=same"]).state == .landed)
    #expect(hand.repository.git("tag", "-l", "v1.?.1") == "v1.2.1")
  }

  @Test func `abort puts everything back, also what was gone on with`() async throws {
    let hand = try HandFixture()
    let before = hand.repository.refs()
    _ = try await hand.apply()
    hand.repository.git("config", "rerere.enabled", "false")
    try hand.write(HandFixture.resolved, on: "1.0")
    let half = try await hand.goOn()
    #expect(HandFixture.statuses(half) == [.picked, .conflict, .picked])
    let aborted = try await hand.plans.open().abort(nil)
    #expect(aborted.state == .undone)
    #expect(hand.repository.refs() == before)
    #expect(!hand.exists(hand.worktree("1.1")))
    #expect(hand.repository.git("worktree", "list").split(separator: "\n").count == 1)
    #expect(try await hand.plans.open().status().pending.isEmpty)
    #expect(try await hand.apply().state == .pending)
  }

  @Test
  func `under embargo nothing moves before all of it is disclosed`() async throws {
    let hand = try HandFixture(lines: 2)
    let before = hand.repository.refs()
    let applied = try await hand.apply { $0.embargo = true }
    #expect(applied.state == .embargoed && applied.waiting.map(\.line) == ["1.1"])
    try hand.write(HandFixture.resolved, on: "1.1")
    let document = try await hand.goOn()
    #expect(document.state == .embargoed && document.waiting.isEmpty)
    #expect(hand.repository.refs() == before)
    hand.repository.git("gc", "-q", "--prune=now")
    let outcome = try await hand.plans.open().disclose(nil, PushOptions()) { _ in }
    #expect(outcome.document.state == .landed)
    #expect(hand.repository.git("tag", "-l", "v1.?.1") == "v1.1.1\nv1.2.1")
    let forward = hand.repository.git("show", "backport/forward-port/v1.2.1:CHANGELOG.md")
    #expect(forward.contains("[1.2.1]") && forward.contains("[1.1.1]"))
    #expect(hand.plans.fsck() == "")
  }
}
