import GitStore
import ReleaseModel

/// Finds the changelog files of a tree.
struct ChangelogFinder {
  private static let names = [
    "changelog.md", "changelog", "changes.md", "changes", "changes.rst", "changelog.rst",
    "history.md", "history.rst", "history", "news.md", "news", "news.rst", "releases.md",
    "release_notes.md", "release-notes.md", "releasenotes.md", "changelog.txt", "changes.txt",
    "news.txt", "history.txt", "changelog.adoc", "changelog.markdown", "news.adoc",
  ]

  let repository: Repository
  let configured: [String]

  /// The paths of the changelogs: those configured, else the first usual name at the root.
  ///
  /// Also looked for in `docs/` and `doc/` when the root has none.
  func paths(in tree: ObjectID) throws(GitError) -> [String] {
    if !configured.isEmpty {
      var found: [String] = []
      for path in configured where try repository.file(at: path, in: tree) != nil {
        found.append(path)
      }
      return found
    }
    for folder in ["", "docs", "doc"] {
      guard let node = try repository.node(at: folder, in: tree), node.mode.isTree else { continue }
      let files = try repository.tree(node.id).filter { $0.node.mode.isFile }
        .compactMap { String(validating: $0.name, as: UTF8.self) }
      for name in ChangelogFinder.names {
        if let file = files.first(where: { $0.lowercased() == name }) {
          return [folder.isEmpty ? file : folder + "/" + file]
        }
      }
    }
    return []
  }
}
