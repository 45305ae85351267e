/// The name of a tag, read as a version of a package.
public struct VersionTag: Sendable {
  /// One object for all parts: lists of releases are sorted and copied a lot.
  private final class Parts: Sendable {
    let name: String
    let package: String?
    let version: Version
    let manner: Manner

    init(name: String, package: String?, version: Version, manner: Manner) {
      self.name = name
      self.package = package
      self.version = version
      self.manner = manner
    }
  }

  /// What two tags of one manner have in common, whatever their versions.
  struct Manner: Hashable {
    /// Everything before the version.
    var prefix: String
    /// What follows every version: the end of a pattern, or a word such as `.Final`.
    var ending: String
    /// Whether `_` stands between the numbers.
    var joinsWithUnderscore: Bool
  }

  private let parts: Parts

  init(name: String, package: String?, version: Version, manner: Manner) {
    parts = Parts(name: name, package: package, version: version, manner: manner)
  }

  /// The whole name.
  public var name: String { parts.name }
  /// What stands before the version besides `v` and words for "release"; nil without.
  public var package: String? { parts.package }
  /// The version that the name holds.
  public var version: Version { parts.version }
  var manner: Manner { parts.manner }

  /// The name that another version has in the form of this one.
  public func name(of version: Version) -> String {
    let text = version.description.prefix { $0 != "+" }
    guard manner.joinsWithUnderscore else { return manner.prefix + text + manner.ending }
    let bytes = text.utf8.map { byte in
      byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-") ? UInt8(ascii: "_") : byte
    }
    return manner.prefix + String(decoding: bytes, as: UTF8.self) + manner.ending
  }
}

extension VersionTag: Hashable {
  /// Whether both are the same name, read in the same way.
  public static func == (left: VersionTag, right: VersionTag) -> Bool {
    left.name == right.name && left.package == right.package && left.version == right.version
  }

  /// Hashes the name.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(name)
  }
}
