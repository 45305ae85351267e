/// How a file writes a date: the order of its fields and what stands between them.
struct DateStyle: Sendable, Equatable {
  /// What stands before a number below 10, as far as the text shows it.
  enum Padding: Sendable, Equatable {
    case none
    case zero
    case space
    /// The number has two digits anyway.
    case unknown
  }

  /// Whether a name is written out; `May` does not tell.
  enum Length: Sendable, Equatable {
    case full
    case short
    /// `Sept`
    case shortFour
    case unknown
  }

  /// The case of a name.
  enum Case: Sendable, Equatable {
    case capitalized
    case upper
    case lower
  }

  /// One part of the date.
  enum Field: Sendable, Equatable {
    case year
    case month(Padding)
    case day(Padding)
    /// The day with its ending, as in `21st`.
    case ordinalDay
    case monthName(Length, Case)
    case weekday(Length, Case)
    case literal([UInt8])
  }

  var fields: [Field]

  /// Whether the order of day and month is a guess: two numbers, either of which can be both.
  var isAmbiguous = false

  /// The same fields in the same order with the same separators.
  func hasShape(of other: DateStyle) -> Bool {
    fields.count == other.fields.count
      && zip(fields, other.fields).allSatisfy { Self.haveSameShape($0, $1) }
  }

  private static func haveSameShape(_ left: Field, _ right: Field) -> Bool {
    switch (left, right) {
    case (.year, .year), (.month, .month), (.day, .day), (.ordinalDay, .ordinalDay),
      (.monthName, .monthName), (.weekday, .weekday):
      true
    case (.literal(let left), .literal(let right)): left == right
    default: false
    }
  }

  /// The date in this style.
  func render(_ date: CalendarDate) -> [UInt8] {
    fields.flatMap { Self.render($0, date) }
  }

  private static func render(_ field: Field, _ date: CalendarDate) -> [UInt8] {
    switch field {
    case .year: return number(date.year, width: 4, padding: .zero)
    case .month(let padding): return number(date.month, width: 2, padding: padding)
    case .day(let padding): return number(date.day, width: 2, padding: padding)
    case .ordinalDay: return "\(date.day)\(ordinalEnding(date.day))".bytes
    case .monthName(let length, let letterCase):
      let name = DateNames.months[date.month - 1]
      let isSeptember = date.month == 9 && length == .shortFour
      let kept = length == .full || length == .unknown ? name.utf8.count : isSeptember ? 4 : 3
      return cased(name.utf8.prefix(kept), letterCase)
    case .weekday(let length, let letterCase):
      let name = DateNames.weekdays[((date.dayNumber + 3) % 7 + 7) % 7]
      return cased(name.utf8.prefix(length == .full ? name.utf8.count : 3), letterCase)
    case .literal(let bytes): return bytes
    }
  }

  private static func number(_ value: Int, width: Int, padding: Padding) -> [UInt8] {
    let digits = String(value).bytes
    let missing = max(0, width - digits.count)
    switch padding {
    case .none: return digits
    case .zero, .unknown: return Array(repeating: UInt8(ascii: "0"), count: missing) + digits
    case .space: return Array(repeating: UInt8(ascii: " "), count: missing) + digits
    }
  }

  private static func cased(_ name: some Sequence<UInt8>, _ letterCase: Case) -> [UInt8] {
    switch letterCase {
    case .capitalized: Array(name)
    case .lower: name.map(\.lowercasedASCII)
    case .upper: name.map { $0.isASCIILetter ? $0 & ~0x20 : $0 }
    }
  }

  private static func ordinalEnding(_ day: Int) -> String {
    switch day {
    case 1, 21, 31: "st"
    case 2, 22: "nd"
    case 3, 23: "rd"
    default: "th"
    }
  }
}

/// The English names that dates hold.
enum DateNames {
  static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
  static let weekdays = [
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
  ]

  private static let lowerMonths = months.map { $0.utf8.map(\.lowercasedASCII) }
  private static let lowerWeekdays = weekdays.map { $0.utf8.map(\.lowercasedASCII) }

  /// The month that a word names, counted from 1, and how.
  static func month(_ word: ArraySlice<UInt8>) -> (Int, DateStyle.Length)? {
    named(word, lowerMonths).map { ($0 + 1, $1) }
  }

  /// How a word names a weekday.
  static func weekday(_ word: ArraySlice<UInt8>) -> DateStyle.Length? {
    named(word, lowerWeekdays)?.1
  }

  /// The case of a word.
  static func letterCase(_ word: ArraySlice<UInt8>) -> DateStyle.Case {
    let isLower = word.map { $0 & 0x20 != 0 }
    if isLower.allSatisfy({ $0 }) { return .lower }
    return isLower.dropFirst().allSatisfy({ !$0 }) ? .upper : .capitalized
  }

  private static func named(
    _ word: ArraySlice<UInt8>, _ names: [[UInt8]]
  ) -> (Int, DateStyle.Length)? {
    guard (3...9).contains(word.count) else { return nil }
    let lower = word.map(\.lowercasedASCII)
    for (index, full) in names.enumerated() where full.starts(with: lower) {
      if lower.count == full.count { return (index, full.count == 3 ? .unknown : .full) }
      if lower.count == 3 { return (index, .short) }
      if lower.count == 4, full.count == 9, full.starts(with: "sept".utf8) {
        return (index, .shortFour)
      }
    }
    return nil
  }
}
