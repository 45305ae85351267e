/// A version taken apart as files spell it: prefix, dotted numbers, and whatever follows.
///
/// Weaker than a semantic version on purpose, because version files also hold `7.1.5.1`, `1.2.0.dev0`,
/// `2.45.GIT` and `1.1.0+12`.
struct VersionSpelling: Sendable, Equatable {
  /// `v`, `V` or nothing.
  var prefix: [UInt8]
  var numbers: [Int]
  /// What follows the numbers, with its separator.
  var suffix: [UInt8]
  /// Everything but the prefix.
  var body: [UInt8]

  /// Takes the text apart, or gives nil when it does not begin like a version.
  init?(_ text: some Collection<UInt8>) {
    var rest = text[...]
    prefix = []
    if let first = rest.first, first | 0x20 == UInt8(ascii: "v") {
      prefix = [first]
      rest = rest.dropFirst()
    }
    body = Array(rest)
    numbers = []
    var index = 0
    while index < body.count, VersionBytes.isDigit(body[index]) {
      var end = index
      var value = 0
      while end < body.count, VersionBytes.isDigit(body[end]) {
        guard end - index < 17 else { return nil }
        value = value * 10 + Int(body[end] - 0x30)
        end += 1
      }
      numbers.append(value)
      index = end
      guard index + 1 < body.count, body[index] == UInt8(ascii: "."),
        VersionBytes.isDigit(body[index + 1])
      else { break }
      index += 1
    }
    guard !numbers.isEmpty else { return nil }
    suffix = Array(body[index...])
  }

  /// Whether the text after the numbers marks something that comes before a release.
  var isPreRelease: Bool { Self.isPreRelease(suffix[...]) }

  /// The pre-release behind another version, as in `4.2.8.Final-SNAPSHOT` behind `4.2.8.Final`; nil
  /// when there is none.
  func preRelease(behind other: VersionSpelling) -> ArraySlice<UInt8>? {
    guard !other.suffix.isEmpty, body.count > other.body.count,
      body.starts(with: other.body), Self.isPreRelease(body[other.body.count...])
    else { return nil }
    return body[other.body.count...]
  }

  /// The version without a word that says nothing, as in `4.2.8.Final-SNAPSHOT`, and that word with its
  /// separator; nil when there is none.
  var withoutWord: (spelling: VersionSpelling, word: [UInt8])? {
    guard let separator = suffix.first, Self.separators.contains(separator) else { return nil }
    let letters = suffix.dropFirst().prefix(while: VersionBytes.isLetter)
    guard Self.emptyWords.contains(letters.map(VersionBytes.lowercased)),
      let bare = VersionSpelling(body.dropLast(suffix.count) + suffix[letters.endIndex...])
    else { return nil }
    var spelling = bare
    spelling.prefix = prefix
    return (spelling, [separator] + letters)
  }

  private static let emptyWords: Set<[UInt8]> = Set(
    ["final", "ga", "release"].map { Array($0.utf8) })

  private static func isPreRelease(_ suffix: ArraySlice<UInt8>) -> Bool {
    var word: [UInt8] = []
    for (offset, byte) in suffix.enumerated() {
      if VersionBytes.isLetter(byte) {
        word.append(VersionBytes.lowercased(byte))
      } else if offset > 0 || !separators.contains(byte) {
        break
      }
    }
    return preReleaseWords.contains(word)
  }

  /// Whether the version only holds a place: all zero, as tools leave it that take the tag.
  var isPlaceholder: Bool { numbers.count > 1 && numbers.allSatisfy { $0 == 0 } }

  /// Whether the numbers are the same when missing ones count as zero.
  func hasSameNumbers(as other: VersionSpelling) -> Bool {
    (0..<max(numbers.count, other.numbers.count)).allSatisfy { part($0) == other.part($0) }
  }

  /// The number at this place, zero when the version is shorter.
  func part(_ index: Int) -> Int { index < numbers.count ? numbers[index] : 0 }

  private static let separators = Array("-._~+".utf8)

  private static let preReleaseWords: Set<[UInt8]> = Set(
    [
      "a", "alpha", "b", "beta", "c", "canary", "cr", "dev", "develop", "development", "ea", "git",
      "m", "master", "main", "next", "nightly", "pre", "prerelease", "preview", "rc", "snapshot",
      "trunk", "unreleased", "wip",
    ].map { Array($0.utf8) })
}
