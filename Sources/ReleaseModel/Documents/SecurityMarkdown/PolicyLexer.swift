/// Splits plain text of a policy into tokens, in one pass.
struct PolicyLexer {
  private let input: [Unicode.Scalar]
  private var position = 0
  private var tokens: [PolicyToken] = []

  /// Longer cells and sentences are not policies; their rest is not read.
  static let scalarLimit = 4_000

  /// The tokens of a plain text in any case of letters.
  static func tokens(of plain: some StringProtocol) -> [PolicyToken] {
    var lexer = PolicyLexer(Array(plain.prefix(scalarLimit).lowercased().unicodeScalars))
    lexer.run()
    return lexer.tokens
  }

  private init(_ input: [Unicode.Scalar]) {
    self.input = input
  }

  private func scalar(at index: Int) -> Unicode.Scalar? {
    index >= 0 && index < input.count ? input[index] : nil
  }

  private mutating func run() {
    while position < input.count {
      let current = input[position]
      if current.isASCIIDigit || startsPrefixedVersion {
        takeVersion()
      } else if current.isUnspaced {
        takeUnspaced()
      } else if current.isWordPart {
        takeWord()
      } else if let mark = StatusMark.of(current) {
        tokens.append(.mark(mark))
        position += 1
      } else {
        takeSymbol(current)
      }
    }
  }

  // MARK: Versions

  /// `v1`, `x.2`: letters that belong to the version that they stand before.
  private var startsPrefixedVersion: Bool {
    guard !(scalar(at: position - 1)?.isWordPart ?? false) else { return false }
    guard input[position] == "v" || input[position] == "r" else { return false }
    if scalar(at: position + 1)?.isASCIIDigit == true { return true }
    return input[position] == "v" && scalar(at: position + 1) == "."
      && scalar(at: position + 2)?.isASCIIDigit == true
  }

  private mutating func takeVersion() {
    let start = position
    var pattern = VersionShape(numbers: [])
    if !input[position].isASCIIDigit {
      pattern.hasPrefix = true
      position += scalar(at: position + 1) == "." ? 2 : 1
    }
    takeNumbers(into: &pattern)
    takeSuffix(into: &pattern)
    if scalar(at: position) == "+" {
      pattern.hasPlus = true
      position += 1
    }
    pattern.text = text(start..<position)
    tokens.append(.version(pattern))
  }

  private mutating func takeNumbers(into pattern: inout VersionShape) {
    while pattern.numbers.count < 4, let number = takeNumber() {
      pattern.numbers.append(number)
      guard scalar(at: position) == "." else { return }
      if scalar(at: position + 1)?.isASCIIDigit == true {
        position += 1
      } else if takeWildcards(into: &pattern) {
        return
      } else {
        return
      }
    }
  }

  private mutating func takeNumber() -> VersionNumber? {
    let start = position
    while let next = scalar(at: position), next.isASCIIDigit, position - start < 24 {
      position += 1
    }
    return VersionNumber(
      digits: input[start..<position].map { UInt8(truncatingIfNeeded: $0.value) })
  }

  /// `.x`, `.*`, `.n`, `.(n-1)`, as often as they follow.
  private mutating func takeWildcards(into pattern: inout VersionShape) -> Bool {
    var found = false
    while scalar(at: position) == ".", let mark = scalar(at: position + 1) {
      if "xyzn*m#".unicodeScalars.contains(mark),
        !(scalar(at: position + 2)?.isWordPart ?? false)
      {
        if mark == "n" { pattern.isSymbolic = true }
        position += 2
      } else if input[position...].prefix(6).elementsEqual(".(n-1)".unicodeScalars) {
        pattern.isSymbolic = true
        position += 6
      } else {
        break
      }
      found = true
    }
    if found { pattern.hasWildcard = true }
    return found
  }

  /// `-rc.1`, `rc1`, `.gz`; what only decorates (`-stable`) is dropped.
  private mutating func takeSuffix(into pattern: inout VersionShape) {
    var index = position
    if let mark = scalar(at: index), mark == "-" || mark == "." || mark == "_",
      scalar(at: index + 1).map({ $0.isASCIILetter }) == true
    {
      index += 1
    }
    guard scalar(at: index).map({ $0.isASCIILetter }) == true else { return }
    let start = index
    while let next = scalar(at: index), index - start < 60,
      next.isASCIILetter || next.isASCIIDigit || ".-_*".unicodeScalars.contains(next)
    {
      index += 1
    }
    while let last = scalar(at: index - 1), ".-_".unicodeScalars.contains(last) { index -= 1 }
    let suffix = text(start..<index)
    if Self.ordinals.contains(suffix) || isUnit(suffix) {
      // `2nd`, `12-month`: a word after a number.
      return
    }
    position = index
    if suffix == "x" || suffix == "x.x" {
      pattern.hasWildcard = true
    } else if !VersionShape.emptySuffixes.contains(suffix) {
      pattern.suffix = suffix
    }
  }

  private func isUnit(_ suffix: String) -> Bool {
    let head = String(suffix.prefix { $0.isLetter })
    switch PolicyConcept.of(head) {
    case .year, .month, .day: return true
    default: return head == "week" || head == "weeks" || head == "h" || head == "hours"
    }
  }

  private static let ordinals: Set<String> = ["st", "nd", "rd", "th", "er", "º", "ª"]

  private func text(_ range: Range<Int>) -> String {
    var view = String.UnicodeScalarView()
    view.append(contentsOf: input[range])
    return String(view)
  }
}

extension PolicyLexer {
  // MARK: Words

  private mutating func takeWord() {
    let start = position
    while let next = scalar(at: position), next.isWordPart, !next.isUnspaced || position == start,
      !next.isASCIIDigit, position - start < 60
    {
      position += 1
    }
    if position == start { position += 1 }
    takeRestOfName(from: start)
    // don't, n't
    if scalar(at: position) == "'", scalar(at: position + 1) == "t" {
      position += 2
      tokens.append(.word("n't", .negative))
      return
    }
    let word = text(start..<position)
    if word == "n", takeBehind(start) { return }
    if PolicyConcept.of(word) == .latest, scalar(at: position) == "-", takeBehind(start) { return }
    if word == "upto" {
      tokens.append(.word(word, .upTo))
    } else {
      tokens.append(.word(word, PolicyConcept.of(word)))
    }
    // A hyphen joins words: end-of-life, pre-1.0.
    if let mark = scalar(at: position), mark == "-" || mark == "_",
      scalar(at: position + 1)?.isWordPart == true
    {
      position += 1
    }
  }

  /// Letters before digits are a name, as in `log4j` and `go1.13`, unless they announce a version.
  private mutating func takeRestOfName(from start: Int) {
    // `x.2.x` is a form of versions, not one of them.
    let isForm = position - start == 1 && scalar(at: position) == "."
    guard scalar(at: isForm ? position + 1 : position)?.isASCIIDigit == true,
      !Self.versionPrefixes.contains(text(start..<position))
    else { return }
    while let next = scalar(at: position), position - start < 60,
      next.isASCIIDigit || next.isASCIILetter
        || (next == "." && scalar(at: position + 1)?.isASCIIDigit == true)
    {
      position += 1
    }
  }

  private static let versionPrefixes: Set<String> = [
    "v", "ver", "version", "versions", "rel", "release", "releases", "versión", "versão",
  ]

  /// `n`, `n-1`, `n - 2`.
  private mutating func takeBehind(_ start: Int) -> Bool {
    guard !(scalar(at: start - 1)?.isWordPart ?? false) else { return false }
    var index = position
    while scalar(at: index) == " " { index += 1 }
    guard let mark = scalar(at: index), mark == "-" || mark == "–" else {
      // `n` alone is the newest; elsewhere it is a letter.
      guard start == 0, isEndOrSpace(position) else { return false }
      tokens.append(.behind(0))
      return true
    }
    index += 1
    while scalar(at: index) == " " { index += 1 }
    guard let digit = scalar(at: index), digit.isASCIIDigit,
      !(scalar(at: index + 1).map { $0.isWordPart || $0 == "." } ?? false)
    else { return false }
    tokens.append(.behind(Int(digit.value) - 48))
    position = index + 1
    if scalar(at: position) == "+" {
      tokens.append(.word("older", .older))
      position += 1
    }
    return true
  }

  private func isEndOrSpace(_ index: Int) -> Bool {
    guard let next = scalar(at: index) else { return true }
    return next == " " || next == "(" || next == "," || next == "/"
  }

  /// Chinese, Japanese and Korean: the longest known word at each place.
  private mutating func takeUnspaced() {
    var unknown = position
    func flushUnknown(_ end: Int) {
      if unknown < end { tokens.append(.word(text(unknown..<end), nil)) }
    }
    while let current = scalar(at: position), current.isUnspaced {
      if let (end, concept) = knownWord() {
        flushUnknown(position)
        tokens.append(.word(text(position..<end), concept))
        position = end
        unknown = end
      } else {
        position += 1
      }
    }
    flushUnknown(position)
  }

  private func knownWord() -> (Int, PolicyConcept)? {
    var word = ""
    var best: (Int, PolicyConcept)?
    var index = position
    while let next = scalar(at: index), next.isUnspaced,
      index - position < PolicyConcept.longestUnspacedWord
    {
      word.unicodeScalars.append(next)
      index += 1
      if let concept = PolicyConcept.of(word) { best = (index, concept) }
    }
    return best
  }

  // MARK: Symbols

  private mutating func takeSymbol(_ current: Unicode.Scalar) {
    if takeComparison(current) { return }
    position += 1
    switch current {
    case "-":
      tokens.append(.punctuation(.dash))
      if scalar(at: position) == ">" { position += 1 }
      while scalar(at: position) == "-" {
        tokens[tokens.count - 1] = .punctuation(.longDash)
        position += 1
      }
    case "–": tokens.append(.punctuation(.dash))
    case "—", "―": tokens.append(.punctuation(.longDash))
    case "→": tokens.append(.word("to", .to))
    case "/": tokens.append(.punctuation(.slash))
    case ",", "،", "、": tokens.append(.punctuation(.comma))
    case ";": tokens.append(.punctuation(.semicolon))
    case ":": tokens.append(.punctuation(.colon))
    case "|": tokens.append(.punctuation(.bar))
    case "+": tokens.append(.punctuation(.plus))
    case "&": tokens.append(.word("&", .and))
    case "(", "[", "{": tokens.append(.punctuation(.open))
    case ")", "]", "}": tokens.append(.punctuation(.close))
    case "*": tokens.append(.word("*", .all))
    case "!", "?", "。": tokens.append(.punctuation(.stop))
    case ".": takeStop()
    default: break
    }
  }

  private mutating func takeStop() {
    if scalar(at: position) == "." {
      while scalar(at: position) == "." { position += 1 }
      tokens.append(.punctuation(.dash))
    } else if scalar(at: position).map({ $0 == " " || !$0.isWordPart }) ?? true {
      tokens.append(.punctuation(.stop))
    }
  }

  private mutating func takeComparison(_ current: Unicode.Scalar) -> Bool {
    let next = scalar(at: position + 1)
    let comparison: PolicyToken.Comparison
    var length = 1
    switch (current, next) {
    case ("<", "="), ("=", "<"): (comparison, length) = (.lessOrEqual, 2)
    case (">", "="), ("=", ">"): (comparison, length) = (.greaterOrEqual, 2)
    case ("~", ">"): (comparison, length) = (.pessimistic, 2)
    case ("=", "="): (comparison, length) = (.equal, 2)
    case ("<", _): comparison = .less
    case (">", _): comparison = .greater
    case ("=", _): comparison = .equal
    case ("^", _): comparison = .caret
    case ("~", _): comparison = .tilde
    default: return false
    }
    position += length
    tokens.append(.comparison(comparison))
    return true
  }
}

extension Unicode.Scalar {
  /// Whether the character belongs to a script that puts no spaces between words.
  var isUnspaced: Bool {
    switch value {
    case 0x3040...0x30FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xAC00...0xD7AF, 0xF900...0xFAFF: true
    default: false
    }
  }
}
