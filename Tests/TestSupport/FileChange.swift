/// What a commit does to one path.
package enum FileChange: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// A regular file with these bytes.
  case bytes([UInt8])
  /// An executable file with these bytes.
  case executableBytes([UInt8])
  /// A symbolic link to this target.
  case symlink(String)
  /// A submodule at this commit id.
  case submodule(String)
  /// The path goes away; a directory with all that is below it.
  case deleted
  /// The file or directory moves here from another path, with its contents.
  case renamed(from: String)
  /// The file or directory is copied here from another path.
  case copied(from: String)

  package init(stringLiteral value: String) {
    self = .text(value)
  }

  /// A regular file with this text.
  package static func text(_ text: String) -> Self { .bytes([UInt8](text.utf8)) }

  /// An executable file with this text.
  package static func executable(_ text: String) -> Self { .executableBytes([UInt8](text.utf8)) }
}
