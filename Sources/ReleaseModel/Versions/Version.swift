/// The version of a release, as projects write it.
///
/// Versions are equal, hashed and ordered by precedence: `1.2` equals `1.2.0`, and build metadata
/// does not count. The spelling is kept for `description` only. The order is that of SemVer 2.0.0
/// §11, extended by what it has no word for: a fourth number, letters (`1.1.1w`), `.postN` and
/// `-pN` are later revisions, `.devN` comes before everything else of its release (PEP 440).
public struct Version: Sendable, CustomStringConvertible {
  /// What follows the numbers, in its canonical form.
  struct Suffix: Hashable, Sendable {
    /// Empty for a release.
    var prerelease: [PrereleaseIdentifier] = []
    /// Trailing letters: 27 × the first plus the second, `a` = 1; 0 without.
    var letters: UInt16 = 0
    /// The N of `.postN` and `-pN`.
    var revision: VersionNumber?
    /// The N of `.devN`.
    var development: VersionNumber?

    var isPrerelease: Bool { !prerelease.isEmpty || development != nil }
  }

  /// One object for all parts: lists of releases are sorted and copied a lot.
  private final class Parts: Sendable {
    let numbers: [VersionNumber]
    let suffix: Suffix
    let description: String
    /// The numbers in 16 bits each; nil when one is larger.
    let packedNumbers: UInt64?
    let isPlain: Bool

    init(numbers: [VersionNumber], suffix: Suffix, description: String) {
      self.numbers = numbers
      self.suffix = suffix
      self.description = description
      var packed: UInt64? = 0
      for index in 0..<4 {
        let number = index < numbers.count ? numbers[index].uint64 : 0
        guard let number, number <= UInt16.max else {
          packed = nil
          break
        }
        packed = packed.map { $0 << 16 | number }
      }
      packedNumbers = packed
      isPlain = suffix == Suffix()
    }
  }

  private let parts: Parts

  init(numbers: [VersionNumber], suffix: Suffix, description: String) {
    parts = Parts(numbers: numbers, suffix: suffix, description: description)
  }

  /// The numbers, as many as are spelled: one to four.
  public var numbers: [VersionNumber] { parts.numbers }
  /// The spelling, without a leading `v` and with dots between the numbers.
  public var description: String { parts.description }
  var suffix: Suffix { parts.suffix }

  /// The version that is written in strict SemVer 2.0.0.
  public init(semantic text: String) throws(VersionParseError) {
    self = try SemanticVersionScanner.scan(text)
  }

  /// The version that is written in any form that projects use.
  ///
  /// One to four numbers after an optional `v`; missing ones are 0. Pre-releases are written as in
  /// SemVer, as in PEP 440 (`1.0rc1`) or as in Maven and RubyGems (`1.0.0.beta2`, `-SNAPSHOT`). A
  /// number at the end of a known word counts as a number: `-rc2` is below `-rc10`, other than in
  /// strict SemVer. `-N` is a pre-release behind three numbers, as in SemVer, else a revision, as in
  /// PEP 440.
  public init(parsing text: String) throws(VersionParseError) {
    var scanner = VersionScanner(text, bytes: Array(text.utf8)[...])
    self = try scanner.scan()
  }

  /// The release with these numbers, spelled without leading zeros.
  ///
  /// There are one to four; none at all counts as a zero, more are ignored.
  public init(numbers: [VersionNumber]) {
    let kept = numbers.isEmpty ? [0] : Array(numbers.prefix(4))
    self.init(
      numbers: kept, suffix: Suffix(), description: kept.map(\.description).joined(separator: "."))
  }

  /// The release `major.minor.patch`.
  public init(_ major: VersionNumber, _ minor: VersionNumber, _ patch: VersionNumber) {
    self.init(numbers: [major, minor, patch])
  }

  /// The first number.
  public var major: VersionNumber { number(at: 0) }
  /// The second number; 0 when it is not spelled.
  public var minor: VersionNumber { number(at: 1) }
  /// The third number; 0 when it is not spelled.
  public var patch: VersionNumber { number(at: 2) }

  /// The number at this place, counted from 0; 0 when it is not spelled.
  public func number(at index: Int) -> VersionNumber {
    numbers.indices.contains(index) ? numbers[index] : 0
  }

  /// Whether the version comes before the release with its numbers: alpha, rc, snapshot, dev.
  public var isPrerelease: Bool { suffix.isPrerelease }

  /// The identifiers of the pre-release, known words in lower case; empty for a release and `.devN`.
  public var prerelease: [PrereleaseIdentifier] { suffix.prerelease }

  /// Whether there is nothing behind the numbers but build metadata.
  var isPlain: Bool { parts.isPlain }

  /// The numbers without zeros at the end; equal for equal versions.
  var significantNumbers: ArraySlice<VersionNumber> {
    let last = numbers.lastIndex { $0 != 0 }
    return numbers.prefix(last.map { $0 + 1 } ?? 0)
  }
}

extension Version: Comparable {
  /// Compares by precedence.
  public static func < (left: Version, right: Version) -> Bool {
    if let order = numbersPrecede(left, right) { return order }
    if left.isPlain && right.isPlain { return false }
    return left.suffix < right.suffix
  }

  /// Whether both have the same precedence.
  public static func == (left: Version, right: Version) -> Bool {
    guard left.isPlain == right.isPlain, numbersPrecede(left, right) == nil else { return false }
    return left.isPlain || left.suffix == right.suffix
  }

  /// Whether the left numbers are lower; nil when they are the same.
  static func numbersPrecede(_ left: Version, _ right: Version) -> Bool? {
    if let one = left.parts.packedNumbers, let other = right.parts.packedNumbers {
      return one == other ? nil : one < other
    }
    let (left, right) = (left.numbers, right.numbers)
    for index in 0..<max(left.count, right.count) {
      let one = index < left.count ? left[index] : 0
      let other = index < right.count ? right[index] : 0
      if one != other { return one < other }
    }
    return nil
  }
}

extension Version: Hashable {
  /// Hashes what precedence looks at.
  public func hash(into hasher: inout Hasher) {
    if let packed = parts.packedNumbers {
      hasher.combine(packed)
    } else {
      hasher.combine(significantNumbers)
    }
    if !isPlain { hasher.combine(suffix) }
  }
}

extension Version.Suffix: Comparable {
  /// Compares what follows equal numbers.
  static func < (left: Self, right: Self) -> Bool {
    if left.phase != right.phase { return left.phase < right.phase }
    if left.prerelease != right.prerelease {
      return left.prerelease.lexicographicallyPrecedes(right.prerelease)
    }
    if left.letters != right.letters { return left.letters < right.letters }
    if left.revision != right.revision {
      guard let one = left.revision, let other = right.revision else { return left.revision == nil }
      return one < other
    }
    guard let one = left.development else { return false }
    guard let other = right.development else { return true }
    return one < other
  }

  /// `.devN` alone, then pre-releases, then the release and its revisions.
  private var phase: Int {
    if !prerelease.isEmpty { return 1 }
    return development != nil && letters == 0 && revision == nil ? 0 : 2
  }
}

extension Version: Codable {
  /// Reads one string in the lenient form.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    do throws(VersionParseError) {
      try self.init(parsing: text)
    } catch {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
    }
  }

  /// Writes the spelling.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
