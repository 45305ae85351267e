/// Reads strict SemVer 2.0.0, https://semver.org/spec/v2.0.0.html.
enum SemanticVersionScanner {
  static func scan(_ text: String) throws(VersionParseError) -> Version {
    let bytes = Array(text.utf8)
    guard !bytes.isEmpty else { throw VersionParseError(text, .empty) }
    let plus = bytes.firstIndex(of: UInt8(ascii: "+")) ?? bytes.endIndex
    let hyphen = bytes[..<plus].firstIndex(of: UInt8(ascii: "-")) ?? plus
    if plus < bytes.endIndex {
      for identifier in identifiers(bytes[(plus + 1)...]) where !isIdentifier(identifier) {
        throw VersionParseError(text, .badIdentifier)
      }
    }
    var suffix = Version.Suffix()
    if hyphen < plus {
      for identifier in identifiers(bytes[(hyphen + 1)..<plus]) {
        guard isIdentifier(identifier) else { throw VersionParseError(text, .badIdentifier) }
        suffix.prerelease.append(try prerelease(identifier, of: text))
      }
    }
    let numbers = try numbers(bytes[..<hyphen], of: text)
    return Version(numbers: numbers, suffix: suffix, description: text)
  }

  private static func numbers(
    _ bytes: ArraySlice<UInt8>, of text: String
  ) throws(VersionParseError) -> [VersionNumber] {
    var numbers: [VersionNumber] = []
    for digits in identifiers(bytes) {
      guard let number = VersionNumber(digits: digits) else {
        throw VersionParseError(text, .missingNumber)
      }
      guard !hasLeadingZero(digits) else { throw VersionParseError(text, .leadingZero) }
      numbers.append(number)
    }
    guard numbers.count == 3 else { throw VersionParseError(text, .wrongCount) }
    return numbers
  }

  private static func prerelease(
    _ identifier: ArraySlice<UInt8>, of text: String
  ) throws(VersionParseError) -> PrereleaseIdentifier {
    guard let number = VersionNumber(digits: identifier) else {
      return .text(String(decoding: identifier, as: UTF8.self))
    }
    guard !hasLeadingZero(identifier) else { throw VersionParseError(text, .leadingZero) }
    return .number(number)
  }

  private static func identifiers(_ bytes: ArraySlice<UInt8>) -> [ArraySlice<UInt8>] {
    bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  }

  private static func isIdentifier(_ bytes: ArraySlice<UInt8>) -> Bool {
    !bytes.isEmpty
      && bytes.allSatisfy { $0.isASCIIDigit || $0.isASCIILetter || $0 == UInt8(ascii: "-") }
  }

  private static func hasLeadingZero(_ digits: ArraySlice<UInt8>) -> Bool {
    digits.count > 1 && digits.first == UInt8(ascii: "0")
  }
}
