/// What becomes known of a flaw, its report and its reporter; nil leaves what is recorded.
public struct CaseFacts: Hashable, Sendable {
  /// What a report has to say at least.
  public enum ReportPart: String, Codable, Hashable, Sendable, CaseIterable {
    /// The version and what it runs on.
    case environment
    /// How to see it happen.
    case steps
    /// Anything else.
    case other

    /// What a person is asked.
    public var words: String {
      switch self {
      case .environment: "the version, and what it runs on"
      case .steps: "how to see it happen"
      case .other: "anything else that helps"
      }
    }
  }

  /// The flaw in one sentence.
  public var title: String?
  /// What somebody can do with it.
  public var impact: String?
  /// What helps those who cannot update.
  public var workaround: String?
  /// The changelog entry.
  public var entry: String?
  /// Weaknesses; none leaves those that are recorded.
  public var cwe: [String] = []
  /// Severity vectors; none leaves those that are recorded.
  public var cvss: [String] = []
  /// How bad it is.
  public var severity: SeverityRating?
  /// The CVE id.
  public var cve: String?
  /// The GHSA id.
  public var ghsa: String?
  /// The first release that has it.
  public var introducedVersion: String?
  /// The commit that brought it, in full.
  public var introducedCommit: String?
  /// The reporter's name.
  public var reporter: String?
  /// A mail or web address of the reporter.
  public var contact: String?
  /// How the reporter is named in public.
  public var credit: CaseReporter.Credit?
  /// The alias.
  public var alias: String?
  /// Whether nobody found it before.
  public var discoveredFirst: Bool?
  /// The parts of the report.
  public var report: [ReportPart: String] = [:]

  /// Nothing yet.
  public init() {}

  /// Puts everything into a record.
  func apply(to record: inout CaseRecord) {
    func set<Value>(_ path: WritableKeyPath<CaseRecord, Value?>, _ value: Value?) {
      if let value { record[keyPath: path] = value }
    }
    set(\.title, title)
    set(\.texts.impact, impact)
    set(\.texts.workaround, workaround)
    set(\.texts.entry, entry)
    set(\.assessment.severity, severity)
    set(\.identifiers.cve, cve)
    set(\.identifiers.ghsa, ghsa)
    set(\.reporter.name, reporter)
    set(\.reporter.contact, contact)
    set(\.reporter.credit, credit)
    set(\.reporter.alias, alias)
    set(\.report.environment, report[.environment])
    set(\.report.steps, report[.steps])
    set(\.report.other, report[.other])
    if !cwe.isEmpty { record.assessment.cwe = cwe }
    if !cvss.isEmpty { record.assessment.cvss = cvss }
    if let discoveredFirst { record.reporter.discoveredFirst = discoveredFirst }
    if introducedVersion != nil || introducedCommit != nil {
      var introduced = record.assessment.introduced ?? CaseAssessment.Introduction()
      if let introducedVersion { introduced.version = introducedVersion }
      if let introducedCommit { introduced.commit = introducedCommit }
      record.assessment.introduced = introduced
    }
  }

  /// What an event keeps of it, by name.
  var data: [String: JSONTree] {
    var data: [String: JSONTree] = [:]
    func add(_ name: String, _ text: String?) {
      if let text { data[name] = .string(text) }
    }
    add("title", title)
    add("impact", impact)
    add("workaround", workaround)
    add("entry", entry)
    add("severity", severity?.rawValue)
    add("cve", cve)
    add("ghsa", ghsa)
    add("introduced", introducedCommit ?? introducedVersion)
    add("reporter", reporter)
    add("contact", contact)
    add("credit", credit?.rawValue)
    add("alias", alias)
    for (part, text) in report { add(part.rawValue, text) }
    if !cwe.isEmpty { data["cwe"] = .array(cwe.map(JSONTree.string)) }
    if !cvss.isEmpty { data["cvss"] = .array(cvss.map(JSONTree.string)) }
    if let discoveredFirst { data["discoveredFirst"] = .boolean(discoveredFirst) }
    return data
  }
}
