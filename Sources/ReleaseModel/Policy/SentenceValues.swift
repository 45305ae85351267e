/// The values inside a sentence, read leniently and with nil for failure.
enum SentenceValues {
  static func version(_ text: String) -> Version? {
    guard
      text.utf8.first.map({ $0.isASCIIDigit || $0.lowercasedASCII == UInt8(ascii: "v") }) == true
    else { return nil }
    return try? Version(parsing: text)
  }

  static func range(_ text: String) -> VersionRange? {
    try? VersionRange(parsing: text)
  }

  static func date(_ text: String) -> CalendarDate? {
    try? CalendarDate(parsing: text)
  }
}

extension SentenceParser {
  /// Whether the word can begin or continue a range: an operator, a number, `v1`, `x`, a dash.
  static func startsRange(_ word: String) -> Bool {
    let bytes = word.utf8
    guard let first = bytes.first else { return false }
    if first.isASCIIDigit { return true }
    switch first {
    case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "="), UInt8(ascii: "~"),
      UInt8(ascii: "^"), UInt8(ascii: "*"), UInt8(ascii: "|"), UInt8(ascii: "-"):
      return true
    case UInt8(ascii: "v"), UInt8(ascii: "V"):
      return bytes.dropFirst().first?.isASCIIDigit == true
    case UInt8(ascii: "x"), UInt8(ascii: "X"):
      return bytes.count == 1
    default:
      return word.hasPrefix("≤") || word.hasPrefix("≥") || word == "–"
    }
  }

  /// Whether the word spoils every range: no operator by itself and no range by itself.
  static func cannotBelongToRange(_ word: String) -> Bool {
    word.utf8.contains { $0.isASCIIDigit || $0.isASCIILetter } && SentenceValues.range(word) == nil
  }

  /// Whether the word is written as `2026-04…`.
  static func looksLikeDate(_ word: String) -> Bool {
    let bytes = Array(word.utf8)
    guard bytes.count >= 6, bytes[4] == UInt8(ascii: "-") else { return false }
    return bytes[..<4].allSatisfy(\.isASCIIDigit) && bytes[5].isASCIIDigit
  }

  /// The number of `0.x`.
  static func phase(_ word: String) -> VersionNumber? {
    let key = word.lowercased()
    guard key.hasSuffix(".x") else { return nil }
    return VersionNumber(digits: key.utf8.dropLast(2))
  }
}
