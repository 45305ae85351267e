/// When support ends, as a status or a date column tells it.
enum EndText: Equatable {
  case period(SupportPeriod)
  /// There is an end, and it is not understood.
  case unclear

  /// What the cell of a date column says.
  enum Column: Equatable {
    case end(SupportPeriod)
    /// No end is set: `TBD`, `Active`.
    case open
    /// It has ended, on no date that the cell tells.
    case ended
    /// The cell holds no date but what a status column would hold.
    case status
    case blank
    case notUnderstood
  }

  /// An end inside of a status: `until 2026-12-31`, `for 6 months after 2.0`.
  static func within(
    _ plain: String, tokens: [PolicyToken], order: DateText.Order?
  ) -> EndText? {
    if let span = SpanText.span(in: tokens) { return .period(span) }
    guard let index = tokens.firstIndex(where: { isUntil($0) }) else { return nil }
    switch DateText.first(in: plain, order: order) {
    case .date(let date): return .period(.untilDate(date))
    case .ambiguous: return .unclear
    case nil: break
    }
    guard let pattern = tokens[index...].lazy.compactMap(\.version).first,
      let version = version(of: pattern)
    else {
      // "Until further notice" is no end.
      let isOpen = tokens[index...].contains { $0.concept == .open }
      return isOpen || tokens.count == index + 1 || !isStrong(tokens[index]) ? nil : .unclear
    }
    return .period(.untilVersion(version))
  }

  /// What a cell under a heading such as `End of life` or `Until` says.
  static func column(_ plain: String, order: DateText.Order?) -> Column {
    let tokens = PolicyLexer.tokens(of: plain)
    if isBlank(tokens, plain) { return .blank }
    if tokens.contains(where: { $0.concept == .open || $0.concept == .planned }) {
      return .open
    }
    if let span = SpanText.span(in: tokens),
      tokens.first?.version == nil || !startsWithVersion(tokens)
    {
      return spanIsAnchored(tokens) ? .notUnderstood : .end(span)
    }
    switch DateText.first(in: plain, order: order) {
    case .date(let date): return .end(.untilDate(date))
    case .ambiguous: return .notUnderstood
    case nil: break
    }
    let isSuperseded =
      tokens.contains { $0.word == "superseded" || $0.word == "replaced" }
      && tokens.contains { $0.version != nil }
    if !isSuperseded, StatusWords.isNegative(tokens) { return .ended }
    if let pattern = tokens.lazy.compactMap(\.version).first, let version = version(of: pattern) {
      return .end(.untilVersion(version))
    }
    return StatusCell(plain, order: order).verdict == .notUnderstood ? .notUnderstood : .status
  }

  private static func startsWithVersion(_ tokens: [PolicyToken]) -> Bool {
    (tokens.first?.version).map { $0.numbers.count > 1 } ?? false
  }

  /// `30 days after 1.5.0`: the language has no such end.
  private static func spanIsAnchored(_ tokens: [PolicyToken]) -> Bool {
    tokens.contains { ($0.version?.numbers.count ?? 0) > 1 && $0.version?.isSymbolic != true }
  }

  private static func isBlank(_ tokens: [PolicyToken], _ plain: String) -> Bool {
    let text = plain.lowercased()
    return text == "n/a" || text == "na" || text == "?"
      || tokens.allSatisfy { $0 == .punctuation(.dash) || $0 == .punctuation(.longDash) }
  }

  private static func isUntil(_ token: PolicyToken) -> Bool {
    if token.concept == .until || token.concept == .ended { return true }
    return [
      "ends", "ending", "expires", "before", "to", "by", "bis", "tot", "al", "au", "do",
    ].contains(token.word ?? "")
  }

  private static func isStrong(_ token: PolicyToken) -> Bool {
    token.concept == .until && token.word != "to" && token.word != "through"
  }

  private static func version(of pattern: VersionShape) -> Version? {
    pattern.suffix.isEmpty ? Version(numbers: pattern.numbers) : nil
  }
}

/// A span of time in words: `for six months after the next release`.
enum SpanText {
  /// The period that the tokens name: after a release or, more often, after being superseded.
  static func span(in tokens: [PolicyToken]) -> SupportPeriod? {
    for index in tokens.indices {
      guard let (unit, factor) = calendarUnit(tokens[index]), index > 0,
        let count = number(tokens[index - 1]) ?? glued(tokens[index - 1]),
        (1...1_200).contains(count)
      else { continue }
      let rest = tokens[(index + 1)...]
      return .lasting(CalendarSpan(count * factor, unit), after: event(rest, tokens), of: nil)
    }
    return nil
  }

  static func number(_ token: PolicyToken) -> Int? {
    switch token {
    case .version(let pattern)
    where pattern.numbers.count == 1 && !pattern.hasWildcard && !pattern.hasPrefix:
      pattern.numbers.first?.uint64.flatMap { Int(exactly: $0) }
    case .word(let word, _): word == "a" || word == "an" ? 1 : CellWords.numbers[word]
    default: nil
    }
  }

  private static func glued(_ token: PolicyToken) -> Int? {
    token == .punctuation(.dash) ? nil : number(token)
  }

  static func calendarUnit(_ token: PolicyToken) -> (CalendarSpan.Unit, Int)? {
    switch token.concept {
    case .year: return (.years, 1)
    case .month: return (.months, 1)
    case .day: return (.days, 1)
    default: break
    }
    return token.word == "weeks" || token.word == "week" ? (.days, 7) : nil
  }

  /// What the span counts from: the line's own release, else the release of what follows it.
  private static func event(_ rest: ArraySlice<PolicyToken>, _ all: [PolicyToken]) -> SupportEvent {
    guard let index = rest.firstIndex(where: { isAfter($0) }) else { return .superseded }
    let anchor = rest[(index + 1)...].prefix(8)
    let isNext = anchor.contains { token in
      token.version != nil
        || [
          "next", "new", "subsequent", "successor", "following", "superseded",
          "replacement", "ships", "eol",
        ].contains(token.word ?? "") || token.concept == .newer
    }
    let isRelease = anchor.contains {
      $0.concept == .release || $0.concept == .released || $0.word == "publication"
        || $0.concept == .date || $0.word == "initial"
    }
    return isRelease && !isNext ? .release : .superseded
  }

  private static func isAfter(_ token: PolicyToken) -> Bool {
    token.concept == .after || token.concept == .from || token.word == "post"
      || token.word == "following"
      || token.word == "of"
  }
}
