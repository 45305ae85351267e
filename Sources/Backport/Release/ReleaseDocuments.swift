import GitStore
import ReleaseModel

/// Keeps the documents of the trunk that name exact versions in step with releases: the table of
/// supported versions, and tables of a README (release.md 3.5).
struct ReleaseDocuments {
  /// Larger files are no documents for people.
  private static let largest = 1 << 20
  /// How far back the trunk is looked at for what it did after the release before.
  private static let longest = 3_000
  private static let readmes = [
    "README.md", "README.rst", "README.markdown", "README", "README.txt",
  ]

  /// What came of it.
  struct Edited {
    var tree: ObjectID
    var documents: [PlannedDocument] = []
    var warnings: [Warning] = []
  }

  let workspace: Workspace
  let survey: LineSurvey

  private var repository: Repository { workspace.repository }

  /// A tree of the trunk in which the documents name the next releases of lines.
  ///
  /// Between markers the table is made anew from the policy, when the project declares one. A row with
  /// an exact version follows; other places in a document do when the trunk changed them after the
  /// line's last release. `ref` is what the tree is for.
  func edited(
    _ tree: ObjectID, releasing lines: [ReleaseLine], on ref: RefName
  ) throws(BackportError) -> Edited {
    var edited = Edited(tree: tree)
    let policyPaths = Set(SecurityDocument.paths + [survey.policy.source])
    for path in (SecurityDocument.paths + ReleaseDocuments.readmes + [survey.policy.source]) {
      guard !edited.documents.contains(where: { $0.path == path }),
        let bytes = try content(of: path, in: edited.tree)
      else { continue }
      let isPolicy = policyPaths.contains(path)
      var written = bytes
      if isMarked(bytes) {
        do throws(SupportedVersionsTableError) {
          if let table = table(after: lines) { written = try table.replacing(in: bytes) }
        } catch {
          edited.warnings.append(
            Warning("table-markers", "\(path): the markers of the table have no partner"))
        }
      }
      for line in lines {
        let change = VersionChange(from: line.newest.version, to: line.nextVersion)
        if isPolicy, let rows = ReleasedRows.edit(written, change: change) { written = rows.bytes }
        if let rule = try precedent(of: line, at: path, bytes),
          case .edited(let raised, _) = VersionFile.edit(
            path: path, bytes: written, change: change, rule: rule)
        {
          written = raised
        }
      }
      guard written != bytes else { continue }
      edited.tree = try store { () throws(GitError) in
        try repository.replacing(path, with: written, in: edited.tree)
      }
      edited.documents += lines.filter { names($0, bytes, written) }.map { line in
        PlannedDocument(
          path: path, ref: ref, line: line.name.description,
          from: line.newest.version.description, to: line.nextVersion.description)
      }
    }
    return edited
  }

  private func content(
    of path: String, in tree: ObjectID
  ) throws(BackportError) -> [UInt8]? {
    guard !path.isEmpty, path != ".gitbackport" else { return nil }
    let bytes = try store { () throws(GitError) in try repository.file(at: path, in: tree) }
    guard let bytes, bytes.count <= ReleaseDocuments.largest else { return nil }
    return bytes
  }

  private func isMarked(_ bytes: [UInt8]) -> Bool {
    bytes.contains(SupportedVersionsTable.openingMarker.utf8)
  }

  /// Whether a document names a line's next release more often than before.
  private func names(_ line: ReleaseLine, _ old: [UInt8], _ new: [UInt8]) -> Bool {
    let text = Array(line.nextVersion.description.utf8)
    return new.occurrences(of: text) > old.occurrences(of: text)
  }

  /// The table of supported versions once lines are released; nil where it is no more than what was
  /// read from such a table.
  private func table(after lines: [ReleaseLine]) -> SupportedVersionsTable? {
    if survey.policy.isAssumed || survey.reading.document != nil { return nil }
    var table = SupportedVersionsTable(survey.coverage, inventory: survey.inventory)
    for line in lines {
      for index in table.rows.indices where table.rows[index].line == line.name.text {
        table.rows[index].newest = line.nextVersion.description
      }
    }
    return table
  }

  // MARK: - Precedent

  /// The places of a document that the trunk changed after a line's last release; nil for none.
  private func precedent(
    of line: ReleaseLine, at path: String, _ bytes: [UInt8]
  ) throws(BackportError) -> VersionFileRule? {
    guard let before = line.releases.dropLast().last,
      bytes.contains(line.newest.version.description.utf8),
      let old = try trunkTree(before: line.newest),
      let was = try content(of: path, in: old), was != bytes
    else { return nil }
    let precedent = VersionPrecedent(
      changes: [VersionPrecedent.Change(path: path, old: was, new: bytes)],
      from: before.version.description, to: line.newest.version.description)
    return precedent.rules[path]
  }

  /// The trunk's tree just before a release was made.
  private func trunkTree(
    before release: ReleaseModel.Release
  ) throws(BackportError) -> ObjectID? {
    let tagged = try workspace.tagCommit(of: release)
    return try store { () throws(GitError) in
      let moment = try repository.commit(tagged).committer.seconds
      var id = workspace.trunk.tip
      for _ in 0..<ReleaseDocuments.longest {
        let commit = try repository.commit(id)
        if commit.committer.seconds < moment { return commit.tree }
        guard let parent = commit.parents.first else { return nil }
        id = parent
      }
      return nil
    }
  }
}

extension [UInt8] {
  /// How often some bytes stand in these.
  fileprivate func occurrences(of text: [UInt8]) -> Int {
    guard let first = text.first, count >= text.count else { return 0 }
    return indices.dropLast(text.count - 1).count { index in
      self[index] == first && self[index..<index + text.count].elementsEqual(text)
    }
  }
}
