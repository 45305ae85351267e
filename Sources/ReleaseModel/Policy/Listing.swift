/// Compares the lines that rules list by name or number with those that exist.
struct Listing {
  private var evaluator: RuleEvaluator
  /// Whether any rule is about a line, whatever it says; newest line first.
  private let isSpoken: [Bool]
  /// From the newest to the oldest line that rules list by number.
  private let listed: Range<Int>
  /// Lines above all that the rules are about.
  private let newerLines: Range<Int>

  init(_ evaluator: RuleEvaluator) {
    var asking = evaluator
    let ranges = evaluator.policy.rules.compactMap { Self.range($0.rule.subject) }
    let lines = evaluator.history.lines.indices
    let all = VersionRange(ranges.flatMap(\.intervals))
    let subjects = ranges.isEmpty ? [] : Set(evaluator.policy.rules.map(\.rule.subject))
    let isListed = lines.map {
      all.contains(evaluator.history.newest(of: $0), includingPrereleases: true)
    }
    let isSpoken = lines.map { line in
      isListed[line] || subjects.contains { asking.selection($0, of: line) != .no }
    }
    let oldestNewer = lines.first { line in
      let above = VersionRange.atLeast(evaluator.history.newest(of: line))
      return isSpoken[line] || !all.intersection(above).isEmpty
    }
    self.isSpoken = isSpoken
    listed = (isListed.firstIndex(of: true) ?? 0)..<(isListed.lastIndex(of: true) ?? 0)
    newerLines = ranges.isEmpty ? 0..<0 : 0..<(oldestNewer ?? lines.count)
    self.evaluator = asking
  }

  /// Takes lines above all listed ones as supported, when the policy is such a list.
  func supportNewerLines(_ verdicts: inout [LineVerdict]) {
    guard evaluator.policy.newerThanListed == .supported else { return }
    for line in newerLines where verdicts[line].supported == .no {
      verdicts[line].supported = .yes
      verdicts[line].level = .full
      verdicts[line].rule = nil
      verdicts[line].reason = "newer than every listed line: the list is probably stale"
      verdicts[line].whatWouldChange = "changes when the list names it"
    }
  }

  /// Lines that nobody listed: newer than all, or between listed ones.
  func unlistedLines() -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    let isSupported = evaluator.policy.newerThanListed == .supported
    for line in newerLines {
      let name = evaluator.history.lines[line].name
      findings.append(
        isSupported
          ? PolicyFinding(
            .staleTable,
            "\(name) is newer than every listed line; it is taken as supported, "
              + "the list is probably stale", line: name)
          : PolicyFinding(
            .unlistedNewer,
            "\(name) is newer than every listed line and no rule is about it: it is not supported",
            line: name))
    }
    for line in listed where !isSpoken[line] {
      let name = evaluator.history.lines[line].name
      findings.append(
        PolicyFinding(
          .hole, "\(name) lies between listed lines and no rule is about it: it is not supported",
          line: name))
    }
    return findings
  }

  /// Rules that promise something for what has no release.
  mutating func emptyRules() -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    for (index, entry) in evaluator.policy.rules.enumerated() where entry.rule.level.isSupported {
      let subject = entry.rule.subject
      switch subject {
      case .range, .branch: break
      case .latest, .lts: continue
      }
      if let condition = entry.rule.condition, !evaluator.holds(condition) { continue }
      let isEmpty = evaluator.history.lines.indices.allSatisfy {
        evaluator.selection(subject, of: $0) == .no
      }
      guard isEmpty else { continue }
      findings.append(
        PolicyFinding(
          .listedWithoutTag, "no release is \(Self.words(subject)): the rule selects nothing",
          rule: index))
    }
    return findings
  }

  /// What could not be decided, and for want of what.
  mutating func missingFacts(_ verdicts: [LineVerdict]) -> [PolicyFinding] {
    var findings: [PolicyFinding] = []
    for (index, entry) in evaluator.policy.rules.enumerated() {
      switch entry.rule.subject {
      case .lts where !evaluator.longTermLines().areDeclared:
        findings.append(
          PolicyFinding(
            .undefinedLTS, "the rule \"\(entry.rule)\" needs lts = … in the [policy] section",
            rule: index))
      case .branch(let name) where !evaluator.history.lines.isEmpty:
        guard case .unknown = evaluator.selection(entry.rule.subject, of: 0) else { continue }
        findings.append(
          PolicyFinding(
            .unknownBranch, "which line the branch \(name) releases is not known", rule: index))
      case .latest, .range, .lts, .branch: continue
      }
    }
    let explained = Set(findings.compactMap(\.rule))
    for verdict in verdicts where verdict.supported == .unknown {
      if let rule = verdict.rule, explained.contains(rule) { continue }
      findings.append(
        PolicyFinding(
          .unknownDate, "\(verdict.line): \(verdict.reason)", line: verdict.line,
          rule: verdict.rule))
    }
    return findings
  }

  /// The range that a subject lists; nil when it lists none, or everything.
  private static func range(_ subject: SupportSubject) -> VersionRange? {
    switch subject {
    case .range(.all), .lts, .branch: nil
    case .range(let range): range
    case .latest(let selection): selection.range == .all ? nil : selection.range
    }
  }

  private static func words(_ subject: SupportSubject) -> String {
    if case .range(let range) = subject { "in \(range)" } else { "on \(subject)" }
  }
}
