import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// Servers that say no, break, or do half of it.
struct PushFailureTests {
  @Test(arguments: ["pre-receive", "update"])
  func `a hook that says no is a refusal, and its words are passed on`(hook: String) async throws {
    let (fixture, id) = try await PushFixture.landed()
    try fixture.hook(hook, "echo 'not on a Friday' >&2; exit 1")
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .pushRejected)
    #expect(error.detail.contains("not on a Friday"))
    #expect(fixture.upstream.refs() == before)
    #expect(try fixture.markers(id) == ["applied"])
    #expect(try await fixture.clone.open().undo(id).state == .undone)
  }

  @Test(arguments: [
    "error: GH006: Protected branch update failed for refs/heads/1.1.",
    "- Changes must be made through a pull request.",
    "GitLab: You are not allowed to push code to protected branches on this project.",
    "Forgejo: Not allowed to push to protected branch 1.1",
    "Branch refs/heads/1.1 can only be modified through pull requests.",
    "VS403654: TF402455: Pushes to this branch are not permitted.",
  ])
  func `a branch that is protected is told from other refusals`(words: String) async throws {
    let (fixture, _) = try await PushFixture.landed()
    try fixture.hook("update", "[ \"$1\" != refs/heads/1.1 ] || { echo '\(words)' >&2; exit 1; }")
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .protectedBranch)
    #expect(error.operands == ["origin", "1.1"])
    #expect(error.detail.contains(words))
    #expect(fixture.upstream.refs() == before)
  }

  @Test func `a tag that is protected is not a branch`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    try fixture.hook(
      "update", "[ \"$1\" != refs/tags/v1.1.1 ] || { echo 'no protected branch' >&2; exit 1; }")
    #expect(try await PlanFixture.failure { try await fixture.push() }.code == .pushRejected)
  }

  @Test func `one reference that is refused holds back the others`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    try fixture.hook("update", "[ \"$1\" != refs/tags/v1.0.1 ]")
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.detail.contains("refs/tags/v1.0.1"))
    #expect(fixture.upstream.refs() == before)
  }

  @Test func `a hook of our own is run and can say no`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    let clone = fixture.clone.repository
    try clone.environment.write(
      "#!/bin/sh\ncat >\"$GIT_DIR/seen\"; exit 1\n", to: clone.gitDirectory + "/hooks/pre-push",
      executable: true)
    let before = fixture.upstream.refs()
    #expect(try await PlanFixture.failure { try await fixture.push() }.code == .pushRejected)
    #expect(fixture.upstream.refs() == before)
    let seen = try String(contentsOfFile: clone.gitDirectory + "/seen", encoding: .utf8)
    #expect(seen.split(separator: "\n").count == 5)
  }

  @Test func `a server that takes no group as one is told from one that refuses`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    fixture.upstream.git("config", "receive.advertiseAtomic", "false")
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error == BackportError(.notAtomic, ["origin"]))
    #expect(fixture.upstream.refs() == before)
  }

  @Test
  func `a server killed before it has taken anything leaves it open, and a second push ends it`()
    async throws
  {
    let (fixture, id) = try await PushFixture.landed()
    try fixture.hook("pre-receive", "kill -9 $PPID")
    let before = fixture.upstream.refs()
    let outcome = try await fixture.push()
    #expect(outcome.failure?.code == .pushUnknown)
    #expect(outcome.document.state == .landed)
    #expect(fixture.upstream.refs() == before)
    #expect(try fixture.markers(id) == ["applied", "pushing"])
    #expect(try fixture.records(id) == ["001:sending"])
    let undo = try await PlanFixture.failure { try await fixture.clone.open().undo(id) }
    #expect(undo.operands == [id, "perhaps pushed"])
    try fixture.unhook("pre-receive")
    #expect(try await fixture.push().document.state == .pushed)
    #expect(try fixture.records(id) == ["001:there"])
  }

  @Test func `a server killed after it has taken all has taken it`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    try fixture.hook("post-update", "kill -9 $PPID")
    let outcome = try await fixture.push()
    #expect(outcome.failure == nil)
    #expect(outcome.document.state == .pushed)
    #expect(fixture.upstreamHas(outcome.document))
    #expect(try fixture.records(id) == ["001:there"])
  }

  @Test func `a server that took a part and broke is brought to the end`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    try fixture.hook("pre-receive", "kill -9 $PPID")
    #expect(try await fixture.push().failure?.code == .pushUnknown)
    try fixture.unhook("pre-receive")
    fixture.clone.repository.git("push", "-q", "origin", "1.0", "v1.0.1")
    let outcome = try await fixture.push()
    #expect(outcome.preview.present.map(\.description) == ["refs/heads/1.0", "refs/tags/v1.0.1"])
    #expect(outcome.document.state == .pushed)
    #expect(fixture.upstreamHas(outcome.document))
    #expect(try fixture.markers(id).contains("pushed"))
  }

  @Test func `a push that stops between two groups is resumed by the next`() async throws {
    let (fixture, id) = try await PushFixture.landed(minors: 5)
    try fixture.hook("pre-receive", "grep -q refs/tags/v1.4.1 && exit 1; exit 0")
    let outcome = try await fixture.push()
    #expect(outcome.failure?.code == .pushStopped)
    #expect(outcome.failure?.operands == [id, "origin", "1"])
    #expect(outcome.document.state == .landed)
    #expect(outcome.document.pushed.map(\.group) == [1])
    #expect(fixture.upstream.refs()["refs/tags/v1.2.1"] != nil)
    #expect(fixture.upstream.refs()["refs/tags/v1.3.1"] == nil)
    #expect(try fixture.records(id) == ["001:there"])
    #expect(
      try await PlanFixture.failure { try await fixture.clone.open().undo(id) }.code == .cannotUndo)
    try fixture.unhook("pre-receive")
    let second = try await fixture.push()
    #expect(second.failure == nil)
    #expect(second.preview.groups.map(\.count) == [5])
    #expect(second.document.state == .pushed)
    #expect(second.document.pushed.map(\.group) == [1, 2])
  }

  @Test func `a reference that moves between the look and the push is a lost race`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    let moved = fixture.upstream.git(
      "commit-tree", "refs/heads/1.0^{tree}", "-p", "refs/heads/1.0", "-m", "Next")
    // Our own hook runs after the remote was asked and before anything is sent.
    let clone = fixture.clone.repository
    try clone.environment.write(
      "#!/bin/sh\nunset GIT_DIR GIT_COMMON_DIR\ngit -C \(fixture.upstream.directory) update-ref refs/heads/1.0 \(moved)\n",
      to: clone.gitDirectory + "/hooks/pre-push", executable: true)
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .refMoved)
    #expect(fixture.upstream.refs()["refs/tags/v1.1.1"] == nil)
    #expect(try fixture.markers(id) == ["applied"])
  }

  @Test func `a remote that cannot be asked is an error of its own`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    fixture.clone.repository.git("remote", "set-url", "origin", "file://me:s3cret@nowhere/x")
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .remoteUnreachable)
    #expect(!"\(error)".contains("s3cret"))
  }
}
