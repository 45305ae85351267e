import GitStore
import ReleaseModel

/// Puts the lines that a fix adds to a changelog where the line's own newest section is.
struct ChangelogRule {
  /// What stands at the path afterwards.
  enum Placement: Equatable {
    /// The file with the lines in their place.
    case written([UInt8])
    /// The line's own version: its newest section is released and takes no more.
    case kept
  }

  let repository: Repository
  /// The newest release of the target's line; nil when it is not known.
  let released: Version?

  /// Where the lines go; nil when no place is known.
  func placement(
    base: TreeNode?, theirs: TreeNode?, ours: TreeNode?, at path: [UInt8]
  ) throws(GitError) -> Placement? {
    guard let base, let theirs, let ours, base.mode.isFile, theirs.mode.isFile, ours.mode.isFile,
      let before = try repository.text(base.id), let after = try repository.text(theirs.id),
      let present = try repository.text(ours.id)
    else { return nil }
    let format = ChangelogFormat(path: String(decoding: path, as: UTF8.self))
    let own = Changelog(present, format: format)
    let changed = Changelog(after, format: format)
    guard let added = try addedLines(from: before, to: after) else {
      return own.applyingSections(from: Changelog(before, format: format), to: changed)
        .map { .written($0) }
    }
    let carried = own.carrying(added, of: changed, released: released)
    switch carried {
    case .placed(let bytes): return .written(bytes)
    case .released: return .kept
    case .unplaceable: return nil
    }
  }

  /// Whether a clean merge put the fix's newest entry below the line's newest section.
  ///
  /// A fix that names an older section itself means that one.
  func isMisplaced(_ file: MergedFile) throws(GitError) -> Bool {
    guard let base = file.base, base.mode.isFile, file.theirs.mode.isFile, file.ours.mode.isFile,
      file.result.mode.isFile
    else { return false }
    let format = ChangelogFormat(path: String(decoding: file.path, as: UTF8.self))
    func standsInNewest(
      _ old: TreeNode, _ new: TreeNode, released: Version?
    ) throws(GitError) -> Bool? {
      guard let before = try repository.text(old.id), let contents = try repository.text(new.id),
        let added = try addedLines(from: before, to: contents)
      else { return nil }
      let changelog = Changelog(contents, format: format)
      return added.allSatisfy { changelog.isNewest($0, after: released) }
    }
    guard try standsInNewest(base, file.theirs, released: nil) == true else { return false }
    return try standsInNewest(file.ours, file.result, released: released) == false
  }

  /// The lines that a change adds, counted from 0; nil when it also removes some that hold text.
  private func addedLines(from old: [UInt8], to new: [UInt8]) throws(GitError) -> [Range<Int>]? {
    guard let hunks = try repository.hunks(from: old, to: new, context: 0) else { return nil }
    var ranges: [Range<Int>] = []
    for hunk in hunks {
      let added = hunk.lines.count { $0.origin == UInt8(ascii: "+") }
      let removed = hunk.lines.filter { $0.origin == UInt8(ascii: "-") }
      guard removed.allSatisfy({ $0.content.allSatisfy { $0 <= UInt8(ascii: " ") } }) else {
        return nil
      }
      if added > 0 { ranges.append(hunk.newStart - 1..<hunk.newStart - 1 + added) }
    }
    return ranges.isEmpty ? nil : ranges
  }
}
