/// Reads a version in any form that projects use, from one slice of bytes.
struct VersionScanner {
  private static let dash = UInt8(ascii: "-")
  private static let dot = UInt8(ascii: ".")
  private static let underscore = UInt8(ascii: "_")

  private let text: String
  private let joinsWithUnderscore: Bool
  private var rest: ArraySlice<UInt8>

  /// A scanner over `bytes`; `text` is what errors show.
  ///
  /// `joinsWithUnderscore` lets `_` separate numbers too, as in the tag `REL_16_2`.
  init(_ text: String, bytes: ArraySlice<UInt8>, joinsWithUnderscore: Bool = false) {
    self.text = text
    self.joinsWithUnderscore = joinsWithUnderscore
    rest = bytes
  }

  mutating func scan() throws(VersionParseError) -> Version {
    guard !rest.isEmpty else { throw VersionParseError(text, .empty) }
    if let first = rest.first, first | 0x20 == UInt8(ascii: "v") { rest = rest.dropFirst() }
    var (numbers, spelling) = try scanNumbers()
    let plus = rest.firstIndex(of: UInt8(ascii: "+")) ?? rest.endIndex
    let tail = rest[..<plus]
    let suffix = try tail.isEmpty ? Version.Suffix() : scanSuffix(tail, count: numbers.count)
    try checkBuild(rest[plus...].dropFirst(), isPresent: plus < rest.endIndex)
    spelling += tail.map { $0 == Self.underscore ? Self.dash : $0 }
    spelling += rest[plus...]
    return Version(
      numbers: numbers, suffix: suffix, description: String(decoding: spelling, as: UTF8.self))
  }

  private mutating func scanNumbers() throws(VersionParseError) -> ([VersionNumber], [UInt8]) {
    var numbers: [VersionNumber] = []
    var spelling: [UInt8] = []
    while true {
      let digits = rest.prefix(while: \.isASCIIDigit)
      guard let number = VersionNumber(digits: digits) else {
        throw VersionParseError(text, .missingNumber)
      }
      numbers.append(number)
      if !spelling.isEmpty { spelling.append(Self.dot) }
      spelling += digits
      rest = rest.dropFirst(digits.count)
      guard let separator = rest.first, rest.dropFirst().first?.isASCIIDigit == true,
        separator == Self.dot || (joinsWithUnderscore && separator == Self.underscore)
      else { return (numbers, spelling) }
      guard numbers.count < 4 else { throw VersionParseError(text, .wrongCount) }
      rest = rest.dropFirst()
    }
  }

  private func checkBuild(
    _ build: ArraySlice<UInt8>, isPresent: Bool
  ) throws(VersionParseError) {
    guard isPresent else { return }
    let isWellFormed = build.allSatisfy {
      $0.isASCIIDigit || $0.isASCIILetter || [Self.dash, Self.dot, Self.underscore].contains($0)
    }
    guard isWellFormed, !build.isEmpty else { throw VersionParseError(text, .badIdentifier) }
  }

  private func scanSuffix(
    _ tail: ArraySlice<UInt8>, count: Int
  ) throws(VersionParseError) -> Version.Suffix {
    if let suffix = words(tail) { return suffix }
    guard tail.first == Self.dash else { throw VersionParseError(text, .unknownSuffix) }
    var suffix = Version.Suffix()
    if count != 3, let revision = VersionNumber(digits: tail.dropFirst()) {
      suffix.revision = revision
      return suffix
    }
    for identifier in tail.dropFirst().split(separator: Self.dot, omittingEmptySubsequences: false)
    {
      let isWellFormed = identifier.allSatisfy {
        $0.isASCIIDigit || $0.isASCIILetter || $0 == Self.dash
      }
      guard isWellFormed, !identifier.isEmpty else {
        throw VersionParseError(text, .badIdentifier)
      }
      suffix.prerelease += Self.identifiers(identifier)
    }
    return suffix
  }

  /// `rc10` becomes `rc` and 10, when the word is known; anything else stays whole.
  private static func identifiers(_ bytes: ArraySlice<UInt8>) -> [PrereleaseIdentifier] {
    if let number = VersionNumber(digits: bytes) { return [.number(number)] }
    let letters = bytes.prefix(while: \.isASCIILetter)
    let digits = bytes.dropFirst(letters.count)
    let number = VersionNumber(digits: digits)
    if number != nil || digits.isEmpty,
      case .prerelease(let name) = SuffixWord(letters, isNumbered: number != nil)
    {
      return [.text(name)] + (number.map { [.number($0)] } ?? [])
    }
    return [.text(String(decoding: bytes, as: UTF8.self))]
  }

  /// The suffix when it is made of known words and their numbers alone.
  private func words(_ tail: ArraySlice<UInt8>) -> Version.Suffix? {
    var suffix = Version.Suffix()
    var tail = tail
    if let letters = Self.revisionLetters(tail) {
      suffix.letters = letters.value
      tail = tail.dropFirst(letters.count)
    }
    while !tail.isEmpty {
      if let first = tail.first, Self.isSeparator(first) { tail = tail.dropFirst() }
      let letters = tail.prefix(while: \.isASCIILetter)
      tail = tail.dropFirst(letters.count)
      if let first = tail.first, Self.isSeparator(first),
        tail.dropFirst().first?.isASCIIDigit == true
      {
        tail = tail.dropFirst()
      }
      let digits = tail.prefix(while: \.isASCIIDigit)
      tail = tail.dropFirst(digits.count)
      let number = VersionNumber(digits: digits)
      if letters.isEmpty, let number, suffix.isPrerelease, suffix.development == nil {
        suffix.prerelease.append(.number(number))
        continue
      }
      guard let word = SuffixWord(letters, isNumbered: number != nil),
        Self.add(word, number, to: &suffix)
      else { return nil }
    }
    return suffix
  }

  private static func isSeparator(_ byte: UInt8) -> Bool {
    byte == dash || byte == dot || byte == underscore
  }

  /// Adds a word where it may stand: each kind once.
  private static func add(
    _ word: SuffixWord, _ number: VersionNumber?, to suffix: inout Version.Suffix
  ) -> Bool {
    switch word {
    case .prerelease(let name):
      guard suffix == Version.Suffix() else { return false }
      suffix.prerelease = [.text(name)] + (number.map { [.number($0)] } ?? [])
    case .development:
      guard suffix.development == nil else { return false }
      suffix.development = number ?? 0
    case .revision:
      guard suffix.revision == nil, suffix.development == nil else { return false }
      suffix.revision = number ?? 0
    case .release:
      return suffix == Version.Suffix() && number == nil
    }
    return true
  }

  /// One letter, or two from `za` on, directly behind the numbers and not followed by a digit.
  private static func revisionLetters(
    _ tail: ArraySlice<UInt8>
  ) -> (value: UInt16, count: Int)? {
    let letters = tail.prefix(while: \.isASCIILetter)
    guard tail.dropFirst(letters.count).first?.isASCIIDigit != true else { return nil }
    let places = letters.prefix(3).map { UInt16($0.lowercasedASCII - UInt8(ascii: "a")) + 1 }
    switch places.count {
    case 1: return (places[0] * 27, 1)
    case 2 where places[0] == 26: return (places[0] * 27 + places[1], 2)
    default: return nil
    }
  }
}
