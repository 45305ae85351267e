import GitStore
import ReleaseModel

/// Finds the entries of the next release that have files of their own.
struct FragmentFinder {
  /// Larger files are no fragments.
  private static let largest = 64 << 10
  private static let most = 1_000

  let repository: Repository

  /// The fragments of a tree, by name; none in a project that has no such files.
  func fragments(in tree: ObjectID) throws(GitError) -> [ChangelogFragment] {
    let style = FragmentStyle { path in try? repository.file(at: path, in: tree) }
    guard let style, let folder = try repository.node(at: style.folder, in: tree),
      folder.mode.isTree
    else { return [] }
    var found: [ChangelogFragment] = []
    for entry in try repository.tree(folder.id).prefix(FragmentFinder.most)
    where entry.node.mode.isFile {
      guard let name = String(validating: entry.name, as: UTF8.self) else { continue }
      let bytes = try repository.blob(entry.node.id)
      guard bytes.count <= FragmentFinder.largest else { continue }
      if let fragment = style.fragment(named: name, bytes) { found.append(fragment) }
    }
    return found
  }
}

/// The fragments that a release takes up.
struct ReleaseFragments: Equatable, Sendable {
  /// The files that the release removes.
  var consumed: [String] = []
  /// The entries of the release, the fix's own first.
  var entries: [ReleaseEntry]

  /// Sorts the fragments at a commit into those of the fix and those of whatever rides along.
  ///
  /// The fix's own, if it has any, stand for the entry that was made from its message; `keepsEntry` is
  /// for one that somebody wrote.
  init(
    _ fragments: [ChangelogFragment], ofFix own: Set<String>, entries: [ReleaseEntry],
    keepsEntry: Bool, ids: [String]
  ) {
    consumed = fragments.map(\.path)
    let mine = fragments.filter { own.contains($0.path) }
    let others = fragments.filter { !own.contains($0.path) }
    self.entries = entries
    if !mine.isEmpty, !keepsEntry {
      let author = entries.first?.author
      self.entries = mine.enumerated().map { index, fragment in
        ReleaseEntry(
          text: index == 0 ? FixText.entry(fragment.text, naming: ids) : fragment.text,
          category: fragment.category, author: author)
      }
    }
    self.entries += others.map { ReleaseEntry(text: $0.text, category: $0.category) }
  }
}
