/// What an edit of one version file came to.
public enum VersionFileOutcome: Sendable, Equatable {
  /// The whole new file, and the spans that were replaced.
  ///
  /// Without spans the file holds the new version already and the bytes are those that came in.
  case edited([UInt8], spans: [VersionSpan])
  /// The file keeps no version of its own, such as a manifest whose version is the tag.
  case absent
  /// Nothing may be written, for this reason.
  case refused(VersionFileRefusal)
}

/// One replaced stretch of a version file.
public struct VersionSpan: Sendable, Equatable {
  /// Where the old text stood, in offsets of the file before the edit.
  public var range: Range<Int>
  /// The old text.
  public var found: [UInt8]
  /// The new text.
  public var replacement: [UInt8]

  /// Creates a span from its parts.
  public init(range: Range<Int>, found: [UInt8], replacement: [UInt8]) {
    self.range = range
    self.found = found
    self.replacement = replacement
  }
}

/// Why a version file is left alone and the release of its line is not made.
public enum VersionFileRefusal: Error, Sendable, Equatable {
  /// The file holds another version than the tag the release follows.
  case mismatch(found: String, expected: String)
  /// A rule that must match found nothing.
  case notFound
  /// A rule matched more or fewer places than it was told to expect.
  case matches(Int, expected: Int)
  /// The same of a configured pattern.
  case patternMatches(Int, expected: Int)
  /// The branch has no such file.
  case missing
  /// The file is a Git LFS pointer; its content is not in the repository.
  case largeFilePointer
  /// The file says that a program writes it.
  case generated
  /// The path is a symbolic link.
  case symbolicLink
  /// The path is a submodule.
  case submodule
  /// The file is not what its name says, for instance cut short or with conflict markers.
  case malformed(String)
  /// The new version does not fit the number that the file keeps.
  case unrepresentable(String)
}

extension VersionFileRefusal: CustomStringConvertible {
  /// The one-line reason, as reports print it.
  public var description: String {
    switch self {
    case .mismatch(let found, let expected): "mismatch: found \(found), tag says \(expected)"
    case .notFound: "not found"
    case .matches(let count, let expected): "\(count) matches, \(expected) expected"
    case .patternMatches(let count, let expected):
      "ambiguous: pattern matches \(count == 1 ? "once" : "\(count) times"), \(expected) expected"
    case .missing: "file missing on this branch"
    case .largeFilePointer: "Git LFS pointer"
    case .generated: "generated file"
    case .symbolicLink: "symbolic link"
    case .submodule: "submodule"
    case .malformed(let format): "malformed \(format)"
    case .unrepresentable(let version): "\(version) does not fit the number in the file"
    }
  }
}
