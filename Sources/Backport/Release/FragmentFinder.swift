import GitStore
import ReleaseModel

/// Finds the entries of the next release that have files of their own.
struct FragmentFinder {
  /// Larger files are no fragments.
  private static let largest = 64 << 10
  private static let most = 1_000

  let repository: Repository

  /// How a tree keeps fragments; nil for a project that has none.
  func style(in tree: ObjectID) -> FragmentStyle? {
    FragmentStyle { path in
      try? repository.file(at: path, in: tree)
    } hasFolder: { path in
      (try? repository.node(at: path, in: tree))?.mode.isTree ?? false
    }
  }

  /// The fragments of a tree, by folder and name; none in a project that has no such files.
  ///
  /// Those that are about other packages than the one released are not among them.
  func fragments(
    in tree: ObjectID, package: String? = nil
  ) throws(GitError) -> [ChangelogFragment] {
    guard let style = style(in: tree) else { return [] }
    var found: [ChangelogFragment] = []
    for place in style.folders {
      guard let folder = try repository.node(at: place.path, in: tree), folder.mode.isTree else {
        continue
      }
      for entry in try repository.tree(folder.id).prefix(FragmentFinder.most)
      where entry.node.mode.isFile {
        guard let name = String(validating: entry.name, as: UTF8.self) else { continue }
        guard try repository.size(of: entry.node.id) <= FragmentFinder.largest,
          let fragment = style.fragment(
            named: name, in: place, try repository.blob(entry.node.id))
        else { continue }
        // A file that is also about another package is still owed to that one.
        if let package, !fragment.packages.allSatisfy({ $0 == package }) { continue }
        found.append(fragment)
      }
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
          category: fragment.category, author: author, component: fragment.component)
      }
    }
    self.entries += others.map {
      ReleaseEntry(text: $0.text, category: $0.category, component: $0.component)
    }
  }
}
