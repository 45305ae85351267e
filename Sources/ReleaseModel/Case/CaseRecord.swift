/// The record of one report, from its receipt to the advisory.
///
/// What happened stands in the events; they are only ever added, by ``adding(_:)``, and the state
/// follows from them.
public struct CaseRecord: Hashable, Sendable {
  /// Who may know.
  public enum Visibility: String, Codable, Hashable, Sendable, CaseIterable {
    /// Those who handle it, and the reporter.
    case `private`
    /// Some others too, who are silent until a day.
    case embargoed
    /// Everybody.
    case `public`
  }

  /// Public identifiers.
  public struct Identifiers: Hashable, Sendable {
    /// The CVE id.
    public var cve: String?
    /// The GHSA id.
    public var ghsa: String?
  }

  /// Texts of the advisory and the changelogs.
  public struct Texts: Hashable, Sendable {
    /// What somebody can do with the flaw.
    public var impact: String?
    /// What helps those who cannot update.
    public var workaround: String?
    /// The changelog entry.
    public var entry: String?
  }

  /// The form of the record.
  public static let format = 1

  /// The name of the case.
  public let id: CaseID
  /// The flaw in one sentence.
  public internal(set) var title: String?
  /// How the report came in.
  public internal(set) var received: CaseReceipt
  /// What it says.
  public internal(set) var report: CaseReport
  /// Who sent it.
  public internal(set) var reporter: CaseReporter
  /// Who is in charge; nil before somebody was named.
  public internal(set) var handler: CaseHandler?
  /// What was promised when it came in.
  public internal(set) var policy: CasePolicy
  /// The times in which the deadlines do not run, in order.
  public internal(set) var clock: [CasePause]
  /// What was found out.
  public internal(set) var assessment: CaseAssessment
  /// What is written about it.
  public internal(set) var texts: Texts
  /// The release lines and the trunk.
  public internal(set) var lines: [CaseLine]
  /// Public identifiers.
  public internal(set) var identifiers: Identifiers
  /// Who is silent until when; nil when nothing was agreed.
  public internal(set) var embargo: CaseEmbargo?
  /// What happened, in order.
  public internal(set) var events: [CaseEvent]
  /// Where it stands.
  public internal(set) var state: CaseState

  /// Opens a case.
  public init(
    id: CaseID, received: CaseReceipt, policy: CasePolicy, lines: [CaseLine], by: String,
    facts: CaseFacts
  ) {
    self.id = id
    self.received = received
    report = CaseReport()
    reporter = CaseReporter()
    self.policy = policy
    clock = []
    assessment = CaseAssessment()
    texts = Texts()
    self.lines = lines
    identifiers = Identifiers()
    events = [
      CaseEvent(at: received.at, by: by, event: .receive, data: facts.data)
    ]
    state = .received
    facts.apply(to: &self)
  }

  /// Who may know of it.
  public var visibility: Visibility {
    if events.contains(where: { $0.event == .publish }) { return .public }
    return embargo != nil && !state.isEnded ? .embargoed : .private
  }

  /// The public identifiers, the CVE id first.
  public var ids: [String] { [identifiers.cve, identifiers.ghsa].compactMap(\.self) }

  /// How bad it is: what was said in a word, else the rating of the first vector that has one.
  public var rating: SeverityRating? {
    assessment.severity
      ?? assessment.cvss.lazy.compactMap { try? SeverityVector(parsing: $0).rating }.first
  }

  /// The commits that introduced the flaw, as far as one is known.
  public var introducedCommits: [String] { [assessment.introduced?.commit].compactMap(\.self) }

  /// The fix on the trunk; nil as long as there is none.
  public var trunkFix: String? { lines.first { $0.trunk && $0.fix != nil }?.fix }

  /// The line of that name; nil when the case does not know it.
  public func line(_ name: String) -> CaseLine? { lines.first { $0.line == name } }

  /// What the report lacks of what it has to say at least.
  public var missingFromReport: [CaseFacts.ReportPart] {
    CaseFacts.ReportPart.allCases.filter { part in
      switch part {
      case .environment: report.environment == nil
      case .steps: report.steps == nil
      case .other: report.other == nil
      }
    }
  }

  /// The record without the severity, for output that others read.
  public var withoutSeverity: CaseRecord {
    var record = self
    record.assessment.severity = nil
    return record
  }

  /// When an operation, and not a person, said that the case is released; nil where that is not where
  /// the case stands.
  public var releaseOnRecord: Instant? {
    guard state == .released, let event = events.last(where: { $0.event == .release }) else {
      return nil
    }
    return event.data["operation"] == nil ? nil : event.at
  }

  /// When something first happened; nil when it has not.
  public func moment(of event: CaseEvent.Kind) -> Instant? {
    events.first { $0.event == event }?.at
  }
}

extension CaseRecord.Identifiers: Codable {
  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(cve, forKey: .cve)
    try container.encode(ghsa, forKey: .ghsa)
  }
}

extension CaseRecord.Texts: Codable {
  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(impact, forKey: .impact)
    try container.encode(workaround, forKey: .workaround)
    try container.encode(entry, forKey: .entry)
  }
}
