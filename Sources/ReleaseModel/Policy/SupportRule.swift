/// One sentence of a support policy.
///
/// `description` and `init(parsing:)` are inverse: a rule prints in one canonical form, and reads
/// back as an equal value.
public struct SupportRule: Sendable, Hashable {
  /// Which lines the rule is about.
  public var subject: SupportSubject
  /// When it is in force at all.
  public var condition: SupportCondition?
  /// How long it holds for a line.
  public var period: SupportPeriod?
  /// What the lines are promised.
  public var level: SupportLevel
  /// The mildest flaw that is still fixed; nil for all of them.
  public var floor: SeverityRating?

  /// The rule with these parts.
  public init(
    _ subject: SupportSubject, while condition: SupportCondition? = nil,
    for period: SupportPeriod? = nil, level: SupportLevel = .full, floor: SeverityRating? = nil
  ) {
    self.subject = subject
    self.condition = condition
    self.period = period
    self.level = level
    self.floor = floor
  }

  /// The rule that a sentence states.
  public init(parsing sentence: String) throws(PolicySentenceError) {
    self = try SentenceParser.parse(sentence)
  }
}

extension SupportRule: CustomStringConvertible {
  /// The sentence in its canonical form; the level is left out when it is `full`.
  public var description: String {
    var sentence = subject.description
    if let condition { sentence += " \(condition)" }
    if let period { sentence += " \(period)" }
    if level != .full || floor != nil { sentence += " : \(level.rawValue)" }
    if let floor { sentence += ", severity \(floor.rawValue)" }
    return sentence
  }
}
