import Foundation
import ReleaseModel
import Testing

@Suite struct CalendarDateTests {
  @Test(arguments: [
    "2026-06-31", "2025-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "26-01-01",
    "2026-1-1", "2026/01/01", "", "2026-01-011", "0000-01-01", "2026-01-1a", "２026-01-1",
  ])
  func whatIsNoDateIsRefused(text: String) {
    #expect(throws: CalendarDateParseError.self) { try CalendarDate(parsing: text) }
  }

  @Test(arguments: ["2026-11-21", "2024-02-29", "2000-02-29", "0001-01-01", "9999-12-31"])
  func datesAreReadAndWritten(text: String) throws {
    let date = try CalendarDate(parsing: text)
    #expect(date.description == text)
    #expect(CalendarDate(dayNumber: date.dayNumber) == date)
    #expect(
      try JSONDecoder().decode([CalendarDate].self, from: JSONEncoder().encode([date])) == [date])
  }

  @Test(arguments: [
    ("2026-01-31", 1, "2026-02-28"), ("2024-01-31", 1, "2024-02-29"),
    ("2026-11-21", 2, "2027-01-21"),
    ("2026-03-31", -1, "2026-02-28"), ("2026-01-15", -1, "2025-12-15"),
    ("2026-05-31", 18, "2027-11-30"),
    ("9999-12-01", 1, "9999-12-31"), ("0001-01-01", -1, "0001-01-01"),
    ("2026-01-01", .max, "9999-12-31"),
    ("2026-01-01", .min, "0001-01-01"),
  ])
  func monthsEndAtTheEndOfTheMonth(from: String, months: Int, to: String) throws {
    #expect(try CalendarDate(parsing: from).adding(months: months).description == to)
  }

  @Test func yearsAndDaysStopAtTheEndsOfTheCalendar() throws {
    let leap = try CalendarDate(parsing: "2024-02-29")
    #expect(leap.adding(years: 1).description == "2025-02-28")
    #expect(leap.adding(years: 4).description == "2028-02-29")
    #expect(leap.adding(years: .max) == .latest)
    #expect(leap.adding(days: 1).description == "2024-03-01")
    #expect(leap.adding(days: -60).description == "2023-12-31")
    #expect(leap.adding(days: .min) == .earliest)
    #expect(leap.adding(days: .max) == .latest)
  }

  @Test(arguments: [
    (0, 0, "1970-01-01"), (-1, 0, "1969-12-31"), (86_399, 0, "1970-01-01"),
    (86_400, 0, "1970-01-02"),
    (1_763_719_200, 0, "2025-11-21"), (1_763_682_000, 120, "2025-11-21"),
    (1_763_682_000, -120, "2025-11-20"), (-62_135_596_800, 0, "0001-01-01"),
    (.max, 1, "9999-12-31"), (.min, -1, "0001-01-01"), (0, .max, "9999-12-31"),
    (-1, .min, "0001-01-01"),
  ])
  func theDayDependsOnTheZone(seconds: Int64, offset: Int, expected: String) {
    #expect(CalendarDate(unixSeconds: seconds, offsetMinutes: offset).description == expected)
  }

  @Test func everyDayOfFourCenturiesFollowsTheOneBefore() throws {
    var date = try CalendarDate(parsing: "1800-01-01")
    for _ in 0..<146_097 {
      let next = date.adding(days: 1)
      let isOrdered = date < next && date.days(until: next) == 1
      let isNextMonth = next.day == 1 && (next.month == date.month % 12 + 1)
      guard isOrdered, next.day == date.day + 1 || isNextMonth else {
        Issue.record("\(date) is followed by \(next)")
        return
      }
      date = next
    }
    #expect(date.description == "2200-01-01")
  }
}
