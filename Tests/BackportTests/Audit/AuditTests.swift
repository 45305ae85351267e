import Backport
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// What an audit says of fixes on lines.
struct AuditTests {
  private static let fixed: [String: FileChange] = ["code.txt": .text(TwoLines.fixed)]
  private static let adapted: [String: FileChange] = [
    "code.txt": "one\ntwo\nthree: checked!\nfour\nfive\n"
  ]
  private static let message = "Check three\n\nCVE: CVE-2024-1234\n"

  private func audit(
    _ history: RepositoryBuilder, change: (inout AuditRequest) -> Void = { _ in }
  ) async throws -> AuditDocument {
    try await audit(PlanFixture(history), change: change)
  }

  private func audit(
    _ fixture: PlanFixture, change: (inout AuditRequest) -> Void = { _ in }
  ) async throws -> AuditDocument {
    var request = AuditRequest()
    change(&request)
    return try await fixture.open().audit(
      request, asOf: Moment(seconds: PlanFixture.now, offsetMinutes: 0).day)
  }

  /// The verdicts on the only fix, by line.
  private func verdicts(
    _ document: AuditDocument, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> [String: AuditDocument.Verdict] {
    #expect(document.fixes.count == 1, sourceLocation: sourceLocation)
    let fix = try #require(document.fixes.first, sourceLocation: sourceLocation)
    return Dictionary(uniqueKeysWithValues: fix.lines.map { ($0.line, $0) })
  }

  /// What is said of line 1.0 after something was done to it.
  private func verdict(
    fix message: String = message, config: String = "", files: [String: FileChange] = fixed,
    _ change: (inout RepositoryBuilder, Mark, TestRepository) throws -> Void
  ) async throws -> AuditDocument.Verdict {
    var history = TwoLines.history(config: config)
    let fix = history.commit(message, files: files)
    try change(&history, fix, try history.write())
    return try #require(try verdicts(try await audit(history))["1.0"])
  }

  @Test func `a fix that no line has is missing on each`() async throws {
    var history = TwoLines.history()
    history.commit(Self.message, files: Self.fixed)
    let document = try await audit(history)
    let verdicts = try verdicts(document)
    #expect(verdicts.mapValues(\.status) == ["1.0": .missing, "1.1": .missing])
    #expect(verdicts["1.0"]?.since == nil)
    #expect(verdicts["1.0"]?.evidence.first?.contains("not in v1.0.0") == true)
    #expect(document.missing == 2)
    #expect(document.hasFindings)
    #expect(document.fixes.first?.ids == ["CVE-2024-1234"])
    #expect(document.lines.map(\.line) == ["1.1", "1.0"])
    #expect(document.lines.first?.counts == ["missing": 1])
  }

  @Test func `a line has what its first release held`() async throws {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest 2 minors\n"
    history.commit("Begin", files: [".gitbackport": .text(policy), "code.txt": "bad\n"])
    history.commit(Self.message, files: ["code.txt": "good\n"])
    let first = history.commit("Version 1.0.0", files: ["v": "1.0.0\n"])
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let verdict = try #require(try verdicts(try await audit(history))["1.0"])
    #expect(verdict.status == .fixed)
    #expect(verdict.since == "1.0.0")
    #expect(verdict.evidence.last?.contains("the line's first release") == true)
  }

  @Test func `a pick is there since the release that holds it`() async throws {
    let verdict = try await verdict { history, fix, repository in
      history.commit(
        "Check\n\n(cherry picked from commit \(repository.id(fix)))\n", on: "1.0",
        files: Self.adapted)
      let one = history.commit("Version 1.0.1", on: "1.0", files: ["v": "1\n"])
      history.tag("v1.0.1", at: one)
      let two = history.commit("Version 1.0.2", on: "1.0", files: ["v": "2\n"])
      history.tag("v1.0.2", at: two)
    }
    #expect(verdict.status == .fixed)
    #expect(verdict.since == "1.0.1")
    #expect(verdict.tag == "v1.0.1")
    #expect(verdict.commits.count == 1)
  }

  @Test func `what only the branch holds is unreleased and no finding`() async throws {
    var history = TwoLines.history()
    let fix = history.commit(Self.message, files: Self.fixed)
    let id = try history.write().id(fix)
    for line in ["1.0", "1.1"] {
      history.commit(
        "Check\n\n(cherry picked from commit \(id))\n", on: line, files: Self.adapted)
    }
    let document = try await audit(history)
    #expect(try verdicts(document).mapValues(\.status) == ["1.0": .unreleased, "1.1": .unreleased])
    #expect(!document.hasFindings)
  }

  @Test func `the same change, author and date, id or text are an equivalent`() async throws {
    let other = Identity("Somebody Else", "else@example.com")
    let ways: [(String, [String: FileChange], Identity)] = [
      ("Other words", Self.fixed, other),
      ("Check three", ["code.txt": "one\ntwo\nthree! checked\nfour\nfive\n"], .author(at: 0)),
      ("Own words\n\nCVE-2024-1234\n", Self.adapted, other),
      (
        "More at once", ["code.txt": .text("zero\n" + TwoLines.fixed), "unrelated.txt": "u\n"],
        other
      ),
    ]
    for (message, files, author) in ways {
      var history = TwoLines.history()
      history.commit(Self.message, files: Self.fixed, author: .author(at: 0))
      let pick = history.commit(message, on: "1.0", files: files, author: author)
      history.tag("v1.0.1", at: pick)
      let verdict = try #require(try verdicts(try await audit(history))["1.0"])
      #expect(verdict.status == .equivalent, "\(message)")
      #expect(verdict.since == "1.0.1", "\(message)")
    }
  }

  @Test func `a pick that was reverted before the release is missing, and says so`() async throws {
    var history = TwoLines.history()
    let fix = history.commit(Self.message, files: Self.fixed)
    let id = try history.write().id(fix)
    let pick = history.commit(
      "Check\n\n(cherry picked from commit \(id))\n", on: "1.0", files: Self.adapted)
    let name = try history.write().id(pick)
    let revert = history.commit(
      "Revert \"Check\"\n\nThis reverts commit \(name).\n", on: "1.0",
      files: ["code.txt": .text(TwoLines.code)])
    history.tag("v1.0.1", at: revert)
    let verdict = try #require(try verdicts(try await audit(history))["1.0"])
    #expect(verdict.status == .missing)
    #expect(verdict.evidence.contains { $0.contains("was reverted") })
  }

  @Test func `a release that lost the fix again does not have it`() async throws {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest 2 minors\n"
    let first = history.commit(
      "Version 1.0.0", files: [".gitbackport": .text(policy), "code.txt": .text(TwoLines.code)])
    history.tag("v1.0.0", at: first)
    let fix = history.commit(Self.message, files: Self.fixed)
    let id = try history.write().id(fix)
    let pick = history.commit(
      "Check\n\n(cherry picked from commit \(id))\n", on: "side", files: Self.adapted,
      parents: [first])
    history.tag("v1.0.1", at: pick)
    let next = history.commit(
      "Version 1.0.2", on: "1.0", files: ["v": "2\n"], parents: [first])
    history.tag("v1.0.2", at: next)
    let verdict = try #require(try verdicts(try await audit(history))["1.0"])
    #expect(verdict.status == .missing)
    #expect(verdict.since == nil)
  }

  @Test func `part of a fix proves nothing`() async throws {
    var history = TwoLines.history()
    let one = history.commit(Self.message, files: Self.fixed)
    history.commit("More\n\nCVE: CVE-2024-1234\n", files: ["new.txt": "checked\n"])
    let id = try history.write().id(one)
    let pick = history.commit(
      "Check\n\n(cherry picked from commit \(id))\n", on: "1.0", files: Self.adapted)
    history.tag("v1.0.1", at: pick)
    let document = try await audit(history)
    let verdict = try #require(try verdicts(document)["1.0"])
    #expect(verdict.status == .unproven)
    #expect(verdict.evidence.contains { $0.contains("it lacks") && $0.contains("More") })
    #expect(document.unproven == 1)
    #expect(document.missing == 1)
  }

  @Test(arguments: [
    ("Check elsewhere\n\n[CVE-2024-1234]\n", AuditDocument.Status.equivalent),
    ("Check, as was done for another flaw in CVE-2024-1234", .equivalent),
    ("Check\n\nAs was done for the flaw in CVE-2024-1234.\n", .unproven),
  ])
  func `a commit that declares to be the fix is one in whatever files, a mere mention is not`(
    message: String, status: AuditDocument.Status
  ) async throws {
    let verdict = try await verdict { history, _, _ in
      let own = history.commit(
        message, on: "1.0", files: ["old/place.c": "checked\n"],
        author: Identity("Somebody Else", "else@example.com"))
      history.tag("v1.0.1", at: own)
    }
    #expect(verdict.status == status)
  }

  @Test func `a line without a single line that the fix removes may never have had the flaw`()
    async throws
  {
    var history = TwoLines.history()
    history.commit("Add", files: ["late.c": "flaw\nmore\n"])
    history.commit(Self.message, files: ["late.c": "no flaw\nmore\n"])
    let verdict = try #require(try verdicts(try await audit(history))["1.0"])
    #expect(verdict.status == .unproven)
    #expect(verdict.evidence.contains { $0.contains("may never have had") })
  }

  @Test func `most of the lines that a fix adds prove nothing`() async throws {
    let lines = (1...10).map { "check \($0)\n" }
    let verdict = try await verdict(
      files: ["code.c": .text("begin\n" + lines.joined())]
    ) { history, _, _ in
      let own = history.commit(
        "By hand", on: "1.0", files: ["code.c": .text("start\n" + lines.dropLast().joined())],
        author: Identity("Somebody Else", "else@example.com"))
      history.tag("v1.0.1", at: own)
    }
    #expect(verdict.status == .unproven)
    #expect(verdict.evidence.contains { $0.contains("9 of the 11 lines") })
  }

  @Test func `a line without the flaw is not affected when a trailer names what brought it`()
    async throws
  {
    var history = TwoLines.history()
    let flaw = history.commit("Add flaw", files: ["flaw.c": "flaw\nmore\n"])
    let id = try history.write().id(flaw)
    history.commit("Repair\n\nFixes: \(id)\nCVE: CVE-2024-1234\n", files: ["flaw.c": "more\n"])
    let verdicts = try verdicts(try await audit(history))
    #expect(verdicts.mapValues(\.status) == ["1.0": .notAffected, "1.1": .notAffected])
    #expect(verdicts["1.0"]?.evidence.contains { $0.contains(id.prefix(7)) } == true)
  }

  @Test func `decisions of the project are honoured and shown`() async throws {
    var history = TwoLines.history(
      config: "[fix \"CVE-2024-1234\"]\n\tskip = 1.0: superseded\n\tfixed = 1.1 1.1\n")
    history.commit(Self.message, files: Self.fixed)
    let document = try await audit(history)
    let verdicts = try verdicts(document)
    #expect(verdicts["1.0"]?.status == .skipped)
    #expect(verdicts["1.0"]?.evidence == ["superseded (.gitbackport)"])
    #expect(verdicts["1.1"]?.status == .fixed)
    #expect(verdicts["1.1"]?.evidence.first?.contains("states that 1.1 is the fix") == true)
    #expect(!document.hasFindings)
  }

  @Test func `the newest line without a branch is released from the trunk`() async throws {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest 2 minors\n"
    let first = history.commit(
      "Version 1.0.0",
      files: [".gitbackport": .text(policy), "code.txt": .text(TwoLines.code), "v": "1\n"])
    history.tag("v1.0.0", at: first)
    history.commit(Self.message, files: Self.fixed)
    let unreleased = try await audit(history)
    #expect(try verdicts(unreleased)["1.0"]?.status == .unreleased)
    history.commit("A feature", files: ["feature.c": "new\n"])
    let missing = try await audit(history)
    #expect(try verdicts(missing)["1.0"]?.status == .missing)
    #expect(missing.lines.first?.note?.contains("A feature") == true)
  }

  @Test func `lines, ids, ranges and days restrict it`() async throws {
    var history = TwoLines.history()
    let one = history.commit("One\n\nCVE-2024-0001\n", files: ["1.c": "x\n"])
    let two = history.commit("Two\n\nCVE-2024-0002\n", files: ["2.c": "x\n"])
    let plain = history.commit("Plain", files: ["3.c": "x\n"])
    let fixture = try PlanFixture(history)
    let ids = [one, two, plain].map { fixture.repository.id($0) }
    func subjects(_ change: (inout AuditRequest) -> Void) async throws -> [String] {
      try await audit(fixture, change: change).fixes.map(\.subject)
    }
    #expect(try await subjects { _ in } == ["Two", "One"])
    #expect(try await subjects { $0.subjects = ["cve-2024-0001"] } == ["One"])
    #expect(try await subjects { $0.subjects = [ids[1]] } == ["Two"])
    #expect(try await subjects { $0.subjects = [ids[2]] } == ["Plain"])
    #expect(try await subjects { $0.subjects = ["\(ids[0]).."] } == ["Two"])
    #expect(try await subjects { $0.since = PlanFixture.now } == [])
    let line = try await audit(fixture) { $0.lines.to = ["1.0"] }
    #expect(line.lines.map(\.line) == ["1.0"])
    #expect(line.notAudited.map(\.line) == ["1.1"])
    let error = try await PlanFixture.failure {
      try await audit(fixture) { $0.subjects = ["CVE-1999-0001"] }
    }
    #expect(error.code == .usage)
  }

  @Test func `it agrees with the plan about every fix of a sample`() async throws {
    let sample = SampleProject.tokenKit()
    let fixture = try PlanFixture(sample.history)
    let plan = try await fixture.plan(sample.fix)
    let document = try await audit(fixture) { $0.subjects = [fixture.repository.id(sample.fix)] }
    let verdicts = try verdicts(document)
    #expect(plan.targets.map(\.line) == document.lines.map(\.line))
    for target in plan.targets {
      let status = try #require(verdicts[target.line]).status
      switch target.status {
      case .alreadyApplied: #expect([.fixed, .equivalent].contains(status), "\(target.line)")
      case .unreleased: #expect(status == .unreleased, "\(target.line)")
      default: #expect([.missing, .unproven].contains(status), "\(target.line)")
      }
    }
  }
}
