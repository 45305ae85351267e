/// A version that stands in running text.
struct VersionOccurrence: Sendable {
  var range: Range<Int>
  var spelling: VersionSpelling

  /// The versions in a stretch of bytes: dotted numbers that are not part of a longer word or number,
  /// with a pre-release behind them if there is one.
  static func tokens(in range: Range<Int>, of bytes: [UInt8]) -> [VersionOccurrence] {
    var tokens: [VersionOccurrence] = []
    var index = range.lowerBound
    while index < range.upperBound {
      guard VersionBytes.isDigit(bytes[index]) else {
        index += 1
        continue
      }
      let end = runEnd(from: index, to: range.upperBound, in: bytes)
      if begins(at: index, in: range, of: bytes), end - index <= 64,
        let token = token(index..<end, of: bytes)
      {
        tokens.append(token)
      }
      index = end
    }
    return tokens
  }

  /// Whether what follows the offset makes a version before it a longer one: `1.1.0.4`, `1.1.0-rc1`.
  static func continues(at index: Int, in bytes: [UInt8]) -> Bool {
    guard index < bytes.count else { return false }
    if VersionBytes.isWord(bytes[index]) { return true }
    if bytes[index] == UInt8(ascii: "."), index + 1 < bytes.count,
      VersionBytes.isDigit(bytes[index + 1])
    {
      return true
    }
    let suffix = bytes[index..<min(index + 32, bytes.count)].prefix { isRun($0) }
    return VersionSpelling(Array("0".utf8) + suffix)?.isPreRelease ?? false
  }

  private static func token(_ run: Range<Int>, of bytes: [UInt8]) -> VersionOccurrence? {
    guard let whole = VersionSpelling(bytes[run]), whole.numbers.count > 1 else { return nil }
    if let worded = worded(run, of: bytes) { return worded }
    if whole.isPreRelease {
      let text = bytes[run].reversed().drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
      let range = run.lowerBound..<run.lowerBound + text.count
      return VersionSpelling(bytes[range]).map { VersionOccurrence(range: range, spelling: $0) }
    }
    if let first = whole.suffix.first, VersionBytes.isWord(first), first != UInt8(ascii: "_") {
      return nil
    }
    let range = run.lowerBound..<run.upperBound - whole.suffix.count
    return VersionSpelling(bytes[range]).map { VersionOccurrence(range: range, spelling: $0) }
  }

  /// The version with a word such as `.Final` behind it, and a pre-release behind that.
  private static func worded(_ run: Range<Int>, of bytes: [UInt8]) -> VersionOccurrence? {
    let text = bytes[run].reversed().drop { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "-") }
    let range = run.lowerBound..<run.lowerBound + text.count
    guard let spelling = VersionSpelling(bytes[range]), let (bare, _) = spelling.withoutWord,
      bare.suffix.isEmpty || bare.isPreRelease
    else { return nil }
    return VersionOccurrence(range: range, spelling: spelling)
  }

  private static func begins(at index: Int, in range: Range<Int>, of bytes: [UInt8]) -> Bool {
    guard index > range.lowerBound else { return true }
    let previous = bytes[index - 1]
    if previous | 0x20 == UInt8(ascii: "v") {
      return index - 1 == range.lowerBound || !VersionBytes.isWord(bytes[index - 2])
        || bytes[index - 2] == UInt8(ascii: "_")
    }
    return previous == UInt8(ascii: "_")
      || !VersionBytes.isWord(previous) && previous != UInt8(ascii: ".")
  }

  private static func runEnd(from start: Int, to end: Int, in bytes: [UInt8]) -> Int {
    var index = start
    while index < end, isRun(bytes[index]) { index += 1 }
    return index
  }

  private static func isRun(_ byte: UInt8) -> Bool {
    VersionBytes.isDigit(byte) || VersionBytes.isLetter(byte) || ".-+~".utf8.contains(byte)
  }
}
