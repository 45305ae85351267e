/// Edits of the files in which a project keeps its version.
///
/// A file is never parsed and printed again: a scanner finds the bytes of the version, and those alone
/// are replaced. Line endings, byte order mark, quotes, comments and the final newline stay.
public enum VersionFile {
  /// Replaces the version in one file.
  ///
  /// The version found has to be that of the tag, the new one, or a pre-release of either, as branches
  /// carry it that are opened early; anything else is refused. A file that holds the new version
  /// already comes back as it is, without spans. Modes are the caller's: a symbolic link or a submodule
  /// must not get here. Linear in the size of the file.
  ///
  /// - Parameters:
  ///   - path: The path in the repository; it chooses the kind.
  ///   - bytes: The content on the branch that is released.
  ///   - change: The version of the last tag and the version to be released.
  ///   - rule: How to find the version.
  /// - Returns: The new file, or why there is none.
  public static func edit(
    path: String, bytes: [UInt8], change: VersionChange, rule: VersionFileRule = .automatic
  ) -> VersionFileOutcome {
    if isLargeFilePointer(bytes) { return .refused(.largeFilePointer) }
    let kind = VersionFileKind(path: path)
    if kind?.isLockFile != true, isGenerated(bytes) { return .refused(.generated) }
    guard var transition = VersionTransition(change) else { return .refused(.notFound) }
    switch rule {
    case .none:
      return .absent
    case .automatic:
      guard let kind else {
        return VersionPattern.version.edit(bytes, transition: transition, count: 1)
      }
      return edit(bytes, as: kind, path: path, transition: transition)
    case .kind(let kind):
      return edit(bytes, as: kind, path: path, transition: transition)
    case .pattern(let pattern, let count):
      return pattern.edit(bytes, transition: transition, count: count)
    case .lines(let precedent):
      transition.keepsPreRelease = transition.keepsPreRelease || precedent.keepsPreRelease
      let outcome = precedent.edit(bytes, transition: transition)
      guard let kind = precedent.kind, case .edited(_, let spans) = outcome else { return outcome }
      return merged(spans, with: edit(bytes, as: kind, path: path, transition: transition), bytes)
    }
  }

  /// A file of this many bytes or more is no Git LFS pointer.
  public static let largestPointer = 1024

  /// Whether the content is a Git LFS pointer.
  ///
  /// See <https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md>.
  public static func isLargeFilePointer(_ bytes: [UInt8]) -> Bool {
    bytes.count < largestPointer
      && VersionBytes.starts("version https://git-lfs.", at: 0, in: bytes)
  }

  /// Whether the head of the file says that a program writes it.
  ///
  /// Understands `@generated` and the marker of Go, `Code generated … DO NOT EDIT.`
  public static func isGenerated(_ bytes: [UInt8]) -> Bool {
    let head = Array(bytes.prefix(2048))
    if VersionBytes.find("@generated", from: 0, in: head) != nil { return true }
    guard let start = VersionBytes.find("Code generated ", from: 0, in: head),
      let end = VersionBytes.find("DO NOT EDIT", from: start, in: head)
    else { return false }
    return !head[start..<end].contains(VersionBytes.newline)
  }

  /// The outcome with further spans, where they are not the same.
  private static func merged(
    _ spans: [VersionSpan], with outcome: VersionFileOutcome, _ bytes: [UInt8]
  ) -> VersionFileOutcome {
    guard case .edited(_, let others) = outcome else { return outcome }
    let known = Set(others.map(\.range))
    return applying(others + spans.filter { !known.contains($0.range) }, to: bytes)
  }

  private static func edit(
    _ bytes: [UInt8], as kind: VersionFileKind, path: String, transition: VersionTransition
  ) -> VersionFileOutcome {
    do {
      let places = try kind.places(in: bytes, path: path, transition: transition)
      return VersionSettlement.outcome(of: places, in: bytes, transition: transition)
    } catch {
      return .refused(error)
    }
  }

  /// The file with the spans replaced; overlapping spans are a scanner's mistake and are refused.
  static func applying(_ spans: [VersionSpan], to bytes: [UInt8]) -> VersionFileOutcome {
    let spans = spans.sorted { $0.range.lowerBound < $1.range.lowerBound }
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count + 16 * spans.count)
    var kept = 0
    for span in spans {
      guard span.range.lowerBound >= kept, span.range.upperBound <= bytes.count else {
        return .refused(.matches(spans.count, expected: 1))
      }
      result += bytes[kept..<span.range.lowerBound]
      result += span.replacement
      kept = span.range.upperBound
    }
    result += bytes[kept...]
    return .edited(result, spans: spans)
  }
}
