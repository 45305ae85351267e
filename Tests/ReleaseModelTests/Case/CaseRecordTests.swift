import Foundation
import ReleaseModel
import TestSupport
import Testing

@Suite("A case")
struct CaseRecordTests {
  private static func encoded(_ record: CaseRecord) throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return try encoder.encode(record)
  }

  private static func decoded(_ data: Data) throws -> CaseRecord {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(CaseRecord.self, from: data)
  }

  private static func refusal(
    sourceLocation: SourceLocation = #_sourceLocation, _ work: () throws -> CaseRecord
  ) throws -> CaseRefusal {
    try #require(throws: CaseRefusal.self, sourceLocation: sourceLocation) { try work() }
  }

  @Test("the sample is read, and written again with every key and value that it had")
  func sample() throws {
    let data = try CaseSample.file("case.json")
    let record = try Self.decoded(data)
    try record.check()
    #expect(record.state == .published)
    #expect(record.visibility == .public)
    #expect(record.reporter.publicName == "Ada Reporter")
    #expect(record.trunkFix == "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c")
    #expect(record.ids == ["CVE-2026-0001", "GHSA-2f3g-4h5j-6m7p"])
    let before = try JSONDecoder().decode(JSONTree.self, from: data)
    let after = try JSONDecoder().decode(JSONTree.self, from: Self.encoded(record))
    #expect(Self.lost(before, after) == [])
    #expect(try Self.decoded(Self.encoded(record)) == record)
  }

  /// Paths of what the first tree has and the second has not.
  private static func lost(_ before: JSONTree, _ after: JSONTree?, _ path: String = "") -> [String]
  {
    switch (before, after) {
    case (.object(let old), .object(let new)?):
      old.flatMap { name, value in lost(value, new[name], "\(path).\(name)") }
    case (.array(let old), .array(let new)?) where old.count == new.count:
      zip(old, new).enumerated().flatMap { lost($1.0, $1.1, "\(path)[\($0)]") }
    default: before == after ? [] : [path]
    }
  }

  @Test("the deadlines of the sample were met, with the pause added")
  func sampleDeadlines() throws {
    let record = try Self.decoded(CaseSample.file("case.json"))
    let now = CaseSample.instant("2026-11-29T00:00:00Z")
    let deadlines = record.deadlines(at: now, zone: .utc)
    #expect(deadlines.map(\.timer) == [.acknowledge, .respond, .release, .disclose])
    #expect(deadlines.allSatisfy { $0.state == .met })
    #expect(
      deadlines.map(\.due.description) == [
        "2026-11-12T09:30:00Z", "2026-11-13T02:05:00Z", "2026-11-21T12:00:00Z",
        "2027-02-08T21:30:00Z",
      ])
  }

  @Test("goes the whole way from the report to the end")
  func wholeWay() throws {
    let record = try CaseSample.after(
      .acknowledge, .assign, .respond, .confirm, .audit, .ready, .release, .publish, .revise,
      .close)
    #expect(record.state == .closed)
    #expect(record.visibility == .public)
    #expect(record.events.count == 11)
    #expect(record.line("1.1")?.status == .released)
    #expect(record.line("main")?.status == .merged)
    #expect(record.assessment.confirmed)
  }

  @Test("refuses each step and says everything that it lacks")
  func refusals() throws {
    let opened = try CaseSample.opened()
    let tooEarly = try Self.refusal { try opened.adding(CaseSample.step(.ready)) }
    #expect(
      tooEarly.missing == [
        .step(.acknowledge), .handler, .step(.assign), .introduced, .affected("1.1"),
        .affected("1.0"), .affected("0.9"), .affected("main"), .step(.confirm), .audit, .trunkFix,
        .credit, .severity,
      ])
    let confirmed = try CaseSample.after(.acknowledge, .assign, .confirm)
    let unready = try Self.refusal { try confirmed.adding(CaseSample.step(.ready)) }
    #expect(
      unready.missing == [
        .audit, .trunkFix, .tested("1.1"), .tested("0.9"), .credit, .severity,
      ])
    let assigned = try CaseSample.after(.acknowledge, .assign)
    let again = try Self.refusal { try assigned.adding(CaseSample.step(.acknowledge)) }
    #expect(again.missing == [.tooLate(.assigned)])
    var two = CaseSample.whole(.assign)
    two.handlers.append(CaseHandler(name: "John Roe", email: nil))
    #expect(try Self.refusal { try assigned.adding(two) }.missing == [.handler])
    #expect(
      try Self.refusal { try assigned.adding(CaseSample.step(.duplicate)) }.missing
        == [.original, .reason, .message])
    #expect(
      try Self.refusal { try assigned.adding(CaseSample.step(.upstream)) }.missing
        == [.project, .reason, .message])
    #expect(
      try Self.refusal { try assigned.adding(CaseSample.step(.reject)) }.missing
        == [.reason, .message])
    #expect(
      try Self.refusal { try assigned.adding(CaseSample.step(.withdraw)) }.missing == [.reason])
    #expect(try Self.refusal { try confirmed.adding(CaseSample.step(.audit)) }.missing == [.what])
    var answered = CaseSample.step(.inform)
    answered.isAnswered = true
    #expect(
      try Self.refusal { try assigned.adding(answered) }.missing == [.clock(isRunning: false)])
  }

  @Test("an embargo ends at its time, or with a reason")
  func embargo() throws {
    let ready = try CaseSample.after(.acknowledge, .assign, .confirm, .audit, .ready)
    #expect(try Self.refusal { try ready.adding(CaseSample.step(.embargo)) }.missing == [.until])
    var past = CaseSample.step(.embargo, 9)
    past.until = past.at
    #expect(try Self.refusal { try ready.adding(past) }.missing == [.until])
    var embargo = CaseSample.whole(.embargo, 9)
    embargo.told = ["distros@example.org"]
    let kept = try ready.adding(embargo)
    #expect(kept.visibility == .embargoed && kept.state == .embargoed)
    let until = try #require(kept.embargo?.until)
    #expect(
      try Self.refusal { try kept.adding(CaseSample.step(.release, 10)) }.missing
        == [.time(until)])
    var broken = CaseSample.step(.release, 10)
    broken.breaksEmbargo = "it was posted elsewhere"
    #expect(try kept.adding(broken).state == .released)
    #expect(try kept.adding(CaseSample.step(.release, 9 + 24)).state == .released)
    let told = try kept.adding(CaseSample.whole(.embargo, 11))
    #expect(told.embargo?.told.count == 1)
  }

  @Test("is not published before every line that is owed a release has one, with its advisory")
  func publication() throws {
    let released = try CaseSample.after(
      .acknowledge, .assign, .confirm, .audit, .ready, .release)
    var step = CaseSample.step(.publish, 9)
    step.advisoryProblems = [.title]
    step.lines = [CaseSample.line("1.1", status: .released)]
    #expect(
      try Self.refusal { try released.adding(step) }.missing
        == [.released("0.9"), .advisory(.title)])
    // The unmaintained line and the trunk need none.
    #expect(try released.adding(CaseSample.whole(.publish, 9)).state == .published)
  }

  @Test("a reporter is named as they chose, and the choice needs its name")
  func credit() throws {
    let cases: [(CaseReporter.Credit?, String?, String?, Bool, String?)] = [
      (nil, "Ada", "owl", false, nil), (.name, nil, nil, false, nil),
      (.name, "Ada", "owl", true, "Ada"), (.alias, "Ada", nil, false, nil),
      (.alias, "Ada", "owl", true, "owl"), (.anonymous, "Ada", nil, true, "anonymous"),
      (CaseReporter.Credit.none, "Ada", "owl", true, nil),
    ]
    for (credit, name, alias, isSettled, shown) in cases {
      var facts = CaseFacts()
      (facts.credit, facts.reporter, facts.alias) = (credit, name, alias)
      let reporter = try CaseSample.opened(facts).reporter
      #expect(reporter.isCreditSettled == isSettled)
      #expect(reporter.publicName == shown)
    }
  }

  @Test("a stored state that its events do not lead to is an error")
  func contradiction() throws {
    let text = String(decoding: try CaseSample.file("case.json"), as: UTF8.self)
    for (old, new, error) in [
      (
        "\"state\": \"published\"", "\"state\": \"released\"",
        CaseHistoryError.state(stored: .released, derived: .published)
      ),
      ("\"event\": \"receive\"", "\"event\": \"note\"", .beginning),
      (
        "\"event\": \"assign\"", "\"event\": \"note\"",
        .impossible(number: 4, event: .confirm, in: .acknowledged)
      ),
    ] {
      let record = try Self.decoded(Data(text.replacing(old, with: new).utf8))
      #expect(throws: error) { try record.check() }
    }
    #expect(throws: DecodingError.self) {
      try Self.decoded(Data(text.replacing("\"format\": 1", with: "\"format\": 2").utf8))
    }
  }

  @Test("whatever is done to it, its state follows from its events and nothing is lost")
  func property() throws {
    var source = SeededGenerator(seed: 2026)
    var reached: Set<CaseState> = []
    for _ in 0..<Fuzzing.rounds(usually: 60) {
      var record = try CaseSample.opened()
      for hour in 1...40 {
        let kind = CaseEvent.Kind.allCases.randomElement(using: &source) ?? .note
        let step =
          Bool.random(using: &source)
          ? CaseSample.whole(kind, hour) : CaseSample.step(kind, hour)
        let before = record
        do throws(CaseRefusal) {
          record = try record.adding(step)
          #expect(Array(record.events.dropLast()) == before.events)
          #expect(record.events.last?.event == kind)
        } catch {
          #expect(!error.missing.isEmpty)
          #expect(error.state == before.state)
        }
        try record.check()
        reached.insert(record.state)
      }
      #expect(try Self.decoded(Self.encoded(record)) == record)
    }
    #expect(reached.count >= 8)
  }
}
