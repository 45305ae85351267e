/// A day of the proleptic Gregorian calendar, from 0001-01-01 to 9999-12-31.
///
/// Arithmetic that would leave these years stops at their first or last day.
public struct CalendarDate: Hashable, Sendable {
  /// 1 to 9999.
  public let year: Int
  /// 1 to 12.
  public let month: Int
  /// 1 to the length of the month.
  public let day: Int

  /// The first day there is.
  public static let earliest = CalendarDate(unchecked: 1, 1, 1)
  /// The last day there is.
  public static let latest = CalendarDate(unchecked: 9999, 12, 31)

  /// The day with these numbers; nil when the calendar has none.
  public init?(year: Int, month: Int, day: Int) {
    guard 1...9999 ~= year, 1...12 ~= month, day >= 1,
      day <= Self.length(ofMonth: month, in: year)
    else { return nil }
    self.init(unchecked: year, month, day)
  }

  /// The day that is written as in ISO 8601, `YYYY-MM-DD`.
  public init(parsing text: String) throws(CalendarDateParseError) {
    let bytes = Array(text.utf8)
    guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-"),
      let year = Self.number(bytes[0..<4]), let month = Self.number(bytes[5..<7]),
      let day = Self.number(bytes[8..<10]),
      let date = CalendarDate(year: year, month: month, day: day)
    else { throw CalendarDateParseError(text: text) }
    self = date
  }

  /// The day it was at this moment where the clock is ahead of UTC by the offset.
  public init(unixSeconds: Int64, offsetMinutes: Int = 0) {
    let offset = Int64(clamping: offsetMinutes).multipliedReportingOverflow(by: 60)
    let local = unixSeconds.addingReportingOverflow(offset.partialValue)
    guard !offset.overflow, !local.overflow else {
      self = unixSeconds < 0 ? .earliest : .latest
      return
    }
    let seconds = local.partialValue
    let days = seconds / 86_400 - (seconds % 86_400 < 0 ? 1 : 0)
    self.init(dayNumber: Int(clamping: days))
  }

  /// The day so many days after 1970-01-01.
  ///
  /// Counts in years that begin in March, as in Howard Hinnant's "chrono-Compatible Low-Level Date
  /// Algorithms", https://howardhinnant.github.io/date_algorithms.html.
  public init(dayNumber: Int) {
    let inRange = min(max(dayNumber, Self.earliest.dayNumber), Self.latest.dayNumber)
    let shifted = inRange + 719_468
    let (era, dayOfEra) = shifted.quotientAndRemainder(dividingBy: 146_097)
    let yearOfEra =
      (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    self.init(
      unchecked: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month,
      dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
  }

  /// Days since 1970-01-01, negative before.
  public var dayNumber: Int {
    let shiftedYear = month <= 2 ? year - 1 : year
    let (era, yearOfEra) = shiftedYear.quotientAndRemainder(dividingBy: 400)
    let monthFromMarch = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  /// The day so many days later.
  public func adding(days: Int) -> CalendarDate {
    CalendarDate(dayNumber: dayNumber + min(max(days, -4_000_000), 4_000_000))
  }

  /// The same day so many months later, or the last of that month when it is shorter.
  public func adding(months: Int) -> CalendarDate {
    let total = year * 12 + month - 1 + min(max(months, -130_000), 130_000)
    if total < 12 { return .earliest }
    let (year, index) = total.quotientAndRemainder(dividingBy: 12)
    if year > 9999 { return .latest }
    return CalendarDate(
      unchecked: year, index + 1, min(day, Self.length(ofMonth: index + 1, in: year)))
  }

  /// The same day so many years later; 28 February for 29 February where there is none.
  public func adding(years: Int) -> CalendarDate {
    adding(months: min(max(years, -10_000), 10_000) * 12)
  }

  /// How many days later the other is, negative when it is earlier.
  public func days(until other: CalendarDate) -> Int {
    other.dayNumber - dayNumber
  }

  private init(unchecked year: Int, _ month: Int, _ day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
    guard digits.allSatisfy(\.isASCIIDigit) else { return nil }
    return digits.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) }
  }

  private static func length(ofMonth month: Int, in year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

extension CalendarDate: Comparable {
  /// Compares by time.
  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }
}

extension CalendarDate: CustomStringConvertible {
  /// `YYYY-MM-DD`.
  public var description: String {
    [(year, 4), (month, 2), (day, 2)].map { number, width in
      let digits = String(number)
      return String(repeating: "0", count: width - digits.utf8.count) + digits
    }.joined(separator: "-")
  }
}

extension CalendarDate: Codable {
  /// Reads one string, `YYYY-MM-DD`.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(CalendarDateParseError) {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.text)
    }
  }

  /// Writes `YYYY-MM-DD`.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

/// The text is not a date of the form `YYYY-MM-DD`.
public struct CalendarDateParseError: Error, Hashable, Sendable {
  /// The text that was read.
  public let text: String
}
