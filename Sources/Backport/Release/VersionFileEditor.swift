import GitStore
import ReleaseModel

/// Raises the version in the files that state it: by what the line's last patch release changed,
/// by configured rules, and by the kinds of file that need neither (release.md 2).
struct VersionFileEditor {
  /// What was changed.
  struct Edited {
    var tree: ObjectID
    var changes: [PlannedRelease.VersionFileChange] = []
    var warnings: [Warning] = []
    /// The files that stated a pre-release of the new version, as branches do between releases.
    var opened: [String] = []
  }

  /// Files larger than this state no version.
  private static let largest = 4 << 20

  let repository: Repository
  let project: ProjectConfiguration
  /// The day of the release, for files that state it beside the version.
  let date: CalendarDate

  /// The tree with every version file of a line raised; nothing is changed when one refuses.
  func raise(
    _ line: ReleaseLine, in tree: ObjectID
  ) throws(BackportError) -> Result<Edited, ReleaseMaker.Refusal> {
    let bump = try bump(line, in: tree)
    if let refusal = bump.blocked.first {
      return .failure(
        ReleaseMaker.Refusal(
          reason: "\(refusal.path): \(refusal.reason); use --no-version-files to go without"))
    }
    if let refusal = disagreement(bump, line) { return .failure(refusal) }
    var edited = Edited(tree: tree)
    for edit in bump.edits {
      edited.tree = try store { () throws(GitError) in
        try repository.replacing(edit.path, with: edit.bytes, in: edited.tree)
      }
      let span = edit.spans.first
      let isOpened = edit.spans.contains { span in
        span.found.count > span.replacement.count && span.found.starts(with: span.replacement)
      }
      if isOpened { edited.opened.append(edit.path) }
      edited.changes.append(
        PlannedRelease.VersionFileChange(
          path: edit.path, from: span.map { String(decoding: $0.found, as: UTF8.self) } ?? "",
          to: span.map { String(decoding: $0.replacement, as: UTF8.self) } ?? ""))
    }
    edited.warnings = bump.drift.map { refusal in
      Warning(
        "version-drift", "\(line.name): \(refusal.path): \(refusal.reason); it stays as it is")
    }
    return .success(edited)
  }

  /// The files on which the precedent and the built-in kinds disagree, with what either would do; nil
  /// for none.
  private func disagreement(_ bump: VersionBump, _ line: ReleaseLine) -> ReleaseMaker.Refusal? {
    guard let first = bump.disagreements.first else { return nil }
    let files = bump.disagreements.map { edit in
      let span = edit.spans.first
      return PlannedRelease.VersionFileChange(
        path: edit.path, from: String(decoding: span?.found ?? [], as: UTF8.self),
        to: String(decoding: span?.replacement ?? [], as: UTF8.self))
    }
    let raised = bump.edits.filter { $0.source == .precedent }.map(\.path)
    let shown = files.map { "\($0.path) (\($0.from) -> \($0.to))" }.joined(separator: ", ")
    return ReleaseMaker.Refusal(
      reason: "\(shown): \(files.count == 1 ? "it states" : "they state") the version, but the "
        + "release of \(line.newest.version) raised "
        + (raised.isEmpty ? "no file" : "only \(raised.joined(separator: ", "))")
        + "; say --version-file \(ShellWord.quoted(first.path + "=raise")) or =leave, or raise = "
        + "true or false in [version-file \"\(first.path)\"] of .gitbackport",
      undecided: files)
  }

  private func bump(
    _ line: ReleaseLine, in tree: ObjectID
  ) throws(BackportError) -> VersionBump {
    let change = VersionChange(
      from: line.newest.version.description, to: line.nextVersion.description,
      date: date.description)
    return VersionBump(
      change: change,
      configured: project.versionFiles.map { file in
        VersionBump.Configured(path: file.path, rule: rule(of: file), isOptional: file.isOptional)
      },
      precedent: try precedent(of: line),
      candidates: VersionFile.wellKnownPaths { folder in entries(in: folder, of: tree) },
      isNew: { path in isNew(path, on: line) },
      content: { path in content(at: path, in: tree) })
  }

  /// Whether a file was not there when the line's last release was made, or in the one before it.
  private func isNew(_ path: String, on line: ReleaseLine) -> Bool {
    line.releases.suffix(2).contains { release in
      guard let tree = tree(of: release) else { return false }
      return (try? repository.node(at: path, in: tree)) == nil
    }
  }

  /// The rule of a configured file; its pattern was checked when the configuration was read.
  func rule(of file: ProjectConfiguration.VersionFileRule) -> VersionFileRule {
    if file.isRaised == false { return .none }
    guard let text = file.pattern, let pattern = try? VersionPattern(parsing: text) else {
      return .automatic
    }
    return .pattern(pattern, count: file.count ?? 1)
  }

  /// The files of a tree that state another version than the line's newest release, and which.
  func mismatches(
    _ line: ReleaseLine, in tree: ObjectID
  ) throws(BackportError) -> [(path: String, found: String)] {
    let bump = try bump(line, in: tree)
    return (bump.blocked + bump.drift).compactMap { refusal in
      guard case .mismatch(let found, _) = refusal.reason else { return nil }
      return (refusal.path, found)
    }
  }

  /// The paths that may state a version: configured, raised by the line's last release, or usual.
  func paths(of line: ReleaseLine, in tree: ObjectID) throws(BackportError) -> Set<String> {
    Set(project.versionFiles.map(\.path))
      .union((try precedent(of: line))?.rules.map(\.key) ?? [])
      .union(VersionFile.wellKnownPaths { folder in entries(in: folder, of: tree) })
  }

  /// Whether an edit of a file changes the version it states and nothing else.
  func isVersionChange(at path: String, from old: [UInt8], to new: [UInt8]) -> Bool {
    let rule = project.versionFiles.first { $0.path == path }.map(rule(of:)) ?? .automatic
    guard let before = stated(in: old, path, rule), let after = stated(in: new, path, rule) else {
      return false
    }
    let change = VersionChange(from: before, to: after)
    guard
      case .edited(let bytes, _) = VersionFile.edit(
        path: path, bytes: old, change: change, rule: rule)
    else { return false }
    return bytes == new
  }

  /// The version that a file states.
  private func stated(in bytes: [UInt8], _ path: String, _ rule: VersionFileRule) -> String? {
    // No file states this version, so that the refusal tells which one it does state.
    let never = VersionChange(from: "987654.0.1", to: "987654.0.2")
    guard
      case .refused(.mismatch(let found, _)) = VersionFile.edit(
        path: path, bytes: bytes, change: never, rule: rule)
    else { return nil }
    return found
  }

  /// What the last patch release of a line changed; nil for a line that has had none.
  private func precedent(of line: ReleaseLine) throws(BackportError) -> VersionPrecedent? {
    guard let before = line.releases.dropLast().last else { return nil }
    guard let old = tree(of: before), let new = tree(of: line.newest) else { return nil }
    let needle = Array(before.version.description.utf8)
    let changes = try store { () throws(GitError) in
      var changes: [VersionPrecedent.Change] = []
      for change in try repository.changes(from: old, to: new) {
        guard let oldNode = change.old, let newNode = change.new, oldNode.mode.isFile,
          newNode.mode.isFile, let path = String(validating: change.path, as: UTF8.self)
        else { continue }
        // A kind that is known may keep the version in parts, so its text is not looked for.
        guard try repository.size(of: oldNode.id) <= VersionFileEditor.largest,
          let old = try repository.text(oldNode.id),
          VersionFileKind(path: path) != nil || old.contains(needle),
          let new = try repository.text(newNode.id)
        else { continue }
        changes.append(VersionPrecedent.Change(path: path, old: old, new: new))
      }
      return changes
    }
    return VersionPrecedent(
      changes: changes, from: before.version.description, to: line.newest.version.description)
  }

  func tree(of release: ReleaseModel.Release) -> ObjectID? {
    guard let name = RefName.tag(release.tagName), let reference = repository.reference(name)
    else { return nil }
    return try? repository.commit(repository.commit(of: reference)).tree
  }

  /// The entries of a folder; none when it cannot be read.
  private func entries(in folder: String, of tree: ObjectID) -> [VersionFile.FolderEntry] {
    guard let node = try? repository.node(at: folder, in: tree), node.mode.isTree,
      let entries = try? repository.tree(node.id)
    else { return [] }
    return entries.compactMap { entry in
      String(validating: entry.name, as: UTF8.self).map {
        VersionFile.FolderEntry(name: $0, isFolder: entry.node.mode.isTree)
      }
    }
  }

  private func content(at path: String, in tree: ObjectID) -> VersionBump.Content {
    guard let node = try? repository.node(at: path, in: tree) else { return .missing }
    if node.mode.isSymlink { return .symbolicLink }
    if node.mode.isSubmodule { return .submodule }
    guard node.mode.isFile, let size = try? repository.size(of: node.id),
      size <= VersionFileEditor.largest, let bytes = try? repository.blob(node.id)
    else { return .missing }
    return .file(bytes)
  }
}
