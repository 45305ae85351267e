import ReleaseModel
import Testing

@testable import BackportCLI

@Suite("A scale of days")
struct TimeScaleTests {
  private func day(_ text: String) throws -> CalendarDate { try CalendarDate(parsing: text) }

  @Test(
    "names the first days of months or years, and not too many",
    arguments: [
      ("2026-01-15", "2026-04-20", 9, ["2026-02", "2026-03", "2026-04"]),
      ("2025-03-01", "2026-04-20", 4, ["2025-07", "2026-01"]),
      ("2019-05-01", "2026-04-20", 9, ["2020", "2021", "2022", "2023", "2024", "2025", "2026"]),
      ("1991-05-01", "2026-04-20", 4, ["2000", "2010", "2020"]),
    ])
  func ticks(start: String, end: String, most: Int, labels: [String]) throws {
    let scale = TimeScale(start: try day(start), end: try day(end), left: 0, right: 100)
    #expect(scale.ticks(most: most).map(\.label) == labels)
  }

  @Test("keeps days outside at its ends")
  func places() throws {
    let scale = TimeScale(
      start: try day("2026-01-01"), end: try day("2026-01-11"), left: 10, right: 110)
    #expect(scale.x(try day("2026-01-06")) == 60)
    #expect(scale.x(try day("2025-01-06")) == 10)
    #expect(scale.x(try day("2027-01-06")) == 110)
  }
}
