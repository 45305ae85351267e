import Foundation
import ReleaseModel
import TestSupport
import Testing

@Suite("Deadlines")
struct TimeAllowanceTests {
  struct Vector: Decodable, CustomTestStringConvertible, Sendable {
    var name: String
    var start: String
    var spec: String
    var timezone: String
    var holidays: [CalendarDate]
    var due: String

    var testDescription: String { "\(name), \(timezone)" }
  }

  private static var vectors: [Vector] {
    get throws {
      try JSONDecoder().decode([Vector].self, from: CaseSample.file("sla_vectors.json"))
    }
  }

  @Test("every vector is due at its moment")
  func vectors() throws {
    let vectors = try Self.vectors
    #expect(vectors.count == 16)
    for vector in vectors {
      let zone = try #require(CaseSample.zone(vector.timezone))
      let calendar = BusinessCalendar(zone: zone, holidays: Set(vector.holidays))
      let start = try #require(Instant(parsing: vector.start))
      let allowance = try #require(TimeAllowance(parsing: vector.spec))
      #expect(allowance.description == vector.spec)
      #expect(
        allowance.end(from: start, in: calendar).description == vector.due, "\(vector.name)")
    }
  }

  @Test(
    "a wall-clock time that a day lacks moves forward, one that it has twice is the first",
    arguments: [
      ("2027-03-27T01:30:00Z", "Europe/Berlin", "2027-03-28T01:30:00Z"),
      ("2026-10-24T00:30:00Z", "Europe/Berlin", "2026-10-25T00:30:00Z"),
      ("2027-03-13T07:15:00Z", "America/New_York", "2027-03-14T07:15:00Z"),
      ("2026-10-02T15:45:00Z", "Australia/Lord_Howe", "2026-10-03T15:45:00Z"),
    ])
  func gaps(start: String, zone: String, due: String) throws {
    let calendar = BusinessCalendar(zone: try #require(CaseSample.zone(zone)))
    let end = TimeAllowance.days(1).end(from: CaseSample.instant(start), in: calendar)
    #expect(end.description == due)
  }

  @Test(
    "other units, signs and sizes are refused",
    arguments: [
      "", "h", "48", "4 h", "-1d", "1w",
      "99999d", "1.5h", "3 bd", "１d",
    ])
  func refused(text: String) { #expect(TimeAllowance(parsing: text) == nil) }

  @Test(
    "zones have the offsets that the system's own library knows",
    arguments: [
      "Europe/Berlin", "America/New_York", "Asia/Tokyo", "Australia/Lord_Howe", "Europe/Dublin",
      "Asia/Kathmandu", "Pacific/Auckland", "America/St_Johns", "Etc/GMT+5", "Asia/Kolkata",
    ])
  func zones(name: String) throws {
    let rules = try #require(CaseSample.zone(name))
    let oracle = try #require(TimeZone(identifier: name))
    var source = SeededGenerator(seed: 7)
    for _ in 0..<2_000 {
      // 1972 to 2090.
      let seconds = Int64.random(in: 63_072_000...3_786_912_000, using: &source)
      let expected = oracle.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
      let instant = Instant(seconds: seconds)
      #expect(rules.offset(at: instant) == expected, "\(instant)")
      let (day, second) = rules.clock(at: instant)
      let back = rules.instant(of: day, second: second)
      // Only a time that clocks show twice is read as another moment, an earlier one.
      #expect(back == instant || rules.clock(at: back) == (day, second) && back < instant)
    }
  }

  @Test("damaged zones are refused and never read out of bounds")
  func damagedZones() throws {
    let path = "/usr/share/zoneinfo/America/New_York"
    let whole = Array(try #require(FileManager.default.contents(atPath: path)))
    var source = SeededGenerator(seed: 11)
    for length in 0..<min(whole.count, 400) {
      _ = ZoneRules(tzif: Array(whole[..<length]))
    }
    #expect(ZoneRules(tzif: Array(whole[..<200])) == nil)
    #expect(ZoneRules(tzif: Array("no zone".utf8)) == nil)
    for _ in 0..<Fuzzing.rounds(usually: 2_000) {
      var bytes = whole
      Fuzzing.mutate(&bytes, with: ["TZif2", "\n", "<+1>", "M13.9.9/999"], using: &source)
      guard let rules = ZoneRules(tzif: bytes) else { continue }
      _ = rules.offset(at: Instant(seconds: .random(in: -1 << 40...1 << 40, using: &source)))
    }
  }

  @Test(
    "moments are read with any zone and written in UTC",
    arguments: [
      ("2026-11-10T10:30:00+01:00", "2026-11-10T09:30:00Z"),
      ("2026-11-10", "2026-11-10T00:00:00Z"), ("2026-11-10T09:30Z", "2026-11-10T09:30:00Z"),
      ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59Z"),
    ])
  func moments(text: String, written: String) {
    #expect(Instant(parsing: text)?.description == written)
  }
}
