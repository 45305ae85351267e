/// Works out the verdict on each line from what the rules say.
struct VerdictBuilder {
  /// What the rules say about one line, gathered in order.
  private struct Findings {
    /// The first rule that applies, and until when.
    var decision: (rule: Int, end: RuleEnd)?
    /// Rules before it that would decide if more were known, with what is missing.
    var undecided: [(rule: Int, missing: String)] = []
    /// Rules whose period is over, in words.
    var ended: [String] = []
    /// What the rules in force are about.
    var missed: [SupportSubject] = []
    /// What would put a rule for this line in force.
    var pending: SupportCondition?
  }

  private(set) var evaluator: RuleEvaluator
  private var policy: SupportPolicy { evaluator.policy }
  private var asOf: CalendarDate { evaluator.facts.asOf }

  init(_ evaluator: RuleEvaluator) {
    self.evaluator = evaluator
  }

  /// The verdicts on all lines, newest first.
  mutating func verdicts() -> [LineVerdict] {
    var verdicts = evaluator.history.lines.indices.map { verdict(on: $0) }
    if policy.releaseOn == .newestPerMajor { coverOlderLines(&verdicts) }
    return verdicts
  }

  private mutating func verdict(on line: Int) -> LineVerdict {
    let findings = findings(on: line)
    var verdict = LineVerdict(
      line: evaluator.history.lines[line].name, supported: .no, level: SupportLevel.none,
      floor: nil, until: nil, levelUntil: nil, coveredBy: nil, rule: nil, reason: "",
      whatWouldChange: nil)
    let opinions = Set(findings.undecided.map { isSupporting($0.rule) })
    if let (rule, end) = findings.decision, opinions.isSubset(of: [isSupporting(rule)]) {
      decide(&verdict, rule, end, on: line)
    } else if findings.decision == nil, !opinions.contains(true) {
      verdict.reason = denial(findings, on: line)
      verdict.whatWouldChange = findings.pending.flatMap(Self.start)
    } else if let first = findings.undecided.first {
      verdict.supported = .unknown
      verdict.level = nil
      verdict.rule = first.rule
      verdict.reason =
        "\(first.missing) is not known, and the rule \"\(sentence(first.rule))\" "
        + "needs it"
      verdict.whatWouldChange = "decided by \(first.missing)"
    }
    applyPublishedEnd(&verdict, on: line)
    return verdict
  }

  private mutating func findings(on line: Int) -> Findings {
    var findings = Findings()
    for index in policy.rules.indices {
      let rule = policy.rules[index].rule
      switch evaluator.outcome(index, on: line) {
      case .notInForce:
        if findings.pending == nil, rule.level.isSupported,
          evaluator.selection(rule.subject, of: line) == .yes
        {
          findings.pending = rule.condition
        }
      case .notSelected:
        if rule.level.isSupported { findings.missed.append(rule.subject) }
      case .ended(let words): findings.ended.append(words)
      case .unknown(let missing): findings.undecided.append((index, missing))
      case .holds(let end):
        findings.decision = (index, end)
        return findings
      }
    }
    return findings
  }

  private mutating func decide(
    _ verdict: inout LineVerdict, _ index: Int, _ end: RuleEnd, on line: Int
  ) {
    let rule = policy.rules[index].rule
    verdict.rule = index
    verdict.level = rule.level
    verdict.floor = rule.floor
    verdict.reason = ReasonWriter.claim(rule.subject, on: line, &evaluator)
    if case .latestMajor(let number)? = rule.condition {
      verdict.reason += " while the latest major is \(number)"
    }
    if case .date(_, let since?) = end {
      verdict.reason =
        rule.subject == .range(.all) ? "within \(since)" : "\(verdict.reason), within \(since)"
    }
    guard rule.level.isSupported else {
      verdict.reason += ", which gets no fixes"
      return
    }
    verdict.supported = .yes
    let last = lastEnd(after: index, end, on: line)
    switch last {
    case .date(let day, let since):
      verdict.until = day
      verdict.whatWouldChange = "supported until \(day)" + (since.map { ", \($0)" } ?? "")
      if case .date(let first, _) = end, first < day { verdict.levelUntil = first }
    case .event(let event):
      verdict.whatWouldChange = "supported until \(event)"
    case .open:
      let events = [
        ReasonWriter.change(rule.subject, on: line, &evaluator),
        ReasonWriter.change(rule.condition),
      ].compactMap(\.self)
      if !events.isEmpty {
        verdict.whatWouldChange = "changes when " + events.joined(separator: " or ")
      }
    }
  }

  /// When support really ends: a later rule may go on where the deciding one stops.
  private mutating func lastEnd(after index: Int, _ end: RuleEnd, on line: Int) -> RuleEnd {
    guard case .date(var day, _) = end else { return end }
    var last = end
    for next in policy.rules.indices.dropFirst(index + 1) {
      switch evaluator.outcome(next, on: line) {
      case .holds(let later):
        guard policy.rules[next].rule.level.isSupported else { return last }
        guard case .date(let laterDay, _) = later else { return later }
        if laterDay > day { (day, last) = (laterDay, later) }
      case .unknown(let missing):
        return .event("\(day) at least; \(missing) decides how long after")
      case .notInForce, .notSelected, .ended: continue
      }
    }
    return last
  }

  private mutating func denial(_ findings: Findings, on line: Int) -> String {
    if let ended = findings.ended.last { return ended }
    let words = ReasonWriter.denial(findings.missed, on: line, &evaluator)
    guard findings.missed.isEmpty, let pending = findings.pending else { return words }
    return "\(words): \(pending) does not hold"
  }

  private static func start(_ condition: SupportCondition) -> String? {
    guard case .since(let version) = condition else { return nil }
    return "changes when \(version) is released"
  }

  private func isSupporting(_ rule: Int) -> Bool { policy.rules[rule].rule.level.isSupported }

  private func sentence(_ rule: Int) -> String { policy.rules[rule].rule.description }

  /// Published dates only ever end what a rule gives.
  private func applyPublishedEnd(_ verdict: inout LineVerdict, on line: Int) {
    guard verdict.supported != .no, let dates = evaluator.facts.dates else { return }
    let newest = evaluator.history.newest(of: line)
    let numbers = (0..<max(3, newest.numbers.count)).map(newest.number(at:))
    guard let entry = dates.entry(for: numbers) else { return }
    if let end = entry.endOfLife, end.isOver(on: asOf) {
      verdict.supported = .no
      verdict.level = SupportLevel.none
      verdict.floor = nil
      verdict.until = nil
      verdict.levelUntil = nil
      verdict.whatWouldChange = nil
      verdict.reason =
        if case .on(let day) = end {
          "support ended on \(day) (\(dates.source))"
        } else {
          "support has ended (\(dates.source))"
        }
      return
    }
    guard verdict.supported == .yes else { return }
    if case .on(let day)? = entry.endOfLife, verdict.until.map({ day < $0 }) ?? true {
      verdict.until = day
      verdict.whatWouldChange = "supported until \(day) (\(dates.source))"
      if let level = verdict.levelUntil, level >= day { verdict.levelUntil = nil }
    }
    guard verdict.level == .full, let active = entry.endOfActive else { return }
    if active.isOver(on: asOf) {
      verdict.level = .security
      verdict.levelUntil = nil
    } else if case .on(let day) = active, verdict.until.map({ day < $0 }) ?? true {
      verdict.levelUntil = min(day, verdict.levelUntil ?? day)
    }
  }

  private func coverOlderLines(_ verdicts: inout [LineVerdict]) {
    var keeper: (major: VersionNumber, line: LineName)?
    for index in verdicts.indices {
      let major = evaluator.history.newest(of: index).major
      if keeper?.major != major { keeper = nil }
      guard let newer = keeper else {
        guard verdicts[index].supported == .yes else { continue }
        keeper = (major, verdicts[index].line)
        keep(&verdicts[index], major)
        continue
      }
      guard verdicts[index].supported != .no else { continue }
      verdicts[index].supported = .no
      verdicts[index].level = SupportLevel.none
      verdicts[index].floor = nil
      verdicts[index].until = nil
      verdicts[index].levelUntil = nil
      verdicts[index].coveredBy = newer.line
      verdicts[index].reason = "covered by \(newer.line), the newest line of major \(major)"
      verdicts[index].whatWouldChange = nil
    }
  }

  private func keep(_ verdict: inout LineVerdict, _ major: VersionNumber) {
    verdict.reason = "newest line of major \(major), \(verdict.reason)"
    guard policy.lineUnit != .major, verdict.until == nil else { return }
    let event = "a newer line of major \(major)"
    if let change = verdict.whatWouldChange, change.hasPrefix("changes when ") {
      verdict.whatWouldChange = "changes when \(event) or " + change.dropFirst(13)
    } else if verdict.whatWouldChange == nil {
      verdict.whatWouldChange = "changes when \(event) is released"
    }
  }
}
