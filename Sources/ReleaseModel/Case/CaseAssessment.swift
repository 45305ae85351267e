/// What was found out about a reported flaw.
public struct CaseAssessment: Codable, Hashable, Sendable {
  /// Another project that the flaw belongs to.
  public struct ThirdParty: Codable, Hashable, Sendable {
    /// The project.
    public var project: String
    /// When it was told; nil as long as it was not.
    public var reportedAt: Instant?

    /// Writes every key.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(project, forKey: .project)
      try container.encode(reportedAt, forKey: .reportedAt)
    }
  }

  /// Where the flaw came in.
  public struct Introduction: Codable, Hashable, Sendable {
    /// The first release that has it; nil where it is not known.
    public var version: String?
    /// The commit that brought it, in full; nil where it is not known.
    public var commit: String?

    /// Writes every key.
    public func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(version, forKey: .version)
      try container.encode(commit, forKey: .commit)
    }
  }

  /// One search for similar problems.
  public struct Audit: Codable, Hashable, Sendable {
    /// What was looked for.
    public var what: String
    /// Who looked.
    public var by: String
    /// When.
    public var at: Instant
    /// What was found.
    public var found: [String]
  }

  /// Whether it is a flaw.
  public var confirmed = false
  /// The project it belongs to; nil for this one.
  public var thirdParty: ThirdParty?
  /// The case or public id under which it was reported before.
  public var duplicateOf: String?
  /// Weaknesses, such as `CWE-400`.
  public var cwe: [String] = []
  /// Severity vectors, with their version in front.
  public var cvss: [String] = []
  /// How bad it is, where that was said in a word.
  public var severity: SeverityRating?
  /// Where it came in; nil where nothing is known.
  public var introduced: Introduction?
  /// The searches for similar problems.
  public var audit: [Audit] = []

  private enum CodingKeys: String, CodingKey {
    case confirmed
    case thirdParty
    case duplicateOf
    case cwe
    case cvss
    case severity
    case introduced
    case audit
  }

  /// An assessment of which nothing is known.
  public init() {}

  /// Reads an object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    confirmed = try container.decode(Bool.self, forKey: .confirmed)
    thirdParty = try container.decodeIfPresent(ThirdParty.self, forKey: .thirdParty)
    duplicateOf = try container.decodeIfPresent(String.self, forKey: .duplicateOf)
    cwe = try container.decode([String].self, forKey: .cwe)
    cvss = try container.decode([String].self, forKey: .cvss)
    severity = try container.decodeIfPresent(String.self, forKey: .severity)
      .flatMap(SeverityRating.init(parsing:))
    introduced = try container.decodeIfPresent(Introduction.self, forKey: .introduced)
    audit = try container.decode([Audit].self, forKey: .audit)
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(confirmed, forKey: .confirmed)
    try container.encode(thirdParty, forKey: .thirdParty)
    try container.encode(duplicateOf, forKey: .duplicateOf)
    try container.encode(cwe, forKey: .cwe)
    try container.encode(cvss, forKey: .cvss)
    try container.encode(severity?.rawValue, forKey: .severity)
    try container.encode(introduced, forKey: .introduced)
    try container.encode(audit, forKey: .audit)
  }
}
