import Foundation
import ReleaseModel
import TestSupport
import Testing

@testable import Forge

@Suite("Merge requests on a forge")
struct ForgeRequestTests {
  private func request(
    _ line: String = "1.1", body: String = "What it is.", isDraft: Bool = false
  ) -> MergeRequest {
    MergeRequest(
      line: line, head: "backport/\(line)/\(line).1", base: line,
      title: "[\(line)] Check the size", body: body, labels: ["backport"], isDraft: isDraft)
  }

  private func make(
    _ requests: [MergeRequest], on server: ForgeServer, token: String? = nil, pauses: Int64 = 10,
    answer: Int64 = 5
  ) async throws -> MergeRequestReport {
    let forge = try #require(MergeRequestBatch.Forge(rawValue: server.kind))
    let batch = MergeRequestBatch(
      forge: forge, api: server.api, project: server.project, tokenVariable: "TOKEN",
      requests: requests)
    return await ForgeRequests.make(
      batch, token: token ?? server.token, pauses: pauses, answer: answer)
  }

  private static let kinds = ["github", "gitlab", "forgejo"]

  @Test("are opened once, brought up to date, and left alone when they are", arguments: kinds)
  func rerun(kind: String) async throws {
    let server = try ForgeServer(kind)
    let requests = [request("1.1"), request("1.0")]
    let first = try await make(requests, on: server)
    #expect(first.failure == nil)
    #expect(first.entries.map(\.action) == [.created, .created])
    #expect(first.entries.map(\.number) == [122, 123])
    #expect(try #require(first.entries.first).url.hasPrefix("https://forge.example/"))
    let again = try await make(requests, on: server)
    #expect(again.entries.map(\.action) == [.unchanged, .unchanged])
    let changed = try await make(
      [request("1.1", body: "What it is now."), requests[1]], on: server)
    #expect(changed.entries.map(\.action) == [.updated, .unchanged])
    #expect(changed.entries.map(\.number) == [122, 123])
    #expect(server.violations.isEmpty, "\(server.violations)")
  }

  @Test("are drafts where they need a look, and stay so", arguments: kinds)
  func drafts(kind: String) async throws {
    let server = try ForgeServer(kind)
    let first = try await make([request(isDraft: true)], on: server)
    #expect(first.entries.map(\.action) == [.created])
    let again = try await make([request(isDraft: true)], on: server)
    #expect(again.entries.map(\.action) == [.unchanged])
    #expect(server.violations.isEmpty, "\(server.violations)")
  }

  @Test("are made ready where the forge has no drafts")
  func noDrafts() async throws {
    let server = try ForgeServer("github")
    try server.set("no-drafts")
    let report = try await make([request(isDraft: true)], on: server)
    #expect(report.entries.map(\.action) == [.created])
    #expect(report.notes.count == 1)
  }

  @Test(
    "wait where the forge asks for it, and ask again where it is busy", arguments: kinds,
    ["limit", "busy"])
  func patience(kind: String, fault: String) async throws {
    let server = try ForgeServer(kind)
    try server.set(fault)
    let report = try await make([request()], on: server)
    #expect(report.failure == nil)
    #expect(report.entries.map(\.action) == [.created])
  }

  @Test(
    "are not made twice when nobody knows what became of the first", arguments: kinds,
    ["made", "race"])
  func once(kind: String, fault: String) async throws {
    let server = try ForgeServer(kind)
    try server.set(fault)
    let report = try await make([request()], on: server)
    #expect(report.failure == nil, "\(report)")
    #expect(report.entries.map(\.number) == [122])
    try server.set(nil)
    let again = try await make([request()], on: server)
    #expect(again.entries.map(\.number) == [122])
    #expect(server.requests.count { $0.hasPrefix("POST") && !$0.hasSuffix("labels") } == 1)
  }

  @Test(
    "that are refused say why, with a hint, and never the token", arguments: kinds,
    [
      ("401", "unauthorized"), ("403", "forbidden"), ("404", "not-found"), ("422", "refused"),
      ("500", "refused"), ("redirect", "redirected"), ("exhausted", "rate-limited"),
      ("token", "forbidden"),
    ])
  func refused(kind: String, fault: (name: String, code: String)) async throws {
    let server = try ForgeServer(kind)
    try server.set(fault.name)
    let report = try await make([request()], on: server)
    let failure = try #require(report.failure)
    #expect(failure.code == fault.code)
    #expect(report.entries.isEmpty)
    let text = "\(report)"
    #expect(!text.contains(server.token))
    if fault.name != "422", fault.name != "500" { #expect(!failure.hint.isEmpty) }
    if fault.name == "token" { #expect(text.contains("***")) }
  }

  @Test("end when there is no answer in time")
  func silent() async throws {
    let server = try ForgeServer("github")
    try server.set("silent")
    let report = try await make([request()], on: server, answer: 1)
    #expect(report.failure?.code == "unreachable")
  }

  @Test("follow no list to another host", arguments: ["forgejo"])
  func elsewhere(kind: String) async throws {
    let server = try ForgeServer(kind)
    try server.set("elsewhere")
    let report = try await make([request()], on: server)
    #expect(report.failure?.code == "bad-answer")
  }

  @Test("look through all pages of a list")
  func pages() async throws {
    let server = try ForgeServer("forgejo")
    _ = try await make([request()], on: server)
    #expect(server.requests.filter { $0.contains("/pulls?") }.count == 3)
  }

  @Test("a label that the project does not have is only noted")
  func missingLabel() async throws {
    let server = try ForgeServer("forgejo")
    var wanted = request()
    wanted.labels = ["backport", "needs review"]
    let report = try await make([wanted], on: server)
    #expect(report.entries.map(\.action) == [.created])
    #expect(report.notes == ["the project has no label 'needs review'"])
  }

  @Test(
    "go only where a token may be sent",
    arguments: [
      ("https://api.github.com", true), ("http://127.0.0.1:80/x", true),
      ("http://localhost/x", true), ("http://[::1]:9/x", true), ("http://github.com", false),
      ("https://user@github.com", false), ("ftp://x", false), ("api.github.com", false),
      ("http://127.0.0.1.example.com/", false), ("http://localhost@x/", false), ("https://", false),
    ])
  func addresses(address: String, isSafe: Bool) {
    #expect(ForgeAddress.isSafe(address) == isSafe)
  }

  @Test("links and paths are read and written as their standards say")
  func texts() {
    let link = "<https://a/x?page=2&per_page=5>; rel=\"next\", <https://a/x?page=9>; rel=\"last\""
    #expect(ForgeAddress.next(in: [link]) == "https://a/x?page=2&per_page=5")
    #expect(ForgeAddress.next(in: ["<https://a/x>; rel=\"prev\""]) == nil)
    #expect(ForgeAddress.next(in: ["<https://a/x>; rel=\"nextly\""]) == nil)
    #expect(ForgeAddress.encoded("group/sub é") == "group%2Fsub%20%C3%A9")
    #expect(ForgeProxy(for: "https://api.x", ["https_proxy": "http://p:3128"])?.port == 3128)
    #expect(
      ForgeProxy(for: "https://api.x", ["https_proxy": "http://p:3128", "no_proxy": ".x"]) == nil)
    #expect(ForgeProxy(for: "http://127.0.0.1", ["https_proxy": "http://p:3128"]) == nil)
  }
}

@Suite("The program that talks to forges")
struct ForgeProgramTests {
  private func run(
    _ arguments: [String] = [], input: String = "", environment: [String: String] = [:]
  ) throws -> ProcessResult {
    try ChildProcess.run(
      ProgramRun.productsDirectory + "/git-backport-forge", arguments, environment: environment,
      directory: "/", input: Array(input.utf8))
  }

  @Test("takes a batch from standard input and the token from the environment")
  func wholeWay() throws {
    let server = try ForgeServer("github")
    let batch = MergeRequestBatch(
      forge: .github, api: server.api, project: server.project, tokenVariable: "SECRET",
      requests: [
        MergeRequest(
          line: "1.1", head: "backport/1.1/1.1.1", base: "1.1", title: "T", body: "B",
          labels: ["backport"], isDraft: false)
      ])
    let input = String(decoding: try JSONEncoder().encode(batch), as: UTF8.self)
    let done = try run(input: input, environment: ["SECRET": server.token])
    #expect(done.status == 0, "\(done.errorText)")
    let report = try JSONDecoder().decode(
      MergeRequestReport.self, from: Data(done.output))
    #expect(report.entries.map(\.number) == [122])
    for (token, code) in [("", "no-token"), ("a\nb", "no-token"), ("wrong", "unauthorized")] {
      let failed = try run(input: input, environment: ["SECRET": token])
      #expect(failed.status == 1)
      #expect(failed.outputText.contains("\"code\":\"\(code)\""))
    }
  }

  @Test("says what it is, and refuses what it does not understand")
  func usage() throws {
    #expect(try run(["--version"]).outputText.hasPrefix("git-backport-forge "))
    #expect(try run(["--token", "x"]).status == 2)
    #expect(try run(input: "{}").status == 2)
  }
}
