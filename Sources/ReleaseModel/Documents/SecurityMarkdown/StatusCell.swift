/// Reads what a cell, or what stands after the colon of a list item, promises.
struct StatusCell {
  /// What the words and marks say.
  enum Verdict: Equatable {
    case supported(SupportLevel)
    case unsupported
    /// It will be decided later: `TBD`, `planned`.
    case planned
    case notUnderstood
  }

  private(set) var verdict: Verdict
  /// How long it holds, when the cell says so.
  private(set) var period: SupportPeriod?
  /// Whether the cell tells an end that is not understood.
  private(set) var hasUnclearEnd = false
  /// The branch that a note in parentheses names.
  private(set) var branch: String?
  private(set) var isLongTerm = false
  /// Whether the level stands in words, rather than in a bare mark or yes.
  private(set) var isLevelExplicit = false
  private let length: Int

  /// `until further notice`.
  private static func isOpenEnd(_ tokens: [PolicyToken]) -> Bool {
    guard let index = tokens.firstIndex(where: { $0.concept == .until }) else { return false }
    return tokens[index...].contains { $0.concept == .open }
  }

  /// Whether the cell is a verdict and little else: no text that happens to hold such a word.
  var isPlainVerdict: Bool {
    switch verdict {
    case .supported, .unsupported: length <= 6
    case .planned, .notUnderstood: false
    }
  }

  /// Reads a plain text; `order` is the date order of its column.
  init(_ plain: String, order: DateText.Order? = nil) {
    let clauses = StatusClauses(PolicyLexer.tokens(of: plain))
    verdict = StatusWords.verdict(clauses)
    branch = clauses.branch
    length = clauses.all.count
    isLongTerm = clauses.all.contains { $0.concept == .lts }
    isLevelExplicit = clauses.outside.contains { StatusWords.level(of: $0, isNote: false) != nil }
    if let end = EndText.within(plain, tokens: clauses.all, order: order) {
      switch end {
      case .period(let found): period = found
      case .unclear: hasUnclearEnd = true
      }
    }
    if verdict == .notUnderstood, Self.isOpenEnd(clauses.all) { verdict = .supported(.full) }
    if verdict == .notUnderstood, case .untilDate = period { verdict = .supported(.full) }
    if verdict == .notUnderstood, case .lasting = period { verdict = .supported(.full) }
    if verdict == .notUnderstood, case .untilVersion = period { verdict = .supported(.full) }
  }
}

/// The clauses of a status: parts between commas, dashes and the like; notes apart.
struct StatusClauses {
  private(set) var mark: StatusMark?
  private(set) var outside: [[PolicyToken]] = []
  private(set) var notes: [[PolicyToken]] = []

  var all: [PolicyToken] { outside.flatMap(\.self) + notes.flatMap(\.self) }

  init(_ tokens: [PolicyToken]) {
    var depth = 0
    var current: [PolicyToken] = []
    func isSeparator(_ token: PolicyToken) -> Bool {
      switch token {
      case .punctuation(let mark): mark != .dash && mark != .slash && mark != .plus
      default: false
      }
    }
    for token in tokens {
      if isSeparator(token) {
        add(current, isNote: depth > 0)
        current = []
        if token == .punctuation(.open) { depth += 1 }
        if token == .punctuation(.close) { depth = max(0, depth - 1) }
      } else if case .mark(let found) = token {
        if found != .other, mark == nil { mark = found }
      } else {
        current.append(token)
      }
    }
    add(current, isNote: depth > 0)
  }

  private mutating func add(_ clause: [PolicyToken], isNote: Bool) {
    guard clause.contains(where: { $0 != .punctuation(.dash) }) else { return }
    if isNote { notes.append(clause) } else { outside.append(clause) }
  }

  /// `(main)`, `(via main)`.
  var branch: String? {
    notes.first { $0.count <= 2 }?.first { $0.concept == .mainBranch }?.word
  }
}

/// Decides what the words of a status mean; negative words are tested before positive ones.
enum StatusWords {
  static func verdict(_ clauses: StatusClauses) -> StatusCell.Verdict {
    let first = clauses.outside.first ?? []
    let isNegative = clauses.outside.contains(where: isNegative)
    let limit = clauses.outside.lazy.compactMap { onlyLevel(of: $0) }.first
    switch clauses.mark {
    case .no:
      return limit == nil || isNegative ? .unsupported : .notUnderstood
    case .yes:
      if isPlanned(first) { return .planned }
      if let limit = securityNote(clauses) { return .supported(limit) }
      if let head = clauses.outside.first, self.isNegative(head), limit == nil {
        return .notUnderstood
      }
      return .supported(level(clauses) ?? .full)
    case .limited:
      if isNegative, limit == nil { return .unsupported }
      let stated = level(clauses)
      return .supported(stated == .full ? .bestEffort : stated ?? .bestEffort)
    case .planned where level(clauses) == nil:
      return .planned
    default: break
    }
    if clauses.outside.isEmpty, clauses.notes.isEmpty { return .notUnderstood }
    if clauses.outside.contains(where: isPlanned) { return .planned }
    if isNegative, limit == nil { return denial(clauses) }
    if let limit = securityNote(clauses) { return .supported(limit) }
    return level(clauses).map(StatusCell.Verdict.supported) ?? .notUnderstood
  }

  /// "Yes (security fixes until May)": a bare yes that its note limits.
  private static func securityNote(_ clauses: StatusClauses) -> SupportLevel? {
    guard clauses.outside.allSatisfy({ $0.allSatisfy { $0.concept == .yes } }),
      clauses.notes.count == 1, let note = clauses.notes.first, has(note, .security),
      has(note, .fix) || has(note, .supported), !has(note, .bug), !has(note, .feature),
      !has(note, .full), !isNegative(note)
    else { return nil }
    return .security
  }

  /// What a negative word means: no, unless something else in the cell says yes.
  private static func denial(_ clauses: StatusClauses) -> StatusCell.Verdict {
    let first = clauses.outside.first { self.isNegative($0) || level(of: $0, isNote: false) != nil }
    guard let first else { return .unsupported }
    if !self.isNegative(first) { return .notUnderstood }
    // "Supported but deprecated", "deprecated, security fixes until May".
    let isSoft =
      first.contains { softWords.contains($0.word ?? "") }
      && !has(first, .negative) && !has(first, .ended)
    guard isSoft else { return .unsupported }
    if has(first, .supported) || has(first, .yes) { return .notUnderstood }
    let others = clauses.outside.filter { $0 != first && !self.isNegative($0) }
    let stated = others.lazy.compactMap { level(of: $0, isNote: false) }.first
    return stated.map(StatusCell.Verdict.supported) ?? .unsupported
  }

  /// Words that warn of a line more than they end it.
  private static let softWords: Set<String> = [
    "deprecated", "obsolete", "outdated", "superseded", "replaced", "obsoleta", "veraltet",
  ]

  /// The level that the clauses name; the first `only` counts most.
  static func level(_ clauses: StatusClauses) -> SupportLevel? {
    for clause in clauses.outside + clauses.notes {
      if let level = onlyLevel(of: clause) { return level }
    }
    let stated = clauses.outside.compactMap { level(of: $0, isNote: false) }
    if stated.contains(.bestEffort), stated.first != .full {
      return stated.first { $0 == .critical } ?? .bestEffort
    }
    return stated.first
  }

  /// The level of a clause that limits: `security fixes only`, `high/critical only`.
  static func onlyLevel(of clause: [PolicyToken]) -> SupportLevel? {
    guard clause.contains(where: { $0.concept == .only }) else { return nil }
    if isBestEffort(clause) { return .bestEffort }
    if has(clause, .critical) { return .critical }
    if has(clause, .security), !has(clause, .bug) { return .security }
    return nil
  }

  static func level(of clause: [PolicyToken], isNote: Bool) -> SupportLevel? {
    if let only = onlyLevel(of: clause) { return only }
    if isBestEffort(clause) || has(clause, .limited) {
      return has(clause, .critical) ? .critical : .bestEffort
    }
    if has(clause, .bug) || has(clause, .feature) || has(clause, .full) || has(clause, .yes)
      || has(clause, .all) || has(clause, .latest)
    {
      return .full
    }
    if has(clause, .critical) { return .critical }
    if has(clause, .security) { return .security }
    if has(clause, .supported) || has(clause, .fix) || has(clause, .lts) { return .full }
    return nil
  }

  static func isNegative(_ clause: [PolicyToken]) -> Bool {
    for (index, token) in clause.enumerated() {
      // Korean "지원 안 함": the word stands alone, as it begins many others.
      if token.word == "안" { return true }
      // French "plus maintenue": no longer; English "plus support" is something more.
      if token.word == "plus", index + 1 < clause.count, clause[index + 1].concept == .supported,
        !(clause[index + 1].word ?? "").hasPrefix("support")
          || (clause[index + 1].word ?? "").hasPrefix("supporté")
      {
        return true
      }
      switch token.concept {
      case .unsupported, .ended: return true
      case .upgrade where index == 0: return true
      case .negative:
        let next = clause.dropFirst(index + 1)
        // "No new features", "no known end": no word about the fixes.
        let isAside = next.prefix(2).contains {
          $0.concept == .feature || $0.concept == .end || $0.word == "known"
        }
        if !isAside { return true }
      case .end where clause.dropFirst(index + 1).prefix(2).contains(where: isLife): return true
      default: continue
      }
    }
    return false
  }

  private static func isLife(_ token: PolicyToken) -> Bool {
    lifeWords.contains(token.word ?? "") || token.concept == .supported
      || token.word == "maintenance"
  }

  private static let lifeWords: Set<String> = ["life", "vie", "vida", "vita", "support", "soporte"]

  static func isPlanned(_ clause: [PolicyToken]) -> Bool {
    if clause.contains(where: { $0.word == "yet" }), has(clause, .negative) { return true }
    if has(clause, .nightly),
      ![.yes, .supported, .security, .latest].contains(where: { has(clause, $0) })
    {
      return true
    }
    return has(clause, .planned) || (clause.count <= 2 && has(clause, .open) && !has(clause, .yes))
  }

  private static func isBestEffort(_ clause: [PolicyToken]) -> Bool {
    has(clause, .bestEffort) || clause.contains { $0.word == "effort" }
  }

  private static func has(_ clause: [PolicyToken], _ concept: PolicyConcept) -> Bool {
    clause.contains { $0.concept == concept }
  }
}
