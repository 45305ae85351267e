extension VersionRange {
  /// The range that the text spells.
  ///
  /// `<1.0.0` · `>=2 <3` · `>= 1, < 2` · `<=1.15` · `1.2.x` · `4.0 - 4.9` · `^1.2` · `~1.2` ·
  /// `~> 1.2` · `=1.0` · `1.2` · `*` · `none`; several apart by `||` are a union. A version with
  /// fewer than three numbers stands for its whole line: `1.2` is `1.2.x`, `<=1.15` and
  /// `1.0 - 1.15` hold all of 1.15.x, `>1.15` nothing of it.
  public init(parsing text: String) throws(VersionParseError) {
    let bytes = Array(text.utf8)
    var all: [Interval] = []
    var start = 0
    for index in 0...bytes.count {
      let isEnd = index == bytes.count
      guard isEnd || bytes[index...].starts(with: "||".utf8), index >= start else { continue }
      var scanner = VersionRangeScanner(text, bytes: bytes[start..<index])
      all += try scanner.scan().intervals
      start = index + 2
    }
    let spelling = bytes.drop(while: Self.isSpace).reversed().drop(while: Self.isSpace).reversed()
    self.init(all, spelling: String(decoding: Array(spelling), as: UTF8.self))
  }

  static func isSpace(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }
}

/// Reads one alternative of a range: comparisons that must all hold, or a span.
struct VersionRangeScanner {
  /// How a version limits.
  enum Comparison {
    case same
    case less
    case atMost
    case greater
    case atLeast
    case caret
    case tilde
    case pessimistic
  }

  /// A version as written in a range; `lineLength` is how many numbers fix it, nil when it is whole.
  struct Operand {
    var version: Version
    var lineLength: Int?

    var numbers: [VersionNumber] { (0..<(lineLength ?? 3)).map(version.number(at:)) }
  }

  private static let comparisons: [(spelling: String, meaning: Comparison)] = [
    ("<=", .atMost), ("=<", .atMost), ("≤", .atMost), (">=", .atLeast), ("=>", .atLeast),
    ("≥", .atLeast), ("~>", .pessimistic), ("<", .less), (">", .greater), ("==", .same),
    ("=", .same), ("^", .caret), ("~", .tilde),
  ]

  /// The first byte of the en dash and the em dash, and of nothing that a version holds.
  private static let leadingDashByte: UInt8 = 0xE2

  private let text: String
  private var rest: ArraySlice<UInt8>

  init(_ text: String, bytes: ArraySlice<UInt8>) {
    self.text = text
    rest = bytes
  }

  mutating func scan() throws(VersionParseError) -> VersionRange {
    skipSpaces()
    guard !rest.isEmpty else { throw VersionParseError(text, .empty) }
    if rest.elementsEqual("none".utf8) { return .none }
    var range = VersionRange.all
    while !rest.isEmpty {
      let comparison = scanComparison()
      let operand = try scanOperand(startsSpan: comparison == nil)
      skipSpaces()
      if comparison == nil, scanHyphen() {
        let end = try scanOperand(startsSpan: false)
        range = range.intersection(Self.span(from: operand, through: end))
        skipSpaces()
      } else {
        range = range.intersection(Self.range(comparison ?? .same, operand))
      }
      if rest.first == UInt8(ascii: ",") {
        rest = rest.dropFirst()
        skipSpaces()
        guard !rest.isEmpty else { throw VersionParseError(text, .badRange) }
      }
    }
    return range
  }

  private mutating func skipSpaces() {
    rest = rest.drop(while: VersionRange.isSpace)
  }

  private mutating func scanComparison() -> Comparison? {
    for (spelling, meaning) in Self.comparisons where rest.starts(with: spelling.utf8) {
      rest = rest.dropFirst(spelling.utf8.count)
      skipSpaces()
      return meaning
    }
    return nil
  }

  /// A hyphen or a dash; the spaces before it are read already.
  private mutating func scanHyphen() -> Bool {
    for dash in ["-", "–", "—"] where rest.starts(with: dash.utf8) {
      rest = rest.dropFirst(dash.utf8.count)
      skipSpaces()
      return true
    }
    return false
  }

  /// The next version; where a span may start, `4.0-4.9` and `1-2` are two, `1.2.3-4` is one.
  private func nextWord(startsSpan: Bool) -> ArraySlice<UInt8> {
    let word = rest.prefix {
      !VersionRange.isSpace($0) && $0 != UInt8(ascii: ",") && $0 != Self.leadingDashByte
    }
    let parts = word.split(
      separator: UInt8(ascii: "-"), maxSplits: 1, omittingEmptySubsequences: false)
    guard startsSpan, parts.count == 2, parts.allSatisfy(Self.isPlain) else { return word }
    let dots = parts.map { part in part.count { $0 == UInt8(ascii: ".") } }
    return dots[1] > 0 || dots[0] < 2 ? parts[0] : word
  }

  private static func isPlain(_ part: ArraySlice<UInt8>) -> Bool {
    part.first?.isASCIIDigit == true
      && part.allSatisfy { $0.isASCIIDigit || ".xX*".utf8.contains($0) }
  }

  private mutating func scanOperand(startsSpan: Bool) throws(VersionParseError) -> Operand {
    let word = nextWord(startsSpan: startsSpan)
    rest = rest.dropFirst(word.count)
    let pieces = word.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let fixed = pieces.prefix { !Self.isWildcard($0) }
    if fixed.count < pieces.count {
      guard pieces.dropFirst(fixed.count).allSatisfy(Self.isWildcard), pieces.count <= 4 else {
        throw VersionParseError(text, .badRange)
      }
      guard !fixed.isEmpty else { return Operand(version: Version(0, 0, 0), lineLength: 0) }
      let version = try version(fixed.joined(separator: [UInt8(ascii: ".")]))
      guard version.isPlain, version.numbers.count == fixed.count else {
        throw VersionParseError(text, .badRange)
      }
      return Operand(version: version, lineLength: fixed.count)
    }
    let version = try version(word)
    let isLine = version.isPlain && version.numbers.count < 3
    return Operand(version: version, lineLength: isLine ? version.numbers.count : nil)
  }

  private func version(_ bytes: some Sequence<UInt8>) throws(VersionParseError) -> Version {
    var scanner = VersionScanner(text, bytes: Array(bytes)[...])
    return try scanner.scan()
  }

  private static func isWildcard(_ piece: ArraySlice<UInt8>) -> Bool {
    piece.count == 1 && piece.first.map("xX*".utf8.contains) == true
  }

  private static func span(from start: Operand, through end: Operand) -> VersionRange {
    range(.atLeast, start).intersection(range(.atMost, end))
  }

  private static func range(_ comparison: Comparison, _ operand: Operand) -> VersionRange {
    let version = operand.version
    let line = operand.lineLength.map { VersionRange.line(Array(operand.numbers.prefix($0))) }
    switch comparison {
    case .same: return line ?? .exactly(version)
    case .less: return .below(version)
    case .atLeast: return .atLeast(version)
    case .atMost:
      guard let line else { return .atMost(version) }
      return VersionRange(
        line.intervals.map { VersionRange.Interval(lower: .start, upper: $0.upper) })
    case .greater:
      guard let line else { return .above(version) }
      return VersionRange(
        line.intervals.compactMap(\.upper).map { VersionRange.Interval(lower: $0, upper: nil) })
    case .caret, .tilde, .pessimistic:
      return .atLeast(version).intersection(.line(fixedNumbers(comparison, operand)))
    }
  }

  /// The numbers that `^`, `~` and `~>` keep, as Cargo, npm and RubyGems do.
  private static func fixedNumbers(
    _ comparison: Comparison, _ operand: Operand
  ) -> [VersionNumber] {
    let length = operand.lineLength ?? max(operand.version.numbers.count, 3)
    let numbers = (0..<length).map(operand.version.number(at:))
    switch comparison {
    case .caret:
      let leading = numbers.firstIndex { $0 != 0 } ?? max(length - 1, 0)
      return Array(numbers.prefix(min(leading, 2) + 1))
    case .pessimistic: return Array(numbers.prefix(max(length - 1, min(length, 1))))
    default: return Array(numbers.prefix(2))
    }
  }
}
