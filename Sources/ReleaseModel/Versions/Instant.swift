/// A moment to the second, the same wherever clocks stand differently.
public struct Instant: Hashable, Sendable {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64

  /// The moment so many seconds after 1970-01-01T00:00:00Z.
  public init(seconds: Int64) { self.seconds = seconds }

  /// The moment that a text states, as ``parse(_:)`` reads it; nil when it states none.
  public init?(parsing text: String) {
    guard let (instant, _) = Instant.parse(text) else { return nil }
    self = instant
  }

  /// The moment so many seconds later; stops at the ends of what can be counted.
  public func adding(seconds more: Int64) -> Instant {
    let (sum, overflow) = seconds.addingReportingOverflow(more)
    return Instant(seconds: overflow ? (more < 0 ? .min : .max) : sum)
  }

  /// How many seconds later the other is, negative when it is earlier.
  public func seconds(until other: Instant) -> Int64 {
    let (difference, overflow) = other.seconds.subtractingReportingOverflow(seconds)
    return overflow ? (other > self ? .max : .min) : difference
  }
}

extension Instant: Comparable {
  /// Compares by time.
  public static func < (left: Instant, right: Instant) -> Bool { left.seconds < right.seconds }
}

extension Instant: CustomStringConvertible {
  /// ISO 8601 in UTC: `2026-11-21T10:00:00Z`.
  public var description: String { description(offsetMinutes: 0) }

  /// ISO 8601 as clocks show it that are so far ahead of UTC: `2026-11-21T11:00:00+01:00`.
  public func description(offsetMinutes: Int) -> String {
    let local = adding(seconds: Int64(offsetMinutes) * 60).seconds
    let time = Int(((local % 86_400) + 86_400) % 86_400)
    let zone =
      offsetMinutes == 0
      ? "Z"
      : (offsetMinutes < 0 ? "-" : "+") + Instant.padded(abs(offsetMinutes) / 60) + ":"
        + Instant.padded(abs(offsetMinutes) % 60)
    let day = CalendarDate(unixSeconds: seconds, offsetMinutes: offsetMinutes)
    return "\(day)T\(Instant.padded(time / 3600)):\(Instant.padded(time / 60 % 60)):"
      + "\(Instant.padded(time % 60))\(zone)"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}

extension Instant {
  /// Reads `YYYY-MM-DD` with an optional `THH:MM[:SS]` and `Z` or `±HH:MM`; nil for anything else.
  ///
  /// A date alone is midnight in UTC, and so is a time without a zone. The offset is that of the
  /// zone that was written, in minutes ahead of UTC.
  public static func parse(_ text: String) -> (instant: Instant, offsetMinutes: Int)? {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let day = try? CalendarDate(parsing: String(first)) else {
      return nil
    }
    var seconds = 0
    var offset = 0
    if parts.count == 2 {
      guard let time = time(parts[1]) else { return nil }
      (seconds, offset) = time
    }
    let midnight = Int64(day.dayNumber) * 86_400
    return (Instant(seconds: midnight + Int64(seconds) - Int64(offset) * 60), offset)
  }

  private static func time(_ text: Substring) -> (seconds: Int, offset: Int)? {
    var clock = text
    var offset = 0
    if clock.hasSuffix("Z") {
      clock.removeLast()
    } else if let sign = clock.lastIndex(where: { $0 == "+" || $0 == "-" }) {
      let zone = clock[clock.index(after: sign)...].filter { $0 != ":" }
      guard zone.count == 4, let number = Int(zone), number / 100 < 15, number % 100 < 60 else {
        return nil
      }
      offset = (number / 100 * 60 + number % 100) * (clock[sign] == "-" ? -1 : 1)
      clock = clock[..<sign]
    }
    let numbers = clock.split(separator: ":", omittingEmptySubsequences: false)
      .map { $0.count == 2 ? Int($0) : nil }
    guard numbers.count == 2 || numbers.count == 3, let hour = numbers[0], let minute = numbers[1],
      let second = numbers.count == 3 ? numbers[2] : 0, hour < 24, minute < 60, second < 60
    else { return nil }
    return (hour * 3600 + minute * 60 + second, offset)
  }
}

extension Instant: Codable {
  /// Reads one string as `init(parsing:)` does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let instant = Instant(parsing: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is no moment such as 2026-11-21T10:00:00Z")
    }
    self = instant
  }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
