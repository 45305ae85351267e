import Backport
import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// The form of the documents: nothing is left out, and the same run writes the same bytes.
struct DocumentTests {
  private let fixture: PlanFixture
  private let fix: Mark

  init() throws {
    let (history, fix) = TwoLines.withFix()
    fixture = try PlanFixture(history)
    self.fix = fix
  }

  private func keys(_ document: some Encodable, at path: [String] = []) throws -> Set<String> {
    let bytes = try DocumentCoding.encode(document)
    var value = try JSONSerialization.jsonObject(with: Data(bytes))
    for step in path {
      if let list = value as? [Any] {
        value = try #require(list.first)
      }
      value = try #require((value as? [String: Any])?[step])
    }
    if let list = value as? [Any] { value = try #require(list.first) }
    return Set(try #require(value as? [String: Any]).keys)
  }

  @Test
  func `a plan has every key, also where nothing is known`() async throws {
    let plan = try await fixture.plan(fix)
    #expect(
      try keys(plan) == [
        "schema", "repository", "asOf", "releaseDate", "tool", "committer", "options", "signing",
        "policy", "fixes", "trunk", "targets", "notTargeted", "refUpdates", "documents", "warnings",
      ])
    #expect(
      try keys(plan, at: ["repository"]) == ["path", "remote", "trunk", "head", "fetchedAt"])
    #expect(try keys(plan, at: ["fixes"]) == ["requested", "merge", "ids", "entry", "commits"])
    #expect(
      try keys(plan, at: ["targets"]) == [
        "line", "package", "branch", "topic", "base", "baseKind", "status", "reason", "onRequest",
        "evidence", "introduced", "firstAffected", "commits", "conflicts", "settled", "riders",
        "undecidedFiles", "release", "stopped", "verification",
      ])
    #expect(
      try keys(plan, at: ["targets", "commits"]) == [
        "fix", "source", "status", "id", "unsignedId", "tree", "fidelity",
      ])
    #expect(
      try keys(plan, at: ["targets", "release"]) == [
        "version", "tag", "isLatest", "commit", "unsignedCommit", "tagObject",
        "unsignedTagObject", "isTagSigned", "changelog", "versionFiles", "fragments",
        "development",
      ])
    #expect(try keys(plan, at: ["refUpdates"]) == ["ref", "old", "new", "unsignedNew", "replaces"])
    #expect(
      try keys(plan, at: ["options"])
        == Set(
          Mirror(reflecting: plan.options).children.compactMap { child in
            child.label.map { $0.hasPrefix("_") ? String($0.dropFirst()) : $0 }
          }))
  }

  @Test
  func `lines and operations have every key`() async throws {
    let workspace = try await fixture.open()
    let lines = try workspace.lines(asOf: CalendarDate(unixSeconds: PlanFixture.now))
    #expect(
      try keys(lines, at: ["lines"]) == [
        "line", "package", "supported", "level", "until", "reason", "branch", "latest", "next",
        "unreleased", "coveredBy", "rule", "whatWouldChange", "levelUntil", "floor",
      ])
    let operation = try await fixture.apply(try await fixture.plan(fix))
    #expect(
      try keys(operation) == [
        "schema", "repository", "id", "state", "plan", "targets", "refUpdates", "pushed", "waiting",
        "checkouts", "rangeDiff", "error",
      ])
    #expect(try keys(operation, at: ["targets"]) == ["line", "status", "resolvedBy"])
    #expect(try keys(operation, at: ["refUpdates"]) == ["ref", "old", "new", "state"])
  }

  @Test func `the same run writes the same bytes`() async throws {
    let first = try DocumentCoding.encode(try await fixture.plan(fix))
    let second = try DocumentCoding.encode(try await fixture.plan(fix))
    #expect(first == second)
  }

  @Test func `a plan and the lines cost two git processes, and no third`() async throws {
    let environment = fixture.repository.environment
    let git = ChildProcess.find("git", in: environment.variables)
    let log = environment.root + "/calls"
    try environment.write(
      "#!/bin/sh\necho \"$@\" >>'\(log)'\nexec '\(git)' \"$@\"\n", to: "bin/git",
      executable: true)
    let path = environment.root + "/bin:" + (environment.variables["PATH"] ?? "")
    var options = PlanOptions()
    options.fix = [fixture.repository.id(fix)]
    let workspace = try await fixture.open(options, environment: ["PATH": path])
    _ = try workspace.plan(fixture.request(options, workspace))
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    #expect(calls.count == 2, "\(calls)")
    #expect(calls.allSatisfy { $0.contains("config") })
  }
}
