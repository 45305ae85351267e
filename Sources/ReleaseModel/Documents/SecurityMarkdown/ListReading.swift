/// Reads lists that say of each version whether it is supported.
struct ListReading {
  private(set) var rules: [SecurityRule] = []
  private(set) var notUnderstood: [SecuritySource] = []
  private let defaultUnit: SupportUnit
  private let headingLevel: SupportLevel?

  /// Reads the list items of `blocks`, and lines that look like one.
  ///
  /// An item that does not begin with a version is no row: it is left to the sentences.
  ///
  /// `defaultUnit` is what `N-1` counts; `title` is the heading above, which may say what the
  /// versions below it are promised.
  init(_ blocks: ProseBlocks, defaultUnit: SupportUnit, title: String?) {
    self.defaultUnit = defaultUnit
    headingLevel = title.flatMap { Self.impliedLevel($0) }
    for block in blocks.blocks { read(block) }
    if blocks.isTruncated, let last = blocks.blocks.last {
      notUnderstood.append(SecuritySource("text after this is not read", line: last.source.line))
    }
    let isAboutLines = rules.contains { rule in
      if case .lines(.branch) = rule.subject { false } else { true }
    }
    // Catch-all items alone are no list of versions.
    if !isAboutLines, !rules.contains(where: { $0.level == .full }) { rules = [] }
  }

  private mutating func read(_ block: ProseBlocks.Block) {
    guard block.isItem || block.text.utf8.count < 120 else { return }
    if let task = block.task {
      add(block, versions: block.text, level: task ? .full : SupportLevel.none)
      return
    }
    if let (left, right) = split(block.text) {
      if read(block, versions: left, status: right) { return }
      if Self.isHeading(left), read(block, versions: right, status: left) { return }
    }
    guard block.isItem else { return }
    readUnsplit(block)
  }

  /// `2.x: supported`, and the other way round, `Supported: 2.x, 1.x`.
  private mutating func read(
    _ block: ProseBlocks.Block, versions: String, status: String
  ) -> Bool {
    guard let cell = cell(versions), isVersionLike(cell, versions), !isSentence(status) else {
      return false
    }
    let status = StatusCell(status)
    guard status.verdict != .notUnderstood else {
      if isExplicit(cell) { notUnderstood.append(block.source) }
      return isExplicit(cell)
    }
    let level: SupportLevel? =
      switch status.verdict {
      case .supported(let level): level
      case .unsupported: SupportLevel.none
      case .planned, .notUnderstood: nil
      }
    if !block.isItem, !isExplicit(cell) { return false }
    append(cell, block, level: level, period: status.period)
    return true
  }

  /// `Supported`, `Security fixes`: what may stand before a colon and versions.
  private static func isHeading(_ text: String) -> Bool {
    let tokens = PolicyLexer.tokens(of: text)
    func has(_ concept: PolicyConcept) -> Bool { tokens.contains { $0.concept == concept } }
    if has(.supported) || has(.unsupported) || has(.ended) || has(.security) { return true }
    return tokens.count <= 2 && !has(.release) && !has(.latest) && !has(.note)
  }

  /// "Only the latest release receives fixes" names releases of its own: no status.
  private func isSentence(_ text: String) -> Bool {
    let tokens = PolicyLexer.tokens(of: text)
    return tokens.contains { $0.concept == .latest || $0.concept == .previous }
      && tokens.contains { $0.concept == .release || $0.concept == .minor || $0.concept == .major }
      && tokens.contains { $0.concept == .supported || $0.concept == .fix }
  }

  /// `2.x ✅`, `2.x` below "These versions are supported:", `1.4 maintained until 2026`.
  private mutating func readUnsplit(_ block: ProseBlocks.Block) {
    let clauses = StatusClauses(PolicyLexer.tokens(of: block.text))
    if let mark = clauses.mark, let cell = cell(withoutMarks(block.text)), isExplicit(cell) {
      append(cell, block, level: mark == .yes ? .full : mark == .no ? SupportLevel.none : nil)
      return
    }
    let implied =
      block.leadIn.flatMap { Self.impliedLevel($0) }
      ?? block.heading.flatMap { Self.impliedLevel($0) } ?? headingLevel
    let isAboutBranches =
      block.leadIn.map {
        PolicyLexer.tokens(of: $0).contains { $0.word == "branches" || $0.word == "branch" }
      } ?? false
    if let implied, let cell = cell(block.text, isAboutBranches), isVersionLike(cell, block.text) {
      appendImplied(cell, block, level: implied)
      return
    }
    let words = block.text.split(separator: " ", maxSplits: 1).map(String.init)
    guard words.count == 2, let cell = cell(words[0], isAboutBranches),
      isAboutBranches || isExplicit(cell)
    else { return }
    let status = StatusCell(words[1])
    switch status.verdict {
    case .supported(let level): append(cell, block, level: level, period: status.period)
    case .unsupported: append(cell, block, level: SupportLevel.none)
    case .planned: append(cell, block, level: nil)
    case .notUnderstood: notUnderstood.append(block.source)
    }
  }

  /// What the lead-in promises, as far as a note does not say otherwise: `2.1 (EOL)`.
  private mutating func appendImplied(
    _ cell: VersionCell, _ block: ProseBlocks.Block, level: SupportLevel
  ) {
    guard level.isSupported, let open = block.text.firstIndex(of: "("),
      let close = block.text.lastIndex(of: ")"), open < close
    else { return append(cell, block, level: level) }
    let status = StatusCell(String(block.text[block.text.index(after: open)..<close]))
    switch status.verdict {
    case .unsupported: append(cell, block, level: SupportLevel.none)
    case .supported(let stated) where status.isLevelExplicit || status.period != nil:
      append(cell, block, level: stated, period: status.period)
    case .planned: append(cell, block, level: nil)
    case .supported, .notUnderstood: append(cell, block, level: level)
    }
  }

  /// What "These versions are (no longer) supported:" says of the items below.
  private static func impliedLevel(_ leadIn: String) -> SupportLevel? {
    let tokens = PolicyLexer.tokens(of: leadIn)
    func has(_ concept: PolicyConcept) -> Bool { tokens.contains { $0.concept == concept } }
    // "Once 2.0 is out:" is about another day.
    guard !tokens.contains(where: { conditionWords.contains($0.word ?? "") }) else { return nil }
    if StatusWords.isNegative(tokens) { return SupportLevel.none }
    return has(.supported) || has(.fix) ? .full : nil
  }

  private static let conditionWords: Set<String> = ["once", "when", "if", "after", "as", "example"]

  private mutating func add(_ block: ProseBlocks.Block, versions: String, level: SupportLevel) {
    guard let cell = cell(versions) else {
      notUnderstood.append(block.source)
      return
    }
    append(cell, block, level: level)
  }

  private mutating func append(
    _ cell: VersionCell, _ block: ProseBlocks.Block, level: SupportLevel?,
    period: SupportPeriod? = nil
  ) {
    for item in cell.items {
      var rule = SecurityRule(item.subject, level: level, source: block.source)
      rule.period = level == SupportLevel.none ? nil : period
      rule.isLongTerm = cell.isLongTerm
      rule.isBoundedAbove = item.isBoundedAbove
      rules.append(rule)
    }
  }

  private func cell(_ text: String, _ isBranch: Bool = false) -> VersionCell? {
    text.utf8.count > 80
      ? nil : VersionCell(text, isBranchColumn: isBranch, defaultUnit: defaultUnit)
  }

  /// Whether the cell names versions, rather than `latest` or `others`.
  private func isExplicit(_ cell: VersionCell) -> Bool {
    cell.items.contains { item in
      switch item.subject {
      case .lines(.range), .prereleases: true
      default: false
      }
    }
  }

  /// Whether the text is an expression for versions, not a sentence that happens to read as one.
  private func isVersionLike(_ cell: VersionCell, _ text: String) -> Bool {
    isExplicit(cell) || text.split(separator: " ").count <= 4
  }

  private func withoutMarks(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: text.unicodeScalars.filter { StatusMark.of($0) == nil })
    return String(view)
  }

  /// The parts before and after the first separator outside of parentheses.
  private func split(_ text: String) -> (String, String)? {
    let scalars = Array(text.unicodeScalars.prefix(400))
    var depth = 0
    for (index, scalar) in scalars.enumerated() {
      if scalar == "(" { depth += 1 }
      if scalar == ")" { depth -= 1 }
      guard depth == 0 else { continue }
      let before = index > 0 ? scalars[index - 1] : " "
      let after = index + 1 < scalars.count ? scalars[index + 1] : " "
      let isSpaced = before == " " && after == " "
      switch scalar {
      // Chinese and Japanese put no space behind it.
      case ":" where after == " " || !after.isASCII, "：": break
      case "—", "–", "→": guard isSpaced || scalar == "—" else { continue }
      case "-", "=": guard isSpaced else { continue }
      default: continue
      }
      // A dash between numbers is a range.
      let next = scalars[(index + 1)...].first { $0 != " " }
      if scalar != ":", scalar != "：", next?.isASCIIDigit == true { continue }
      return (string(scalars[..<index]), string(scalars[(index + 1)...]))
    }
    return nil
  }

  private func string(_ scalars: ArraySlice<Unicode.Scalar>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: scalars)
    return String(String(view).trimmedSpaces)
  }
}
