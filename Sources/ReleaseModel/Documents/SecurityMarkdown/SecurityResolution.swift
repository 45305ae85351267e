/// What a SECURITY.md means for the releases that a project really has.
public struct SecurityResolution: Sendable, Hashable {
  /// The verdicts on the lines, newest first; nil when the document states no policy to apply.
  public var coverage: Coverage?
  /// What a person should look at: the reading's own warnings, then those that releases show.
  public var warnings: [SecurityWarning]
}

extension SecurityReading {
  /// Asks the tables and lists of the document about every line.
  ///
  /// What is not understood makes the lines it may be about unknown, never unsupported. The
  /// document is no policy when it is prose, a pointer or the untouched template of a host.
  ///
  /// - Parameters:
  ///   - inventory: The project's release lines.
  ///   - facts: The day, and what rules may ask about the repository.
  ///   - package: The package whose rows count; nil for the inventory's own.
  ///   - source: The path of the document.
  /// - Returns: The verdicts with the warnings.
  public func resolution(
    of inventory: LineInventory, facts: PolicyFacts, package: String? = nil, source: String
  ) -> SecurityResolution {
    var resolution = SecurityResolution(coverage: nil, warnings: warnings)
    if form == .template, !hasTemplateLines(inventory) {
      resolution.warnings.append(SecurityWarning(.template))
      return resolution
    }
    let chosen = package ?? inventory.package
    let names: [String?] =
      chosen != nil || packages.isEmpty ? [chosen] : packages.map(Optional.some)
    var coverages: [Coverage] = []
    for name in names {
      guard let policy = policy(package: name, source: source) else { continue }
      let coverage = Coverage(of: inventory, under: policy, facts: facts)
      var review = RowReview(self, package: name, inventory, facts)
      coverages.append(review.reviewed(coverage))
      resolution.warnings += review.warnings
    }
    resolution.coverage = combine(coverages, &resolution.warnings)
    if let coverage = resolution.coverage {
      resolution.warnings += proseWarnings(coverage, inventory, facts)
    }
    return resolution
  }

  private func hasTemplateLines(_ inventory: LineInventory) -> Bool {
    inventory.lines.contains { line in
      DefaultTemplate.lines.contains {
        $0.contains(line.newest.version, includingPrereleases: true)
      }
    }
  }

  /// One coverage for all packages: where they differ, nothing is known.
  private func combine(_ coverages: [Coverage], _ warnings: inout [SecurityWarning]) -> Coverage? {
    guard let first = coverages.first, coverages.count > 1 else { return coverages.first }
    var verdicts = first.verdicts
    var isDifferent = false
    for index in verdicts.indices {
      let answers = Set(coverages.map { $0.verdicts[index].supported })
      if answers.count > 1 {
        verdicts[index].makeUnknown("the packages \(packages.joined(separator: ", ")) differ")
        isDifferent = true
      }
    }
    if isDifferent { warnings.append(SecurityWarning(.packages, operands: packages)) }
    return Coverage(
      policy: first.policy, asOf: first.asOf, verdicts: verdicts, warnings: first.warnings)
  }

  /// Lines of which the sentences, taken at their word, say the opposite of the rows.
  private func proseWarnings(
    _ coverage: Coverage, _ inventory: LineInventory, _ facts: PolicyFacts
  ) -> [SecurityWarning] {
    guard let first = proposals.first else { return [] }
    var policy = SupportPolicy(proposals.flatMap(\.rules))
    policy.source = coverage.policy.source
    let prose = Coverage(of: inventory, under: policy, facts: facts)
    let lines = zip(coverage.verdicts, prose.verdicts).filter { row, sentence in
      row.supported != .unknown && sentence.supported != .unknown
        && row.supported != sentence.supported
    }
    guard !lines.isEmpty else { return [] }
    return [
      SecurityWarning(
        .proseDiffers, source: first.source, operands: lines.map { $0.0.line.description })
    ]
  }
}

extension LineVerdict {
  /// Takes the answer back.
  fileprivate mutating func makeUnknown(_ reason: String) {
    supported = .unknown
    level = nil
    floor = nil
    until = nil
    levelUntil = nil
    self.reason = reason
    whatWouldChange = "decided by a change of the document"
  }
}

/// Takes verdicts back where rows contradict each other or are not understood.
private struct RowReview {
  private let reading: SecurityReading
  private let rows: [(rule: SecurityRule, range: VersionRange)]
  private let listed: VersionRange?
  private let newest: [LineName: Version]
  /// Whether there are rows of which not even the versions are understood.
  private let hasUnreadRows: Bool
  /// Lines that a row is about by their place, such as `latest`, whose status is not understood.
  private let undecided: Set<LineName>
  private(set) var warnings: [SecurityWarning] = []

  init(
    _ reading: SecurityReading, package: String?, _ inventory: LineInventory, _ facts: PolicyFacts
  ) {
    self.reading = reading
    let rules = reading.rules(of: package)
    rows = rules.compactMap { rule in rule.range.map { (rule, $0) } }
    let read = Set(reading.rules.map(\.source))
    hasUnreadRows =
      reading.notUnderstood.contains { !read.contains($0) }
      || rules.contains(where: \.isUndecidedRest)
      || reading.warnings.contains { $0.code == .truncated }
    listed = RuleOrder.listedEnd(rules)
    newest = Dictionary(inventory.lines.map { ($0.name, $0.newest.version) }) { first, _ in first }
    let places = rules.compactMap(\.undecidedPlace).prefix(20).map { SupportRule($0) }
    let affected =
      places.isEmpty
      ? [] : Coverage(of: inventory, under: SupportPolicy(places), facts: facts).verdicts
    undecided = Set(affected.filter { $0.supported != .no }.map(\.line))
  }

  mutating func reviewed(_ coverage: Coverage) -> Coverage {
    var verdicts = coverage.verdicts
    for index in verdicts.indices {
      guard let version = newest[verdicts[index].line] else { continue }
      review(&verdicts[index], of: version, coverage)
      let line = verdicts[index].line
      if verdicts[index].supported == .no, undecided.contains(line) {
        verdicts[index].makeUnknown(
          "a row that is about \(line) does not say whether it is supported")
      }
    }
    return Coverage(
      policy: coverage.policy, asOf: coverage.asOf, verdicts: verdicts,
      warnings: coverage.warnings)
  }

  private mutating func review(
    _ verdict: inout LineVerdict, of version: Version, _ coverage: Coverage
  ) {
    let decided = verdict.rule.map { coverage.policy.rules[$0].rule.subject }
    if case .latest? = decided { return }
    let matching = rows.filter { $0.range.contains(version, includingPrereleases: true) }
    let narrowest = matching.filter { row in
      !matching.contains { $0.range != row.range && $0.range.isSubset(of: row.range) }
    }
    let answers = Set(narrowest.map { $0.rule.level?.isSupported })
    if answers.count > 1, answers.contains(true), answers.contains(false) {
      verdict.makeUnknown("two rows say opposite things of \(verdict.line)")
      let texts = narrowest.map(\.rule.source)
      warnings.append(
        SecurityWarning(
          .contradiction, source: texts.first, operands: [verdict.line.description]))
    } else if answers.contains(nil) {
      verdict.makeUnknown("the row for \(verdict.line) does not say whether it is supported")
    } else if narrowest.isEmpty, verdict.rule == nil {
      reviewUnlisted(&verdict, version)
    }
  }

  private func reviewUnlisted(_ verdict: inout LineVerdict, _ version: Version) {
    let isBelowEnd = listed?.contains(version, includingPrereleases: true) ?? false
    if verdict.supported == .yes, isBelowEnd {
      // Newer than every listed line that exists, but not than every one that is listed.
      verdict.supported = .no
      verdict.level = SupportLevel.none
      verdict.reason = "not listed, and not newer than all that is listed"
    }
    if verdict.supported == .no, hasUnreadRows {
      verdict.makeUnknown("a row that is not understood may be about \(verdict.line)")
    }
  }
}

extension SecurityRule {
  /// What a row selects by place rather than by number, when it does not say what it promises.
  fileprivate var undecidedPlace: SupportSubject? {
    guard level == nil, case .lines(let subject) = subject else { return nil }
    if case .range = subject { return nil }
    return subject
  }

  /// Whether the row is about all that no other row names, and does not say what it promises.
  fileprivate var isUndecidedRest: Bool {
    guard level == nil, case .other = subject else { return false }
    return true
  }
}
