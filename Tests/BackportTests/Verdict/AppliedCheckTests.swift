import Backport
import GitStore
import TestSupport
import Testing

/// By what a fix is recognised on a branch, and by what it is not.
struct AppliedCheckTests {
  /// The status and evidence of line 1.0 after something was done to its branch.
  private func target(
    _ change: (inout RepositoryBuilder, Mark, TestRepository) throws -> Void
  ) async throws -> Target {
    var (history, fix) = TwoLines.withFix()
    try change(&history, fix, try history.write())
    return try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
  }

  private let adapted: [String: FileChange] = [
    "code.txt": "one\ntwo\nthree: checked!\nfour\nfive\n"
  ]

  @Test(arguments: [
    "(cherry picked from commit %)", "(backported from commit %)", "commit % upstream.",
    "[ Upstream commit % ]", "Backport-of: %", "Git-commit: %", "Rebased-From: %",
    "Backported-From: %", "(cherry-picked from commit %)", "(cherry picked from %)",
    "Commit % upstream.", "[Upstream commit %]", "Backported-from: %", "Cherry-picked-from: %",
    "Upstream-commit: %",
  ])
  func `a trailer that names the fix proves it in every style`(style: String) async throws {
    let target = try await target { history, fix, repository in
      let line = style.replacing("%", with: repository.id(fix))
      history.commit("Other words\n\nBody\n\n\(line)\n", on: "1.0", files: adapted)
    }
    #expect(target.status == .unreleased)
    #expect(target.evidence.contains { $0.contains("says it was picked from") })
    #expect(target.riders.isEmpty)
  }

  @Test func `a subject that names the fix as its original proves it`() async throws {
    let target = try await target { history, fix, repository in
      history.commit("Backport \(repository.id(fix))", on: "1.0", files: adapted)
    }
    #expect(target.status == .unreleased)
  }

  /// The status of 1.0 when the fix and a commit there have these messages.
  private func status(
    fix: String, pick: String, author: Identity = Identity("Somebody Else", "else@example.com")
  ) async throws -> Target.Status {
    var history = TwoLines.history()
    let mark = history.commit(
      fix, files: ["code.txt": .text(TwoLines.fixed)], author: .author(at: 7))
    history.commit(pick, on: "1.0", files: adapted, author: author)
    return try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(mark)).status
  }

  @Test(arguments: [
    ("Check three (#12)", "Check three (#12) (#15)"),
    ("Check three (#12)", "[1.x] Check three (#12)"),
    ("Check three (#12)", "Backport #12 to 1.x"),
    ("Check three (#12)", "[Backport 1.x] Check the third (backport of #12)"),
    ("Check three (#12)", "Other words\n\nGithub-Pull: #12\n"),
    ("Merge pull request #12 from else/check\n\nCheck", "Backport #12: check three"),
    (
      "Check three\n\nPR-URL: https://example.com/pull/12\n",
      "Check three\n\nPR-URL: https://example.com/pull/12\n"
    ),
  ])
  func `the merge request of a fix proves it where its backport is named so`(
    fix: String, pick: String
  ) async throws {
    #expect(try await status(fix: fix, pick: pick) == .unreleased)
  }

  @Test(arguments: [
    ("Check three (#12)", "Revert \"Check three (#12)\""),
    ("Check three (#12)", "Check three (#123)"), ("Check three (#12)", "Prepare for #12"),
    ("Check three (#12)", "Backport #123"), ("Check three (#12)", "Check (#12)"),
    ("Check three (#12)", "Do not backport yet\n\nSee #12.\n"),
    ("Check three", "Check three\n\nPR-URL: https://example.com/pull/12\n"),
  ])
  func `a number alone, or another one, proves nothing`(fix: String, pick: String) async throws {
    #expect(try await status(fix: fix, pick: pick) == .conflict)
  }

  @Test func `the author and author date prove it with most of the subject`() async throws {
    let author = Identity.author(at: 7)
    #expect(
      try await status(fix: "Check the third", pick: "core: Check the third", author: author)
        == .unreleased)
    #expect(
      try await status(fix: "Check the third", pick: "Check", author: author) == .conflict)
  }

  @Test(arguments: [
    "fixup! Check three", "Revert \"Check three\"", "More\n\nFollow-up to %\n",
    "More\n\nThis fixes a regression of % in passing.\n", "More (#12)",
    "More\n\nFollow-up to #12\n", "More\n\nCVE-2024-1234\n",
  ])
  func `a follow-up is recognised, and how to take it along is said`(
    message: String
  ) async throws {
    var history = TwoLines.history()
    let fix = history.commit(
      "Check three\n\nCVE-2024-1234\n", files: ["code.txt": .text(TwoLines.fixed)])
    let numbered = history.commit("Number (#12)", files: ["n.c": "n\n"])
    let id = try history.write().id(fix)
    let isNumbered = message.contains("#12")
    history.commit(
      message.replacing("%", with: id.prefix(10)), files: ["more.c": "more\n"])
    history.commit("Unrelated (#13)\n\nFixes #99, see CVE-2024-9999\n", files: ["g.c": "g\n"])
    let plan = try await PlanFixture(history).plan(isNumbered ? numbered : fix)
    let told = plan.warnings.filter { $0.code == "follow-up" }
    #expect(told.count == 1)
    let isRevert = message.hasPrefix("Revert")
    #expect(
      told.first?.message.contains(isRevert ? "no longer has" : "take it along: git backport")
        == true)
  }

  @Test(arguments: [
    "(partially cherry picked from commit %)", "See % for more.",
    "Not (cherry picked from commit %)",
  ])
  func `a message that names the fix otherwise proves nothing`(style: String) async throws {
    let target = try await target { history, fix, repository in
      let line = style.replacing("%", with: repository.id(fix))
      history.commit("Other words\n\n\(line)\n", on: "1.0", files: ["other.txt": "other\n"])
    }
    #expect(target.status == .picked)
  }

  @Test func `a pick of a pick counts, whatever its message lost`() async throws {
    let target = try await target { history, fix, repository in
      let first = history.commit(
        "Pick\n\n(cherry picked from commit \(repository.id(fix)))\n", on: "1.1", files: adapted)
      let id = try history.write().id(first)
      history.commit(
        "Pick again\n\n(cherry picked from commit \(id))\n", on: "1.0", files: adapted)
    }
    #expect(target.status == .unreleased)
  }

  @Test func `a fix that was itself picked from the branch is there`() async throws {
    var history = TwoLines.history()
    let original = history.commit("Check", on: "1.0", files: adapted)
    let id = try history.write().id(original)
    let fix = history.commit(
      "Check on main\n\n(cherry picked from commit \(id))\n",
      files: ["code.txt": .text(TwoLines.fixed)])
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .unreleased)
    #expect(target.evidence.contains { $0.contains("was picked, is in the branch's own history") })
  }

  @Test func `two picks of one original are the same fix`() async throws {
    let origin = String(repeating: "ab", count: 20)
    var history = TwoLines.history()
    history.commit(
      "Check\n\n(cherry picked from commit \(origin))\n", on: "1.0", files: adapted)
    let fix = history.commit(
      "Check on main\n\n(cherry picked from commit \(origin))\n",
      files: ["code.txt": .text(TwoLines.fixed)])
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .unreleased)
  }

  @Test func `the same author, author date and subject prove it`() async throws {
    let author = Identity.author(at: RepositoryBuilder.firstSecond + 500)
    var history = TwoLines.history()
    let fix = history.commit(
      "Check three", files: ["code.txt": .text(TwoLines.fixed)], author: author)
    history.commit("Check three", on: "1.0", files: adapted, author: author)
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .unreleased)
    #expect(target.evidence.contains { $0.contains("author, author date and subject") })
  }

  @Test func `a Gerrit id that was kept proves it`() async throws {
    let trailer = "Change-Id: I" + String(repeating: "0a", count: 20)
    var history = TwoLines.history()
    let fix = history.commit(
      "Check three\n\n\(trailer)\n", files: ["code.txt": .text(TwoLines.fixed)])
    history.commit("Check it\n\n\(trailer)\n", on: "1.0", files: adapted)
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .unreleased)
  }

  @Test func `a pick that was reverted is picked again`() async throws {
    let target = try await target { history, fix, repository in
      let pick = history.commit(
        "Pick\n\n(cherry picked from commit \(repository.id(fix)))\n", on: "1.0",
        files: ["code.txt": .text(TwoLines.fixed)])
      let id = try history.write().id(pick)
      history.commit(
        "Revert \"Pick\"\n\nThis reverts commit \(id).\n", on: "1.0",
        files: ["code.txt": .text(TwoLines.code)])
    }
    #expect(target.status == .picked)
  }

  @Test func `a revert that was reverted leaves the pick in force`() async throws {
    let target = try await target { history, fix, repository in
      let pick = history.commit(
        "Pick\n\n(cherry picked from commit \(repository.id(fix)))\n", on: "1.0", files: adapted)
      let revert = history.commit(
        "Revert \"Pick\"\n\nThis reverts commit \(try history.write().id(pick)).\n", on: "1.0",
        files: ["code.txt": .text(TwoLines.code)])
      history.commit(
        "Reapply \"Pick\"\n\nThis reverts commit \(try history.write().id(revert)).\n", on: "1.0",
        files: adapted)
    }
    #expect(target.status == .unreleased)
  }

  @Test func `a reverted merge takes back what it brought in`() async throws {
    let target = try await target { history, fix, repository in
      let start = history.commit("Start", on: "1.0", files: ["s": "s\n"])
      history.branch("side", at: start)
      let pick = history.commit(
        "Pick\n\n(cherry picked from commit \(repository.id(fix)))\n", on: "side",
        files: ["code.txt": .text(TwoLines.fixed)])
      let merge = history.merge(
        pick, into: "1.0", "Merge branch 'side'", files: ["code.txt": .text(TwoLines.fixed)])
      let ids = try history.write()
      history.commit(
        "Revert \"Merge\"\n\nThis reverts commit \(ids.id(merge)), reversing\n"
          + "changes made to \(ids.id(start)).\n", on: "1.0",
        files: ["code.txt": .text(TwoLines.code)])
    }
    #expect(target.status == .picked)
  }

  @Test func `a squash of commits that were not neighbours is recognised`() async throws {
    var history = TwoLines.history()
    let one = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    history.commit("Between", files: ["later.txt": "more\n"])
    let two = history.commit("Add limits", files: ["limit.txt": "9\n"])
    history.commit(
      "Everything at once", on: "1.0",
      files: ["code.txt": .text(TwoLines.fixed), "limit.txt": "9\n"])
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(one, two))
    #expect(target.status == .unreleased)
    #expect(target.evidence.contains { $0.contains("cumulative patch-id") })
  }

  @Test func `a commit that is part of the fix is no rider`() async throws {
    var history = TwoLines.history()
    let one = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let two = history.commit("Add limits", files: ["limit.txt": "9\n"])
    history.commit("Limits", on: "1.0", files: ["limit.txt": "9\n"])
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(one, two))
    #expect(target.status == .picked)
    #expect(target.commits.map(\.status) == [.picked, .already])
    #expect(target.riders.isEmpty)
  }

  @Test func `the same lines in a released commit of other words are already applied`() async throws
  {
    var history = TwoLines.history()
    let whole = history.commit(
      "More at once", on: "1.0",
      files: ["code.txt": .text("zero\n" + TwoLines.fixed), "unrelated.txt": "u\n"])
    history.tag("v1.0.1", at: whole)
    history.commit("Rider", on: "1.0", files: ["rider.txt": "r\n"])
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .alreadyApplied)
    #expect(target.evidence.contains { $0.contains("changes nothing") })
    #expect(target.evidence.last == "released in 1.0.1 (tag v1.0.1)")
  }

  @Test func `a fix that only removes what the line never had is empty and not applied`()
    async throws
  {
    var history = TwoLines.history()
    history.commit("Add", files: ["bad.txt": "bad\n"])
    let fix = history.commit("Remove bad", files: ["bad.txt": .deleted])
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .empty)
    #expect(target.release == nil)
  }

  @Test func `follow-ups on the trunk that were forgotten are a warning`() async throws {
    var (history, fix) = TwoLines.withFix()
    let id = try history.write().id(fix)
    history.commit(
      "Repair the check\n\nFixes: \(id.prefix(12)) (\"Check three\")\n", files: ["f": "f\n"])
    history.commit("Unrelated", files: ["g": "g\n"])
    let plan = try await PlanFixture(history).plan(fix)
    let told = plan.warnings.filter { $0.code == "follow-up" }
    #expect(told.count == 1)
    #expect(told.first?.message.contains("Repair the check") == true)
  }

  @Test func `a commit that names the merge of a fix holds all of its commits`() async throws {
    let sample = SampleProject.tokenKit()
    var history = sample.history
    let id = try history.write().id(sample.fix)
    history.commit(
      "All of it\n\n(cherry picked from commit \(id))\n", on: "0.9", files: ["all.txt": "all\n"])
    let target = try PlanFixture.target(
      "0.9", of: try await PlanFixture(history).plan(sample.fix))
    #expect(target.status == .unreleased)
    #expect(target.commits.map(\.status) == [.already, .already, .already, .already])
  }

  @Test func `a fix that is in the branch's own history needs only its release`() async throws {
    var history = TwoLines.history()
    let fix = history.commit("Check", on: "1.0", files: ["code.txt": .text(TwoLines.fixed)])
    history.merge(fix, into: "main", "Merge 1.0", files: ["code.txt": .text(TwoLines.fixed)])
    let plan = try await PlanFixture(history).plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .unreleased)
    #expect(target.evidence.contains { $0.contains("is in the branch's own history") })
    #expect(plan.trunk.state == .containsFix)
  }
}
