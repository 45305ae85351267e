/// What a project promises about its release lines.
///
/// The rules are tried in order; the first that matches a line decides, and what none matches is
/// not supported.
public struct SupportPolicy: Sendable, Hashable {
  /// A rule and where it comes from.
  public struct Entry: Sendable, Hashable {
    /// The rule.
    public var rule: SupportRule
    /// The sentence or the row of a table that says so; nil for presets and defaults.
    public var origin: RuleOrigin?

    /// The rule, with its origin when it has one.
    public init(_ rule: SupportRule, origin: RuleOrigin? = nil) {
      self.rule = rule
      self.origin = origin
    }
  }

  /// Where inside a selected major a fix is released.
  public enum ReleaseOn: String, Sendable, Hashable, CaseIterable {
    /// On its newest selected line; the others are covered by that one.
    case newestPerMajor = "newest-per-major"
    /// On every selected line.
    case every
  }

  /// What is said about lines that are newer than all that the rules speak of.
  public enum NewerThanListed: Sendable, Hashable {
    /// Not supported: the list ends with an upper bound, or it is no list.
    case notSupported
    /// Supported: the table is probably stale.
    case supported
  }

  /// The unit of a release line.
  public var lineUnit: LineUnit = .minor
  /// Where inside a selected major a fix is released.
  public var releaseOn: ReleaseOn = .every
  /// The rules, in order.
  public var rules: [Entry] = []
  /// Which lines have long-term support, all values together.
  public var longTermSupport: [LongTermSupport] = []
  /// The file in the trunk's tree that holds release cycles.
  public var datesPath: String?
  /// How lines that are newer than all listed are taken.
  public var newerThanListed: NewerThanListed = .notSupported
  /// The preset that the rules began with.
  public var preset: String?
  /// The path in the trunk's tree that states the policy, or `default`.
  public var source: String
  /// Whether nobody stated the rules.
  public var isAssumed: Bool

  /// A policy of rules without origins.
  public init(
    _ rules: [SupportRule] = [], lines: LineUnit = .minor, releaseOn: ReleaseOn = .every,
    longTermSupport: [LongTermSupport] = [], source: String = "default", isAssumed: Bool = false
  ) {
    self.rules = rules.map { Entry($0) }
    self.lineUnit = lines
    self.releaseOn = releaseOn
    self.longTermSupport = longTermSupport
    self.source = source
    self.isAssumed = isAssumed
  }

  /// What holds where nothing is declared: the newest line only.
  public static let assumed = SupportPolicy([.newestLine], isAssumed: true)
}

extension SupportRule {
  /// `latest line`.
  static let newestLine = SupportRule(.latest(LatestSelection(.line)))
}

extension LatestSelection {
  /// The newest one of a unit.
  init(_ unit: SupportUnit) {
    self.init(1, unit)
  }
}

/// Where a rule was read.
public struct RuleOrigin: Sendable, Hashable {
  /// The file; nil when it is the policy's own source.
  public var file: String?
  /// The line in the file, from 1.
  public var line: Int?
  /// The row or sentence as it stands there.
  public var text: String

  /// The place with this text.
  public init(text: String, file: String? = nil, line: Int? = nil) {
    self.text = text
    self.file = file
    self.line = line
  }
}
