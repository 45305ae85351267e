import GitStore
import ReleaseModel

/// Opens a branch for its next version after a release, where the project does so.
///
/// Between releases such branches state `1.1.1-SNAPSHOT`, `1.1.1.dev0` or `1.1.1-DEV`: the release takes
/// that away, and a commit of its own puts the one after it back.
struct DevelopmentOpener {
  /// The commit to be made on top of a release.
  struct Opening {
    var tree: ObjectID
    var message: String
    var version: String
  }

  let repository: Repository
  let project: ProjectConfiguration
  let line: ReleaseLine

  /// What opens the branch again; nil where no precedent asks for it.
  ///
  /// `opened` are the files that stated a pre-release of the new version in `before`, the tree under the
  /// release. The precedent is that the tag before states its version plainly in them, so that
  /// somebody has opened them since.
  func opening(
    _ opened: [String], before: ObjectID, released: ObjectID, on tip: ObjectID
  ) throws(BackportError) -> Opening? {
    let editor = VersionFileEditor(
      repository: repository, project: project, date: CalendarDate(unixSeconds: 0))
    guard !opened.isEmpty, let tagged = editor.tree(of: line.newest) else { return nil }
    let next = line.nextVersion.nextPatch(parts: line.nextVersion.numbers.count)
    var change = VersionChange(from: line.nextVersion, to: next)
    change.keepsPreRelease = true
    var tree = released
    var stated: (old: String, new: String)?
    for path in opened {
      let rule = project.versionFiles.first { $0.path == path }.map(editor.rule(of:)) ?? .automatic
      let (old, last) = try store { () throws(GitError) in
        (try repository.file(at: path, in: before), try repository.file(at: path, in: tagged))
      }
      guard let old, let last, isPlain(last, path, rule),
        case .edited(let bytes, let spans) = VersionFile.edit(
          path: path, bytes: old, change: change, rule: rule),
        let span = spans.first
      else { return nil }
      tree = try store { () throws(GitError) in
        try repository.replacing(path, with: bytes, in: tree)
      }
      stated =
        stated
        ?? (
          String(decoding: span.found, as: UTF8.self),
          String(decoding: span.replacement, as: UTF8.self)
        )
    }
    guard let stated else { return nil }
    return Opening(
      tree: tree, message: try message(opened, stated, next, on: tip), version: stated.new)
  }

  /// Whether a file at the last tag states the version of that tag and no pre-release.
  private func isPlain(_ bytes: [UInt8], _ path: String, _ rule: VersionFileRule) -> Bool {
    let change = VersionChange(from: line.newest.version, to: line.nextVersion)
    guard
      case .edited(_, let spans) = VersionFile.edit(
        path: path, bytes: bytes, change: change, rule: rule)
    else { return false }
    return !spans.isEmpty
      && spans.allSatisfy { span in
        !(VersionBump.isPreRelease(span.found, of: line.newest.version)
          || VersionBump.isPreRelease(span.found, of: line.nextVersion))
      }
  }

  /// The subject of the commit that opened the branch after the last release, for the next version.
  private func message(
    _ opened: [String], _ stated: (old: String, new: String), _ next: Version, on tip: ObjectID
  ) throws(BackportError) -> String {
    guard let name = RefName.tag(line.newest.tagName), let reference = repository.reference(name)
    else { return "Open \(stated.new)" }
    let subject = try store { () throws(GitError) -> String? in
      let tag = try repository.commit(of: reference)
      for id in try repository.history(
        from: [tip], notIn: [tag], order: .oldestFirst, limit: 1_000)
      {
        let commit = try repository.commit(id)
        guard commit.parents.count == 1 else { continue }
        let before = try repository.commit(commit.parents[0]).tree
        let changed = try repository.changes(from: before, to: commit.tree).map(\.displayPath)
        if opened.contains(where: changed.contains) { return commit.subject }
      }
      return nil
    }
    guard var text = subject else { return "Open \(stated.new)" }
    text.replace(stated.old, with: stated.new)
    text.replace(line.nextVersion.description, with: next.description)
    let names = text.contains(next.description)
    // A subject that names another version would be wrong; one that names none stays.
    return names || !text.contains(where: \.isNumber) ? text : "Open \(stated.new)"
  }
}
