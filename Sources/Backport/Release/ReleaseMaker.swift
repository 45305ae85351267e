import GitStore
import ReleaseModel

/// Makes the patch release of a line in memory: changelog, version files, commit, tag.
struct ReleaseMaker {
  /// What every release of a run has in common.
  struct Settings {
    /// The changelog entries, the fix's first.
    var entries: [ReleaseEntry]
    /// Whether the changelog is edited.
    var writesChangelog = true
    /// Whether version files are raised.
    var raisesVersionFiles = true
    /// The day that stands in the changelog.
    var date: CalendarDate
    /// Who makes commit and tag, and when.
    var committer: Signature
    /// What is signed.
    var signing = SigningChoice()
    /// Whether a section of the new version that is there already stays as it is.
    var keepsSections = false
    /// The files of entries that the release takes up, and removes.
    var consumed: [String] = []
  }

  /// What was made.
  struct Made {
    let release: PlannedRelease
    /// The commit that is tagged; the one given when there was nothing to commit.
    let commit: ObjectID
    /// What the branch holds afterwards: that commit, or one that opens it for the next version.
    let branchTip: ObjectID
    /// What the tag reference holds: the tag object, or the commit.
    let tagTarget: ObjectID
    let warnings: [Warning]
    /// The documents beside the version files that name the release.
    var documents: [PlannedDocument] = []
  }

  /// Why a line cannot be released as it is.
  struct Refusal: Error {
    let reason: String
    /// The version files on which the line's last release and their kinds disagree.
    var undecided: [PlannedRelease.VersionFileChange] = []
  }

  let repository: Repository
  let project: ProjectConfiguration
  var settings: Settings

  /// Makes the release of a line on top of a commit.
  ///
  /// `previous` are the releases whose precedent counts, newest first; `documents` are to be kept in
  /// step where the line is released on the trunk, `trunk`.
  func make(
    _ line: ReleaseLine, isLatest: Bool, previous: [ReleaseModel.Release], on tip: ObjectID,
    documents: (ReleaseDocuments, trunk: RefName)? = nil
  ) throws(BackportError) -> Result<Made, Refusal> {
    let tag = line.nextTagName
    guard let name = RefName.tag(tag) else {
      return .failure(Refusal(reason: "'\(tag)' is not a name that a tag should have"))
    }
    if let objection = RefRoom(repository: repository).objection(to: name, isNew: true) {
      return .failure(Refusal(reason: "the tag \(objection)"))
    }
    let precedent = try ReleasePrecedent(previous, in: repository)
    var warnings: [Warning] = []
    let wantsSignature =
      project.tagKind == .signed || (project.tagKind == .auto && precedent.isSigned)
    if wantsSignature, !settings.signing.tag(project.tagKind, after: precedent).isSigned {
      warnings.append(
        Warning(
          "unsigned-tag",
          "\(line.name): \(tag) is made without a signature"
            + (precedent.isSigned ? ", unlike the tag before it" : "")))
    }
    let before = try store { () throws(GitError) in try repository.commit(tip).tree }
    var tree = before
    var opened: [String] = []
    var entries: [PlannedRelease.ChangelogEntry] = []
    if settings.writesChangelog {
      switch try writeChangelogs(line, tree: tree) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let edited):
        tree = edited.tree
        entries = edited.entries
        warnings += edited.warnings
      }
    }
    var changes: [PlannedRelease.VersionFileChange] = []
    if settings.raisesVersionFiles {
      let editor = VersionFileEditor(
        repository: repository, project: project, date: settings.date)
      switch try editor.raise(line, in: tree) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let edited):
        tree = edited.tree
        changes = edited.changes
        opened = edited.opened
        warnings += edited.warnings
      }
    }
    var named: [PlannedDocument] = []
    if let (documents, trunk) = documents {
      let edited = try documents.edited(tree, releasing: [line], on: trunk)
      tree = edited.tree
      named = edited.documents
      warnings += edited.warnings
    }
    var made = try commitAndTag(
      line, isLatest: isLatest, precedent: precedent, on: tip,
      content: (tree, entries, changes, warnings))
    made.documents = named
    let opener = DevelopmentOpener(repository: repository, project: project, line: line)
    guard
      let opening = try opener.opening(opened, before: before, released: tree, on: tip)
    else { return .success(made) }
    return .success(try open(opening, after: made))
  }

  private typealias ChangelogResult = (
    tree: ObjectID, entries: [PlannedRelease.ChangelogEntry], warnings: [Warning]
  )

  private func writeChangelogs(
    _ line: ReleaseLine, tree: ObjectID
  ) throws(BackportError) -> Result<ChangelogResult, Refusal> {
    let finder = ChangelogFinder(repository: repository, configured: project.changelogFiles)
    let paths = try store { () throws(GitError) in
      try finder.paths(in: tree, of: line)
    }
    if paths.isEmpty {
      let warning = Warning(
        "no-changelog", "\(line.name): there is no changelog; the release gets no entry")
      return .success((tree, [], [warning]))
    }
    var tree = tree
    var entries: [PlannedRelease.ChangelogEntry] = []
    for path in paths {
      let bytes = try store { () throws(GitError) in try repository.file(at: path, in: tree) } ?? []
      switch write(settings.entries, into: bytes, of: path, line) {
      case .failure(let refusal): return .failure(refusal)
      case .success(let written):
        guard written.bytes != bytes else { continue }
        entries.append(PlannedRelease.ChangelogEntry(path: path, entry: written.added))
        tree = try store { () throws(GitError) in
          try repository.replacing(path, with: written.bytes, in: tree)
        }
      }
    }
    for path in settings.consumed {
      tree = try store { () throws(GitError) in
        try repository.replacing(path, with: nil, in: tree)
      }
    }
    return .success((tree, entries, []))
  }

  /// Puts entries into one changelog, one after the other: the first makes the section.
  private func write(
    _ entries: [ReleaseEntry], into bytes: [UInt8], of path: String, _ line: ReleaseLine
  ) -> Result<(bytes: [UInt8], added: String), Refusal> {
    let format = ChangelogFormat(path: path)
    if settings.keepsSections,
      Changelog(bytes, format: format).section(of: line.nextVersion) != nil
    {
      return .success((bytes, ""))
    }
    var bytes = bytes
    var added: [String] = []
    var job = job(for: line, path: path)
    for entry in entries {
      job.text = entry.text
      job.category = entry.category ?? project.changelogCategory
      job.author = entry.author
      job.component = entry.component
      switch Changelog(bytes, format: format).insert(job) {
      case .edited(let revision):
        bytes = revision.bytes
        added.append(ReleaseMaker.added(by: revision))
      case .unchanged: continue
      case .newFile:
        return .failure(
          Refusal(reason: "\(path): file per release; use --no-changelog and add the file by hand"))
      case .refused(let refusal):
        return .failure(Refusal(reason: "\(path): \(refusal); use --no-changelog to go without"))
      }
    }
    return .success((bytes, added.joined(separator: "\n")))
  }

  /// What every entry of a line's release has in common.
  private func job(for line: ReleaseLine, path: String) -> ChangelogJob {
    var job = ChangelogJob(
      mode: .release, version: line.nextVersion, previous: line.newest.version,
      date: settings.date, text: "")
    job.entryTemplate = project.changelogEntryTemplate
    job.sectionTemplate = project.changelogSectionTemplate
    if let name = RefName.tag(line.newest.tagName), let reference = repository.reference(name),
      let commit = try? repository.commit(repository.commit(of: reference)),
      let released = try? repository.file(at: path, in: commit.tree)
    {
      job.keepUnreleased =
        Changelog(released, format: ChangelogFormat(path: path))
        .unreleasedSection(known: line.newest.version) != nil
    }
    return job
  }

  /// The lines an edit adds, for people to read.
  private static func added(by revision: ChangelogRevision) -> String {
    var lines = revision.edits.flatMap(\.replacement).map { String(decoding: $0, as: UTF8.self) }
    while lines.last?.isEmpty == true { lines.removeLast() }
    while lines.first?.isEmpty == true { lines.removeFirst() }
    return lines.joined(separator: "\n")
  }

  /// Opens the branch for the version after the release, with a commit of its own.
  private func open(
    _ opening: DevelopmentOpener.Opening, after made: Made
  ) throws(BackportError) -> Made {
    let commit = try store { () throws(GitError) in
      try repository.make(
        CommitDraft(
          tree: opening.tree, parents: [made.commit], author: settings.committer,
          committer: settings.committer, message: Array((opening.message + "\n").utf8)))
    }
    var release = made.release
    release.development = PlannedRelease.Development(
      version: opening.version, commit: commit, unsignedCommit: nil)
    return Made(
      release: release, commit: made.commit, branchTip: commit, tagTarget: made.tagTarget,
      warnings: made.warnings, documents: made.documents)
  }

  private typealias Content = (
    tree: ObjectID, entries: [PlannedRelease.ChangelogEntry],
    files: [PlannedRelease.VersionFileChange], warnings: [Warning]
  )

  private func commitAndTag(
    _ line: ReleaseLine, isLatest: Bool, precedent: ReleasePrecedent, on tip: ObjectID,
    content: Content
  ) throws(BackportError) -> Made {
    let version = line.nextVersion
    let tag = line.nextTagName
    let subject = project.releaseMessage ?? precedent.subject ?? "Version {version}"
    let form = settings.signing.tag(project.tagKind, after: precedent)
    return try store { () throws(GitError) in
      var commit = tip
      if try repository.commit(tip).tree != content.tree {
        let message = ReleasePrecedent.fill(subject, version: version, tag: tag) + "\n"
        commit = try repository.make(
          CommitDraft(
            tree: content.tree, parents: [tip], author: settings.committer,
            committer: settings.committer, message: Array(message.utf8)))
      }
      var tagObject: ObjectID?
      if form.isAnnotated {
        let message = ReleasePrecedent.fill(
          precedent.tagMessage ?? subject, version: version, tag: tag)
        let draft = TagDraft(
          target: commit, name: tag, tagger: settings.committer,
          message: Array((message + "\n").utf8))
        tagObject = try repository.make(.tag, draft.objectBytes)
      }
      let release = PlannedRelease(
        version: version.description, tag: tag, isLatest: isLatest, commit: commit,
        unsignedCommit: nil, tagObject: tagObject, isTagSigned: form.isSigned,
        changelog: content.entries, versionFiles: content.files, fragments: settings.consumed,
        development: nil)
      return Made(
        release: release, commit: commit, branchTip: commit, tagTarget: tagObject ?? commit,
        warnings: content.warnings)
    }
  }
}
