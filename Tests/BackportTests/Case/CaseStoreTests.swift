import Foundation
import GitStore
import ReleaseModel
import TestSupport
import Testing

@testable import Backport

@Suite("Records of cases")
struct CaseStoreTests {
  private struct World {
    let fixture: PlanFixture
    let workspace: Workspace

    var folder: String { workspace.repository.commonDirectory + "/backport/cases" }

    func file(_ id: String) -> String { folder + "/\(id)/case.json" }

    func text(_ id: String) throws -> String {
      try String(contentsOfFile: file(id), encoding: .utf8)
    }
  }

  private func world(
    config: String = "", files: [String: FileChange] = [:], bare: Bool = true
  ) async throws -> World {
    let fixture = try PlanFixture(TwoLines.history(config: config, files: files), bare: bare)
    return World(fixture: fixture, workspace: try await fixture.open())
  }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private static func opening(_ id: String) -> CaseOpening {
    var opening = CaseOpening()
    opening.id = id
    opening.facts.title = "Unbounded rounds"
    return opening
  }

  @Test("are for their owner alone, in the git directory, and nothing that git knows of")
  func place() async throws {
    let world = try await world(bare: false)
    let refs = world.fixture.repository.refs()
    let document = try world.workspace.openCase(Self.opening("CASE-1"))
    #expect(document.record.state == .received)
    #expect(try mode(world.file("CASE-1")) == 0o600)
    #expect(try mode(world.folder + "/CASE-1") == 0o700)
    #expect(try mode(world.folder) == 0o700)
    #expect(world.fixture.repository.git("status", "--porcelain").isEmpty)
    #expect(world.fixture.repository.refs() == refs)
    // The keys of the file are those of the sample record.
    #expect(try world.text("CASE-1").contains("\"message_id\" : null"))
  }

  @Test("begin with the lines that the policy covers, and the trunk")
  func lines() async throws {
    let world = try await world()
    let record = try world.workspace.openCase(CaseOpening()).record
    #expect(record.lines.map(\.line) == ["1.1", "1.0", "main"])
    #expect(record.lines.map(\.maintained) == [true, true, true])
    #expect(record.lines.map(\.trunk) == [false, false, true])
    #expect(record.id.description == "REPOSITORY-SA-2023-0001")
    #expect(
      try world.workspace.openCase(CaseOpening()).record.id.description
        == "REPOSITORY-SA-2023-0002")
  }

  @Test(
    "have names that can be nothing else",
    arguments: ["", ".", "..", "../x", "a/b", ".hidden", "-x", "x.lock", "lock", "a b", "a\u{1b}"])
  func names(id: String) async throws {
    let world = try await world()
    let error = #expect(throws: BackportError.self) {
      try world.workspace.openCase(Self.opening(id))
    }
    #expect(error?.code == .usage)
  }

  @Test("are not opened twice, whatever the case of the letters")
  func twice() async throws {
    let world = try await world()
    _ = try world.workspace.openCase(Self.opening("CASE-1"))
    let error = #expect(throws: BackportError.self) {
      try world.workspace.openCase(Self.opening("case-1"))
    }
    #expect(error?.code == .caseExists)
    #expect(try world.workspace.showCase("case").record.id.description == "CASE-1")
    #expect(throws: BackportError(.noCase, ["other"], detail: "CASE-1")) {
      try world.workspace.showCase("other")
    }
  }

  @Test("that are damaged are a clear error and stay as they are")
  func damaged() async throws {
    let world = try await world()
    _ = try world.workspace.openCase(Self.opening("CASE-1"))
    let good = try world.text("CASE-1")
    let changes: [(String, String, String)] = [
      ("\"state\" : \"received\"", "\"state\" : \"ready\"", "its events lead to received"),
      ("\"format\" : 1", "\"format\" : 7", "form 7"),
      ("\"clock\" :", "\"clocks\" :", "clock"),
      ("\"format\" : 1", "\"format\" : 1, \"remark\" : \"mine\"", "remark"),
      ("\"id\" : \"CASE-1\"", "\"id\" : \"CASE-2\"", "CASE-2"),
      ("{", "", "JSON"),
    ]
    for (old, new, words) in changes {
      let range = try #require(good.range(of: old))
      let bad = good.replacingCharacters(in: range, with: new)
      try Data(bad.utf8).write(to: URL(fileURLWithPath: world.file("CASE-1")))
      let error = #expect(throws: BackportError.self) {
        try world.workspace.addToCase("CASE-1", .acknowledge)
      }
      #expect(error?.code == .damagedCase, "\(old)")
      #expect(error?.detail.contains(words) == true, "\(error?.detail ?? "")")
      #expect(try world.text("CASE-1") == bad)
      let list = try world.workspace.cases(includingEnded: true)
      #expect(list.cases.isEmpty && list.warnings.map(\.code) == ["damaged-case"])
    }
    try FileManager.default.removeItem(atPath: world.file("CASE-1"))
    try FileManager.default.createSymbolicLink(
      atPath: world.file("CASE-1"), withDestinationPath: "/etc/passwd")
    let error = #expect(throws: BackportError.self) {
      try world.workspace.addToCase("CASE-1", .acknowledge)
    }
    #expect(error?.code == .damagedCase)
  }

  @Test("nothing is recorded of the future, and a refused step changes nothing")
  func refused() async throws {
    let world = try await world()
    _ = try world.workspace.openCase(Self.opening("CASE-1"))
    let before = try world.text("CASE-1")
    let future = Instant(seconds: PlanFixture.now + 60)
    #expect(throws: BackportError.self) {
      try world.workspace.addToCase("CASE-1", .acknowledge, at: future)
    }
    let error = #expect(throws: BackportError.self) {
      try world.workspace.addToCase("CASE-1", .ready)
    }
    #expect(error?.code == .caseRefused)
    #expect(error?.refusal?.missing.contains(.audit) == true)
    #expect(try world.text("CASE-1") == before)
  }

  @Test("take the times from .gitbackport, else from SECURITY.md, else the usual ones")
  func policy() async throws {
    let security = "# Security\n\nWe acknowledge within 3 business days. Mail sec@example.org.\n"
    let world = try await world(
      config: """
        [case]
        \tdisclose = 60d
        \ttimezone = Europe/Berlin
        \tholiday = 2023-12-25
        \tholiday = 2023-12-26

        """, files: ["SECURITY.md": .text(security)])
    let policy = try world.workspace.casePolicy()
    #expect(policy.acknowledge == .businessDays(3))
    #expect(policy.respond == .hours(48))
    #expect(policy.disclose == .days(60))
    #expect(policy.timezone == "Europe/Berlin")
    #expect(policy.holidays.map(\.description) == ["2023-12-25", "2023-12-26"])
    #expect(
      policy.origins == [
        "acknowledge 3bd: from SECURITY.md, line 3: \"We acknowledge within 3 business days.\"",
        "respond 48h: assumed, as nothing states it", "disclose 60d: from .gitbackport",
        "reports go to sec@example.org: from SECURITY.md",
      ])
  }

  @Test(
    "a wrong key, time or zone is named",
    arguments: [
      ("acknowledgement = 48h", "did you mean 'case.acknowledge'"), ("respond = soon", "48h"),
      ("holiday = Christmas", "YYYY-MM-DD"), ("respond-from = now", "acknowledged"),
    ])
  func wrongSettings(setting: String, words: String) async throws {
    let error = try await PlanFixture.failure {
      try await world(config: "[case]\n\t\(setting)\n").workspace
    }
    #expect(error.code == .configuration)
    #expect(error.detail.contains(words), "\(error.detail)")
  }

  @Test(
    "a zone that is none leads to no file",
    arguments: ["Mars/Phobos", "../../etc/passwd", "/etc/passwd", "Europe//Berlin", ""])
  func zones(name: String) {
    #expect(throws: BackportError.self) { try TimeZoneFile.rules(of: name, namedIn: "x") }
  }

  @Test("lines are worked out from the commit, or the version, that brought the flaw")
  func detection() async throws {
    var history = TwoLines.history()
    let bad = history.commit("Go wrong", files: ["code.txt": "wrong\n"])
    let release = history.commit("Version 1.2.0", files: ["x": "x"])
    history.tag("v1.2.0", at: release)
    history.branch("1.2", at: release)
    let fixture = try PlanFixture(history)
    let workspace = try await fixture.open()
    let record = try workspace.openCase(Self.opening("CASE-1")).record
    func detected(_ introduced: String) throws -> [String: Bool?] {
      var facts = CaseFacts()
      try workspace.resolve(introduced: introduced, into: &facts)
      let lines = try workspace.detectedLines(of: record, facts: facts)
      return Dictionary(uniqueKeysWithValues: lines.map { ($0.line, $0.affected) })
    }
    #expect(
      try detected(fixture.repository.id(bad))
        == ["1.0": false, "1.1": false, "1.2": true, "main": true])
    #expect(
      try detected("1.1.0") == ["1.0": false, "1.1": true, "1.2": true, "main": true])
    #expect(throws: BackportError.self) { try detected("no-such-thing") }
  }
}
