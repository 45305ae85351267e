/// Why the lines of a repository cannot be told from its tags.
public enum LineInventoryError: Error, Hashable, Sendable {
  /// Several packages are tagged, none is the main one, and none was chosen.
  case severalPackages([String])
  /// The chosen package has no tags; these have.
  case unknownPackage(String, known: [String])
}
