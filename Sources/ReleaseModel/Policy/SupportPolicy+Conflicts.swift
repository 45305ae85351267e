extension SupportPolicy {
  /// Beyond this many rules conflicts are not looked for, so that the cost stays bounded.
  private static let mostCompared = 300

  /// Rules that an earlier one always decides before, contradicts, or that can select nothing.
  public var conflicts: [PolicyFinding] {
    var findings: [PolicyFinding] = []
    let rules = rules.prefix(Self.mostCompared).map(\.rule)
    var listed = VersionRange.none
    for (index, rule) in rules.enumerated() {
      if let why = Self.impossibility(of: rule) {
        findings.append(
          PolicyFinding(
            .impossibleRule, "the rule \"\(rule)\" can never select anything: \(why)", rule: index))
        continue
      }
      if let finding = Self.conflict(of: rule, at: index, after: rules[..<index], listed: listed) {
        findings.append(finding)
      }
      if case .range(let range) = rule.subject, rule.condition == nil, rule.period == nil {
        listed = listed.union(range)
      }
    }
    return findings
  }

  private static func impossibility(of rule: SupportRule) -> String? {
    guard let range = rule.range else { return nil }
    if range.isEmpty { return "the range is empty" }
    if case .latestMajor(let number)? = rule.condition {
      let reachable = VersionRange.below(Version(numbers: [number.successor]))
      if range.intersection(reachable).isEmpty {
        return "while the latest major is \(number) nothing in \(range) is released"
      }
    }
    if case .before(let version)? = rule.condition,
      range.intersection(.below(version)).isEmpty
    {
      return "before \(version) nothing in \(range) is released"
    }
    if case .untilVersion(let version)? = rule.period,
      range.intersection(.below(version)).isEmpty
    {
      return "it ends with \(version), before anything in \(range) is released"
    }
    return nil
  }

  /// What earlier rules leave of a rule; `listed` is what they list at all times.
  private static func conflict(
    of rule: SupportRule, at index: Int, after earlier: ArraySlice<SupportRule>,
    listed: VersionRange
  ) -> PolicyFinding? {
    for other in earlier where other.isInForce(whenever: rule) {
      let isOpposite = other.level.isSupported != rule.level.isSupported
      if isOpposite, other.subject == rule.subject {
        return PolicyFinding(
          .contradictoryRules,
          "\"\(other)\" and \"\(rule)\" say the opposite of the same lines; the first decides",
          rule: index)
      }
      if other.subject.includes(rule.subject) {
        return PolicyFinding(
          .unreachableRule, "the rule \"\(rule)\" never decides: \"\(other)\" comes first",
          rule: index)
      }
    }
    guard case .range(let range) = rule.subject, !listed.isEmpty, range.isSubset(of: listed) else {
      return nil
    }
    return PolicyFinding(
      .unreachableRule, "the rule \"\(rule)\" never decides: earlier rules list all of \(range)",
      rule: index)
  }
}

extension SupportRule {
  /// The range that limits the lines of the rule.
  fileprivate var range: VersionRange? {
    switch subject {
    case .range(let range): range
    case .latest(let selection): selection.range
    case .lts, .branch: nil
    }
  }

  /// Whether this rule applies to its lines at every time the other one would to its own.
  fileprivate func isInForce(whenever other: SupportRule) -> Bool {
    (condition == nil || condition == other.condition) && (period == nil || period == other.period)
  }
}

extension SupportSubject {
  /// Whether every line of the other subject is also one of this.
  fileprivate func includes(_ other: SupportSubject) -> Bool {
    switch (self, other) {
    case (.range(.all), _): return true
    case (.range(let wide), .range(let narrow)): return narrow.isSubset(of: wide)
    case (.latest(let wide), .latest(let narrow)):
      guard wide.unit == narrow.unit, wide.group == narrow.group, wide.range == narrow.range,
        wide.isAdjacent == narrow.isAdjacent
      else { return false }
      return wide.skipping <= narrow.skipping
        && narrow.skipping + narrow.count <= wide.skipping + wide.count
    case (.lts(nil), .lts): return true
    case (.lts(let wide?), .lts(let narrow?)): return narrow <= wide
    case (.branch(let one), .branch(let two)): return one == two
    default: return false
    }
  }
}
