/// Something about a policy that a person should look at.
public struct PolicyFinding: Sendable, Hashable {
  /// The kind of finding; the raw value is its code in documents.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// No rule is declared; the newest line is assumed.
    case assumedPolicy = "assumed-policy"
    /// A line is newer than all listed and is taken as supported.
    case staleTable = "stale-table"
    /// A line is newer than all listed and is not supported.
    case unlistedNewer = "unlisted-newer"
    /// A line between listed ones is not listed.
    case hole = "hole"
    /// A rule lists what has no tag.
    case listedWithoutTag = "listed-without-tag"
    /// Two rules say the opposite of the same lines.
    case contradictoryRules = "contradictory-rules"
    /// An earlier rule always decides first.
    case unreachableRule = "unreachable-rule"
    /// A rule can never select anything.
    case impossibleRule = "impossible-rule"
    /// A rule needs long-term support lines and none are declared.
    case undefinedLTS = "undefined-lts"
    /// A rule names a branch whose line is not known.
    case unknownBranch = "unknown-branch"
    /// A verdict needs a date that is not known.
    case unknownDate = "unknown-date"
    /// The end that a rule states is over.
    case datePassed = "date-passed"
    /// A line that is not supported is still released together with others.
    case releasedUnsupported = "released-unsupported"
    /// A supported line was left out when others were released together.
    case supportedUnreleased = "supported-unreleased"
    /// Two policies say different things about a line.
    case policiesDisagree = "policies-disagree"
  }

  /// The kind of finding.
  public let code: Code
  /// What was found, in words for a person.
  public let message: String
  /// The line it is about.
  public let line: LineName?
  /// The index of the rule it is about.
  public let rule: Int?

  /// The finding about a line or a rule.
  public init(_ code: Code, _ message: String, line: LineName? = nil, rule: Int? = nil) {
    self.code = code
    self.message = message
    self.line = line
    self.rule = rule
  }
}
