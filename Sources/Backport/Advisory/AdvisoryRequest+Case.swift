public import ReleaseModel

extension AdvisoryRequest {
  /// Takes from a case what was not said otherwise: its texts, ids, severity, origin, fix and credit.
  ///
  /// The reporter is named only in the way that they chose; nobody who has not chosen is named.
  public mutating func take(from record: CaseRecord) {
    self.record = record
    title = title ?? record.title
    impact = impact ?? record.texts.impact
    workaround = workaround ?? record.texts.workaround
    ids += record.ids.filter { !ids.contains($0) }
    if subject.isEmpty, let fix = record.trunkFix { subject = [fix] }
    if introduced.isEmpty { introduced = record.introducedCommits }
    for line in record.lines where !line.trunk { lineFixes[line.line] = line.fix }
    if weaknesses.isEmpty {
      weaknesses = record.assessment.cwe.compactMap(Weakness.init(parsing:))
    }
    if vectors.isEmpty {
      vectors = record.assessment.cvss.compactMap { try? SeverityVector(parsing: $0) }
    }
    severity = severity ?? record.assessment.severity
    if !credits.contains(where: \.kind.isReport) { credits += Self.credit(of: record.reporter) }
    if let handler = record.handler {
      credits.append(AdvisoryCredit(name: handler.name, kind: .coordinator))
    }
    if timeline.isEmpty { timeline = record.events.compactMap(Self.event) }
  }

  private static func credit(of reporter: CaseReporter) -> [AdvisoryCredit] {
    let kind: AdvisoryCredit.Kind = reporter.discoveredFirst ? .finder : .reporter
    switch reporter.credit {
    case .name:
      return reporter.name.map { [AdvisoryCredit(name: $0, kind: kind)] } ?? []
    case .alias:
      return reporter.alias.map { [AdvisoryCredit(name: $0, kind: kind)] } ?? []
    case .anonymous: return [AdvisoryCredit(name: nil, kind: kind)]
    case .some(.none), nil: return []
    }
  }

  /// What of a case may be told: when things happened, not what was said.
  private static func event(_ event: CaseEvent) -> AdvisoryEvent? {
    let text: String? =
      switch event.event {
      case .receive: "report received"
      case .acknowledge: "acknowledged"
      case .confirm: "confirmed"
      case .ready: "fixes ready"
      default: nil
      }
    return text.map {
      AdvisoryEvent(
        moment: Moment(seconds: event.at.seconds, offsetMinutes: 0).day.description, text: $0)
    }
  }
}
