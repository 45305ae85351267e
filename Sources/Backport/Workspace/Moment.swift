public import ReleaseModel

/// A moment in a zone, as git keeps it.
public struct Moment: Hashable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  public let seconds: Int64
  /// Minutes east of UTC.
  public let offsetMinutes: Int

  /// Makes a moment.
  public init(seconds: Int64, offsetMinutes: Int) {
    self.seconds = seconds
    self.offsetMinutes = offsetMinutes
  }

  /// The day in the moment's own zone.
  public var day: CalendarDate {
    CalendarDate(unixSeconds: seconds, offsetMinutes: offsetMinutes)
  }

  /// ISO 8601: `2026-11-21T10:00:00Z`, or with the zone as `+01:00`.
  public var description: String {
    let local = seconds + Int64(offsetMinutes) * 60
    let time = Int(((local % 86_400) + 86_400) % 86_400)
    let zone =
      offsetMinutes == 0
      ? "Z"
      : (offsetMinutes < 0 ? "-" : "+") + Moment.padded(abs(offsetMinutes) / 60) + ":"
        + Moment.padded(abs(offsetMinutes) % 60)
    return "\(day)T\(Moment.padded(time / 3600)):\(Moment.padded(time / 60 % 60)):"
      + "\(Moment.padded(time % 60))\(zone)"
  }

  private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  /// Reads `YYYY-MM-DD` with an optional `THH:MM[:SS]` and `Z` or `±HH:MM`; nil for anything else.
  ///
  /// A date alone is midnight in UTC, and so is a time without a zone.
  public init?(parsing text: String) {
    let parts = text.split(separator: "T", maxSplits: 1, omittingEmptySubsequences: false)
    guard let first = parts.first, let day = try? CalendarDate(parsing: String(first)) else {
      return nil
    }
    var seconds = 0
    var offset = 0
    if parts.count == 2 {
      guard let time = Moment.time(parts[1]) else { return nil }
      (seconds, offset) = time
    }
    let epoch = CalendarDate(unixSeconds: 0).dayNumber
    self.seconds = Int64(day.dayNumber - epoch) * 86_400 + Int64(seconds) - Int64(offset) * 60
    offsetMinutes = offset
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
