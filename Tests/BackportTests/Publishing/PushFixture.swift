import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// A clone with a landed operation, and the remote it came from.
struct PushFixture {
  /// The remote: a bare repository beside the clone.
  let upstream: TestRepository
  let clone: PlanFixture
  let fix: Mark

  /// Makes the remote, clones it, and lands a fix on some lines in the clone.
  ///
  /// `address` is what the clone calls its origin; the path of the remote unless given.
  static func landed(
    minors: Int = 2, address: (TestRepository) throws -> String = { $0.directory },
    change: (inout PlanOptions) -> Void = { _ in }
  ) async throws -> (fixture: PushFixture, id: String) {
    let fixture = try PushFixture(minors: minors, address: address)
    let plan = try await fixture.clone.plan(fixture.fix, change: change)
    let document = try await fixture.clone.apply(plan)
    return (fixture, try #require(document.id))
  }

  init(minors: Int = 2, address: (TestRepository) throws -> String = { $0.directory }) throws {
    let (history, fix) = ManyLines.withFix(minors: minors)
    let environment = try HermeticEnvironment()
    upstream = try history.write(in: environment, name: "upstream.git")
    clone = PlanFixture(try history.write(in: environment, name: "clone"))
    self.fix = fix
    upstream.git("config", "http.receivepack", "true")
    clone.repository.git("remote", "add", "origin", try address(upstream))
  }

  /// The same with a clone that has gone on.
  init(_ other: PushFixture, clone: TestRepository) {
    upstream = other.upstream
    self.clone = PlanFixture(clone)
    fix = other.fix
  }

  /// Pushes, and gives what was shown before.
  func push(
    _ id: String? = nil, change: (inout PushOptions) -> Void = { _ in },
    environment: [String: String] = [:]
  ) async throws -> PushOutcome {
    var options = PushOptions()
    change(&options)
    return try await clone.open(environment: environment).push(id, options) { _ in }
  }

  /// Whether the remote holds all that an operation made.
  func upstreamHas(_ document: OperationDocument) -> Bool {
    let there = upstream.refs()
    return document.refUpdates.allSatisfy { there["\($0.ref)"] == $0.new?.description }
  }

  /// Puts a hook into the remote.
  func hook(_ name: String, _ script: String) throws {
    try upstream.environment.write(
      "#!/bin/sh\n" + script + "\n", to: upstream.gitDirectory + "/hooks/" + name,
      executable: true)
  }

  /// Takes a hook away again.
  func unhook(_ name: String) throws {
    try FileManager.default.removeItem(atPath: upstream.gitDirectory + "/hooks/" + name)
  }

  /// Adds a commit to a branch of the remote behind everybody's back.
  @discardableResult
  func meanwhile(on branch: String) -> String {
    let commit = upstream.git(
      "commit-tree", "refs/heads/\(branch)^{tree}", "-p", "refs/heads/\(branch)", "-m", "Next")
    upstream.git("update-ref", "refs/heads/\(branch)", commit)
    return commit
  }

  /// The records of an operation's pushes, as `group:state`.
  func records(_ id: String) throws -> [String] {
    let folder = clone.repository.gitDirectory + "/backport/ops/" + id
    return try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasPrefix("push-") }.sorted().map { name in
        let text = try String(contentsOfFile: folder + "/" + name, encoding: .utf8)
        return "\(name.dropFirst(5).prefix(3)):\(text.contains("\"there\"") ? "there" : "sending")"
      }
  }

  /// The markers of an operation.
  func markers(_ id: String) throws -> Set<String> {
    let folder = clone.repository.gitDirectory + "/backport/ops/" + id
    return Set(
      try FileManager.default.contentsOfDirectory(atPath: folder).filter { !$0.contains(".") })
  }
}
