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

  /// The paths of the changelogs: those configured, else the file that the project's fragments go to,
  /// else the first usual name at the root.
  ///
  /// Also looked for in `docs/` and `doc/` when the root has none; there it has to have the section of a
  /// version, since pages of a manual have such names as well.
  func paths(in tree: ObjectID) throws(GitError) -> [String] {
    if !configured.isEmpty {
      var found: [String] = []
      for path in configured where try repository.file(at: path, in: tree) != nil {
        found.append(path)
      }
      return found
    }
    if let path = FragmentFinder(repository: repository).style(in: tree)?.changelog,
      try repository.file(at: path, in: tree) != nil
    {
      return [path]
    }
    for folder in ["", "docs", "doc"] {
      guard let node = try repository.node(at: folder, in: tree), node.mode.isTree else { continue }
      let files = try repository.tree(node.id).filter { $0.node.mode.isFile }
        .compactMap { String(validating: $0.name, as: UTF8.self) }
      for name in ChangelogFinder.names {
        guard let file = files.first(where: { $0.lowercased() == name }) else { continue }
        if folder.isEmpty { return [file] }
        let path = folder + "/" + file
        if try hasSections(path, in: tree) { return [path] }
      }
    }
    return []
  }

  private func hasSections(_ path: String, in tree: ObjectID) throws(GitError) -> Bool {
    guard let node = try repository.node(at: path, in: tree) else { return false }
    let changelog = Changelog(try repository.blob(node.id), format: ChangelogFormat(path: path))
    return !changelog.versions().isEmpty
  }

  /// Where a monorepo keeps its packages.
  private static let packageFolders = [
    "packages", "", "crates", "libs", "modules", "plugins", "components", "projects",
  ]

  /// The paths of the changelogs of a line.
  ///
  /// One of a monorepo's packages has its own, and some projects keep theirs in a place of their own: it
  /// is the one that the line's last release gave a section, else that in the package's folder.
  func paths(in tree: ObjectID, of line: ReleaseLine) throws(GitError) -> [String] {
    let usual = try paths(in: tree)
    guard configured.isEmpty, usual.isEmpty || line.name.package != nil else { return usual }
    let written = try pathsWritten(by: line)
    if written.count == 1, try repository.file(at: written[0], in: tree) != nil { return written }
    guard let name = line.name.package?.split(separator: "/").last else { return usual }
    for folder in ChangelogFinder.packageFolders {
      let path = folder.isEmpty ? String(name) : "\(folder)/\(name)"
      guard let node = try repository.node(at: path, in: tree), node.mode.isTree else { continue }
      let files = try repository.tree(node.id).filter { $0.node.mode.isFile }
        .compactMap { String(validating: $0.name, as: UTF8.self) }
      if let file = files.first(where: { ChangelogFinder.names.contains($0.lowercased()) }) {
        return ["\(path)/\(file)"]
      }
    }
    return usual
  }

  /// Whether a path is named as changelogs are.
  static func isName(_ path: String) -> Bool {
    let name = path.split(separator: "/").last ?? ""
    return names.contains(name.lowercased())
  }

  /// The changelogs in which the last release of a line has its section, and the one before had not.
  private func pathsWritten(by line: ReleaseLine) throws(GitError) -> [String] {
    guard let before = line.releases.dropLast().last, let old = try tree(of: before),
      let new = try tree(of: line.newest)
    else { return [] }
    var found: [String] = []
    for change in try repository.changes(from: old, to: new) {
      guard let node = change.new, node.mode.isFile,
        let path = String(validating: change.path, as: UTF8.self), ChangelogFinder.isName(path),
        let text = try repository.text(node.id),
        Changelog(text, format: ChangelogFormat(path: path)).section(of: line.newest.version) != nil
      else { continue }
      found.append(path)
    }
    return found
  }

  private func tree(of release: ReleaseModel.Release) throws(GitError) -> ObjectID? {
    guard let name = RefName.tag(release.tagName), let reference = repository.reference(name)
    else { return nil }
    return try repository.commit(try repository.commit(of: reference)).tree
  }
}
