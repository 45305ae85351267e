import Backport
import GitStore
import TestSupport
import Testing

/// Which commits of a trunk are security fixes.
struct SecurityFixTests {
  private static let code: [String: FileChange] = ["a.c": "checked\n"]

  private func project() -> (history: RepositoryBuilder, first: Mark) {
    var history = RepositoryBuilder()
    let first = history.commit(
      "Begin", files: ["a.c": "unchecked\n", "b.c": "b\n", "README.md": "# It\n"])
    history.tag("v1.0.0", at: first)
    return (history, first)
  }

  /// The subjects of what is found after one commit with a message and files.
  private func found(_ message: String, files: [String: FileChange]) async throws -> [SecurityFix] {
    var (history, _) = project()
    history.commit(message, files: files)
    history.commit("Go on", files: ["z.c": "z\n"])
    return try await PlanFixture(history).open().securityFixes().fixes
  }

  @Test(arguments: [
    ("Check\n\nCVE: CVE-2024-1234\n", SecurityFix.Sign.trailer),
    ("Check\n\nFixes-CVE: yes\n", .trailer),
    ("Check\r\n\r\nCVE-ID: CVE-2024-1234\r\n", .trailer),
    ("[SECURITY] Check", .subject),
    ("Merge commit from fork\n\nCheck the length\n", .mergeSubject),
    ("Check\n\nThis is [CVE-2024-1234].\n", .id),
    ("Check (ghsa-cj83-2ww7-mvq7)", .id),
  ])
  func `a message tells a security fix`(message: String, sign: SecurityFix.Sign) async throws {
    let fixes = try await found(message, files: Self.code)
    #expect(fixes.count == 1)
    #expect(fixes.first?.reasons.first?.sign == sign)
  }

  @Test(arguments: [
    ("Check\n\nCVE:\n", ["a.c": "checked\n"] as [String: FileChange]),
    ("Name CVE-2024-1234 in the changelog", ["CHANGELOG.md": "- x\n"]),
    ("Test for CVE-2024-1234", ["test/a_test.c": "x\n"]),
    ("Version 1.0.1, with CVE-2024-1234", ["lib/version.rb": "1.0.1\n", "CHANGELOG.md": "x\n"]),
    ("Discuss CVE-24-1 and GHSA-aaaa", ["a.c": "checked\n"]),
    ("Check", ["a.c": "checked\n"]),
  ])
  func `what only speaks of one is none`(
    message: String, files: [String: FileChange]
  ) async throws {
    #expect(try await found(message, files: files).isEmpty)
  }

  @Test func `commits that name the same vulnerability are one fix, in their order`() async throws {
    var (history, _) = project()
    let one = history.commit("Check\n\nCVE-2024-1234\n", files: Self.code)
    history.commit("Between", files: ["y.c": "y\n"])
    let two = history.commit(
      "Check more\n\nCVE-2024-1234, GHSA-cj83-2ww7-mvq7\n", files: ["b.c": "checked\n"])
    let other = history.commit("Other\n\nCVE-2024-9999\n", files: ["c.c": "c\n"])
    let fixture = try PlanFixture(history)
    let workspace = try await fixture.open()
    let fixes = try workspace.securityFixes().fixes
    #expect(fixes.map(\.ids) == [["CVE-2024-9999"], ["CVE-2024-1234", "GHSA-cj83-2ww7-mvq7"]])
    #expect(
      fixes.map(\.revisions)
        == [[other], [one, two]].map { marks in marks.map { fixture.repository.id($0) } })
    #expect(fixes.last?.subject == "Check")
    #expect(try workspace.fixSet(of: #require(fixes.last)).commits.count == 2)
  }

  @Test func `what names a vulnerability a year later is another fix`() async throws {
    var (history, _) = project()
    history.commit("Check\n\nCVE-2024-1234\n", files: Self.code)
    history.now += 365 * 86_400
    history.commit("Check better\n\nCVE-2024-1234\n", files: ["b.c": "checked\n"])
    let fixes = try await PlanFixture(history).open().securityFixes().fixes
    #expect(fixes.map(\.subject) == ["Check better", "Check"])
    #expect(fixes.map(\.ids) == [["CVE-2024-1234"], ["CVE-2024-1234"]])
  }

  @Test func `a release that lists many does not make them one`() async throws {
    var (history, _) = project()
    for number in 1...3 {
      history.commit("Check \(number)\n\nCVE-2024-100\(number)\n", files: ["\(number).c": "x\n"])
    }
    history.commit(
      "Prepare the release\n\nCVE-2024-1001 CVE-2024-1002 CVE-2024-1003\n",
      files: ["build.gradle": "x\n"])
    let fixes = try await PlanFixture(history).open().securityFixes().fixes
    #expect(fixes.map(\.commits.count) == [1, 1, 1])
  }

  @Test func `the merge of an advisory's fork is one fix, whatever it brought in`() async throws {
    var (history, first) = project()
    history.commit(
      "One\n\nCVE-2024-1234\n", on: "fork", files: Self.code, parents: [first])
    let side = history.commit("Two", on: "fork", files: ["b.c": "checked\n"])
    history.commit("Meanwhile", files: ["m.c": "m\n"])
    let merge = history.merge(
      side, "Merge commit from fork", files: ["a.c": "checked\n", "b.c": "checked\n"])
    let fixture = try PlanFixture(history)
    let fixes = try await fixture.open().securityFixes().fixes
    #expect(fixes.map { $0.revisions } == [[fixture.repository.id(merge)]])
    #expect(fixes.first?.ids == ["CVE-2024-1234"])
    #expect(fixes.first?.subject == "One")
  }

  @Test func `a merge that only speaks of what it brought in is no fix beside it`() async throws {
    var (history, first) = project()
    let side = history.commit(
      "Check\n\nCVE: x\n", on: "topic", files: Self.code, parents: [first])
    history.commit("Meanwhile", files: ["m.c": "m\n"])
    history.merge(side, "Merge topic\n\nFor CVE-2024-1234\n", files: Self.code)
    let fixture = try PlanFixture(history)
    let fixes = try await fixture.open().securityFixes().fixes
    #expect(fixes.map { $0.revisions } == [[fixture.repository.id(side)]])
    #expect(fixes.first?.ids == ["CVE-2024-1234"])
  }

  @Test(arguments: [1, 2, 3])
  func `a fix that was taken back is none, unless that was taken back too`(
    times: Int
  ) async throws {
    var (history, _) = project()
    var last = history.commit("[security] Check\n\nCVE-2024-1234\n", files: Self.code)
    var subject = "[security] Check"
    for time in 1...times {
      let id = try history.write(bare: true).id(last)
      subject = "Revert \"\(subject)\""
      last = history.commit(
        "\(subject)\n\nThis reverts commit \(id).\n",
        files: ["a.c": .text(time % 2 == 1 ? "unchecked\n" : "checked\n")])
    }
    let fixes = try await PlanFixture(history).open().securityFixes().fixes
    #expect(fixes.count == (times % 2 == 0 ? 1 : 0))
    #expect(fixes.allSatisfy { $0.commits.count == 1 })
  }

  @Test func `a revert that is itself the fix counts`() async throws {
    var (history, _) = project()
    let bad = history.commit("Trust everybody", files: ["a.c": "trusting\n"])
    let id = try history.write(bare: true).id(bad)
    history.commit(
      "Revert \"Trust everybody\"\n\nThis reverts commit \(id).\n\nCVE: CVE-2024-1234\n",
      files: ["a.c": "unchecked\n"])
    let fixes = try await PlanFixture(history).open().securityFixes().fixes
    #expect(fixes.map(\.ids) == [["CVE-2024-1234"]])
  }

  @Test func `a window and a range leave out what came before`() async throws {
    var (history, _) = project()
    let one = history.commit("One\n\nCVE-2024-0001\n", files: ["1.c": "x\n"])
    let two = history.commit("Two\n\nCVE-2024-0002\n", files: ["2.c": "x\n"])
    let three = history.commit("Three\n\nCVE-2024-0003\n", files: ["3.c": "x\n"])
    let fixture = try PlanFixture(history)
    let workspace = try await fixture.open()
    func commits(_ change: (inout SecurityFixScope) throws -> Void) throws -> [String] {
      var scope = SecurityFixScope()
      try change(&scope)
      return try workspace.securityFixes(scope).fixes.flatMap(\.revisions)
    }
    let ids = [three, two, one].map { fixture.repository.id($0) }
    let time = try workspace.repository.commit(workspace.repository.resolve(ids[1]))
      .committer.seconds
    #expect(try commits { _ in } == ids)
    #expect(try commits { $0.since = time } == [ids[0], ids[1]])
    #expect(try commits { $0.since = time + 1 } == [ids[0]])
    #expect(try commits { $0.excluded = [try workspace.repository.resolve(ids[1])] } == [ids[0]])
    #expect(try commits { $0.tip = try workspace.repository.resolve(ids[1]) } == [ids[1], ids[2]])
    #expect(try commits { $0.signs = [.trailer] } == [])
  }

  @Test func `an advisory in the tree names its fix in OSV and in plain words`() async throws {
    var (history, _) = project()
    let flaw = history.commit("Trust", files: ["a.c": "trusting\n"])
    let one = history.commit("Be careful", files: Self.code)
    let two = history.commit("Be more careful", files: ["b.c": "checked\n"])
    let ids = try history.write(bare: true)
    let document = """
      {"id": "GHSA-cj83-2ww7-mvq7", "aliases": ["CVE-2024-0001"], "affected": [{"ranges": [
        {"type": "GIT", "repo": "https://example.com/x", "events": [
          {"introduced": "\(ids.id(flaw))"}, {"fixed": "\(ids.id(one))"}]}]}]}
      """
    history.commit(
      "Publish",
      files: [
        "advisories/one.json": .text(document),
        "advisories/2024/CVE-2024-0002.md":
          .text("# Bad\n\nFixed in https://example.com/x/commit/\(ids.id(two).prefix(12)).\n"),
        "advisories/CVE-2024-0003.md": "# Never fixed\n",
      ])
    let fixture = try PlanFixture(history)
    let found = try await fixture.open().securityFixes()
    #expect(
      found.fixes.map(\.revisions)
        == [[two], [one]].map { marks in marks.map { fixture.repository.id($0) } })
    #expect(
      found.fixes.map(\.ids) == [["CVE-2024-0002"], ["CVE-2024-0001", "GHSA-cj83-2ww7-mvq7"]])
    #expect(found.fixes.last?.introducers.map(\.description) == [fixture.repository.id(flaw)])
    #expect(found.fixes.last?.reasons.map(\.sign) == [.advisory])
    #expect(found.warnings.map(\.code) == ["advisory-without-fix"])
  }
}
