/// Puts into words why a rule takes a line, and why not.
struct ReasonWriter {
  /// How many names a list shows before it is cut.
  private static let listed = 5

  /// The words for a subject that takes the line: `one of the two most recent majors (1, 0)`.
  static func claim(
    _ subject: SupportSubject, on line: Int, _ evaluator: inout RuleEvaluator
  ) -> String {
    switch subject {
    case .latest(let selection):
      let group = evaluator.ranking(selection).places[line]?.group ?? 0
      return latest(selection, group: group, &evaluator)
    case .range(.all): return "any version"
    case .range(let range): return "in \(range)"
    case .lts(nil): return "a line with long-term support"
    case .lts(let count?): return longTerm(count, &evaluator)
    case .branch(let name): return "released from branch \(name)"
    }
  }

  /// The words for rules that take a line not: what each of them takes instead.
  static func denial(
    _ subjects: [SupportSubject], on line: Int, _ evaluator: inout RuleEvaluator
  ) -> String {
    var ranges: [VersionRange] = []
    var claims: [String] = []
    for subject in subjects {
      if case .range(let range) = subject {
        ranges.append(range)
      } else if claims.count < 3 {
        let claim = missed(subject, on: line, &evaluator)
        if !claims.contains(claim) { claims.append(claim) }
      }
    }
    var parts = claims.map { "not \($0)" }
    if ranges.count == 1 { parts += ranges.map { "not in \($0)" } }
    if ranges.count > 1 {
      parts.append("in none of \(list(ranges.prefix(listed + 1).map(\.description)))")
    }
    return parts.isEmpty ? "no rule is in force" : parts.joined(separator: ", ")
  }

  /// What a subject takes where the line would have been counted.
  private static func missed(
    _ subject: SupportSubject, on line: Int, _ evaluator: inout RuleEvaluator
  ) -> String {
    guard case .latest(let selection) = subject else {
      return claim(subject, on: line, &evaluator)
    }
    let place = evaluator.ranking(selection).places[line]
    if place == nil, let range = selection.range { return "in \(range)" }
    return latest(selection, group: place?.group ?? 0, &evaluator)
  }

  private static func latest(
    _ selection: LatestSelection, group: Int, _ evaluator: inout RuleEvaluator
  ) -> String {
    let ranking = evaluator.ranking(selection)
    let releases = ranking.selected(selection, inGroup: group)
    let versions = releases.map { evaluator.history.releases[$0] }
    let names = versions.map { evaluator.history.label(of: $0, selection.unit) }
    let unit = selection.unit == .patch ? "release" : selection.unit.rawValue
    let units = selection.unit == .patch ? "releases" : selection.unit.plural
    let count = number(selection.count)
    var words =
      switch (selection.count, selection.skipping) {
      case (1, 0): "the newest \(unit)"
      case (1, 1): "the previous \(unit)"
      case (1, let skipped): "the \(unit) behind the newest \(number(skipped))"
      case (_, 0): "one of the \(count) most recent \(units)"
      case (_, 1): "one of the \(count) \(units) before the newest"
      case (_, let skipped): "one of the \(count) \(units) behind the newest \(number(skipped))"
      }
    if let group = selection.group, let first = versions.first {
      words += " of \(group.rawValue) \(evaluator.history.label(of: first, group))"
    }
    if let range = selection.range { words += " within \(range)" }
    if selection.isAdjacent { words += ", numbers without a gap" }
    if names.isEmpty { return words + ", which does not exist" }
    return words + " (\(list(names)))"
  }

  private static func longTerm(_ count: Int, _ evaluator: inout RuleEvaluator) -> String {
    let newest = evaluator.longTermLines().newestLines.prefix(count)
    let names = newest.map { "\(evaluator.history.lines[$0].name)" }
    let words =
      count == 1
      ? "the newest line with long-term support"
      : "one of the \(number(count)) most recent lines with long-term support"
    return names.isEmpty ? words : words + " (\(list(names)))"
  }

  /// Up to twelve in words, more in digits.
  static func number(_ count: Int) -> String {
    let words = [
      "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
      "eleven", "twelve",
    ]
    return words.indices.contains(count) ? words[count] : "\(count)"
  }

  private static func list(_ names: [String]) -> String {
    let shown = names.prefix(listed).joined(separator: ", ")
    return names.count > listed ? shown + ", …" : shown
  }
}

extension ReasonWriter {
  /// The event that would end a claim by newer releases; nil when none would.
  static func change(
    _ subject: SupportSubject, on line: Int, _ evaluator: inout RuleEvaluator
  ) -> String? {
    switch subject {
    case .latest(let selection):
      let ranking = evaluator.ranking(selection)
      guard let place = ranking.places[line] else { return nil }
      let value = selection.isAdjacent ? place.distance ?? place.rank : place.rank
      let missing = max(1, selection.skipping + selection.count - value)
      let unit = selection.unit == .patch ? SupportUnit.line : selection.unit
      guard let group = selection.group else { return newer(missing, unit.rawValue, unit.plural) }
      let name = evaluator.history.label(of: evaluator.history.newest(of: line), group)
      let rest = " of \(group.rawValue) \(name)"
      return newer(missing, unit.rawValue + rest, unit.plural + rest)
    case .lts(let count?):
      guard let rank = evaluator.longTermLines().rank(of: line) else { return nil }
      return newer(
        max(1, count - rank), "line with long-term support", "lines with long-term support")
    case .range, .lts(nil), .branch: return nil
    }
  }

  private static func newer(_ count: Int, _ one: String, _ many: String) -> String {
    count == 1 ? "a newer \(one) is released" : "\(number(count)) newer \(many) are released"
  }

  /// The event that would end a condition; nil when it cannot end.
  static func change(_ condition: SupportCondition?) -> String? {
    switch condition {
    case .latestMajor(let number): "major \(number.successor) is released"
    case .before(let version): "\(version) is released"
    case .since, nil: nil
    }
  }
}
