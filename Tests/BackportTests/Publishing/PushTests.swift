import Backport
import GitStore
import TestSupport
import Testing

/// What a push sends, and what it refuses to send.
struct PushTests {
  @Test func `sends exactly what was landed and nothing besides`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    let clone = fixture.clone.repository
    let before = fixture.upstream.refs()
    clone.git("tag", "-a", "-m", "secret", "embargo", "1.0~0")
    clone.git("tag", "-a", "-m", "secret", "v9.9.9", "refs/tags/v1.0.1")
    clone.git("branch", "mine", "main")
    clone.git("config", "push.followTags", "true")
    clone.git("config", "push.pushOption", "ci.skip")
    clone.git("config", "--add", "remote.origin.push", "refs/*:refs/*")
    let outcome = try await fixture.push()
    #expect(outcome.failure == nil)
    #expect(outcome.document.state == .pushed)
    #expect(fixture.upstreamHas(outcome.document))
    let added = Set(fixture.upstream.refs().keys).subtracting(before.keys)
    #expect(
      added == ["refs/tags/v1.0.1", "refs/tags/v1.1.1", "refs/heads/backport/forward-port/v1.1.1"])
    #expect(outcome.document.pushed.map(\.group) == [1])
    #expect(outcome.preview.commitCount == 3 + 2)
    #expect(try fixture.markers(id) == ["applied", "pushing", "pushed"])
    #expect(try await fixture.clone.open().status().unpushed.isEmpty)
  }

  @Test func `a second push finds everything there`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    _ = try await fixture.push()
    let refs = fixture.upstream.refs()
    let again = try await fixture.push(id)
    #expect(again.failure == nil)
    #expect(again.preview.groups.isEmpty)
    #expect(fixture.upstream.refs() == refs)
  }

  @Test func `a push by hand is noted`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    let document = try await fixture.clone.open().show(id)
    let names = document.refUpdates.map { "\($0.ref):\($0.ref)" }
    _ = fixture.clone.repository.git.bytes(["push", "-q", "origin"] + names)
    #expect(try await fixture.push().document.state == .pushed)
    #expect(try fixture.records(id) == ["001:there"])
  }

  @Test func `a rehearsal sends nothing and notes nothing`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    let before = fixture.upstream.refs()
    let outcome = try await fixture.push { $0.isRehearsal = true }
    #expect(outcome.preview.groups.map(\.count) == [5])
    #expect(fixture.upstream.refs() == before)
    #expect(try fixture.markers(id) == ["applied"])
  }

  @Test func `a person who says no sends nothing`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure {
      try await fixture.clone.open().push(nil, PushOptions()) { _ throws(BackportError) in
        throw BackportError(.notConfirmed, ["push"])
      }
    }
    #expect(error.code == .notConfirmed)
    #expect(fixture.upstream.refs() == before)
    #expect(try fixture.markers(id) == ["applied"])
  }

  @Test func `a branch that went on at the remote stops all of it`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    fixture.meanwhile(on: "1.0")
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .staleRefs)
    #expect(error.detail.contains("1.0 on origin"))
    #expect(fixture.upstream.refs() == before)
    #expect(try fixture.markers(id) == ["applied"])
  }

  @Test func `a tag that the remote has already stops all of it`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    fixture.upstream.git("tag", "v1.1.1", "main")
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .staleRefs)
    #expect(error.detail.contains("v1.1.1"))
    #expect(fixture.upstream.refs() == before)
  }

  @Test func `an unpushed commit under a release branch is not dragged along`() async throws {
    var fixture = try PushFixture()
    var repository = fixture.clone.repository
    let rider = try repository.extend { $0.commit("Embargoed", on: "1.0", files: ["x": "x\n"]) }
    fixture = PushFixture(fixture, clone: repository)
    _ = try await fixture.clone.apply(try await fixture.clone.plan(fixture.fix))
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .foreignCommits)
    #expect(error.detail == String(repository.id(rider).prefix(7)))
    #expect(fixture.upstream.refs() == before)
  }

  @Test(arguments: [
    ("remote.origin.mirror", "true", "mirror"), ("remote.origin.mirror", "junk", "mirror"),
    ("remote.origin.pushurl", "/one", "2 addresses"),
  ])
  func `a remote that takes more than it is sent is refused`(
    key: String, value: String, word: String
  ) async throws {
    let (fixture, _) = try await PushFixture.landed()
    fixture.clone.repository.git("config", "--add", key, value)
    if key.hasSuffix("pushurl") { fixture.clone.repository.git("config", "--add", key, "/two") }
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .unsafeRemote)
    #expect((error.operands.joined() + error.detail).contains(word))
    #expect(fixture.upstream.refs() == before)
  }

  @Test func `the address that is shown is the one the push goes to`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    let address = "https://me:s3cret@example.invalid/x"
    fixture.clone.repository.git("remote", "set-url", "origin", address)
    fixture.clone.repository.git(
      "config", "url.\(fixture.upstream.directory).pushInsteadOf", address)
    let outcome = try await fixture.push()
    #expect(outcome.preview.address == fixture.upstream.directory)
    #expect(fixture.upstreamHas(outcome.document))
  }

  @Test func `undo after a push is refused and says how to mend forward`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    let outcome = try await fixture.push()
    let refs = fixture.clone.repository.refs()
    let error = try await PlanFixture.failure { try await fixture.clone.open().undo(nil) }
    #expect(error.code == .cannotUndo)
    #expect(error.operands == [id, "pushed"])
    let pick = try #require(
      try PlanFixture.target("1.0", of: outcome.document.plan).commits[0].id)
    #expect(
      error.detail.contains(
        "git switch 1.0 && git revert --no-edit \(pick.abbreviated(to: 12))\n"
          + "git backport release 1.0"))
    #expect(fixture.clone.repository.refs() == refs)
  }

  @Test func `what is unresolved holds everything back unless a part is asked for`() async throws {
    var fixture = try PushFixture()
    var repository = fixture.clone.repository
    let commit = try repository.extend {
      $0.commit("Rewrite", on: "1.0", files: ["code.txt": "one\n2\n3\n4\n5\n"])
    }
    repository.git("push", "-q", "origin", "\(repository.id(commit)):refs/heads/1.0")
    fixture = PushFixture(fixture, clone: repository)
    let landed = try await fixture.clone.apply(try await fixture.clone.plan(fixture.fix))
    #expect(landed.targets.map(\.status) == [.picked, .conflict])
    let before = fixture.upstream.refs()
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error == BackportError(.unresolvedLines, [try #require(landed.id), "1.0"]))
    #expect(fixture.upstream.refs() == before)
    let outcome = try await fixture.push { $0.isPartial = true }
    #expect(outcome.failure == nil)
    #expect(fixture.upstreamHas(outcome.document))
    #expect(outcome.document.state != .pushed)
  }

  @Test func `without a remote, or with one that is not there, nothing happens`() async throws {
    let (fixture, _) = try await PushFixture.landed()
    let error = try await PlanFixture.failure { try await fixture.push { $0.remote = "nowhere" } }
    #expect(error == BackportError(.noRemote, ["nowhere"]))
    fixture.clone.repository.git("remote", "remove", "origin")
    #expect(try await PlanFixture.failure { try await fixture.push() } == BackportError(.noRemote))
  }

  @Test func `an operation that was taken back is not pushed`() async throws {
    let (fixture, id) = try await PushFixture.landed()
    _ = try await fixture.clone.open().undo(id)
    let error = try await PlanFixture.failure { try await fixture.push(id) }
    #expect(error == BackportError(.cannotPush, [id, "undone"]))
    #expect(try await PlanFixture.failure { try await fixture.push() }.code == .noOperation)
  }
}
