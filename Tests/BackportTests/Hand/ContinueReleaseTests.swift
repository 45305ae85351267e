import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// What a release needs besides the pick, for lines that a hand has resolved: commands that pass, and
/// signatures.
struct ContinueReleaseTests {
  private func verifying(_ command: String, in hand: HandFixture) -> ApplyOptions {
    var options = ApplyOptions()
    options.verification = VerificationOptions(commands: [command], jobs: 1, timeout: 60)
    return options
  }

  @Test func `a line whose commands fail is kept back, and lands once they pass`() async throws {
    let hand = try HandFixture(lines: 2)
    let begun = try await hand.apply()
    let temporary = ["TMPDIR": hand.repository.environment.root]
    try hand.write(HandFixture.resolved, on: "1.1")
    let refs = hand.repository.refs()
    let red = try await hand.goOn(environment: temporary, verifying("echo no; false", in: hand))
    #expect(red.state == .pending)
    #expect(hand.repository.refs() == refs)
    let kept = try PlanFixture.target("1.1", of: red.plan)
    #expect(kept.status.needsPerson)
    let failed = try #require(kept.verification?.first)
    #expect(failed.status == .failed)
    #expect(failed.tail == ["no"])
    let folder = try hand.folder(begun.id)
    let log = try #require(failed.log)
    #expect(log.hasPrefix(folder))
    #expect(try String(contentsOfFile: log, encoding: .utf8).hasSuffix("no\n"))
    #expect(hand.exists(hand.worktree("1.1")))

    let green = try await hand.goOn(
      environment: temporary, verifying("grep -q check code.txt", in: hand))
    #expect(green.state == .landed)
    let landed = try PlanFixture.target("1.1", of: green.plan)
    #expect(landed.verification?.map(\.status) == [.passed])
    #expect(
      landed.verification?.first?.tree.description
        == hand.repository.git("rev-parse", "v1.1.1^{tree}"))
    #expect(hand.plans.fsck() == "")
  }

  @Test(
    "what a hand has resolved is signed like the rest",
    .enabled(if: SigningHome.Kind.ssh.isInstalled))
  func signed() async throws {
    let hand = try HandFixture(lines: 2)
    let home = try SigningHome(in: hand.repository.environment)
    try home.make(.ssh)
    home.set("commit.gpgSign", "true")
    home.set("tag.gpgSign", "true")
    var options = PlanOptions()
    options.fix = hand.fixes.map { hand.repository.id($0) }
    let workspace = try await hand.plans.open(options, environment: home.variables)
    _ = try await workspace.apply(
      try workspace.plan(hand.plans.request(options, workspace)))
    try hand.write(HandFixture.resolved, on: "1.1")
    #expect(try await hand.goOn(environment: home.variables).state == .landed)
    for words in [["verify-commit", "1.1", "1.1~1", "1.1~2"], ["verify-tag", "v1.1.1", "v1.2.1"]] {
      let result = try hand.repository.git.attempt(words, environment: home.variables)
      #expect(result.status == 0, "\(words): \(result.errorText)")
    }
  }
}
