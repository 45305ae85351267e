/// Compares the words of a policy with what exists, with the calendar and with what is done.
public struct PolicyCheck {
  private let coverage: Coverage
  private let inventory: LineInventory
  private let facts: PolicyFacts

  /// A check of this coverage, of the inventory and the facts that it was worked out from.
  public init(_ coverage: Coverage, of inventory: LineInventory, facts: PolicyFacts) {
    self.coverage = coverage
    self.inventory = inventory
    self.facts = facts
  }

  /// Everything found: the coverage's own warnings, dates that have passed, words against practice.
  ///
  /// Asks for the dates of all releases of the last two years.
  public func findings() -> [PolicyFinding] {
    coverage.warnings + passedDates() + practice()
  }

  /// Where what is released together differs from what is promised.
  ///
  /// Asks for the dates of all releases of the last two years.
  public func practice() -> [PolicyFinding] {
    ReleasePractice(coverage, inventory, facts).findings()
  }

  /// Rules that still promise something whose end is over.
  public func passedDates() -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    for (index, entry) in coverage.policy.rules.enumerated() where entry.rule.level.isSupported {
      guard case .untilDate(let date)? = entry.rule.period, date < coverage.asOf else { continue }
      let words = entry.origin?.text ?? entry.rule.description
      findings.append(
        PolicyFinding(.datePassed, "\"\(words)\" ended on \(date)", rule: index))
    }
    for verdict in coverage.verdicts {
      guard verdict.supported == .no, verdict.coveredBy == nil, let index = verdict.rule,
        coverage.policy.rules[index].rule.level.isSupported
      else { continue }
      let rule = coverage.policy.rules[index].rule
      guard case .range = rule.subject else { continue }
      findings.append(
        PolicyFinding(
          .datePassed, "\"\(rule)\" lists \(verdict.line), but \(verdict.reason)",
          line: verdict.line, rule: index))
    }
    return findings
  }

  /// The lines that two policies say different things about, of the same inventory and day.
  public static func disagreements(
    between one: Coverage, and other: Coverage
  ) -> [PolicyFinding] {
    let others = Dictionary(other.verdicts.map { ($0.line, $0) }) { first, _ in first }
    return one.verdicts.compactMap { verdict in
      guard let opposite = others[verdict.line],
        let difference = difference(verdict, opposite, one.policy.source, other.policy.source)
      else { return nil }
      return PolicyFinding(.policiesDisagree, "\(verdict.line): \(difference)", line: verdict.line)
    }
  }

  private static func difference(
    _ one: LineVerdict, _ other: LineVerdict, _ source: String, _ otherSource: String
  ) -> String? {
    switch (one.supported, other.supported) {
    case (.yes, .no): return "supported in \(source), not in \(otherSource) (\(other.reason))"
    case (.no, .yes): return "supported in \(otherSource), not in \(source) (\(one.reason))"
    case (.yes, .yes):
      guard let end = one.until, let otherEnd = other.until, end != otherEnd else { return nil }
      return "supported until \(end) in \(source), until \(otherEnd) in \(otherSource)"
    default: return nil
    }
  }
}
