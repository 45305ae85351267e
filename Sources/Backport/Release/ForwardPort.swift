import GitStore
import ReleaseModel

/// Carries the new changelog sections of all lines to the trunk, in one commit, with the documents
/// there that name the new versions.
struct ForwardPort {
  /// What was made.
  struct Made {
    var updates: [PlannedRefUpdate] = []
    var documents: [PlannedDocument] = []
    var warnings: [Warning] = []
  }

  /// A line that was released.
  typealias Released = (line: ReleaseLine, target: Target, entries: [ReleaseEntry])

  let workspace: Workspace
  let survey: LineSurvey
  let request: PlanRequest

  private var repository: Repository { workspace.repository }

  /// Makes the commit on top of the trunk; none when there is nothing to carry.
  ///
  /// A line's section is carried when the trunk holds the section of its previous release: on 278
  /// real releases that foretells what the project did in 265 (release.md 1.5).
  func make(
    _ released: [Released]
  ) throws(BackportError) -> Made {
    let place = workspace.project.forwardPort
    guard request.options.forwardPort, place != .off, !released.isEmpty else { return Made() }
    // A line released on the trunk has its section there, and moves it in this very plan.
    let others = released.filter { $0.target.branch != workspace.trunk.name }
    let onTrunk = released.first { $0.target.branch == workspace.trunk.name }
    guard !others.isEmpty,
      let newest = released.map(\.line).max(by: { $0.nextVersion < $1.nextVersion })
    else { return Made() }
    let top = onTrunk?.target.release?.commit ?? workspace.trunk.tip
    var made = Made()
    if place == .trunk, request.options.topic == nil, let branch = try trunkPlace(top, &made) {
      return try carry(others, onto: top, branch, made)
    }
    let usual = RefName.branch("backport/forward-port/\(newest.nextTagName)")
    guard let name = request.forwardPort ?? usual else { return made }
    let old = repository.target(of: name)
    if old == nil || repository.reference(name)?.target == nil,
      let objection = RefRoom(repository: repository).objection(to: name, isNew: true)
    {
      made.warnings.append(
        Warning("not-forwarded", "the new changelog sections are not carried forward: \(objection)")
      )
      return made
    }
    var base = top
    let there = name.branchName.flatMap { workspace.reference(for: .remote($0)) }
    if let tip = old ?? there.flatMap(repository.target) {
      // A branch that was not merged yet goes on; one that was is moved up to the trunk.
      let isMerged = try store { () throws(GitError) in
        try repository.isAncestor(tip, of: workspace.trunk.tip)
      }
      if !isMerged { base = tip }
    }
    return try carry(
      others, onto: base, PlannedRefUpdate(ref: name, old: old, new: base), made)
  }

  /// The update that moves the trunk itself; nil, with a warning, where it must not move.
  private func trunkPlace(
    _ top: ObjectID, _ made: inout Made
  ) throws(BackportError) -> PlannedRefUpdate? {
    guard let branch = RefName.branch(workspace.trunk.name) else { return nil }
    let old = repository.target(of: branch)
    var objection = RefRoom(repository: repository).objection(to: branch, isNew: old == nil)
    if let reason = request.blocked[branch] { objection = reason }
    if let old, old != workspace.trunk.tip {
      let isBehind = try store { () throws(GitError) in
        try repository.isAncestor(old, of: workspace.trunk.tip)
      }
      if !isBehind {
        objection = "\(branch.shorthand) and \(workspace.trunk.ref.shorthand) have diverged"
      }
    }
    guard let objection else { return PlannedRefUpdate(ref: branch, old: old, new: top) }
    made.warnings.append(
      Warning(
        "forward-port-branch",
        "the new changelog sections go to a branch of their own: \(objection)"))
    return nil
  }

  /// Makes the commit and the update; neither when there is nothing to carry.
  private func carry(
    _ released: [Released], onto base: ObjectID, _ update: PlannedRefUpdate, _ made: Made
  ) throws(BackportError) -> Made {
    var made = made
    let before = try store { () throws(GitError) in try repository.commit(base).tree }
    var (tree, carried) = (before, [String]())
    if request.options.changelog { (tree, carried) = try edited(before, released, &made) }
    let documents = try ReleaseDocuments(workspace: workspace, survey: survey)
      .edited(tree, releasing: released.map(\.line), on: update.ref)
    made.documents = documents.documents
    made.warnings += documents.warnings
    guard documents.tree != before else { return made }
    var update = update
    update.new = try commit(documents.tree, on: base, message(carried, documents.documents))
    made.updates.append(update)
    return made
  }

  private func message(_ carried: [String], _ documents: [PlannedDocument]) -> String {
    if !carried.isEmpty { return "Add the changelog of \(carried.joined(separator: " and "))" }
    let versions = documents.map(\.to).uniqued().joined(separator: " and ")
    return "Name \(versions) in \(documents.map(\.path).uniqued().joined(separator: " and "))"
  }

  private func edited(
    _ tree: ObjectID, _ released: [Released], _ made: inout Made
  ) throws(BackportError) -> (tree: ObjectID, carried: [String]) {
    let finder = ChangelogFinder(
      repository: repository, configured: workspace.project.changelogFiles)
    let trunk = tree
    var tree = tree
    var carried: [String] = []
    for (line, target, entries) in released.sorted(by: { $0.line.name < $1.line.name })
    where target.release?.changelog.isEmpty == false {
      let paths = try store { () throws(GitError) in try finder.paths(in: trunk, of: line) }
      for path in paths {
        let bytes = try store { () throws(GitError) in
          try repository.file(at: path, in: tree) ?? []
        }
        guard let written = write(entries, of: line, into: bytes, of: path, &made) else { continue }
        tree = try store { () throws(GitError) in
          try repository.replacing(path, with: written, in: tree)
        }
        tree = try removingFragments(of: target, from: tree)
        carried.append(line.nextVersion.description)
      }
    }
    return (tree, carried.uniqued())
  }

  /// The trunk without the fragments that a line's release took up, where they are the same.
  private func removingFragments(
    of target: Target, from tree: ObjectID
  ) throws(BackportError) -> ObjectID {
    guard let release = target.release, let commit = release.commit else { return tree }
    return try store { () throws(GitError) in
      guard let parent = try repository.commit(commit).parents.first else { return tree }
      let before = try repository.commit(parent).tree
      var tree = tree
      for path in release.fragments {
        let (here, there) = (
          try repository.node(at: path, in: tree), try repository.node(at: path, in: before)
        )
        if let here, here.id == there?.id {
          tree = try repository.replacing(path, with: nil, in: tree)
        }
      }
      return tree
    }
  }

  /// The changelog with a line's entries; nil, with a warning where one is due, for one that stays.
  private func write(
    _ entries: [ReleaseEntry], of line: ReleaseLine, into bytes: [UInt8], of path: String,
    _ made: inout Made
  ) -> [UInt8]? {
    let format = ChangelogFormat(path: path)
    let place = "\(line.name): \(path) on \(workspace.trunk.name)"
    guard Changelog(bytes, format: format).section(of: line.newest.version) != nil else {
      made.warnings.append(
        Warning(
          "not-forwarded",
          "\(place) has no section of \(line.newest.version); the new one is not carried there"))
      return nil
    }
    var written = bytes
    for entry in entries {
      var job = ChangelogJob(
        mode: .forwardPort, version: line.nextVersion, previous: line.newest.version,
        date: request.releaseDate.day,
        category: entry.category ?? workspace.project.changelogCategory, text: entry.text,
        author: entry.author)
      job.component = entry.component
      job.entryTemplate = workspace.project.changelogEntryTemplate
      job.sectionTemplate = workspace.project.changelogSectionTemplate
      switch Changelog(written, format: format).insert(job) {
      case .edited(let revision): written = revision.bytes
      case .unchanged: continue
      case .refused(let refusal):
        made.warnings.append(
          Warning("not-forwarded", "\(place): \(refusal); the new section is not carried there"))
        return nil
      case .newFile:
        made.warnings.append(
          Warning(
            "not-forwarded",
            "\(line.name): \(path) has a file for each release; the new one is not carried"))
        return nil
      }
    }
    return written == bytes ? nil : written
  }

  private func commit(
    _ tree: ObjectID, on base: ObjectID, _ message: String
  ) throws(BackportError) -> ObjectID {
    return try store { () throws(GitError) in
      try repository.make(
        CommitDraft(
          tree: tree, parents: [base], author: request.committer, committer: request.committer,
          message: Array((message + "\n").utf8)))
    }
  }
}

extension [String] {
  /// The elements in order, each once.
  fileprivate func uniqued() -> [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
