import Backport
import Foundation
import TestSupport
import Testing

/// The same over the network, on the loopback interface.
@Suite(.serialized) struct PushTransportTests {
  private func serving(
    _ transport: RemoteServer.Transport, credentials: String? = nil, user: String = "",
    minors: Int = 2
  ) async throws -> (fixture: PushFixture, server: RemoteServer, id: String) {
    var server: RemoteServer?
    let (fixture, id) = try await PushFixture.landed(minors: minors) { upstream in
      let started = try RemoteServer(transport, upstream.environment, credentials: credentials)
      server = started
      return started.address(of: "upstream.git", user: user)
    }
    return (fixture, try #require(server), id)
  }

  @Test(arguments: RemoteServer.Transport.allCases)
  func `everything arrives, in groups`(transport: RemoteServer.Transport) async throws {
    let (fixture, server, id) = try await serving(transport, minors: 4)
    defer { withExtendedLifetime(server) {} }
    let outcome = try await fixture.push()
    #expect(outcome.failure == nil)
    #expect(outcome.document.state == .pushed)
    #expect(fixture.upstreamHas(outcome.document))
    #expect(try fixture.records(id) == ["001:there", "002:there"])
    #expect(fixture.upstream.git("fsck", "--strict", "--full", "--no-dangling").isEmpty)
  }

  @Test(arguments: RemoteServer.Transport.allCases)
  func `a hook that says no and a server that is not atomic`(
    transport: RemoteServer.Transport
  ) async throws {
    let (fixture, server, _) = try await serving(transport)
    defer { withExtendedLifetime(server) {} }
    let before = fixture.upstream.refs()
    try fixture.hook("pre-receive", "echo 'not on a Friday' >&2; exit 1")
    let refused = try await PlanFixture.failure { try await fixture.push() }
    #expect(refused.code == .pushRejected)
    #expect(refused.detail.contains("not on a Friday"))
    fixture.upstream.git("config", "receive.advertiseAtomic", "false")
    #expect(try await PlanFixture.failure { try await fixture.push() }.code == .notAtomic)
    #expect(fixture.upstream.refs() == before)
  }

  @Test(arguments: RemoteServer.Transport.allCases)
  func `a server killed in the middle leaves it open, and a second push ends it`(
    transport: RemoteServer.Transport
  ) async throws {
    let (fixture, server, _) = try await serving(transport)
    defer { withExtendedLifetime(server) {} }
    let before = fixture.upstream.refs()
    try fixture.hook("pre-receive", "kill -9 $PPID")
    #expect(try await fixture.push().failure?.code == .pushUnknown)
    #expect(fixture.upstream.refs() == before)
    try fixture.unhook("pre-receive")
    #expect(try await fixture.push().document.state == .pushed)
  }

  @Test func `a connection that is cut before git has seen the push`() async throws {
    let (fixture, server, _) = try await serving(.http)
    try server.set(.before)
    #expect(try await fixture.push().failure?.code == .pushUnknown)
    try server.set(nil)
    #expect(try await fixture.push().document.state == .pushed)
  }

  @Test func `a connection that is cut before the answer, and everything is there`() async throws {
    let (fixture, server, _) = try await serving(.http)
    try server.set(.after)
    let outcome = try await fixture.push()
    #expect(outcome.failure == nil)
    #expect(outcome.document.state == .pushed)
    #expect(fixture.upstreamHas(outcome.document))
  }

  @Test func `a server that is out of order is not reached`() async throws {
    let (fixture, server, _) = try await serving(.http)
    try server.set(.status)
    #expect(try await PlanFixture.failure { try await fixture.push() }.code == .remoteUnreachable)
  }

  @Test func `a password in the address works and is never said`() async throws {
    let (fixture, server, id) = try await serving(
      .http, credentials: "robot:s3cret-t0ken", user: "robot:s3cret-t0ken")
    try fixture.hook("pre-receive", "echo s3cret-t0ken >&2; exit 1")
    let refused = try await PlanFixture.failure { try await fixture.push() }
    #expect(refused.detail.contains("***"))
    try server.set(.status)
    let unreachable = try await PlanFixture.failure { try await fixture.push() }
    try server.set(nil)
    try fixture.unhook("pre-receive")
    let outcome = try await fixture.push()
    #expect(outcome.document.state == .pushed)
    let folder = fixture.clone.repository.gitDirectory + "/backport/ops/" + id
    let record = try String(contentsOfFile: folder + "/push-001-origin.json", encoding: .utf8)
    let document = String(decoding: try DocumentCoding.encode(outcome.document), as: UTF8.self)
    for text in ["\(refused)", "\(unreachable)", "\(outcome.preview)", record, document] {
      #expect(!text.contains("s3cret"))
    }
    #expect(outcome.preview.address.hasPrefix("http://***@127.0.0.1:"))
  }

  @Test func `a wrong password is refused without a question`() async throws {
    let (fixture, server, _) = try await serving(
      .http, credentials: "robot:s3cret-t0ken", user: "robot:s3cret-t0ken")
    defer { withExtendedLifetime(server) {} }
    fixture.clone.repository.git(
      "remote", "set-url", "origin", server.address(of: "upstream.git", user: "robot:wr0ng-t0ken"))
    let error = try await PlanFixture.failure { try await fixture.push() }
    #expect(error.code == .remoteUnreachable)
    #expect(!"\(error)".contains("wr0ng"))
  }
}
