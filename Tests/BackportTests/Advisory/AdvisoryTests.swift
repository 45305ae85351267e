import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

@testable import Backport

@Suite("An advisory of what was picked and tagged")
struct AdvisoryTests {
  private static func request(
    _ subject: String..., change: (inout AdvisoryRequest) -> Void = { _ in }
  ) throws -> AdvisoryRequest {
    var request = AdvisoryRequest(asOf: CalendarDate(unixSeconds: PlanFixture.now))
    request.subject = subject
    request.folder = "/nowhere"
    request.repository = WebRepository(remote: "https://git.example.org/example/tokenkit.git")
    request.formats = [.osv, .github, .cve, .csaf]
    change(&request)
    return request
  }

  /// The events of OSV's first range, `introduced` without a word and `fixed` with `<`.
  private static func events(_ outcome: AdvisoryOutcome, range: Int = 0) throws -> [String] {
    let osv = try #require(outcome.files.first { $0.format == .osv })
    let document = try DocumentCoding.decode(
      JSONTree.self, from: Array(osv.text.utf8), named: "osv")
    guard case .array(let affected) = document["affected"] else { return [] }
    return affected.flatMap { entry -> [String] in
      guard case .array(let ranges) = entry["ranges"], ranges.indices.contains(range),
        case .array(let events) = ranges[range]["events"]
      else { return [] }
      return events.compactMap { event in
        event["introduced"]?.string ?? event["fixed"]?.string.map { "<" + $0 }
          ?? event["last_affected"]?.string.map { "<=" + $0 }
      }
    }
  }

  @Test(
    "says of each line what git says of its tags")
  func lines() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let flaw = fixture.repository.id(history.flaw)
    let outcome = try await fixture.open().advisory(
      Self.request(fixture.repository.id(history.fix)) { $0.introduced = [flaw] })
    let document = outcome.document
    #expect(document.affected == ["0.9.1", "1.0.0", "1.1.0", "2.0.0-rc.1"])
    #expect(
      try Self.events(outcome) == [
        "0.9.1", "<0.9.2", "1.0.0", "<1.1.1", "2.0.0-rc.1", "<=2.0.0-rc.1",
      ])
    #expect(document.lines.map(\.line) == ["0.9", "1.0", "1.1", "2.0"])
    #expect(document.lines.map(\.fixed) == ["0.9.2", nil, "1.1.1", nil])
    #expect(document.lines.map(\.maintained) == [true, true, true, true])
    let ids = [history.picks.on09, history.picks.on11, history.fix].map {
      fixture.repository.id($0)
    }
    #expect(document.fixes.map(\.commit.description) == ids)
    #expect(document.fixes.map(\.branch) == ["0.9", "1.1", "main"])
    #expect(try Self.events(outcome, range: 1) == [flaw] + ids.map { "<" + $0 })
    #expect(document.package?.purl == "pkg:composer/example/tokenkit")
    #expect(document.aliases == ["CVE-2026-0001"])
    #expect(document.id == "x_TOKENKIT-SA-2023-0001")
    #expect(document.title == "Check the count")
    #expect(document.checked == 7)
  }

  @Test("begins at zero when nobody says what introduced the flaw")
  func unknownOrigin() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let outcome = try await fixture.open().advisory(
      Self.request(fixture.repository.id(history.fix)))
    #expect(outcome.document.affected.first == "0.9.0")
    #expect(try Self.events(outcome).prefix(2) == ["0", "<0.9.2"])
    #expect(outcome.document.warnings.contains { $0.code == "origin-unknown" })
    #expect(outcome.document.introduced.isEmpty)
  }

  @Test("reads what introduced the flaw from a trailer of the fix")
  func trailer() async throws {
    let history = AdvisoryHistory()
    var fixture = try PlanFixture(history.builder)
    var repository = fixture.repository
    let flaw = repository.id(history.flaw)
    let fix = try repository.extend { builder in
      builder.commit("Undo", files: ["code.txt": .text(AdvisoryHistory.flawed)])
      return builder.commit(
        "Check again\n\nFixes: \(flaw)\n", files: ["code.txt": .text(AdvisoryHistory.fixed)])
    }
    fixture = PlanFixture(repository)
    let outcome = try await fixture.open().advisory(Self.request(repository.id(fix)))
    #expect(outcome.document.introduced.map(\.description) == [flaw])
    #expect(outcome.document.affected.first == "0.9.1")
  }

  @Test(
    "follows a line that was merged with the trunk, and a fix that was reverted for a while")
  func mergedAndReverted() async throws {
    let history = AdvisoryHistory()
    var repository = try history.builder.write()
    let pick = repository.id(history.picks.on11)
    try repository.extend { builder in
      let undone = builder.commit(
        "Revert\n\nThis reverts commit \(pick).\n", on: "1.1",
        files: ["code.txt": .text(AdvisoryHistory.flawed)])
      builder.tag("v1.1.2", at: undone)
      let merged = builder.merge(
        history.fix, into: "1.1", files: ["code.txt": .text(AdvisoryHistory.fixed)])
      builder.tag("v1.1.3", at: merged)
    }
    let fixture = PlanFixture(repository)
    let outcome = try await fixture.open().advisory(
      Self.request(repository.id(history.fix)) { $0.introduced = [repository.id(history.flaw)] })
    #expect(outcome.document.affected == ["0.9.1", "1.0.0", "1.1.0", "1.1.2", "2.0.0-rc.1"])
    #expect(
      try Self.events(outcome).prefix(6) == [
        "0.9.1", "<0.9.2", "1.0.0", "<1.1.1", "1.1.2", "<1.1.3",
      ]
    )
  }

  @Test("knows the flaw by its pick on a line that the original never reached")
  func pickedFlaw() async throws {
    var history = RepositoryBuilder()
    let policy: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n",
      "package.json": "{\"name\": \"tokenkit\"}\n", "code.txt": .text(AdvisoryHistory.safe),
    ]
    let first = history.commit("Begin", files: policy)
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let flawed: [String: FileChange] = ["code.txt": .text(AdvisoryHistory.flawed)]
    let flaw = history.commit("Read the count", files: flawed)
    history.tag("v1.1.0", at: flaw)
    let pick = history.commit("Read the count", on: "1.0", files: flawed)
    history.tag("v1.0.1", at: pick)
    let fix = history.commit("Check", files: ["code.txt": .text(AdvisoryHistory.fixed)])
    history.tag("v1.1.1", at: fix)
    let fixture = try PlanFixture(history)
    let outcome = try await fixture.open().advisory(
      Self.request(fixture.repository.id(fix)) {
        $0.introduced = [fixture.repository.id(flaw)]
      })
    #expect(outcome.document.affected == ["1.0.1", "1.1.0"])
    #expect(try Self.events(outcome) == ["1.0.1", "<1.1.1"])
    #expect(
      Set(outcome.document.introduced.map(\.description))
        == [fixture.repository.id(flaw), fixture.repository.id(pick)])
    #expect(outcome.document.lines.map(\.fixed) == [nil, "1.1.1"])
  }

  @Test("tells of an operation, and under embargo only beside it")
  func operation() async throws {
    let history = AdvisoryHistory(tagsFixes: false)
    var builder = history.builder
    builder.branch("0.9", at: history.flaw)
    let fixture = try PlanFixture(builder)
    let flaw = fixture.repository.id(history.flaw)
    let plan = try await fixture.plan(history.fix) { options in
      options.introduced = [flaw]
      options.embargo = true
      options.skip = ["1.1=not now"]
    }
    let applied = try await fixture.apply(plan)
    let id = try #require(applied.id)
    let refused = try await PlanFixture.failure {
      try await fixture.open().advisory(Self.request(id))
    }
    #expect(refused.code == .embargoed)
    let outcome = try await fixture.open().advisory(Self.request { $0.folder = nil })
    #expect(outcome.document.operation == id)
    #expect(outcome.document.embargoed)
    #expect(outcome.folder.hasSuffix("/backport/ops/\(id)/advisory"))
    #expect(outcome.document.lines.first?.fixed == "0.9.2")
    #expect(outcome.document.affected == ["0.9.1", "1.0.0", "1.1.0", "2.0.0-rc.1"])
    #expect(outcome.document.published == plan.releaseDate)
    #expect(outcome.document.introduced.map(\.description) == [flaw])
  }

  @Test("is refused where there is nothing to tell")
  func nothing() async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let fix = fixture.repository.id(history.fix)
    let never = try await PlanFixture.failure {
      try await fixture.open().advisory(Self.request(fix) { $0.introduced = [fix] })
    }
    #expect(never.code == .nothingAffected)
    let none = try await PlanFixture.failure {
      try await fixture.open().advisory(Self.request())
    }
    #expect(none.code == .noOperation)
    let id = try await PlanFixture.failure {
      try await fixture.open().advisory(Self.request(fix) { $0.ids = ["../x"] })
    }
    #expect(id.code == .usage)
  }

  /// Mistakes in a file, by what is replaced in it.
  static let mutations: [(AdvisoryFormat, String, String)] = [
    (.osv, #"\{\s*"introduced": "1.0.0"\s*\},\s*"#, ""),
    (
      .osv, #"\{\s*"introduced": "0.9.1"\s*\},\s*\{\s*"fixed": "0.9.2"\s*\}"#,
      #"{"fixed": "0.9.2"}, {"introduced": "0.9.1"}"#
    ),
    (.osv, #"\{\s*"fixed": "[0-9a-f]{40}"\s*\},\s*"#, ""),
    (.osv, #""1.0.0","#, #""1.0.0", "0.9.2","#),
    (.github, #">= 1.0.0, < 1.1.1"#, ">= 1.1.0, < 1.1.1"),
    (.cve, #""lessThan": "1.1.1""#, #""lessThan": "1.1.0""#),
    (
      .csaf, #""known_affected": \[\s*"tokenkit-0.9.1","#, #""known_affected": ["#
    ),
  ]

  @Test(
    "is not written when a file says something else than git",
    arguments: mutations)
  func proof(format: AdvisoryFormat, pattern: String, replacement: String) async throws {
    let history = AdvisoryHistory()
    let fixture = try PlanFixture(history.builder)
    let workspace = try await fixture.open()
    let request = try Self.request(fixture.repository.id(history.fix)) {
      $0.introduced = [fixture.repository.id(history.flaw)]
    }
    let maker = try AdvisoryMaker(workspace, request)
    let (advisory, _) = try maker.make(in: AdvisoryArchive(path: "/nowhere"))
    let writer = AdvisoryWriter(advisory: advisory, formats: [format], tool: "t 1")
    var files = try writer.files()
    try AdvisoryWriter.prove(files, advisory, in: workspace.repository)
    let place = try #require(files[0].text.range(of: pattern, options: .regularExpression))
    files[0].text.replaceSubrange(place, with: replacement)
    let wrong = files
    let error = try await PlanFixture.failure {
      try AdvisoryWriter.prove(wrong, advisory, in: workspace.repository)
    }
    #expect(error.code == .advisoryMismatch, "\(pattern)")
    #expect(error.operands.first == format.rawValue)
  }
}
