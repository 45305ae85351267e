/// The name of a release line: `1`, `1.2`, in a monorepo `pkg@1.2`, and `rolling` without numbers.
///
/// Equal when package and numbers are; leading zeros (`24.04`) are only kept for `description`.
public struct LineName: Sendable, CustomStringConvertible {
  private static let rolling = "rolling"

  /// The package in a monorepo; nil for the main one.
  public let package: String?
  /// The numbers that the releases of the line have in common.
  public let numbers: [VersionNumber]
  /// The numbers as they are spelled, without the package.
  public let text: String

  /// The line of these numbers, spelled without leading zeros.
  public init(package: String? = nil, numbers: [VersionNumber]) {
    self.init(package: package, spelled: numbers.map(\.description))
  }

  /// The line of these spelled numbers; a spelling that is no number counts as 0.
  init(package: String?, spelled: [String]) {
    self.package = package
    numbers = spelled.map { VersionNumber(digits: $0.utf8) ?? 0 }
    text = spelled.isEmpty ? Self.rolling : spelled.joined(separator: ".")
  }

  /// The line that the text names: `1.2`, `v1.2`, `1.2.x`, `pkg@1.2`; nil when it names none.
  public init?(parsing text: String) {
    let bytes = Array(text.utf8)
    let at = bytes.lastIndex(of: UInt8(ascii: "@"))
    let package = at.map { String(decoding: bytes[..<$0], as: UTF8.self) }
    if package?.isEmpty == true { return nil }
    var rest = bytes[(at.map { $0 + 1 } ?? 0)...]
    if rest.elementsEqual(Self.rolling.utf8) {
      self.init(package: package, spelled: [])
      return
    }
    if rest.first.map({ $0 | 0x20 }) == UInt8(ascii: "v") { rest = rest.dropFirst() }
    for wildcard in [".x", ".X", ".*"]
    where rest.count > 2 && rest.suffix(2) == Array(wildcard.utf8)[...] {
      rest = rest.dropLast(2)
      break
    }
    let pieces = rest.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard pieces.count <= 4, pieces.allSatisfy({ VersionNumber(digits: $0) != nil }) else {
      return nil
    }
    self.init(package: package, spelled: pieces.map { String(decoding: $0, as: UTF8.self) })
  }

  /// The package, when there is one, and the numbers.
  public var description: String { package.map { "\($0)@\(text)" } ?? text }
}

extension LineName: Comparable {
  /// Compares the package, then the numbers.
  public static func < (left: LineName, right: LineName) -> Bool {
    if left.package != right.package {
      return (left.package ?? "").utf8.lexicographicallyPrecedes((right.package ?? "").utf8)
    }
    return left.numbers.lexicographicallyPrecedes(right.numbers)
  }

  /// Whether package and numbers are the same.
  public static func == (left: LineName, right: LineName) -> Bool {
    left.package == right.package && left.numbers == right.numbers
  }
}

extension LineName: Hashable {
  /// Hashes package and numbers.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(package)
    hasher.combine(numbers)
  }
}

extension LineName: Codable {
  /// Reads one string as `init(parsing:)` does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let name = LineName(parsing: text) else {
      throw DecodingError.dataCorruptedError(in: container, debugDescription: text)
    }
    self = name
  }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
