import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// Resolutions that git remembers, and ours that git remembers.
struct RecordedResolutionTests {
  private func cache(_ hand: HandFixture) -> [String] {
    let folder = hand.repository.gitDirectory + "/rr-cache"
    return ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
  }

  @Test func `what was resolved on one line settles the same conflict on an older one, said`()
    async throws
  {
    let hand = try HandFixture()
    _ = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    let document = try await hand.goOn()
    #expect(document.state == .landed)
    #expect(cache(hand).count == 1)
    let target = try PlanFixture.target("1.0", of: document.plan)
    #expect(target.settled.map(\.method) == ["recorded-resolution"])
    #expect(target.settled[0].path == "code.txt")
    #expect(
      target.settled[0].detail.contains("C O Mitter <committer@example.com> resolved it on 1.1"))
    #expect(
      document.targets.map(\.resolvedBy) == [
        nil, "C O Mitter <committer@example.com>", "recorded-resolution",
      ])
    #expect(hand.repository.git("show", "1.0:code.txt") + "\n" == HandFixture.resolved)
  }

  @Test func `a line that somebody is at work on is left to that person`() async throws {
    let hand = try HandFixture()
    _ = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    try hand.write("mine, half way\n", on: "1.0", adding: false)
    let document = try await hand.goOn()
    #expect(HandFixture.statuses(document) == [.picked, .picked, .conflict])
    #expect(
      try String(contentsOfFile: hand.worktree("1.0") + "/code.txt", encoding: .utf8)
        == "mine, half way\n")
  }

  @Test func `what git itself has recorded is used by the next plan`() async throws {
    let hand = try HandFixture()
    let path = try hand.repository.environment.makeDirectory("mine") + "/tree"
    let git = hand.repository.git
    git("config", "rerere.enabled", "true")
    git("worktree", "add", "-q", "--detach", path, "1.1")
    let mine = GitOracle(in: path, environment: hand.repository.environment)
    _ = try mine.attempt(["cherry-pick", hand.repository.id(hand.fixes[0])])
    try Data(HandFixture.resolved.utf8).write(to: URL(fileURLWithPath: path + "/code.txt"))
    mine("add", "code.txt")
    mine("rerere")
    mine("cherry-pick", "--abort")
    #expect(cache(hand).count == 1)
    let plan = try await hand.plans.plan(hand.fixes[0], hand.fixes[1])
    #expect(plan.targets.map(\.status) == [.picked, .picked, .picked])
    #expect(plan.targets[1].settled.map(\.method) == ["recorded-resolution"])
    #expect(plan.targets[1].settled[0].detail.contains("rr-cache"))
    #expect(plan.targets[1].commits[0].fidelity == "adapted")
    git("config", "rerere.enabled", "false")
    let without = try await hand.plans.plan(hand.fixes[0], hand.fixes[1])
    #expect(without.targets.map(\.status) == [.picked, .conflict, .conflict])
  }

  @Test(arguments: ["merge", "diff3"])
  func `what we have git record, git itself replays`(style: String) async throws {
    let hand = try HandFixture()
    hand.repository.git("config", "merge.conflictStyle", style)
    _ = try await hand.apply { $0.to = ["1.1"] }
    try hand.write(HandFixture.resolved, on: "1.1")
    #expect(try await hand.goOn().state == .landed)
    let path = try hand.repository.environment.makeDirectory("mine") + "/tree"
    hand.repository.git("worktree", "add", "-q", "--detach", path, "1.0")
    let mine = GitOracle(in: path, environment: hand.repository.environment)
    let picked = try mine.attempt(["cherry-pick", hand.repository.id(hand.fixes[0])])
    #expect(picked.status == 1)
    #expect(picked.errorText.contains("previous resolution"))
    #expect(
      try String(contentsOfFile: path + "/code.txt", encoding: .utf8) == HandFixture.resolved)
    let plan = try await hand.plans.plan(hand.fixes[0]) { $0.to = ["1.0"] }
    #expect(plan.targets.map(\.status) == [.picked])
  }

  @Test func `a recorded resolution that holds a marker settles nothing`() async throws {
    let hand = try HandFixture()
    _ = try await hand.apply { $0.to = ["1.1"] }
    try hand.write(HandFixture.resolved, on: "1.1")
    _ = try await hand.goOn()
    let folder = hand.repository.gitDirectory + "/rr-cache/" + (try #require(cache(hand).first))
    try Data("begin\nread\n<<<<<<< x\ncheck\nend\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/postimage"))
    let plan = try await hand.plans.plan(hand.fixes[0]) { $0.to = ["1.0"] }
    #expect(plan.targets.map(\.status) == [.conflict])
  }

  @Test func `with rerere forbidden nothing is remembered`() async throws {
    let hand = try HandFixture()
    hand.repository.git("config", "rerere.enabled", "false")
    _ = try await hand.apply()
    try hand.write(HandFixture.resolved, on: "1.1")
    let document = try await hand.goOn()
    #expect(cache(hand).isEmpty)
    let target = try PlanFixture.target("1.0", of: document.plan)
    #expect(target.settled.map(\.method) == ["cascade"])
  }
}
