import GitStore

/// What identifies one change whatever history it stands in.
struct ChangeTrait {
  /// The paths that change, in order.
  let paths: [[UInt8]]
  /// The stable patch-id; nil when nothing changes.
  let patchID: PatchID?

  /// The change from one tree to another.
  init(
    from old: ObjectID?, to new: ObjectID, in repository: Repository
  ) throws(BackportError) {
    (paths, patchID) = try store { () throws(GitError) in
      (
        try repository.changes(from: old, to: new).map(\.path),
        try repository.patchID(from: old, to: new)
      )
    }
  }
}

/// The paths that commits change against their first parents, each worked out once for a run.
final class ChangedPaths {
  private let repository: Repository
  private let shallowBoundary: Set<ObjectID>
  private var known: [ObjectID: [[UInt8]]] = [:]

  init(in repository: Repository) {
    self.repository = repository
    shallowBoundary = repository.shallowBoundary
  }

  /// The paths; nil for the last commit of a shallow clone, whose parent is not there.
  func paths(of commit: Commit) throws(BackportError) -> [[UInt8]]? {
    if let paths = known[commit.id] { return paths }
    if shallowBoundary.contains(commit.id) { return nil }
    let paths = try store { () throws(GitError) in
      try repository.changes(from: try tree(before: commit), to: commit.tree).map(\.path)
    }
    known[commit.id] = paths
    return paths
  }

  /// Whether a commit makes the same change; the paths are compared first, since that is cheap.
  ///
  /// A merge request that was squashed may hold the release as well: it counts when it makes the very
  /// change on all paths of the fix, whatever else it touches.
  func makes(_ commit: Commit, _ trait: ChangeTrait) throws(BackportError) -> Bool {
    guard let patchID = trait.patchID, let first = trait.paths.first,
      let paths = try paths(of: commit), paths.count >= trait.paths.count
    else { return false }
    var only: Set<[UInt8]>?
    if paths != trait.paths {
      guard paths.contains(first), Set(paths).isSuperset(of: trait.paths) else { return false }
      only = Set(trait.paths)
    }
    return try store { () throws(GitError) in
      try repository.patchID(from: try tree(before: commit), to: commit.tree, only: only) == patchID
    }
  }

  private func tree(before commit: Commit) throws(GitError) -> ObjectID? {
    try commit.parents.first.map { (id) throws(GitError) in try repository.commit(id).tree }
  }
}
