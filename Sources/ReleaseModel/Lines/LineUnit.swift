/// What the releases of one line have in common.
public enum LineUnit: String, Hashable, Sendable, CaseIterable, Codable, CustomStringConvertible {
  /// The first number: line `1`.
  case major
  /// The first two numbers: line `1.2`.
  case minor
  /// What Cargo holds compatible: `1`, and `0.2` below 1.0.
  case compat
  /// Nothing: all releases are one rolling line.
  case patch

  /// The unit that the word names, singular or plural, in any case; nil when none.
  public init?(parsing text: String) {
    switch text.lowercased() {
    case "major", "majors": self = .major
    case "minor", "minors": self = .minor
    case "compat", "compats": self = .compat
    case "patch", "patches": self = .patch
    default: return nil
    }
  }

  /// The word, singular.
  public var description: String { rawValue }

  /// Whether two versions belong to one line.
  func isSameLine(_ one: Version, _ other: Version) -> Bool {
    switch self {
    case .major: one.major == other.major
    case .minor: one.major == other.major && one.minor == other.minor
    case .compat: one.major == other.major && (one.major != 0 || one.minor == other.minor)
    case .patch: true
    }
  }

  /// The numbers that the line of this version has.
  public func lineNumbers(of version: Version) -> [VersionNumber] {
    switch self {
    case .major: [version.major]
    case .minor: [version.major, version.minor]
    case .compat: version.major == 0 ? [version.major, version.minor] : [version.major]
    case .patch: []
    }
  }
}
