/// When a rule is in force at all, by what has been released.
public enum SupportCondition: Sendable, Hashable, CustomStringConvertible {
  /// While the latest major is this number.
  case latestMajor(VersionNumber)
  /// From the day that this version, or a later one, is released.
  case since(Version)
  /// Until this version, or a later one, is released.
  case before(Version)

  /// The words of the sentence.
  public var description: String {
    switch self {
    case .latestMajor(let number): "while \(number).x"
    case .since(let version): "since \(version)"
    case .before(let version): "before \(version)"
    }
  }
}

/// How long a rule holds for a line.
public enum SupportPeriod: Sendable, Hashable, CustomStringConvertible {
  /// For a time after an event; `of` is the unit whose event counts, the line's own when nil.
  case lasting(CalendarSpan, after: SupportEvent, of: SupportUnit?)
  /// Up to this day, which is still included.
  case untilDate(CalendarDate)
  /// Until this version, or a later one, is released.
  case untilVersion(Version)

  /// The words of the sentence.
  public var description: String {
    switch self {
    case .lasting(let span, let event, nil): "for \(span) after \(event.rawValue)"
    case .lasting(let span, let event, let unit?):
      "for \(span) after \(event.rawValue) of \(unit.rawValue)"
    case .untilDate(let date): "until \(date)"
    case .untilVersion(let version): "until \(version)"
    }
  }
}

/// What a period counts from.
public enum SupportEvent: String, Sendable, Hashable, CaseIterable {
  /// The first release of the line or unit.
  case release
  /// The first release of the next line or unit that exists.
  case superseded

  /// Reads the word of a sentence; case does not matter.
  public init?(word: String) {
    self.init(rawValue: word.lowercased())
  }
}

/// A span of the calendar in one unit.
public struct CalendarSpan: Sendable, Hashable, CustomStringConvertible {
  /// The unit of a span.
  public enum Unit: String, Sendable, Hashable, CaseIterable {
    /// Days of the calendar.
    case days
    /// Months; a day that the month lacks becomes its last.
    case months
    /// Years; 29 February becomes the 28th.
    case years
  }

  /// How many, from 1.
  public var count: Int
  /// Of what.
  public var unit: Unit

  /// The span of so many units.
  public init(_ count: Int, _ unit: Unit) {
    self.count = count
    self.unit = unit
  }

  /// The number and the unit, `1 month` in the singular.
  public var description: String {
    count == 1 ? "1 \(unit.rawValue.dropLast())" : "\(count) \(unit.rawValue)"
  }
}
