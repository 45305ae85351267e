/// What a SECURITY.md or a document like it says about supported versions.
public struct SecurityReading: Sendable, Hashable {
  /// How the document says it.
  public enum Form: Sendable, Hashable {
    /// A table: its rules can be used as the policy.
    case table
    /// A list of versions with their status: its rules can be used as the policy.
    case list
    /// The text of a preset, word for word: it is that preset.
    case preset(String)
    /// The table that GitHub puts into a new SECURITY.md, unchanged.
    ///
    /// Its rules are a policy only for a project that has those versions.
    case template
    /// Sentences only: there are proposals, and a person decides.
    case prose
    /// A pointer to another document.
    case elsewhere
    /// Nothing about supported versions was found.
    case none
  }

  /// How the document says it.
  public var form: Form
  /// The heading over what was read; nil when there is none.
  public var heading: SecuritySource?
  /// What tables and lists say, in the document's order.
  public var rules: [SecurityRule]
  /// Rows that are about versions and were not understood.
  public var notUnderstood: [SecuritySource]
  /// What a person should look at, apart from what depends on the releases.
  public var warnings: [SecurityWarning]
  /// What sentences seem to say.
  public var proposals: [PolicyProposal]

  /// Reads a document's bytes: Markdown, reST, HTML tables, box drawings.
  ///
  /// Never fails: what is no UTF-8 is repaired, what is not understood is reported.
  public init(_ bytes: some Collection<UInt8>) {
    let document = MarkupDocument(bytes)
    self = SectionLocator.reading(of: document)
    if document.isTruncated { warnings.append(.init(.truncated)) }
  }

  init(
    form: Form, heading: SecuritySource? = nil, rules: [SecurityRule] = [],
    notUnderstood: [SecuritySource] = [], warnings: [SecurityWarning] = [],
    proposals: [PolicyProposal] = []
  ) {
    self.form = form
    self.heading = heading
    self.rules = rules
    self.notUnderstood = notUnderstood
    self.warnings = warnings
    self.proposals = proposals
  }

  /// Nothing found.
  static let empty = SecurityReading(form: .none)
}

/// A policy that a sentence seems to state; a person confirms it.
public struct PolicyProposal: Sendable, Hashable {
  /// The preset that says the same; nil when there is none.
  public var preset: String?
  /// The numbers that the preset takes: lines, months.
  public var parameters: [Int]
  /// The rules that say the same.
  public var rules: [SupportRule]
  /// The sentence.
  public var source: SecuritySource

  /// The proposal that a sentence seems to make.
  public init(
    preset: String? = nil, parameters: [Int] = [], rules: [SupportRule], source: SecuritySource
  ) {
    self.preset = preset
    self.parameters = parameters
    self.rules = rules
    self.source = source
  }
}
