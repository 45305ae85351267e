import ReleaseModel
import Testing

@Suite("Periods, dates and what is not known")
struct PeriodTests {
  static let days: KeyValuePairs = [
    "7.0.0": "2025-01-31", "7.0.1": "2025-06-01", "8.0.0": "2026-09-10", "8.0.1": "2026-10-01",
  ]

  static let periods: [(sentence: String, asOf: String, lines: [String])] = [
    ("previous minor for 6 months after superseded", "2026-11-21", ["7.0 until 2027-03-10"]),
    ("previous minor for 6 months after superseded", "2027-03-10", ["7.0 until 2027-03-10"]),
    ("previous minor for 6 months after superseded", "2027-03-11", []),
    ("* for 6 months after superseded", "2030-01-01", ["8.0"]),
    ("* for 30 days after superseded", "2026-10-10", ["8.0", "7.0 until 2026-10-10"]),
    (
      "* for 1 month after release", "2025-02-28", ["8.0 until 2026-10-10", "7.0 until 2025-02-28"]
    ),
    (
      "* for 2 years after release : security", "2026-11-21",
      ["8.0 security until 2028-09-10", "7.0 security until 2027-01-31"]
    ),
    ("7.x until 2026-11-21", "2026-11-21", ["7.0 until 2026-11-21"]),
    ("7.x until 2026-11-20", "2026-11-21", []),
    ("7.x until 8.0.1", "2026-11-21", []),
    ("7.x until 8.1", "2026-11-21", ["7.0"]),
    ("7.x for 1 year after superseded of major", "2026-11-21", ["7.0 until 2027-09-10"]),
  ]

  @Test("a period counts from its event and includes its last day", arguments: periods)
  func period(sentence: String, asOf: String, lines: [String]) throws {
    let coverage = try PolicyWorld(Self.days, asOf: asOf).coverage(.sentences([sentence]))
    #expect(coverage.words == lines)
  }

  @Test("says until when and what that is counted from")
  func whatWouldChange() throws {
    let coverage = try PolicyWorld(Self.days).coverage(
      .sentences(["latest minor", "previous minor for 6 months after superseded : security"]))
    #expect(
      try coverage.verdict("7.0").whatWouldChange
        == "supported until 2027-03-10, 6 months after 8.0")
    #expect(
      try coverage.verdict("8.0").whatWouldChange == "changes when a newer minor is released")
    let ended = try PolicyWorld(Self.days, asOf: "2028-01-01").coverage(
      .sentences(["latest minor", "previous minor for 6 months after superseded : security"]))
    #expect(
      try ended.verdict("7.0").reason
        == "support ended on 2027-03-10, 6 months after 8.0")
  }

  @Test("a reason names the period that is still running")
  func reasons() throws {
    let coverage = try PolicyWorld(Self.days).coverage(
      .sentences(["7.x for 2 years after release", "* for 6 months after release : none"]))
    #expect(try coverage.verdict("7.0").reason == "in 7.x, within 2 years after 7.0.0")
    #expect(
      try coverage.verdict("8.0").reason == "within 6 months after 8.0.0, which gets no fixes")
  }

  @Test("support goes on where a later rule takes over")
  func phases() throws {
    let policy = try SupportPolicy.sentences([
      "* for 18 months after release", "* for 24 months after release : security",
    ])
    let verdict = try PolicyWorld(["1.0.0": "2026-01-01"]).coverage(policy).verdict("1.0")
    #expect(verdict.level == .full)
    #expect(verdict.levelUntil?.description == "2027-07-01")
    #expect(verdict.until?.description == "2028-01-01")
    let later = try PolicyWorld(["1.0.0": "2026-01-01"], asOf: "2027-07-02").coverage(policy)
    #expect(later.words == ["1.0 security until 2028-01-01"])
  }

  @Test("a missing date is unknown and reported, never no")
  func unknownDate() throws {
    let coverage = try PolicyWorld(["7.0.0", "8.0.0"]).coverage(
      .sentences(["latest minor", "previous minor for 6 months after superseded"]))
    #expect(coverage.words == ["8.0", "7.0?"])
    #expect(coverage.codes == [.unknownDate])
    let verdict = try coverage.verdict("7.0")
    #expect(verdict.level == nil)
    #expect(
      verdict.reason == "the release date of 8.0.0 is not known, and the rule "
        + "\"previous minor for 6 months after superseded\" needs it")
  }

  @Test("asks only for the dates that decide, and once")
  func lazyDates() throws {
    let world = PolicyWorld(["1.0.0", "1.1.0", "2.0.0", "2.1.0", "2.1.1"])
    var asked: [String] = []
    var facts = try world.facts()
    facts.releaseDate = { release in
      asked.append(release.tagName)
      return CalendarDate(year: 2026, month: 6, day: 1)
    }
    let policy = try SupportPolicy.sentences([
      "latest minor", "previous minor for 1 year after superseded",
      "previous minor for 2 years after superseded : security",
    ])
    let coverage = Coverage(of: try world.inventory(), under: policy, facts: facts)
    #expect(coverage.words == ["2.1", "2.0 until 2028-06-01"])
    #expect(asked == ["2.1.0"])
    asked = []
    _ = Coverage(
      of: try world.inventory(), under: try .preset("simplejwt"), facts: facts)
    #expect(asked.isEmpty)
  }

  @Test("published dates end lines and bug fixes, and never begin anything")
  func publishedDates() throws {
    var world = PolicyWorld(Self.days)
    world.dates = LifecycleDates(
      source: "lifecycle.json",
      entries: [
        [7]: .init(endOfLife: .on(try CalendarDate(parsing: "2026-12-31"))),
        [8]: .init(
          endOfActive: .on(try CalendarDate(parsing: "2026-11-20")), endOfLife: .open),
        [6]: .init(endOfLife: .open),
      ])
    let all = try world.coverage(.sentences(["*"]))
    #expect(all.words == ["8.0 security", "7.0 until 2026-12-31"])
    world.asOf = "2027-01-01"
    let later = try world.coverage(.sentences(["*"]))
    #expect(later.words == ["8.0 security"])
    #expect(
      try later.verdict("7.0").reason == "support ended on 2026-12-31 (lifecycle.json)")
    #expect(try world.coverage(.sentences(["latest minor"])).words == ["8.0 security"])
  }

  @Test("published release dates go before the dates of tags")
  func publishedRelease() throws {
    var world = PolicyWorld(Self.days)
    world.dates = LifecycleDates(
      source: "lifecycle.json",
      entries: [[8, 0]: .init(released: try CalendarDate(parsing: "2026-09-01"))])
    #expect(
      try world.coverage(.sentences(["previous minor for 6 months after superseded"])).words
        == ["7.0 until 2027-03-01"])
  }
}
