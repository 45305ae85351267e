/// One row, list item or sentence of a SECURITY.md, understood.
public struct SecurityRule: Sendable, Hashable {
  /// Which releases the row is about.
  public enum Subject: Sendable, Hashable {
    /// Lines, in the words of a support policy.
    case lines(SupportSubject)
    /// Only pre-releases of these versions: `2.0.0-rc.x`.
    case prereleases(VersionRange)
    /// What no other row names: `Older`, `everything else`; perhaps only within a range.
    case other(within: VersionRange?)
    /// What is no release: forks, feature branches, internal builds.
    case outside(String)
  }

  /// Which releases the row is about.
  public var subject: Subject
  /// What they are promised; nil when the row does not say it, or says it of the future.
  public var level: SupportLevel?
  /// When the row is in force at all.
  public var condition: SupportCondition?
  /// How long the promise holds.
  public var period: SupportPeriod?
  /// The last day of full support, when the row tells it from the end of security support.
  public var fullUntil: CalendarDate?
  /// Whether the row marks its line as one of long-term support.
  public var isLongTerm: Bool
  /// The branch that the row names for its line.
  public var branch: String?
  /// Whether the row itself says where its range ends (`< 1.0.0`), so that newer is not meant.
  public var isBoundedAbove = false
  /// The package that the row is about; nil for the repository's only one.
  public var package: String?
  /// Where the rule comes from.
  public var source: SecuritySource

  /// The rule with these parts.
  public init(
    _ subject: Subject, level: SupportLevel?, condition: SupportCondition? = nil,
    period: SupportPeriod? = nil, fullUntil: CalendarDate? = nil, isLongTerm: Bool = false,
    branch: String? = nil,
    package: String? = nil, source: SecuritySource
  ) {
    self.subject = subject
    self.level = level
    self.condition = condition
    self.period = period
    self.fullUntil = fullUntil
    self.isLongTerm = isLongTerm
    self.branch = branch
    self.package = package
    self.source = source
  }
}

/// A row or sentence as it stands in the file.
public struct SecuritySource: Sendable, Hashable {
  /// The text, without the space around it.
  public var text: String
  /// The number of its first line, counted from 1.
  public var line: Int

  /// The text at a line.
  public init(_ text: String, line: Int) {
    self.text = text
    self.line = line
  }
}
