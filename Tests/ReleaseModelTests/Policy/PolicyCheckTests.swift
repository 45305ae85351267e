import ReleaseModel
import Testing

@Suite("Words against the calendar and against practice")
struct PolicyCheckTests {
  /// rack's releases of 2026-08-13 were on three lines at once.
  static let rack: KeyValuePairs = [
    "2.2.0": "2020-02-08", "v2.2.22": "2026-02-16", "v2.2.24": "2026-08-13",
    "3.0.0": "2022-09-06", "v3.0.18": "2025-05-22",
    "v3.1.0": "2024-06-11", "v3.1.20": "2026-02-16", "v3.1.22": "2026-08-13",
    "v3.2.0": "2025-07-31", "v3.2.5": "2026-02-16", "v3.2.7": "2026-08-13",
  ]

  private func findings(_ world: PolicyWorld, _ policy: SupportPolicy) throws -> [PolicyFinding] {
    PolicyCheck(
      try world.coverage(policy), of: try world.inventory(policy.lineUnit),
      facts: try world.facts()
    ).findings()
  }

  @Test("a line that is released with others is maintained, whatever the words say")
  func releasedUnsupported() throws {
    let found = try findings(
      PolicyWorld(Self.rack, asOf: "2026-08-20"), .preset("minor-per-major 2"))
    #expect(found.map(\.code) == [.releasedUnsupported])
    #expect(
      found.first?.message == "3.1 is not supported, yet 3.1.22 was released on 2026-08-13 "
        + "together with 3.2, 2.2")
  }

  @Test("a supported line that others leave behind is reported")
  func supportedUnreleased() throws {
    let found = try findings(
      PolicyWorld(Self.rack, asOf: "2026-08-20"), .sentences(["latest 3 minors", "2.2.x"]))
    #expect(found.map(\.code) == [.supportedUnreleased])
    #expect(found.first?.line == LineName(parsing: "3.0"))
    #expect(
      found.first?.message == "3.0 is supported, yet it got no release when other lines did, "
        + "on 2026-08-13, 2026-02-16")
  }

  @Test("words that agree with practice are left alone")
  func agreement() throws {
    let world = PolicyWorld(Self.rack, asOf: "2026-08-20")
    #expect(try findings(world, .sentences(["latest 2 minors", "2.2.x"])).isEmpty)
  }

  @Test("the last release of a line beside the first of the next is no contradiction")
  func handover() throws {
    let world = PolicyWorld(
      ["1.0.0": "2026-01-01", "1.0.1": "2026-06-01", "1.1.0": "2026-06-02"], asOf: "2026-08-20")
    #expect(try findings(world, .sentences(["latest minor"])).isEmpty)
  }

  @Test("two new lines within a day are no contradiction")
  func twoNewLines() throws {
    let world = PolicyWorld(
      ["1.0.0": "2026-01-01", "1.1.0": "2026-03-12", "1.2.0": "2026-03-13"], asOf: "2026-06-01")
    #expect(try findings(world, .sentences(["latest line"])).isEmpty)
  }

  @Test("what was released after the day in question does not count")
  func asOf() throws {
    let world = PolicyWorld(Self.rack, asOf: "2026-01-01")
    #expect(try findings(world, .preset("minor-per-major 2")).isEmpty)
  }

  @Test("a date that has passed is reported with the row")
  func datePassed() throws {
    let origin = RuleOrigin(text: "| 4.2 | until 2026-04-30 |", file: "SECURITY.md", line: 9)
    var policy = try SupportPolicy.sentences(["4.2.x until 2026-04-30", "latest minor"])
    policy.rules[0].origin = origin
    let found = try findings(PolicyWorld(["4.2.1", "5.0.0"]), policy)
    #expect(found.map(\.code) == [.datePassed])
    #expect(found.first?.message == "\"| 4.2 | until 2026-04-30 |\" ended on 2026-04-30")
  }

  @Test("a listed line that has reached its published end is reported")
  func publishedEnd() throws {
    var world = PolicyWorld(["4.2.1", "5.0.0"])
    world.dates = LifecycleDates(
      source: "eol.json",
      entries: [[4, 2]: .init(endOfLife: .on(try CalendarDate(parsing: "2026-04-30")))])
    let found = try findings(world, .sentences(["4.2.x", "5.0.x"]))
    #expect(
      found.map(\.message)
        == ["\"4.2.x\" lists 4.2, but support ended on 2026-04-30 (eol.json)"])
  }

  @Test("two policies are compared line by line")
  func disagreements() throws {
    let world = PolicyWorld(["1.0.0", "1.1.0", "2.0.0"])
    var table = try SupportPolicy.sentences(["2.x", "1.0.x until 2027-01-01"])
    table.source = "SECURITY.md"
    let file = try SupportPolicy.sentences(
      ["latest major", "1.0.x until 2027-06-30", "1.1.x", "0.x for 1 year after release"])
    let found = PolicyCheck.disagreements(
      between: try world.coverage(table), and: try world.coverage(file))
    #expect(
      found.map(\.message) == [
        "1.1: supported in .gitbackport, not in SECURITY.md (in none of 2.x, 1.0.x)",
        "1.0: supported until 2027-01-01 in SECURITY.md, until 2027-06-30 in .gitbackport",
      ])
    #expect(
      PolicyCheck.disagreements(
        between: try world.coverage(table), and: try world.coverage(table)
      ).isEmpty)
  }

  @Test("what is unknown contradicts nothing")
  func unknown() throws {
    let world = PolicyWorld(["1.0.0", "2.0.0"])
    let one = try world.coverage(.sentences(["latest major", "1.x"]))
    let other = try world.coverage(.sentences(["latest major", "1.x for 1 year after release"]))
    #expect(PolicyCheck.disagreements(between: one, and: other).isEmpty)
  }
}
