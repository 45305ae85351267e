public import ReleaseModel

/// One case, `case/1`: the record's own keys stand beside the others.
public struct CaseDocument: Equatable, Sendable {
  /// The name and version of the document's form.
  public static let schemaName = "git-backport.case/1"

  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The record.
  public var record: CaseRecord
  /// The moment for which the deadlines are given.
  public var asOf: Instant
  /// The deadlines, the earliest first.
  public var deadlines: [CaseDeadline]
  /// What the report lacks of what it has to say at least.
  public var lacking: [CaseFacts.ReportPart]
  /// A letter; nil where none was asked for.
  public var letter: CaseLetter?
  /// What a person should know.
  public var warnings: [Warning]
}

extension CaseDocument {
  /// The document without the severity, which tells much of a flaw and is no free text.
  public var withoutSeverity: CaseDocument {
    var document = self
    document.record = record.withoutSeverity
    return document
  }
}

extension CaseDocument: Codable {
  private enum CodingKeys: String, CodingKey, CaseIterable {
    case schema
    case repository
    case asOf
    case deadlines
    case lacking
    case letter
    case warnings
  }

  /// The keys besides `schema`, those of the record among them.
  public static var keys: [String] {
    CaseRecord.keys + CodingKeys.allCases.map(\.rawValue).filter { $0 != "schema" }
  }

  /// Reads a document.
  public init(from decoder: any Decoder) throws {
    record = try CaseRecord(from: decoder)
    let container = try decoder.container(keyedBy: CodingKeys.self)
    repository = try container.decode(RepositoryDescription.self, forKey: .repository)
    asOf = try container.decode(Instant.self, forKey: .asOf)
    deadlines = try container.decode([CaseDeadline].self, forKey: .deadlines)
    lacking = try container.decode([CaseFacts.ReportPart].self, forKey: .lacking)
    letter = try container.decodeIfPresent(CaseLetter.self, forKey: .letter)
    warnings = try container.decode([Warning].self, forKey: .warnings)
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    try record.encode(to: encoder)
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(CaseDocument.schemaName, forKey: .schema)
    try container.encode(repository, forKey: .repository)
    try container.encode(asOf, forKey: .asOf)
    try container.encode(deadlines, forKey: .deadlines)
    try container.encode(lacking, forKey: .lacking)
    try container.encode(letter, forKey: .letter)
    try container.encode(warnings, forKey: .warnings)
  }
}

/// Several cases and what is due: `case-list/1`.
public struct CaseListDocument: Codable, Equatable, Sendable {
  /// One case in a list.
  public struct Entry: Codable, Equatable, Sendable {
    /// The id.
    public var id: CaseID
    /// Where it stands.
    public var state: CaseState
    /// Who may know of it.
    public var visibility: CaseRecord.Visibility
    /// When the report came in.
    public var receivedAt: Instant
    /// Who is in charge; nil before somebody was named.
    @ExplicitNull public var handler: String?
    /// The flaw in one sentence.
    @ExplicitNull public var title: String?
    /// The next thing that is due; nil when nothing is.
    @ExplicitNull public var next: CaseDeadline?
  }

  /// Something that is due.
  public struct Due: Codable, Equatable, Sendable {
    /// The case.
    public var id: CaseID
    /// The deadline.
    public var deadline: CaseDeadline
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.case-list/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The moment for which the deadlines are given.
  public var asOf: Instant
  /// The cases, in the order of their ids.
  public var cases: [Entry]
  /// What is due in them, the nearest first.
  public var due: [Due]
  /// What a person should know: records that cannot be read are named here.
  public var warnings: [Warning]

  /// Whether anything is overdue, or a record cannot be read.
  public var isLate: Bool {
    due.contains { $0.deadline.state == .overdue } || !warnings.isEmpty
  }
}
