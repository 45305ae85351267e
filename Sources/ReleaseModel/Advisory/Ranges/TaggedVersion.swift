/// A version that is tagged, or about to be, and whether it has the flaw, as git says.
public struct TaggedVersion: Hashable, Sendable {
  /// How a version stands to the flaw.
  public enum State: String, Codable, Sendable {
    /// Its history does not hold what introduced the flaw.
    case unaffected
    /// Its history holds the flaw and not all of the fix.
    case affected
    /// Its history holds all of the fix.
    case fixed
  }

  /// The version as the ecosystem spells it.
  public var text: String
  /// The version as tags are ordered.
  public var version: Version
  /// The tag.
  public var tag: String
  /// The tagged commit, full hex.
  public var commit: String
  /// The release line.
  public var line: String
  /// How it stands to the flaw.
  public var state: State
  /// Whether it counts as a release: neither a pre-release nor taken back.
  public var isRelease: Bool

  /// Makes a version.
  public init(
    text: String, version: Version, tag: String, commit: String, line: String, state: State,
    isRelease: Bool = true
  ) {
    self.text = text
    self.version = version
    self.tag = tag
    self.commit = commit
    self.line = line
    self.state = state
    self.isRelease = isRelease
  }

  /// Whether it has the flaw.
  public var isAffected: Bool { state == .affected }

  /// The versions in the order of the ecosystem, as their package is compared.
  public static func sorted(_ versions: [TaggedVersion], in order: VersionOrder) -> [TaggedVersion]
  {
    versions.sorted { left, right in
      if order.precedes(left.text, right.text) == true { return true }
      if order.precedes(right.text, left.text) == true { return false }
      return left.text.utf8.lexicographicallyPrecedes(right.text.utf8)
    }
  }
}
