extension Version {
  /// The next patch release.
  ///
  /// Counts in `parts` numbers: `1.2` is followed by `1.2.1`, `7.0.8.1` by `7.0.8.2`. What is
  /// spelled with leading zeros stays as wide (`2024.04.01` → `2024.04.02`). Letters and `-pN` are
  /// counted up themselves (`1.1.1w` → `1.1.1x`); `.postN` is dropped. A pre-release is followed
  /// by its own release.
  /// `parts` is how many numbers the line has at least; never fewer than are spelled are used.
  public func nextPatch(parts: Int = 3) -> Version {
    var spelled = spelledNumbers
    while spelled.count < min(parts, 4) { spelled.append("0") }
    if isPrerelease { return Version(spelled: spelled, suffix: Suffix(), ending: "") }
    if let revision = suffix.revision, hasCountedRevision {
      var next = suffix
      next.revision = revision.successor
      let ending = Self.incrementingLastNumber(of: spelledSuffix)
      return Version(spelled: spelledNumbers, suffix: next, ending: ending)
    }
    if suffix.revision == nil, let letters = Self.letters(after: suffix.letters) {
      let isUpper = spelledSuffix.utf8.first.map { $0 & 0x20 == 0 } ?? false
      return Version(
        spelled: spelledNumbers, suffix: Suffix(letters: letters.value),
        ending: isUpper ? letters.text.uppercased() : letters.text)
    }
    spelled.append(Self.incrementingLastNumber(of: spelled.removeLast()))
    return Version(spelled: spelled, suffix: Suffix(), ending: "")
  }

  /// The pre-release after this one, its last number counted up; nil for a release.
  var nextPrerelease: Version? {
    guard isPrerelease else { return nil }
    let ending = Self.incrementingLastNumber(of: spelledSuffix)
    return try? Version(parsing: spelledNumbers.joined(separator: ".") + ending)
  }

  /// The numbers with the zeros that they are spelled with.
  var spelledNumbers: [String] {
    description.utf8.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
      .split(separator: UInt8(ascii: "."))
      .prefix(numbers.count).map { String(decoding: $0, as: UTF8.self) }
  }

  /// What is spelled behind the numbers, without build metadata.
  var spelledSuffix: String {
    var rest = Array(description.utf8)[...]
    for index in 0..<numbers.count {
      if index > 0 { rest = rest.dropFirst() }
      rest = rest.drop(while: \.isASCIIDigit)
    }
    return String(decoding: rest.prefix { $0 != UInt8(ascii: "+") }, as: UTF8.self)
  }

  /// Whether the last word is one like `-pN`, that the next release counts up.
  private var hasCountedRevision: Bool {
    let beforeNumber = Array(spelledSuffix.utf8).reversed().drop(while: \.isASCIIDigit)
    let beforeSeparator = beforeNumber.drop { !$0.isASCIILetter }
    let letters = Array(beforeSeparator.prefix(while: \.isASCIILetter).reversed())
    return SuffixWord(letters[...], isNumbered: true) == .revision(isCounted: true)
  }

  private init(spelled: [String], suffix: Suffix, ending: String) {
    self.init(
      numbers: spelled.map { VersionNumber(digits: $0.utf8) ?? 0 }, suffix: suffix,
      description: spelled.joined(separator: ".") + ending)
  }

  /// Counts the digits at the end up and keeps their width; without any, appends a 1.
  private static func incrementingLastNumber(of text: String) -> String {
    let bytes = Array(text.utf8)
    let width = bytes.reversed().prefix(while: \.isASCIIDigit).count
    let head = String(decoding: bytes.dropLast(width), as: UTF8.self)
    let next = VersionNumber(digits: bytes.suffix(width))?.successor ?? 1
    let digits = next.description
    return head + String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
  }

  /// `a` → `b`, `z` → `za`, as OpenSSL counted; nil without letters and after `zz`.
  private static func letters(after value: UInt16) -> (value: UInt16, text: String)? {
    let (first, second) = (value / 27, value % 27)
    guard first > 0, value < 26 * 27 + 26 else { return nil }
    let next: UInt16 =
      if second == 0 {
        first < 26 ? value + 27 : value + 1
      } else {
        second < 26 ? value + 1 : (first + 1) * 27
      }
    let places = [next / 27, next % 27].filter { $0 > 0 }
    let text = places.map { UInt8(truncatingIfNeeded: $0) + UInt8(ascii: "a") - 1 }
    return (next, String(decoding: text, as: UTF8.self))
  }
}
