public import ReleaseModel

/// What is wrong with a support policy: `policy-check/1`.
public struct PolicyCheckDocument: Codable, Equatable, Sendable {
  /// One thing that a person should look at.
  public struct Finding: Codable, Equatable, Hashable, Sendable {
    /// A stable name for machines.
    public var code: String
    /// The words for people.
    public var message: String
    /// The line it is about; nil when it is about none.
    @ExplicitNull public var line: String?
    /// The number of the rule it is about, counted from 1; nil when it is about none.
    @ExplicitNull public var rule: Int?
    /// Where in a document; nil when it is at no one place.
    @ExplicitNull public var source: PolicyPlace?

    /// Makes a finding.
    public init(
      _ code: String, _ message: String, line: String? = nil, rule: Int? = nil,
      source: PolicyPlace? = nil
    ) {
      self.code = code
      self.message = message
      _line = ExplicitNull(wrappedValue: line)
      _rule = ExplicitNull(wrappedValue: rule)
      _source = ExplicitNull(wrappedValue: source)
    }

    init(_ finding: PolicyFinding, in policy: SupportPolicy) {
      self.init(
        finding.code.rawValue, finding.message, line: finding.line?.description,
        rule: finding.rule.map { $0 + 1 },
        source: finding.rule.flatMap { policy.rules[$0].origin }
          .map { PolicyPlace($0, in: policy.source) })
    }

    init(_ warning: SecurityWarning, in path: String) {
      self.init(
        warning.code.rawValue, warning.message,
        source: warning.source.map { PolicyPlace(path: path, line: $0.line, text: $0.text) })
    }
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.policy-check/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The day for which the policy was asked.
  public var asOf: String
  /// The policy.
  public var policy: PolicyDescription
  /// What was found, the policy's own words first, then what exists and what is done.
  public var findings: [Finding]
  /// What a person should know of the run.
  public var warnings: [Warning]
}

/// A row, sentence or setting of a document.
public struct PolicyPlace: Codable, Equatable, Hashable, Sendable {
  /// The path of the document.
  public var path: String
  /// The line, counted from 1; nil where it is not known.
  @ExplicitNull public var line: Int?
  /// What stands there.
  public var text: String

  /// Makes a place.
  public init(path: String, line: Int?, text: String) {
    self.path = path
    _line = ExplicitNull(wrappedValue: line)
    self.text = text
  }

  init(_ origin: RuleOrigin, in source: String) {
    self.init(path: origin.file ?? source, line: origin.line, text: origin.text)
  }
}

extension Workspace {
  /// The document of `policy check`.
  ///
  /// Asks for the dates of all releases of the last two years.
  public func policyCheck(
    asOf: CalendarDate, package: String? = nil
  ) throws(BackportError) -> PolicyCheckDocument {
    let survey = try survey(asOf: asOf, package: package)
    var findings = survey.findings
    let check = PolicyCheck(survey.coverage, of: survey.inventory, facts: survey.facts)
    findings += (check.passedDates() + check.practice()).map {
      PolicyCheckDocument.Finding($0, in: survey.policy)
    }
    findings += survey.reading.warnings.map { PolicyCheckDocument.Finding($0.code, $0.message) }
    findings += try disagreements(survey)
    findings += try outdatedTable(survey)
    findings += try reportingFindings(asOf: asOf)
    var seen: Set<PolicyCheckDocument.Finding> = []
    return PolicyCheckDocument(
      repository: description, asOf: asOf.description,
      policy: PolicyDescription(survey.policy),
      findings: findings.filter { seen.insert($0).inserted }, warnings: warnings)
  }

  /// What `.gitbackport` and SECURITY.md say differently, where both state a policy.
  private func disagreements(
    _ survey: LineSurvey
  ) throws(BackportError) -> [PolicyCheckDocument.Finding] {
    guard policySource == .project, survey.reading.document == nil,
      let (path, document) = try securityDocument(),
      document.policy(source: path) != nil
    else { return [] }
    let resolution = document.resolution(
      of: survey.inventory, facts: survey.facts, source: path)
    var findings = resolution.warnings.map { PolicyCheckDocument.Finding($0, in: path) }
    guard let other = resolution.coverage else { return findings }
    findings += PolicyCheck.disagreements(between: survey.coverage, and: other).map {
      PolicyCheckDocument.Finding($0, in: survey.policy)
    }
    return findings
  }

  /// A table between markers that is not the one of today's policy.
  private func outdatedTable(
    _ survey: LineSurvey
  ) throws(BackportError) -> [PolicyCheckDocument.Finding] {
    guard survey.reading.document == nil, !survey.policy.isAssumed else { return [] }
    let table = SupportedVersionsTable(survey.coverage, inventory: survey.inventory)
    for path in SecurityDocument.paths {
      guard let bytes = try trunkFile(at: path) else { continue }
      do throws(SupportedVersionsTableError) {
        if try table.replacing(in: bytes) != bytes {
          return [
            PolicyCheckDocument.Finding(
              "outdated-table",
              "the table between the markers of \(path) is not that of the policy; "
                + "git backport policy table --write renews it")
          ]
        }
      } catch {
        guard case .unbalancedMarkers(let line) = error else { continue }
        return [
          PolicyCheckDocument.Finding(
            "unbalanced-markers",
            "the marker on line \(line) of \(path) has no partner, so that no table is kept there")
        ]
      }
    }
    return []
  }
}
