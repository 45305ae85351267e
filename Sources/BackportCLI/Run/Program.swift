/// The name and version of this program.
enum Program {
  static let name = "git-backport"
  static let version = "0.1.0"
  /// As `--version` and documents state it.
  static let description = "\(name) \(version)"
}
