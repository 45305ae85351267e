/// Finds sentences that state a policy, and proposes rules that say the same.
///
/// A proposal is a guess for a person to confirm: nothing of it is applied.
struct ProseReading {
  private(set) var proposals: [PolicyProposal] = []
  /// Whether the text sends the reader to another document.
  private(set) var pointsElsewhere = false
  private let lineUnit: SupportUnit

  /// Proposals beyond this number are not made.
  private static let limit = 20

  /// Reads the text of a section.
  ///
  /// `lineUnit` is what "the last two releases" counts; with `needsSecurityWord` only sentences that
  /// speak of security count.
  init(_ blocks: ProseBlocks, lineUnit: SupportUnit = .minor, needsSecurityWord: Bool) {
    self.lineUnit = lineUnit
    for block in blocks.blocks where proposals.count < Self.limit {
      let sentences = ProseSentences.split(block.text)
      for sentence in sentences where proposals.count < Self.limit {
        read(sentence, block, needsSecurityWord)
      }
      pointsElsewhere = pointsElsewhere || Self.isPointer(block)
    }
    removeRepeats()
  }

  private mutating func read(
    _ sentence: String, _ block: ProseBlocks.Block, _ needsSecurityWord: Bool
  ) {
    let phrase = ProsePhrase(sentence, lineUnit: lineUnit)
    guard !phrase.isExample, phrase.isAboutSupport || isLed(block) else { return }
    if needsSecurityWord, !phrase.speaksOfSecurity { return }
    let rules = phrase.rules(leadIn: block.leadIn.map { ProseSentences.condition(in: $0) } ?? nil)
    guard !rules.isEmpty else { return }
    let source = SecuritySource(sentence, line: block.source.line)
    var (preset, parameters) = Self.preset(for: rules)
    if phrase.isMinorPerMajor { preset = "minor-per-major" }
    proposals.append(
      PolicyProposal(preset: preset, parameters: parameters, rules: rules, source: source))
  }

  /// Whether a lead-in such as "Security patches are provided for:" stands above.
  private func isLed(_ block: ProseBlocks.Block) -> Bool {
    guard let leadIn = block.leadIn else { return false }
    let tokens = PolicyLexer.tokens(of: leadIn)
    return tokens.contains { $0.concept == .supported || $0.concept == .fix }
  }

  private static func isPointer(_ block: ProseBlocks.Block) -> Bool {
    let source = block.source.text
    guard source.contains("](") || source.contains("http") else { return false }
    let words = Set(PolicyLexer.tokens(of: block.text).compactMap(\.word))
    return !words.isDisjoint(with: ["see", "refer", "visit", "consult", "check", "found", "siehe"])
  }

  /// A sentence that says again what an earlier one said proposes nothing new.
  private mutating func removeRepeats() {
    var seen: Set<SupportRule> = []
    proposals = proposals.filter { proposal in
      let isNew = proposal.rules.contains { !seen.contains($0) }
      seen.formUnion(proposal.rules)
      return isNew
    }
  }

  /// The preset that is just these rules.
  private static func preset(for rules: [SupportRule]) -> (String?, [Int]) {
    guard let first = rules.first, first.condition == nil, first.level == .full,
      case .latest(let selection) = first.subject, selection.range == nil, selection.skipping == 0
    else { return (nil, []) }
    if rules.count == 2 { return window(selection, rules[1]) }
    guard rules.count == 1, first.period == nil else { return (nil, []) }
    switch (selection.unit, selection.group) {
    case (.patch, nil) where selection.count == 1: return ("latest", [])
    case (.minor, nil):
      return selection.count == 1 ? ("latest-minor", []) : ("n-minors", [selection.count])
    case (.major, nil) where selection.count > 1: return ("n-majors", [selection.count])
    default: return (nil, [])
    }
  }

  private static func window(_ latest: LatestSelection, _ rule: SupportRule) -> (String?, [Int]) {
    guard rule.subject == .latest(.previous(latest.unit)), rule.level == .security,
      case .lasting(let span, .superseded, _)? = rule.period, span.unit == .months
    else { return (nil, []) }
    switch latest.unit {
    case .major: return ("prev-major-window", [span.count])
    case .minor: return ("prev-minor-window", [span.count])
    default: return (nil, [])
    }
  }
}

/// Cuts text into sentences, and finds the phase of a project that one is about.
enum ProseSentences {
  /// Sentences beyond this number are not read.
  private static let limit = 200

  /// The sentences of a plain text; abbreviations and version numbers do not end one.
  static func split(_ text: String) -> [String] {
    var sentences: [String] = []
    var current = String.UnicodeScalarView()
    let scalars = Array(text.unicodeScalars)
    for (index, scalar) in scalars.enumerated() {
      current.append(scalar)
      let next = index + 1 < scalars.count ? scalars[index + 1] : " "
      let isEnd =
        switch scalar {
        case "。", "!", "?": true
        case ".": next == " " && !endsWithAbbreviation(current)
        default: false
        }
      if isEnd, sentences.count < limit {
        sentences.append(String(String(current).trimmedSpaces))
        current = .init()
      }
    }
    let rest = String(current).trimmedSpaces
    if !rest.isEmpty, sentences.count < limit { sentences.append(String(rest)) }
    return sentences
  }

  private static func endsWithAbbreviation(_ text: String.UnicodeScalarView) -> Bool {
    let tail = String(text.suffix(5)).lowercased()
    return ["e.g.", "i.e.", "etc.", "vs.", "approx.", "resp."].contains { tail.hasSuffix($0) }
  }

  /// The condition that a clause states: `while 0.x` for "until 1.0", `since 1.0.0` for "once 1.0
  /// is out".
  static func condition(in text: String) -> SupportCondition? {
    condition(in: PolicyLexer.tokens(of: text))
  }

  static func condition(in tokens: [PolicyToken]) -> SupportCondition? {
    for (index, token) in tokens.enumerated() {
      guard let pattern = token.version, let major = pattern.numbers.first else { continue }
      let before = tokens[..<index].suffix(8)
      let isPlainMajor = pattern.numbers.count == 1 && !pattern.hasWildcard && !pattern.hasPrefix
      if isPlainMajor, !before.contains(where: { $0.concept == .release || $0.concept == .major }) {
        continue
      }
      if major == 0, before.contains(where: isWhile) { return .latestMajor(0) }
      guard pattern.suffix.isEmpty, major >= 1, pattern.numbers.dropFirst().allSatisfy({ $0 == 0 })
      else { continue }
      let version = Version(major, 0, 0)
      if before.contains(where: isOnce) { return .since(version) }
      if before.contains(where: isWhile) || before.contains(where: isBefore) {
        return major == 1 ? .latestMajor(0) : .before(version)
      }
    }
    return nil
  }

  private static func isWhile(_ token: PolicyToken) -> Bool {
    ["while", "during", "phase", "still", "currently", "whilst", "long"].contains(token.word ?? "")
  }

  private static func isBefore(_ token: PolicyToken) -> Bool {
    token.concept == .until || token.concept == .before
  }

  private static func isOnce(_ token: PolicyToken) -> Bool {
    token.concept == .after || token.concept == .from
      || ["once", "when", "upon", "reaches", "reach", "as"].contains(token.word ?? "")
  }
}
