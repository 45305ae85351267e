import GitStore

/// Finds out why a commit does not apply to a line.
///
/// On real conflicts a single missing commit makes the fix clean in 14 of 100 (picking.md). It is
/// named and never added: people backported it too in 2 of 58 cases.
struct ConflictCause {
  /// How far back either history is looked at.
  private static let longest = 2_000
  /// How many commits are tried; each costs a pick.
  private static let tries = 16

  let repository: Repository
  /// Commits that are no cause because they belong to the fix.
  let own: Set<ObjectID>

  /// The smallest prerequisite: the newest single commit with which the rest of a series applies.
  ///
  /// `series` begins with the commit that conflicts, and `tip` is what it was to go onto. Looked at
  /// are the commits before it that the line lacks and that touch one of `paths`.
  func prerequisite(
    of series: [PickSource], onto tip: ObjectID, paths: [[UInt8]], _ picker: inout Picker
  ) throws(GitError) -> Commit? {
    guard let first = series.first, let parent = first.parent else { return nil }
    for candidate in try touching(paths, from: parent, notIn: tip, limit: ConflictCause.tries)
    where !own.contains(candidate.id) {
      let outcome = try picker.pick([PickSource(candidate), first], onto: tip)
      if outcome.isClean, outcome.commits.first?.status == .picked { return candidate }
    }
    return nil
  }

  /// The newest commit of the line itself that changed what conflicts at a path.
  ///
  /// One that wrote a line standing between the markers goes before one that only touched the file.
  func branchChange(
    at conflict: PathConflict, tip: ObjectID, notIn trunk: ObjectID
  ) throws(GitError) -> Commit? {
    let commits = try touching([conflict.path], from: tip, notIn: trunk, limit: ConflictCause.tries)
    let wanted = Set(conflict.hunks.flatMap(\.ourLines))
    for commit in commits where !wanted.isEmpty {
      let new = try file(conflict.path, in: commit.id)
      let old = try commit.parents.first.flatMap { (id) throws(GitError) in
        try file(conflict.path, in: id)
      }
      let hunks = try repository.hunks(from: old, to: new, context: 0) ?? []
      let added = hunks.flatMap(\.lines).filter { $0.origin == UInt8(ascii: "+") }
      if added.contains(where: { wanted.contains($0.content) }) { return commit }
    }
    return commits.first
  }

  private func file(_ path: [UInt8], in commit: ObjectID) throws(GitError) -> ObjectID? {
    let node = try repository.node(at: path, in: try repository.commit(commit).tree)
    return node.flatMap { $0.mode.isFile ? $0.id : nil }
  }

  /// The newest commits of a stretch of history that change one of some paths; no merges.
  private func touching(
    _ paths: [[UInt8]], from start: ObjectID, notIn end: ObjectID, limit: Int
  ) throws(GitError) -> [Commit] {
    var found: [Commit] = []
    for id in try repository.history(
      from: [start], notIn: [end], limit: ConflictCause.longest)
    {
      let commit = try repository.commit(id)
      guard commit.parents.count == 1 else { continue }
      let before = try repository.commit(commit.parents[0]).tree
      for path in paths
      where try repository.node(at: path, in: before)
        != repository.node(at: path, in: commit.tree)
      {
        found.append(commit)
        break
      }
      if found.count == limit { break }
    }
    return found
  }
}

extension ConflictHunk {
  /// The lines of the target between the markers, with their line feeds.
  var ourLines: [[UInt8]] {
    let inner = lines.dropFirst().prefix { line in
      !line.starts(with: "|||||||".utf8) && !line.starts(with: "=======".utf8)
    }
    return inner.filter { $0.contains { $0 > UInt8(ascii: " ") } }
  }
}
