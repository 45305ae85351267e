import ReleaseModel
import Testing

@Suite("Published release cycles")
struct LifecycleDatesTests {
  typealias End = LifecycleDates.End

  private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

  @Test("endoflife.date: a list of cycles")
  func endOfLife() throws {
    let dates = try LifecycleDates(
      .array([
        .object([
          "cycle": .string("5.2"), "releaseDate": .string("2025-04-02"),
          "support": .string("2025-12-03"), "eol": .string("2028-04-30"), "lts": .boolean(true),
        ]),
        .object([
          "cycle": .number("3"), "releaseDate": .string("2020-01-01"), "support": .boolean(false),
          "eol": .boolean(true), "lts": .boolean(false),
        ]),
        .object(["cycle": .string("6"), "support": .boolean(true), "eol": .boolean(false)]),
        .object(["cycle": .string("bookworm"), "eol": .boolean(false)]),
        .string("noise"),
      ]), source: "django.json")
    #expect(
      dates.entry(exactly: [5, 2])
        == .init(
          released: try day("2025-04-02"), endOfActive: .on(try day("2025-12-03")),
          endOfLife: .on(try day("2028-04-30")), isLTS: true))
    #expect(
      dates.entry(exactly: [3])
        == .init(
          released: try day("2020-01-01"), endOfActive: End.past, endOfLife: End.past,
          isLTS: false))
    #expect(dates.entry(exactly: [6]) == .init(endOfActive: .open, endOfLife: .open))
    #expect(dates.unreadable == ["bookworm"])
    #expect(dates.source == "django.json")
  }

  @Test("endoflife.date, API 1: flags beside days")
  func endOfLifeReleases() throws {
    let dates = try LifecycleDates(
      .object([
        "result": .object([
          "releases": .array([
            .object([
              "name": .string("4.2"), "releaseDate": .string("2023-04-03"),
              "isLts": .boolean(true), "isEoas": .boolean(true),
              "eoasFrom": .string("2023-12-04"), "isEol": .boolean(false),
              "eolFrom": .string("2026-04-30"),
            ]),
            .object([
              "name": .string("9"), "isEol": .boolean(false), "eolFrom": .null,
              "isEoas": .boolean(false),
            ]),
          ])
        ])
      ]), source: "api.json")
    #expect(
      dates.entry(exactly: [4, 2])
        == .init(
          released: try day("2023-04-03"), endOfActive: .on(try day("2023-12-04")),
          endOfLife: .on(try day("2026-04-30")), isLTS: true))
    #expect(dates.entry(exactly: [9]) == .init(endOfActive: .open, endOfLife: .open))
  }

  @Test("Node: a schedule by names with v")
  func node() throws {
    let dates = try LifecycleDates(
      .object([
        "v0.12": .object(["start": .string("2015-02-06"), "end": .string("2016-12-31")]),
        "v22": .object([
          "start": .string("2024-04-24"), "lts": .string("2024-10-29"),
          "maintenance": .string("2025-10-21"), "end": .string("2027-04-30"),
          "codename": .string("Jod"),
        ]),
      ]), source: "schedule.json")
    #expect(
      dates.entry(exactly: [22])
        == .init(
          released: try day("2024-04-24"), endOfActive: .on(try day("2025-10-21")),
          endOfLife: .on(try day("2027-04-30")), isLTS: true))
    #expect(dates.entry(exactly: [0, 12])?.isLTS == false)
    #expect(dates.entry(for: [22, 3]) == dates.entry(exactly: [22]))
    #expect(dates.entry(for: [2]) == nil)
  }

  @Test("Python: a cycle by status, ends known to the month")
  func python() throws {
    let dates = try LifecycleDates(
      .object([
        "3.12": .object([
          "branch": .string("3.12"), "pep": .number("693"), "status": .string("security"),
          "first_release": .string("2023-10-02"), "end_of_life": .string("2028-10"),
        ]),
        "3.14": .object([
          "status": .string("bugfix"), "first_release": .string("2025-10-07"),
          "end_of_life": .string("2030-10"),
        ]),
      ]), source: "release-cycle.json")
    #expect(
      dates.entry(exactly: [3, 12])
        == .init(
          released: try day("2023-10-02"), endOfActive: .past,
          endOfLife: .on(try day("2028-10-31"))))
    #expect(dates.entry(exactly: [3, 14])?.endOfActive == nil)
  }

  @Test(
    "anything else is refused",
    arguments: [
      JSONTree.null, .array([]), .object([:]), .string("4.2"), .number("4"), .boolean(true),
      .array([.array([.array([])])]), .object(["result": .object(["releases": .null])]),
      .object(["a": .object(["start": .number("1")])]),
    ])
  func refused(tree: JSONTree) {
    #expect(throws: LifecycleFormatError.self) {
      try LifecycleDates(tree, source: "x.json")
    }
  }

  @Test("the file also says which lines are long-term")
  func longTermLines() throws {
    var world = PolicyWorld(["20.1.0", "22.3.0", "23.0.0", "24.0.0"])
    world.dates = LifecycleDates(
      source: "schedule.json",
      entries: [
        [20]: .init(isLTS: true), [22]: .init(isLTS: true), [23]: .init(isLTS: false),
      ])
    let policy = try SupportPolicy.sentences(["latest major", "lts latest"], lines: .major)
    #expect(try world.coverage(policy).words == ["24", "22"])
  }
}
