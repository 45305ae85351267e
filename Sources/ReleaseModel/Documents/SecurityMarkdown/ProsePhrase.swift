/// The rules that one sentence seems to state.
struct ProsePhrase {
  private let tokens: [PolicyToken]
  private let lineUnit: SupportUnit
  private let sentence: String
  /// Whether the sentence only illustrates.
  let isExample: Bool

  init(_ sentence: String, lineUnit: SupportUnit) {
    self.lineUnit = lineUnit
    self.sentence = sentence
    let all = PolicyLexer.tokens(of: sentence)
    let words = all.prefix(3).compactMap(\.word)
    isExample =
      words.starts(with: ["for", "example"]) || words.starts(with: ["for", "instance"])
      || words.starts(with: ["e", "g"]) || words.first == "example" || words.first == "suppose"
    tokens = Self.withoutAsides(all)
  }

  /// Whether the sentence promises something.
  var isAboutSupport: Bool {
    tokens.contains { token in
      switch token.concept {
      case .supported, .fix, .security: true
      default: ["addressed", "applied", "evergreen", "releasing"].contains(token.word ?? "")
      }
    }
  }

  var speaksOfSecurity: Bool { has(.security) && (has(.supported) || has(.fix) || has(.latest)) }

  /// What the sentence proposes, in its own order.
  func rules(leadIn: SupportCondition?) -> [SupportRule] {
    let condition = ProseSentences.condition(in: tokens) ?? leadIn
    if let majors = newestMinorOfMajors { return [majors] }
    var rules = subjects.map { subject in
      SupportRule(
        subject.subject, while: condition, for: subject.period, level: subject.level)
    }
    if rules.isEmpty, let window { rules = [window] }
    if rules.isEmpty { rules = listed }
    return rules
  }

  /// "Version 2.4 is supported until June 2027": a sentence that is like a row.
  private var listed: [SupportRule] {
    guard let index = tokens.firstIndex(where: { $0.version != nil }),
      tokens[..<index].allSatisfy({
        $0.concept == .release || $0.concept == .only || $0.concept == nil
      }),
      index <= 4, let range = tokens[index].version?.range(nil)
    else { return [] }
    let rest = tokens[(index + 1)...]
    guard rest.first?.version == nil, !rest.prefix(2).contains(where: { $0.concept == .newer })
    else {
      return []
    }
    let status = StatusCell(sentence)
    switch status.verdict {
    case .supported(let level):
      return [SupportRule(.range(range), for: status.period, level: level)]
    case .unsupported: return [SupportRule(.range(range), level: SupportLevel.none)]
    case .planned, .notUnderstood: return []
    }
  }

  /// "Within the two newest majors only the newest minor": as many majors.
  private var newestMinorOfMajors: SupportRule? {
    let found = subjects.compactMap { subject -> LatestSelection? in
      if case .latest(let selection) = subject.subject { selection } else { nil }
    }
    guard found.count == 2, let majors = found.first(where: { $0.unit == .major && $0.count > 1 }),
      found.contains(LatestSelection(1, .minor)),
      has(.within) || tokens.contains(where: { $0.word == "of" })
    else { return nil }
    return SupportRule(.latest(majors))
  }

  /// Whether only the newest minor of each selected major is meant.
  var isMinorPerMajor: Bool { newestMinorOfMajors != nil }

  private struct Subject {
    var subject: SupportSubject
    var level: SupportLevel
    var period: SupportPeriod?
  }

  private func has(_ concept: PolicyConcept) -> Bool { tokens.contains { $0.concept == concept } }

  /// Without what stands in parentheses or after "e.g.".
  private static func withoutAsides(_ tokens: [PolicyToken]) -> [PolicyToken] {
    var result: [PolicyToken] = []
    var depth = 0
    for (index, token) in tokens.enumerated() {
      if token == .punctuation(.open) { depth += 1 }
      if depth == 0 {
        let next = index + 1 < tokens.count ? tokens[index + 1].word : nil
        if token.word == "e", next == "g" { break }
        if token.word == "for", next == "example" || next == "instance" { break }
        result.append(token)
      }
      if token == .punctuation(.close) { depth = max(0, depth - 1) }
    }
    return result
  }
}

extension ProsePhrase {
  // MARK: Subjects

  private var subjects: [Subject] {
    var found: [Subject] = []
    var index = 0
    while index < tokens.count {
      let (subject, end) = subject(at: index, after: found.last)
      if let subject { merge(subject, into: &found) }
      index = max(end, index + 1)
    }
    return withNewest(found)
  }

  private func subject(at index: Int, after last: Subject?) -> (Subject?, Int) {
    let token = tokens[index]
    switch token.concept {
    case .latest where !isUpgradeAdvice(index) && !Self.adverbs.contains(token.word ?? ""):
      return latest(at: index)
    case .previous:
      return previous(at: index, unit: nil)
    case .before where index > 0 && tokens[index - 1].word == "one":
      // "The current major and the one before it".
      guard case .latest(let selection)? = last?.subject else { return (nil, index + 1) }
      return previous(at: index, unit: selection.unit)
    case .lts: return (lts(at: index), index + 1)
    case .mainBranch where isBranch(index):
      return (token.word.map { Subject(subject: .branch($0), level: .full) }, index + 1)
    case .all where isAllReleases(index):
      return (Subject(subject: .range(.all), level: .full, period: period(of: nil)), index + 2)
    default:
      if token.word == "long", index + 1 < tokens.count, tokens[index + 1].word == "term" {
        return (lts(at: index), index + 3)
      }
      return (nil, index + 1)
    }
  }

  private static let adverbs: Set<String> = [
    "currently", "recently", "lastly", "目前", "当前", "現在", "actualmente", "atualmente",
    "actuellement",
  ]

  private func latest(at index: Int) -> (Subject?, Int) {
    // "… to the latest release line", "the latest 3 minor versions", "the three most recent …".
    var count = index > 0 ? countBefore(index) : nil
    var end = index + 1
    if count == nil, end < tokens.count, let number = SpanText.number(tokens[end]),
      (1...50).contains(number)
    {
      count = number
      end += 1
    }
    // "The current and previous major": both share the unit.
    var (unit, next) = unit(from: end)
    if unit == nil, tokens[index].word?.contains("版") == true { unit = .release }
    guard let unit = unit ?? sharedUnit(from: end, count ?? 1) else { return (nil, index + 1) }
    if unit == .branch { return (nil, index + 1) }
    var selection = LatestSelection(max(1, count ?? 1), unit.unit(lineUnit, count ?? 1))
    if isPerMajor(index, next), selection.unit != .major { selection.group = .major }
    selection.range = range(after: next)
    next = endOfOwner(next)
    return (Subject(subject: .latest(selection), level: level(around: index)), next)
  }

  /// The index after "of the current major line", which adds nothing.
  private func endOfOwner(_ start: Int) -> Int {
    let near = tokens[start...].prefix(6)
    guard let owner = near.first(where: { $0.concept != .release && $0.word != "s" }),
      owner.word == "of" || owner.concept == .within || owner.word == "on",
      let major = near.firstIndex(where: { $0.concept == .major || $0.concept == .minor }),
      !near[..<major].contains(where: { $0.concept == .previous })
    else { return start }
    return major + 1
  }

  private func previous(at index: Int, unit known: SupportUnit?) -> (Subject?, Int) {
    let (found, next) = unit(from: index + 1)
    let hasLatest = tokens[..<index].contains { $0.concept == .latest }
    guard hasLatest || !has(.negative) else { return (nil, index + 1) }
    let unit = known ?? found?.unit(lineUnit, 2) ?? anyUnit ?? (hasLatest ? lineUnit : nil)
    guard let unit, unit != .patch || known != nil else { return (nil, index + 1) }
    var subject = Subject(subject: .latest(.previous(unit)), level: level(around: index))
    subject.period = period(of: unit)
    if subject.level == .full, has(.security), subject.period != nil { subject.level = .security }
    var end = next
    // "The previous major's last minor".
    if end < tokens.count, tokens[end].word == "s" { end += 1 }
    if end + 1 < tokens.count, tokens[end].concept == .latest, tokens[end + 1].concept == .minor {
      end += 2
    }
    // "Previous to the most recent one".
    while end < tokens.count, end - index < 8,
      [.to, .latest].contains(tokens[end].concept)
        || ["the", "one", "most"].contains(tokens[end].word)
    { end += 1 }
    return (subject, end)
  }

  private func lts(at index: Int) -> Subject? {
    let isNegative = tokens[..<index].suffix(3).contains { $0.concept == .negative }
    guard !isNegative else { return nil }
    let isLatest = tokens[..<index].suffix(2).contains { $0.concept == .latest }
    return Subject(
      subject: .lts(newest: isLatest ? 1 : nil), level: .full, period: period(of: nil))
  }

  /// The current and the previous of a unit at the same level are the newest two.
  private func merge(_ subject: Subject, into found: inout [Subject]) {
    if case .latest(let next) = subject.subject, next.skipping == 1, subject.period == nil,
      let last = found.last, case .latest(var selection) = last.subject,
      selection.unit == next.unit || selection.unit == .patch, selection.skipping == 0,
      subject.level == last.level
    {
      selection.count += 1
      selection.unit = next.unit
      found[found.count - 1].subject = .latest(selection)
    } else if !found.contains(where: { $0.subject == subject.subject }) {
      found.append(subject)
    }
  }

  /// Where only the previous one is spoken of, the newest goes without saying.
  private func withNewest(_ found: [Subject]) -> [Subject] {
    guard found.count == 1, case .latest(let selection) = found[0].subject,
      selection.skipping == 1, found[0].period != nil
    else { return found }
    return [Subject(subject: .latest(LatestSelection(1, selection.unit)), level: .full)] + found
  }

  // MARK: Parts

  /// What is counted: a unit, or a word that names none.
  private enum Counted {
    case unit(SupportUnit)
    case release
    case series
    case branch

    func unit(_ line: SupportUnit, _ count: Int) -> SupportUnit {
      switch self {
      case .unit(let unit): unit
      case .series: line
      case .release, .branch: count > 1 ? line : .patch
      }
    }

    static func == (left: Counted, right: Counted) -> Bool {
      if case .branch = left, case .branch = right { true } else { false }
    }
  }

  private func unit(from start: Int) -> (Counted?, Int) {
    var index = start
    var found: Counted?
    while index < tokens.count, index - start < 7 {
      switch tokens[index].concept {
      case .major: return (.unit(.major), index + 1)
      case .minor: return (.unit(.minor), index + 1)
      case .series: found = .series
      case .release: if found == nil { found = .release }
      case .fix where tokens[index].word == "patch": return (.unit(.patch), index + 1)
      case .mainBranch: return (.branch, index + 1)
      case .negative where tokens[index].word == "non": break
      case .and, .or, .only, .within, .supported, .to, .negative, .each, .until, .previous, .fix:
        return (found, index)
      default:
        if found != nil { return (found, index) }
      }
      if case .punctuation(let mark) = tokens[index], mark != .dash { return (found, index) }
      index += 1
    }
    return (found, index)
  }

  private func sharedUnit(from start: Int, _ count: Int) -> Counted? {
    guard start < tokens.count, tokens[start].concept == .and else { return nil }
    return unit(from: start + 1).0 ?? anyUnit.map(Counted.unit)
  }

  private var anyUnit: SupportUnit? {
    if has(.minor) { return .minor }
    return has(.major) ? .major : nil
  }

  private func countBefore(_ index: Int) -> Int? {
    for token in tokens[max(0, index - 2)..<index].reversed() {
      if let number = SpanText.number(token), (1...50).contains(number), token.word != "a" {
        return number
      }
      if token.word != "most" { return nil }
    }
    return nil
  }

  /// `latest 1.x`, `the latest release of the 2.x series`.
  private func range(after index: Int) -> VersionRange? {
    let near = tokens[index...].prefix(4)
    guard let first = near.first(where: { $0.version != nil })?.version, first.isLine,
      near.contains(where: { $0.concept == .within || $0.word == "of" }) || first.hasWildcard
    else { return nil }
    return first.line
  }

  private func isPerMajor(_ start: Int, _ end: Int) -> Bool {
    let after = tokens[min(end, tokens.count)...].prefix(6)
    let before = tokens[..<start]
    func names(_ slice: ArraySlice<PolicyToken>) -> Bool {
      slice.contains { $0.concept == .each } && slice.contains { $0.concept == .major }
    }
    return names(after) || names(before)
  }

  private func isUpgradeAdvice(_ index: Int) -> Bool {
    tokens[..<index].suffix(6).contains {
      ["upgrade", "upgrading", "migrate", "using", "use", "test", "install"].contains($0.word ?? "")
    }
  }

  private func isBranch(_ index: Int) -> Bool {
    let next = index + 1 < tokens.count ? tokens[index + 1] : nil
    if next?.word == "branch" || next?.concept == .nightly { return true }
    let before = index > 0 ? tokens[index - 1] : nil
    return index == 0 || before?.concept == .to || before?.concept == .only
      || before?.concept == .and || before?.word == "on"
  }

  private func isAllReleases(_ index: Int) -> Bool {
    let next = tokens[(index + 1)...].prefix(3)
    return next.contains { $0.concept == .release } && !has(.latest) && !has(.previous)
      && !has(.negative) && !has(.older)
  }

  private func level(around index: Int) -> SupportLevel {
    let before = tokens[max(0, index - 6)..<index]
    let hasLatest = tokens[..<index].contains { $0.concept == .latest }
    let near = hasLatest ? before : tokens[index..<min(tokens.count, index + 10)]
    let isPrevious = tokens[index].concept == .previous || hasLatest
    if isPrevious, near.contains(where: isReserve) { return .bestEffort }
    if before.contains(where: { $0.concept == .critical }) { return .critical }
    return hasLatest && before.contains { $0.concept == .security } ? .security : .full
  }

  private func isReserve(_ token: PolicyToken) -> Bool {
    token.concept == .bestEffort || ["practical", "effort", "possible"].contains(token.word ?? "")
  }

  /// A time in the sentence, counted from what it says or from being superseded.
  private func period(of unit: SupportUnit?) -> SupportPeriod? {
    guard case .lasting(let span, let event, _)? = SpanText.span(in: tokens) else { return nil }
    return .lasting(span, after: unit == nil ? .release : event, of: unit ?? anyUnit)
  }

  /// `a minor release is supported for one year`.
  private var window: SupportRule? {
    guard !has(.negative), case .lasting(let span, let event, _)? = lastSpan else { return nil }
    let words = Set(tokens.compactMap(\.word))
    let isCompatible = words.contains("compatible") && words.contains("semver")
    guard let unit = isCompatible ? .compat : anyUnit ?? (has(.release) ? lineUnit : nil) else {
      return nil
    }
    let isFromNext = event == .superseded && has(.after)
    return SupportRule(
      .range(.all), for: .lasting(span, after: isFromNext ? .superseded : .release, of: unit))
  }

  /// The time that goes with security, when there are several.
  private var lastSpan: SupportPeriod? {
    let start = tokens.lastIndex { $0.concept == .security } ?? 0
    return SpanText.span(in: Array(tokens[start...])) ?? SpanText.span(in: tokens)
  }
}
