/// How long something may take: `48h`, `90d` or `3bd`.
public enum TimeAllowance: Hashable, Sendable {
  /// Hours that pass; clocks that are put forward or back and weekends do not matter.
  case hours(Int)
  /// Days on the wall clock: the same time of the day so many days later.
  case days(Int)
  /// Business days: to the end of the n-th one after the day on which it began.
  case businessDays(Int)

  /// The most of a unit that is taken: a century of days.
  private static let most = 36_525

  /// Reads a number and its unit, `h`, `d` or `bd`; nil for anything else.
  public init?(parsing text: String) {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard 1...5 ~= digits.count, let number = Int(digits) else { return nil }
    switch text.dropFirst(digits.count) {
    case "h" where number <= Self.most * 24: self = .hours(number)
    case "d" where number <= Self.most: self = .days(number)
    case "bd" where number <= Self.most: self = .businessDays(number)
    default: return nil
    }
  }

  /// The moment at which it is over when it began at another.
  public func end(from start: Instant, in calendar: BusinessCalendar) -> Instant {
    switch self {
    case .hours(let count): return start.adding(seconds: Int64(count) * 3600)
    case .days(let count):
      if count == 0 { return start }
      let (day, second) = calendar.zone.clock(at: start)
      return calendar.zone.instant(of: day.adding(days: count), second: second)
    case .businessDays(let count):
      var day = calendar.zone.clock(at: start).day
      var left = count
      while left > 0, day < .latest {
        day = day.adding(days: 1)
        if calendar.isBusinessDay(day) { left -= 1 }
      }
      return calendar.zone.instant(of: day.adding(days: 1), second: 0)
    }
  }
}

extension TimeAllowance: CustomStringConvertible {
  /// As it is read.
  public var description: String {
    switch self {
    case .hours(let count): "\(count)h"
    case .days(let count): "\(count)d"
    case .businessDays(let count): "\(count)bd"
    }
  }

  /// In words: `48 hours`, `1 business day`.
  public var words: String {
    let (count, unit) =
      switch self {
      case .hours(let count): (count, "hour")
      case .days(let count): (count, "day")
      case .businessDays(let count): (count, "business day")
      }
    return "\(count) \(unit)\(count == 1 ? "" : "s")"
  }
}

extension TimeAllowance: Codable {
  /// Reads one string as `init(parsing:)` does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let allowance = TimeAllowance(parsing: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is none of 48h, 90d, 3bd")
    }
    self = allowance
  }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// Which days are worked on, and what the clocks show.
public struct BusinessCalendar: Hashable, Sendable {
  /// How clocks are set.
  public var zone: ZoneRules
  /// Days off besides Saturdays and Sundays.
  public var holidays: Set<CalendarDate>

  /// Makes a calendar.
  public init(zone: ZoneRules, holidays: Set<CalendarDate> = []) {
    self.zone = zone
    self.holidays = holidays
  }

  /// Whether a day is one from Monday to Friday and no holiday.
  public func isBusinessDay(_ day: CalendarDate) -> Bool {
    1...5 ~= day.weekday && !holidays.contains(day)
  }
}
