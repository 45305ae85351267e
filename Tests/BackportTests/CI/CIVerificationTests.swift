import Backport
import Foundation
import GitStore
import TestSupport
import Testing

@Suite("The job verifies what it is about to release")
struct CIVerificationTests {
  /// Passes on 1.1, whose file says so, and fails on 1.0.
  private static let newest = "grep -q 1 minor.txt || { echo 'no luck'; exit 4; }"

  private func verification(_ command: String) -> VerificationOptions {
    VerificationOptions(commands: [command], jobs: 2, timeout: 60)
  }

  @Test("a line whose command fails is not tagged, and holds back the others before they land")
  func held() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    let before = clone.refs()
    let outcome = try await fixture.run(in: clone) {
      $0.verification = verification(Self.newest)
    }
    #expect(CIFixture.states(outcome) == ["1.1 held, 1.0 owed"])
    #expect(outcome.document.state == .owed)
    let red = outcome.document.fixes[0].lines[1]
    #expect(red.status == .blocked)
    #expect(red.failsVerification)
    #expect(red.verification?.map(\.exit) == [4])
    #expect(red.verification?.first?.tail == ["no luck"])
    #expect(red.reason.contains("failed with status 4"))
    #expect(outcome.document.fixes[0].lines[0].verification?.map(\.status) == [.passed])
    #expect(outcome.document.fixes[0].operation == nil)
    #expect(clone.refs() == before)
    #expect(fixture.tags == ["v1.0.0", "v1.1.0"])
  }

  @Test("the others go alone where they may, and no line is tried twice")
  func partial() async throws {
    let fixture = try CIFixture(config: "[publish]\n\tpartial = push\n")
    let clone = try fixture.clone()
    let log = fixture.environment.root + "/tried"
    let command = "echo $GIT_BACKPORT_LINE >> \(log); " + Self.newest
    let outcome = try await fixture.run(in: clone) { $0.verification = verification(command) }
    #expect(CIFixture.states(outcome) == ["1.1 delivered, 1.0 owed"])
    #expect(fixture.tags == ["v1.0.0", "v1.1.0", "v1.1.1"])
    #expect(fixture.upstream.refs()["refs/heads/1.0"] == clone.refs()["refs/remotes/origin/1.0"])
    let tried = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n").sorted()
    #expect(tried == ["1.0", "1.1"])
    #expect(outcome.document.fixes[0].lines[0].verification?.map(\.status) == [.passed])
    let green = try await fixture.run(in: clone) { $0.verification = verification("true") }
    #expect(CIFixture.states(green) == ["1.1 settled, 1.0 delivered"])
  }

  @Test("all of it is delivered when the commands pass")
  func passed() async throws {
    let fixture = try CIFixture()
    let outcome = try await fixture.run(in: try fixture.clone()) {
      $0.verification = verification("grep -q checked code.txt")
    }
    #expect(CIFixture.states(outcome) == ["1.1 delivered, 1.0 delivered"])
    #expect(outcome.document.fixes[0].lines.allSatisfy { $0.verification?.count == 1 })
  }

  @Test("no topic branch is pushed for a line that fails")
  func topics() async throws {
    let fixture = try CIFixture()
    let outcome = try await fixture.run(in: try fixture.clone(), .topic) {
      $0.verification = verification(Self.newest)
    }
    #expect(CIFixture.states(outcome) == ["1.1 proposed, 1.0 owed"])
    #expect(fixture.upstream.refs()["refs/heads/backport/1.1/1.1.1"] != nil)
    #expect(fixture.upstream.refs()["refs/heads/backport/1.0/1.0.1"] == nil)
  }

  @Test("a report says what fails, and moves nothing", arguments: [false, true])
  func report(isCheck: Bool) async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    let before = clone.refs()
    let outcome = try await fixture.run(in: clone, nil) {
      $0.verification = verification(Self.newest)
      $0.isCheck = isCheck
      if isCheck { $0.fix = ["main"] }
    }
    #expect(
      CIFixture.states(outcome) == [isCheck ? "1.1 would-apply, 1.0 owed" : "1.1 owed, 1.0 owed"])
    #expect(outcome.document.fixes[0].lines[1].failsVerification)
    #expect(clone.refs() == before)
    #expect(fixture.tags == ["v1.0.0", "v1.1.0"])
  }

  @Test("the programs are announced, and an interrupt ends the whole job")
  func interrupted() async throws {
    let fixture = try CIFixture()
    let clone = try fixture.clone()
    var options = verification("sleep 30")
    options.isInterrupted = { true }
    let stopped = options
    await #expect(throws: BackportError.self) {
      try await fixture.run(in: clone) { $0.verification = stopped }
    }
    #expect(fixture.tags == ["v1.0.0", "v1.1.0"])
  }

  @Test("says how the picks differ from the originals")
  func comparisons() async throws {
    var fixture = try CIFixture()
    try fixture.upstream.extend { builder in
      builder.commit(
        "Own work", on: "1.0",
        files: ["code.txt": .text(CIFixture.code.replacing("one\n", with: "other one\n"))])
    }
    let outcome = try await fixture.run(in: try fixture.clone(), nil)
    let comparisons = try #require(outcome.comparisons[0]?["1.0"])
    #expect(comparisons.count == 1)
    #expect(
      comparisons[0].lines.map { String(decoding: $0, as: UTF8.self) }.contains("+ other one"))
    #expect(outcome.comparisons[0]?["1.1"] == nil)
  }
}
