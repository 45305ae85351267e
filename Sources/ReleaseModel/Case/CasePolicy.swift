/// What a project promises to those who report a flaw.
public struct CasePolicy: Codable, Hashable, Sendable {
  /// From when the detailed answer is counted.
  public enum Start: String, Codable, Hashable, Sendable, CaseIterable {
    /// From the acknowledgement.
    case acknowledged
    /// From the receipt.
    case received
  }

  /// The time to acknowledge a report; nil when none is promised.
  public var acknowledge: TimeAllowance?
  /// The time to a detailed answer; nil when none is promised.
  public var respond: TimeAllowance?
  /// From when that is counted.
  public var respondFrom: Start
  /// The time between words to the reporter; nil when none is promised.
  public var inform: TimeAllowance?
  /// The time to publication; nil when none is promised.
  public var disclose: TimeAllowance?
  /// The name of the time zone in which days are counted.
  public var timezone: String
  /// Days off besides Saturdays and Sundays.
  public var holidays: [CalendarDate]
  /// Where each of these was found, for people.
  public var origins: [String]

  private enum CodingKeys: String, CodingKey {
    case acknowledge
    case respond
    case respondFrom
    case inform
    case disclose
    case timezone
    case holidays
    case origins
  }

  /// What many security policies promise: 48 hours to acknowledge, 48 more to a detailed answer, 90
  /// days to publication.
  public init() {
    acknowledge = .hours(48)
    respond = .hours(48)
    respondFrom = .acknowledged
    disclose = .days(90)
    timezone = "UTC"
    holidays = []
    origins = []
  }

  /// Reads an object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    acknowledge = try container.decodeIfPresent(TimeAllowance.self, forKey: .acknowledge)
    respond = try container.decodeIfPresent(TimeAllowance.self, forKey: .respond)
    respondFrom = try container.decode(Start.self, forKey: .respondFrom)
    inform = try container.decodeIfPresent(TimeAllowance.self, forKey: .inform)
    disclose = try container.decodeIfPresent(TimeAllowance.self, forKey: .disclose)
    timezone = try container.decode(String.self, forKey: .timezone)
    holidays = try container.decode([CalendarDate].self, forKey: .holidays)
    origins = try container.decodeIfPresent([String].self, forKey: .origins) ?? []
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(acknowledge, forKey: .acknowledge)
    try container.encode(respond, forKey: .respond)
    try container.encode(respondFrom, forKey: .respondFrom)
    try container.encode(inform, forKey: .inform)
    try container.encode(disclose, forKey: .disclose)
    try container.encode(timezone, forKey: .timezone)
    try container.encode(holidays, forKey: .holidays)
    try container.encode(origins, forKey: .origins)
  }
}
