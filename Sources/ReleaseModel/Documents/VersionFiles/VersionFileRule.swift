/// How the version of a file is found.
public enum VersionFileRule: Sendable, Equatable {
  /// By the kind that the path implies; a file of no known kind must spell the version exactly once.
  case automatic
  /// As this kind, whatever the path.
  case kind(VersionFileKind)
  /// By a configured pattern that must match so many times.
  case pattern(VersionPattern, count: Int = 1)
  /// In the lines that the line's last patch release changed.
  case lines(VersionLines)
  /// The file is to stay as it is.
  case none
}
