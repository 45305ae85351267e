/// A full reference name, such as `refs/heads/1.1`, that git itself would accept.
///
/// The rules are those of `git check-ref-format`. Names that *we* create obey stricter ones:
/// see ``RefName/validateForCreation()``.
public struct RefName: Hashable, Sendable, CustomStringConvertible {
  /// The whole name, beginning with `refs/`.
  public let description: String

  /// Takes a full name; nil when git would refuse it.
  public init?(_ name: some StringProtocol) {
    guard name.utf8.starts(with: "refs/".utf8), RefName.isWellFormed(name.utf8) else { return nil }
    description = String(name)
  }

  /// The branch of that name under `refs/heads/`.
  public static func branch(_ name: some StringProtocol) -> RefName? {
    RefName("refs/heads/" + name)
  }

  /// The tag of that name under `refs/tags/`.
  public static func tag(_ name: some StringProtocol) -> RefName? {
    RefName("refs/tags/" + name)
  }

  /// What follows `refs/heads/`; nil for any other reference.
  public var branchName: String? { suffix(after: "refs/heads/") }

  /// What follows `refs/tags/`; nil for any other reference.
  public var tagName: String? { suffix(after: "refs/tags/") }

  /// The name without `refs/heads/`, `refs/tags/` or `refs/remotes/`, for display.
  public var shorthand: String {
    branchName ?? tagName ?? suffix(after: "refs/remotes/") ?? description
  }

  private func suffix(after prefix: String) -> String? {
    // By bytes: to Swift a slash and a combining mark after it are one character.
    guard description.utf8.starts(with: prefix.utf8) else { return nil }
    return String(description.utf8.dropFirst(prefix.utf8.count))
  }

  /// The rules of git-check-ref-format(1), on a name of at least two components.
  private static func isWellFormed(_ name: some Collection<UInt8>) -> Bool {
    var previous: UInt8 = UInt8(ascii: "/")
    for byte in name {
      if byte < 0x20 || byte == 0x7f { return false }
      switch byte {
      case UInt8(ascii: " "), UInt8(ascii: "~"), UInt8(ascii: "^"), UInt8(ascii: ":"),
        UInt8(ascii: "?"), UInt8(ascii: "*"), UInt8(ascii: "["), UInt8(ascii: "\\"):
        return false
      case UInt8(ascii: "/") where previous == UInt8(ascii: "/"): return false
      case UInt8(ascii: ".")
      where previous == UInt8(ascii: "/") || previous == UInt8(ascii: "."):
        return false
      case UInt8(ascii: "{") where previous == UInt8(ascii: "@"): return false
      default: break
      }
      previous = byte
    }
    guard previous != UInt8(ascii: "/"), previous != UInt8(ascii: ".") else { return false }
    return name.split(separator: UInt8(ascii: "/")).allSatisfy { component in
      !component.suffix(5).elementsEqual(".lock".utf8)
    }
  }
}

extension RefName: Comparable {
  /// Compares bytes; to Swift two spellings of one accented letter are equal, to git they are not.
  public static func == (left: RefName, right: RefName) -> Bool {
    left.description.utf8.elementsEqual(right.description.utf8)
  }

  /// Orders by bytes, as git sorts references.
  public static func < (left: RefName, right: RefName) -> Bool {
    left.description.utf8.lexicographicallyPrecedes(right.description.utf8)
  }
}

extension RefName {
  /// Hashes the bytes.
  public func hash(into hasher: inout Hasher) {
    for byte in description.utf8 { hasher.combine(byte) }
    hasher.combine(0 as UInt8)
  }
}

extension RefName: Codable {
  /// Reads the full name.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let name = RefName(text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a full reference name")
    }
    self = name
  }

  /// Writes the full name.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}

extension RefName {
  /// Why a name is not one that this program would create.
  public enum Objection: Error, Equatable, Sendable {
    case startsWithDash
    case unsafeCharacter(Unicode.Scalar)
    case tooLong(bytes: Int)
    case looksLikeObjectID
    case isReserved(String)
  }

  /// Checks the rules that go beyond git's, for names this program is to create.
  ///
  /// libgit2 and git accept `refs/heads/-x`, `refs/heads/HEAD` and names that shadow object ids;
  /// each has been used to make another tool act on the wrong thing.
  public func validateForCreation() throws(Objection) {
    let components = description.utf8.split(separator: UInt8(ascii: "/"))
    for component in components where component.first == UInt8(ascii: "-") {
      throw .startsWithDash
    }
    if description.utf8.count > 200 { throw .tooLong(bytes: description.utf8.count) }
    for scalar in description.unicodeScalars where RefName.isUnsafe(scalar) {
      throw .unsafeCharacter(scalar)
    }
    let short = shorthand
    if ["HEAD", "@", "FETCH_HEAD", "ORIG_HEAD", "MERGE_HEAD"].contains(short) {
      throw .isReserved(short)
    }
    if (7...64).contains(short.utf8.count), short.utf8.allSatisfy(RefName.isHexDigit),
      short.utf8.contains(where: { $0 > UInt8(ascii: "9") })
    {
      throw .looksLikeObjectID
    }
  }

  private static func isHexDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte | 0x20)
  }

  private static func isUnsafe(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse,
      .unassigned:
      true
    default: false
    }
  }
}
