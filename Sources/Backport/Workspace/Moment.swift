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

  /// The moment without its zone.
  public var instant: Instant { Instant(seconds: seconds) }

  /// ISO 8601: `2026-11-21T10:00:00Z`, or with the zone as `+01:00`.
  public var description: String { instant.description(offsetMinutes: offsetMinutes) }

  /// Reads `YYYY-MM-DD` with an optional `THH:MM[:SS]` and `Z` or `±HH:MM`; nil for anything else.
  ///
  /// A date alone is midnight in UTC, and so is a time without a zone.
  public init?(parsing text: String) {
    guard let (instant, offsetMinutes) = Instant.parse(text) else { return nil }
    self.init(seconds: instant.seconds, offsetMinutes: offsetMinutes)
  }
}
