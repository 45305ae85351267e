/// All releases that share a unit, oldest first; at least one.
public struct ReleaseLine: Hashable, Sendable {
  /// The name of the line.
  public let name: LineName
  /// The releases in ascending order, without yanked ones.
  public let releases: [Release]
  /// The highest release.
  public let newest: Release
  /// The version after every tag of the line, yanked and extra ones too.
  public let nextVersion: Version
  /// The tag of `nextVersion`, in the form of the line's last tag.
  public let nextTagName: String

  /// The lowest release.
  public var first: Release { releases.first ?? newest }
}
