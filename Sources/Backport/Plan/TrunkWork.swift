import GitStore
import ReleaseModel

/// Tells whether the trunk holds nothing since the newest release but the fix and housekeeping.
struct TrunkWork {
  private static let policyPaths: Set<String> = [
    ".gitbackport", "SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md",
  ]
  /// How many commits since the release are looked at.
  private static let longest = 2_000

  let workspace: Workspace
  let fix: FixSet

  private var repository: Repository { workspace.repository }

  /// Why the newest line cannot be released on the trunk, as a clause; nil when it can.
  func obstacle(
    toReleasing line: ReleaseLine, since tag: ObjectID
  ) throws(BackportError) -> String? {
    let trunk = workspace.trunk
    let isOnTrunk = try store { () throws(GitError) in try repository.isAncestor(tag, of: trunk.tip)
    }
    guard isOnTrunk else { return "it does not hold \(line.newest.tagName) itself" }
    let own = Set(fix.commits.map(\.id) + fix.named + fix.unchanged)
    let since = try store { () throws(GitError) in
      try repository.history(from: [trunk.tip], notIn: [tag], limit: TrunkWork.longest)
    }
    if since.count == TrunkWork.longest { return "it has gone on for \(since.count) commits" }
    let files = try versionFiles(line, at: trunk.tip)
    for id in since where !own.contains(id) {
      let commit = try store { () throws(GitError) in try repository.commit(id) }
      if commit.parents.count > 1 { continue }
      if try !isHousekeeping(commit, versionFiles: files) {
        return "it also holds \(id.abbreviated()) (\(commit.subject))"
      }
    }
    return try versionBeyond(line)
  }

  /// A version file of the trunk that is beyond the next patch, as a clause.
  private func versionBeyond(_ line: ReleaseLine) throws(BackportError) -> String? {
    let tree = try store { () throws(GitError) in
      try repository.commit(workspace.trunk.tip).tree
    }
    for (path, text) in try editor.mismatches(line, in: tree) {
      if let version = try? Version(parsing: text), version > line.nextVersion {
        return "\(path) states \(text) there, beyond \(line.nextVersion)"
      }
    }
    return nil
  }

  private var editor: VersionFileEditor {
    VersionFileEditor(
      repository: repository, project: workspace.project,
      date: CalendarDate(unixSeconds: workspace.surroundings.now))
  }

  /// The paths that may state the version of a line.
  func versionFiles(
    _ line: ReleaseLine, at tip: ObjectID
  ) throws(BackportError) -> Set<String> {
    let tree = try store { () throws(GitError) in try repository.commit(tip).tree }
    return try editor.paths(of: line, in: tree)
  }

  /// Whether a commit touches only what a release touches: changelogs, policy, and in version files
  /// nothing but the version.
  func isHousekeeping(
    _ commit: Commit, versionFiles: Set<String>
  ) throws(BackportError) -> Bool {
    let finder = ChangelogFinder(
      repository: repository, configured: workspace.project.changelogFiles)
    return try store { () throws(GitError) in
      let before = try commit.parents.first.map { (id) throws(GitError) in
        try repository.commit(id).tree
      }
      let changelogs = try finder.paths(in: commit.tree)
      for change in try repository.changes(from: before, to: commit.tree) {
        let path = change.displayPath
        if TrunkWork.policyPaths.contains(path) || changelogs.contains(path)
          || ChangelogFinder.isName(path)
        {
          continue
        }
        guard versionFiles.contains(path), let old = change.old, let new = change.new,
          old.mode.isFile, new.mode.isFile,
          let before = try repository.text(old.id), let after = try repository.text(new.id),
          editor.isVersionChange(at: path, from: before, to: after)
        else { return false }
      }
      return true
    }
  }
}
