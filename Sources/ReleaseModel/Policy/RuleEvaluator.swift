/// What one rule says about one line.
enum RuleOutcome {
  /// Its condition does not hold.
  case notInForce
  /// The line is none of those it is about.
  case notSelected
  /// It was about the line and its period is over.
  case ended(String)
  /// It applies.
  case holds(RuleEnd)
  /// Whether it applies hangs on this.
  case unknown(String)
}

/// When a rule stops applying to a line.
enum RuleEnd: Equatable {
  /// With no event that the period names.
  case open
  /// After a day, with what the day is counted from.
  case date(CalendarDate, since: String?)
  /// With something that has not happened yet.
  case event(String)
}

/// Tries rules on lines, asking for facts only when they decide, and for each only once.
struct RuleEvaluator {
  let policy: SupportPolicy
  let facts: PolicyFacts
  private(set) var history: PolicyHistory
  private var rankings: [LatestRanking.Question: LatestRanking] = [:]
  private var releaseDates: [Int: CalendarDate?] = [:]
  private var branches: [String: BranchMatch] = [:]
  private var longTermSupport: LongTermLines?
  private var lineIndices: [LineName: Int]?

  init(_ policy: SupportPolicy, history: PolicyHistory, facts: PolicyFacts) {
    self.policy = policy
    self.history = history
    self.facts = facts
  }

  /// What a rule says about a line, by their indices.
  mutating func outcome(_ index: Int, on line: Int) -> RuleOutcome {
    let rule = policy.rules[index].rule
    if let condition = rule.condition, !holds(condition) { return .notInForce }
    switch selection(rule.subject, of: line) {
    case .no: return .notSelected
    case .unknown(let missing): return .unknown(missing)
    case .yes: return rule.period.map { end(of: $0, on: line) } ?? .holds(.open)
    }
  }

  /// Whether a condition holds now.
  func holds(_ condition: SupportCondition) -> Bool {
    guard let newest = history.releases.first else { return false }
    return switch condition {
    case .latestMajor(let number): newest.major == number
    case .since(let version): newest >= version
    case .before(let version): newest < version
    }
  }

  /// Whether a subject is about a line.
  enum Selection: Equatable {
    case yes
    case no
    case unknown(String)

    init(_ isSelected: Bool) { self = isSelected ? .yes : .no }
  }

  mutating func selection(_ subject: SupportSubject, of line: Int) -> Selection {
    switch subject {
    case .latest(let selection):
      return Selection(ranking(selection).selects(line, selection))
    case .range(let range):
      return Selection(range.contains(history.newest(of: line), includingPrereleases: true))
    case .lts(let count):
      let lines = longTermLines()
      guard lines.areDeclared else { return .unknown("which lines have long-term support") }
      return Selection(lines.contains(line, newest: count))
    case .branch(let name):
      switch branch(name) {
      case .line(let index): return Selection(index == line)
      case .range(let range):
        return Selection(range.contains(history.newest(of: line), includingPrereleases: true))
      case .nothing: return .no
      case .unknown: return .unknown("which line the branch \(name) releases")
      }
    }
  }

  mutating func ranking(_ selection: LatestSelection) -> LatestRanking {
    let question = LatestRanking.Question(selection)
    if let known = rankings[question] { return known }
    let ranking = LatestRanking(question, in: history)
    rankings[question] = ranking
    return ranking
  }

  mutating func longTermLines() -> LongTermLines {
    if let known = longTermSupport { return known }
    let lines = LongTermLines(policy.longTermSupport, dates: facts.dates, in: &history)
    longTermSupport = lines
    return lines
  }

  private enum BranchMatch {
    case line(Int)
    case range(VersionRange)
    case nothing
    case unknown
  }

  private static let trunkNames: Set<String> = [
    "main", "master", "trunk", "devel", "develop", "development", "default", "head", "dev",
  ]

  /// The line of a branch: as the repository says, else by a name that leaves no doubt.
  private mutating func branch(_ name: String) -> BranchMatch {
    if let known = branches[name] { return known }
    let match: BranchMatch
    switch facts.lineOfBranch(name) {
    case .line(let line): match = index(of: line).map { .line($0) } ?? .nothing
    case .nothing: match = .nothing
    case .unknown:
      if Self.trunkNames.contains(name.lowercased()) {
        match = history.lines.isEmpty ? .nothing : .line(0)
      } else if let numbers = LineNumbers.parse(name) {
        match = .range(.line(numbers))
      } else {
        match = .unknown
      }
    }
    branches[name] = match
    return match
  }

  private mutating func index(of line: LineName) -> Int? {
    if lineIndices == nil {
      lineIndices = Dictionary(
        history.lines.enumerated().map { ($0.element.name, $0.offset) }
      ) { first, _ in first }
    }
    return lineIndices?[line]
  }

  private mutating func end(of period: SupportPeriod, on line: Int) -> RuleOutcome {
    switch period {
    case .untilDate(let date):
      return date < facts.asOf
        ? .ended("support ended on \(date)") : .holds(.date(date, since: nil))
    case .untilVersion(let version):
      guard let newest = history.releases.first, newest >= version else {
        return .holds(.event("\(version) is released"))
      }
      return .ended("support ended with \(version)")
    case .lasting(let span, let event, let unit):
      let unit = unit ?? .line
      switch event {
      case .release: return lasting(span, afterReleaseOf: unit, line)
      case .superseded: return lasting(span, afterSuperseding: unit, line)
      }
    }
  }

  private mutating func lasting(
    _ span: CalendarSpan, afterReleaseOf unit: SupportUnit, _ line: Int
  ) -> RuleOutcome {
    let groups = history.groups(by: unit)
    let first = groups.oldest(of: groups.index(of: history.lines[line].releases.lowerBound))
    return lasting(span, after: first, unit, named: "\(history.releases[first])")
  }

  private mutating func lasting(
    _ span: CalendarSpan, afterSuperseding unit: SupportUnit, _ line: Int
  ) -> RuleOutcome {
    let groups = history.groups(by: unit)
    let group = groups.index(of: history.lines[line].releases.lowerBound)
    guard group > 0 else {
      return .holds(.event("the next \(unit.rawValue) has been out for \(span)"))
    }
    let next = groups.oldest(of: group - 1)
    let name = history.label(of: history.releases[next], unit)
    return lasting(span, after: next, unit, named: name)
  }

  private mutating func lasting(
    _ span: CalendarSpan, after release: Int, _ unit: SupportUnit, named name: String
  ) -> RuleOutcome {
    guard let start = firstDate(of: release, unit) else {
      return .unknown("the release date of \(history.releases[release])")
    }
    let end = span.end(from: start)
    let since = "\(span) after \(name)"
    return end < facts.asOf
      ? .ended("support ended on \(end), \(since)") : .holds(.date(end, since: since))
  }

  /// The day the first release of a unit was made: as published, else as tagged.
  private mutating func firstDate(of release: Int, _ unit: SupportUnit) -> CalendarDate? {
    let version = history.releases[release]
    if let numbers = history.key(of: version, unit),
      let published = facts.dates?.entry(exactly: numbers)?.released
    {
      return published
    }
    if let known = releaseDates[release] { return known }
    let date = facts.releaseDate(history.tagged[release])
    releaseDates[release] = .some(date)
    return date
  }
}

extension CalendarSpan {
  /// The last day of the span that begins on a day.
  func end(from start: CalendarDate) -> CalendarDate {
    switch unit {
    case .days: start.adding(days: count)
    case .months: start.adding(months: count)
    case .years: start.adding(years: count)
    }
  }
}
