/// Reads one sentence of a policy. The grammar, keywords in any case:
///
///     rule      := subject [condition] [period] [":" level ["," floor]]
///     subject   := "latest" [N] unit ["of each" unit] ["within" range] ["skipping" N] ["adjacent"]
///                | "previous" unit | range | "lts" ["latest" [N]] | "branch" NAME
///     condition := "while" N ".x" | "since" VERSION | "before" VERSION
///     period    := "for" N ("days"|"months"|"years") "after" ("release"|"superseded") ["of" unit]
///                | "until" (DATE | VERSION)
///     level     := "full" | "security" | "critical" | "best-effort" | "none"
///     floor     := "severity" ("low"|"medium"|"high"|"critical")
struct SentenceParser {
  typealias Expectation = PolicySentenceError.Expectation

  private var words: SentenceWords
  /// What could have stood at the place reached, besides the word asked for next.
  private var alternatives: [Expectation] = []

  /// The rule that the sentence states.
  static func parse(_ text: String) throws(PolicySentenceError) -> SupportRule {
    var parser = SentenceParser(words: SentenceWords(text))
    return try parser.rule()
  }

  private init(words: SentenceWords) {
    self.words = words
  }

  private mutating func rule() throws(PolicySentenceError) -> SupportRule {
    guard words.count <= SentenceWords.longest else {
      throw error(.value("a sentence of at most \(SentenceWords.longest) bytes"), at: 0..<0)
    }
    var rule = SupportRule(try subject())
    rule.condition = try condition()
    rule.period = try period()
    if optional(":") {
      rule.level = try keyword(SupportLevel.allCases, \.rawValue, SupportLevel.init(word:))
      if optional(",") {
        try require("severity")
        rule.floor = try keyword(
          SeverityRating.ofFlaws, \.rawValue,
          { word in SeverityRating.ofFlaws.first { $0.rawValue == word.lowercased() } })
      }
    }
    guard words.peek() == nil else {
      throw error(
        alternatives.isEmpty ? [.value("the end of the sentence")] : alternatives, at: nil)
    }
    return rule
  }

  private mutating func subject() throws(PolicySentenceError) -> SupportSubject {
    if optional("latest") { return .latest(try latest()) }
    if optional("previous") { return .latest(.previous(try unit())) }
    if optional("lts") { return .lts(newest: try newestOfLTS()) }
    if optional("branch") {
      guard let name = words.takeName() else { throw error(.value("the name of a branch")) }
      return .branch(name.text)
    }
    guard let word = words.peek(), Self.startsRange(word.text) || word.key == "none" else {
      throw error(.value("a range of versions"))
    }
    return .range(try range())
  }

  private mutating func latest() throws(PolicySentenceError) -> LatestSelection {
    let count = try optionalNumber()
    var selection = LatestSelection(count ?? 1, try unit())
    if optional("of") {
      try require("each")
      selection.group = try unit()
    }
    if optional("within") { selection.range = try range() }
    if optional("skipping") { selection.skipping = try number() }
    selection.isAdjacent = optional("adjacent")
    return selection
  }

  private mutating func newestOfLTS() throws(PolicySentenceError) -> Int? {
    guard optional("latest") else { return nil }
    return try optionalNumber() ?? 1
  }

  private mutating func condition() throws(PolicySentenceError) -> SupportCondition? {
    if optional("while") {
      guard let word = words.peek(), let number = Self.phase(word.text) else {
        throw error(.value("a major version such as 0.x"))
      }
      accept(word)
      return .latestMajor(number)
    }
    if optional("since") { return .since(try version()) }
    if optional("before") { return .before(try version()) }
    return nil
  }

  private mutating func period() throws(PolicySentenceError) -> SupportPeriod? {
    if optional("for") {
      let count = try number()
      let unit = try spanUnit()
      try require("after")
      let event = try keyword(SupportEvent.allCases, \.rawValue, SupportEvent.init(word:))
      let of: SupportUnit? = optional("of") ? try self.unit() : nil
      return .lasting(CalendarSpan(count, unit), after: event, of: of)
    }
    guard optional("until") else { return nil }
    guard let word = words.peek() else { throw error(.value("a date or a version")) }
    if Self.looksLikeDate(word.text) {
      guard let date = SentenceValues.date(word.text) else {
        throw error(.value("a date such as 2026-04-30"))
      }
      accept(word)
      return .untilDate(date)
    }
    guard let version = SentenceValues.version(word.text),
      !Self.looksLikeDate(version.description)
    else {
      throw error(.value("a date such as 2026-04-30 or a version"))
    }
    accept(word)
    return .untilVersion(version)
  }

  private mutating func spanUnit() throws(PolicySentenceError) -> CalendarSpan.Unit {
    try keyword(CalendarSpan.Unit.allCases, \.rawValue) { word in
      CalendarSpan.Unit.allCases.first {
        word.lowercased() == $0.rawValue || word.lowercased() + "s" == $0.rawValue
      }
    }
  }

  private mutating func range() throws(PolicySentenceError) -> VersionRange {
    var bytes: Range<Int>?
    var wrong: Range<Int>?
    var spelling = ""
    while let word = words.peek() {
      let isFirst = bytes == nil
      let belongs =
        Self.startsRange(word.text) || (isFirst ? word.key == "none" : word.text == ",")
      guard belongs else { break }
      words.advance(past: word)
      bytes = (bytes?.lowerBound ?? word.bytes.lowerBound)..<word.bytes.upperBound
      if wrong == nil, Self.cannotBelongToRange(word.key) { wrong = word.bytes }
      spelling += (isFirst || word.text == "," ? "" : " ") + word.key
    }
    guard let bytes else { throw error(.value("a range of versions such as 1.2.x or >=2 <3")) }
    guard let range = SentenceValues.range(spelling) else {
      throw error([.value("a range of versions such as 1.2.x or >=2 <3")], at: wrong ?? bytes)
    }
    alternatives = []
    return range
  }

  private mutating func version() throws(PolicySentenceError) -> Version {
    guard let word = words.peek(), let version = SentenceValues.version(word.text) else {
      throw error(.value("a version such as 1.0.0"))
    }
    accept(word)
    return version
  }

  private mutating func unit() throws(PolicySentenceError) -> SupportUnit {
    try keyword(SupportUnit.allCases, \.rawValue, SupportUnit.init(word:))
  }

  private mutating func number() throws(PolicySentenceError) -> Int {
    guard let number = try optionalNumber() else { throw error(.value("a number from 1")) }
    return number
  }

  private mutating func optionalNumber() throws(PolicySentenceError) -> Int? {
    guard let word = words.peek(), word.text.utf8.first?.isASCIIDigit == true else {
      alternatives.append(.value("a number"))
      return nil
    }
    guard let number = Int(word.text), 1...99_999 ~= number else {
      throw error([.value("a number from 1 to 99999")], at: word.bytes)
    }
    accept(word)
    return number
  }

  /// Takes the keyword when it comes next; else remembers that it could have.
  private mutating func optional(_ key: String) -> Bool {
    if words.take(key) {
      alternatives = []
      return true
    }
    alternatives.append(.keyword(key))
    return false
  }

  private mutating func require(_ key: String) throws(PolicySentenceError) {
    guard optional(key) else { throw error(alternatives, at: nil) }
  }

  private mutating func keyword<Value>(
    _ all: [Value], _ spelling: (Value) -> String, _ read: (String) -> Value?
  ) throws(PolicySentenceError) -> Value {
    guard let word = words.peek(), let value = read(word.text) else {
      throw error(alternatives + all.map { .keyword(spelling($0)) }, at: nil)
    }
    accept(word)
    return value
  }

  private mutating func accept(_ word: SentenceWords.Word) {
    words.advance(past: word)
    alternatives = []
  }

  private func error(_ expectation: Expectation) -> PolicySentenceError {
    error(alternatives + [expectation], at: nil)
  }

  private func error(_ expected: [Expectation], at bytes: Range<Int>?) -> PolicySentenceError {
    let bytes = bytes ?? words.peek()?.bytes ?? words.count..<words.count
    return PolicySentenceError(
      text: words.text, bytes: bytes, found: words.text(in: bytes), expected: expected,
      nearestWord: SentenceRepair.nearestWord(to: words.text(in: bytes), among: expected))
  }

  private func error(_ expectation: Expectation, at bytes: Range<Int>) -> PolicySentenceError {
    error([expectation], at: bytes)
  }
}
