/// What is really maintained: lines that get releases within one day of each other.
struct ReleasePractice {
  /// How far back releases are looked at.
  private static let months = 24
  /// How many occasions are compared, newest first.
  private static let mostOccasions = 6

  private struct Event {
    let date: CalendarDate
    let line: Int
    let version: Version
  }

  /// Releases within one day that are on more than one line.
  private struct Occasion {
    let events: ArraySlice<Event>
    let end: CalendarDate
    var start: CalendarDate { events.first?.date ?? end }
    var lines: Set<Int> { Set(events.map(\.line)) }
  }

  private let coverage: Coverage
  private let inventory: LineInventory
  private let facts: PolicyFacts

  init(_ coverage: Coverage, _ inventory: LineInventory, _ facts: PolicyFacts) {
    self.coverage = coverage
    self.inventory = inventory
    self.facts = facts
  }

  func findings() -> [PolicyFinding] {
    let events = recentEvents()
    let occasions = Self.occasions(events.filter { $0.date <= coverage.asOf })
    var findings: [PolicyFinding] = []
    var reported: Set<Int> = []
    var missedOn: [Int: [CalendarDate]] = [:]
    var seen: Set<Int> = []
    for occasion in occasions.reversed().prefix(Self.mostOccasions) {
      let after = answers(events.filter { $0.date > occasion.end }, asOf: occasion.end)
      let before = answers(events.filter { $0.date >= occasion.start }, asOf: occasion.start)
      let lines = occasion.lines
      let shown = lines.sorted().prefix(5)
      for event in occasion.events where !reported.contains(event.line) {
        // The first release of a line above all others is how every line begins.
        if before[event.line] == nil, event.line < before.keys.min() ?? .max { continue }
        let earlier = before[event.line] ?? .no
        guard after[event.line] == .no, earlier == .no else { continue }
        reported.insert(event.line)
        findings.append(unsupported(event, shown))
      }
      for (line, answer) in after
      where answer == .yes && before[line] == .yes && !lines.contains(line) {
        missedOn[line, default: []].append(occasion.start)
      }
      seen.formUnion(lines)
    }
    for (line, dates) in missedOn.sorted(by: { $0.key < $1.key })
    where dates.count > 1 && !seen.contains(line) {
      findings.append(unreleased(line, dates))
    }
    return findings
  }

  private func unsupported(_ event: Event, _ lines: ArraySlice<Int>) -> PolicyFinding {
    let name = inventory.lines[event.line].name
    let others = lines.filter { $0 != event.line }.prefix(4)
      .map { "\(inventory.lines[$0].name)" }
    return PolicyFinding(
      .releasedUnsupported,
      "\(name) is not supported, yet \(event.version) was released on \(event.date) together with "
        + others.joined(separator: ", "), line: name)
  }

  private func unreleased(_ line: Int, _ dates: [CalendarDate]) -> PolicyFinding {
    let name = inventory.lines[line].name
    let days = dates.prefix(3).map { "\($0)" }.joined(separator: ", ")
    return PolicyFinding(
      .supportedUnreleased,
      "\(name) is supported, yet it got no release when other lines did, on \(days)", line: name)
  }

  /// The releases since two years before the day, oldest first.
  private func recentEvents() -> [Event] {
    let start = coverage.asOf.adding(months: -Self.months)
    var events: [Event] = []
    for (index, line) in inventory.lines.enumerated() {
      for release in line.releases.reversed() {
        guard let date = facts.releaseDate(release) else { continue }
        if date < start { break }
        events.append(Event(date: date, line: index, version: release.version))
      }
    }
    return events.sorted {
      ($0.date, $0.line, $1.version) < ($1.date, $1.line, $0.version)
    }
  }

  private static func occasions(_ events: [Event]) -> [Occasion] {
    var occasions: [Occasion] = []
    var start = events.startIndex
    while start < events.endIndex {
      let last = events[start].date.adding(days: 1)
      let end = events[start...].firstIndex { $0.date > last } ?? events.endIndex
      let occasion = Occasion(events: events[start..<end], end: last)
      if occasion.lines.count > 1 { occasions.append(occasion) }
      start = end
    }
    return occasions
  }

  /// What the policy said on a day when these releases were not there yet.
  private func answers(_ later: [Event], asOf day: CalendarDate) -> [Int: SupportAnswer] {
    var facts = facts
    facts.asOf = day
    let history = PolicyHistory(inventory, without: Set(later.map(\.version)))
    var builder = VerdictBuilder(
      RuleEvaluator(coverage.policy, history: history, facts: facts))
    let indices = Dictionary(
      inventory.lines.enumerated().map { ($0.element.name, $0.offset) }
    ) { first, _ in first }
    var answers: [Int: SupportAnswer] = [:]
    for verdict in builder.verdicts() {
      if let index = indices[verdict.line] { answers[index] = verdict.supported }
    }
    return answers
  }
}
