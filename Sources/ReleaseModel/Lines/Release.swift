/// A version that the project tagged.
public struct Release: Hashable, Sendable {
  /// How the tag is read.
  let tag: VersionTag
  /// Other tags of the same version, in order, as with `v1.2.0` beside `1.2.0`.
  public let otherTagNames: [String]
  /// Whether the project took it back.
  public let isYanked: Bool

  /// The version.
  public var version: Version { tag.version }
  /// The name of its tag; of several, the one in the manner that most tags have.
  public var tagName: String { tag.name }
}
