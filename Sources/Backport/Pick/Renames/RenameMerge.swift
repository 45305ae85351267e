import GitStore

/// The three-way merge that follows renames and sorts out folders against files.
///
/// Ported from git's merge-ort.c, so that it is right where that is: `process_renames` and
/// `process_entry`. It looks at everything that differs between the fix's starting point and the
/// target, so it is asked only where the sparse merge cannot decide.
struct RenameMerge {
  private let repository: Repository
  private let tree: ObjectID
  private let scopes: AttributeScopes
  private var paths: PathCollection
  private var outcome = TreeMergeOutcome()
  private var conflicted: Set<TreePath> = []
  /// Folders in which something is left.
  private var occupied: Set<TreePath> = []

  /// Collects what differs between the three trees.
  init(
    repository: Repository, base: ObjectID?, ours: ObjectID, theirs: ObjectID,
    scopes: AttributeScopes, budget: TreeBudget
  ) throws(GitError) {
    self.repository = repository
    self.scopes = scopes
    tree = ours
    paths = try PathCollection(
      repository: repository, base: base, ours: ours, theirs: theirs, budget: budget)
    outcome.overlaps = paths.overlaps
  }

  /// Merges; can be called once.
  mutating func merge(
    files: inout FileMerge, similarity: Similarity
  ) throws(GitError) -> TreeMergeOutcome {
    let renames = try RenamePairs(paths, similarity: similarity)
    outcome.notes += renames.notes
    for conflict in renames.conflicts {
      outcome.conflicts.append(conflict)
      conflicted.insert(TreePath(conflict.path))
    }
    try follow(renames.pairs, files: &files)
    // From the end, so that what lies in a folder comes before what stands in its place.
    let states = paths.states.values.sorted { $1.path < $0.path }
    for state in states {
      if !state.isResolved { try decide(state, files: &files) }
      guard state.isResolved, state.result != nil else { continue }
      for folder in state.path.folders where !occupied.insert(folder).inserted { break }
    }
    outcome.conflicts.sort { $0.path.lexicographicallyPrecedes($1.path) }
    outcome.merged.sort { $0.path.lexicographicallyPrecedes($1.path) }
    guard outcome.conflicts.isEmpty else { return outcome }
    let editor = TreeEditor(repository: repository)
    for state in states where state.isResolved && state.result != state.kept {
      editor.set(state.path, to: state.result)
    }
    outcome.cleanTree = try editor.apply(to: tree)
    return outcome
  }

  // MARK: Renames

  private mutating func follow(
    _ pairs: [RenamePairs.Pair], files: inout FileMerge
  ) throws(GitError) {
    var index = 0
    while index < pairs.count {
      let pair = pairs[index]
      index += 1
      guard let old = paths.states[pair.old], !old.isResolved else { continue }
      if index < pairs.count, pairs[index].old == pair.old {
        followBoth(old, ours: pair.new, theirs: pairs[index].new)
        index += 1
      } else if let new = paths.states[pair.new] {
        try follow(pair, old, new, files: &files)
      }
    }
  }

  /// Both sides moved the file.
  private mutating func followBoth(_ old: PathState, ours: TreePath, theirs: TreePath) {
    guard let state = paths.states[ours] else { return }
    if ours == theirs {
      state.stages[0] = old.stages[0]
      state.fileMask |= 1
      state.origins[0] = old.path
      old.resolve(to: nil)
      outcome.renames.append(PathRename(from: old.path.bytes, to: ours.bytes))
      return
    }
    report(
      old.path, .rename, stages: [old.stages[0], state.stages[1], paths.states[theirs]?.stages[2]],
      detail: "moved to \(ours.display) on the target and to \(theirs.display) by the fix")
    old.resolve(to: nil)
    for path in [ours, theirs] {
      paths.states[path]?.hasPathConflict = true
      conflicted.insert(path)
    }
  }

  private mutating func follow(
    _ pair: RenamePairs.Pair, _ old: PathState, _ new: PathState, files: inout FileMerge
  ) throws(GitError) {
    let stay = pair.side.other
    let isDeleted = old.fileMask == 1
    var collides = new.fileMask & stay.mask != 0
    let changesType =
      !isDeleted
      && old.stages[stay.rawValue]?.mode.isFile != new.stages[pair.side.rawValue]?.mode.isFile
    if changesType, collides { collides = false }
    if collides, !isDeleted {
      try collide(pair, old, new, files: &files)
    } else if collides {
      new.hasPathConflict = true
      report(
        new.path, .rename, stages: new.stages,
        detail: "moved from \(old.path.display) by one side and deleted by the other")
    } else {
      new.stages[0] = old.stages[0]
      new.fileMask |= 1
      new.origins[0] = old.path
      if changesType {
        old.stages[0] = nil
        old.fileMask &= 6
      } else if isDeleted {
        new.hasPathConflict = true
        report(
          new.path, .rename, stages: new.stages,
          detail: "moved from \(old.path.display) by one side and deleted by the other")
      } else {
        new.stages[stay.rawValue] = old.stages[stay.rawValue]
        new.fileMask |= stay.mask
        new.origins[stay.rawValue] = old.path
        if pair.side == .ours {
          outcome.renames.append(PathRename(from: old.path.bytes, to: new.path.bytes))
        }
      }
    }
    if !changesType { old.resolve(to: nil) }
  }

  /// A file was moved to where the other side has another one.
  private mutating func collide(
    _ pair: RenamePairs.Pair, _ old: PathState, _ new: PathState, files: inout FileMerge
  ) throws(GitError) {
    let stay = pair.side.other
    var versions: [TreeNode?] = [old.stages[0], nil, nil]
    versions[stay.rawValue] = old.stages[stay.rawValue]
    versions[pair.side.rawValue] = new.stages[pair.side.rawValue]
    guard let ours = versions[1], let theirs = versions[2] else { return }
    let merged = try files.merge(base: versions[0], ours: ours, theirs: theirs) {
      () throws(GitError) in try driver(for: old.path)
    }
    // Where both sides put the same file at the new path, git takes that one, and with it loses what
    // the side that stayed changed at the old path. Here that is a conflict.
    let losesChanges = new.matchMask == 6 && merged.node != new.stages[stay.rawValue]
    if let node = merged.node, !losesChanges {
      new.stages[pair.side.rawValue] = node
    } else {
      report(
        new.path, .rename, stages: versions,
        detail: "moved from \(old.path.display), where the other side has another file")
    }
  }

  // MARK: Paths

  private mutating func decide(_ state: PathState, files: inout FileMerge) throws(GitError) {
    if state.folderMask != 0, state.fileMask == 0 { return }
    if state.isMixed, occupied.contains(state.path) {
      // The folder stays, so a file that is left has no place.
      state.dropFolders()
      if state.fileMask == 1 { return }
      if leftover(of: state) != nil {
        report(
          state.path, .rename, stages: state.stages,
          detail: "a folder stands where one side has a file")
      }
      return
    }
    if state.isMixed { state.dropFolders() }
    if state.hasPathConflict, conflicted.contains(state.path) {
      return state.resolve(to: nil)
    }
    try decideFile(state, files: &files)
  }

  /// What is left of the file of a path at which a folder stands.
  private func leftover(of state: PathState) -> TreeNode? {
    switch state.matchMask {
    case 3: state.stages[2]
    case 5, 6: state.stages[1]
    default: state.stages[1] ?? state.stages[2]
    }
  }

  private mutating func decideFile(_ state: PathState, files: inout FileMerge) throws(GitError) {
    let (base, ours, theirs) = (state.stages[0], state.stages[1], state.stages[2])
    if state.matchMask != 0 {
      if state.matchMask == 6 { outcome.overlaps = true }
      finish(state, with: state.matchMask == 3 ? theirs : ours)
    } else if let ours, let theirs {
      try mergeFile(state, base: base, ours: ours, theirs: theirs, files: &files)
    } else if state.fileMask == 3 || state.fileMask == 5 {
      let isDeletedHere = state.fileMask == 5
      report(
        state.path, state.hasPathConflict ? .rename : .modifyDelete, stages: state.stages,
        detail: isDeletedHere
          ? "deleted on the target, changed by the fix"
          : "changed on the target, deleted by the fix")
    } else if state.fileMask == 1 {
      outcome.overlaps = true
      finish(state, with: nil)
    } else {
      finish(state, with: ours ?? theirs)
    }
  }

  private mutating func finish(_ state: PathState, with node: TreeNode?) {
    if state.hasPathConflict, node != nil {
      report(state.path, .rename, stages: state.stages, detail: nil)
    }
    state.resolve(to: node)
  }

  private mutating func mergeFile(
    _ state: PathState, base: TreeNode?, ours: TreeNode, theirs: TreeNode, files: inout FileMerge
  ) throws(GitError) {
    let merged = try files.merge(base: base, ours: ours, theirs: theirs) {
      () throws(GitError) in try driver(for: state.path)
    }
    if let note = merged.note { outcome.notes.append("\(state.path.display): \(note)") }
    if let found = merged.conflict {
      let conflict = found.named(for: state.path.bytes, in: try scope(of: state.path))
      outcome.conflicts.append(
        PathConflict(
          path: state.path.bytes, kind: conflict.kind, base: base, ours: ours, theirs: theirs,
          hunks: conflict.hunks, detail: conflict.detail))
      conflicted.insert(state.path)
      return
    }
    guard let node = merged.node else { return }
    if node != ours || ours != base {
      outcome.merged.append(
        MergedFile(path: state.path.bytes, base: base, ours: ours, theirs: theirs, result: node))
    }
    finish(state, with: node)
  }

  private func driver(for path: TreePath) throws(GitError) -> MergeDriver {
    MergeDriver(for: path.bytes, in: try scope(of: path))
  }

  private func scope(of path: TreePath) throws(GitError) -> AttributeScope {
    try scopes.scope(of: path.bytes, in: tree)
  }

  private mutating func report(
    _ path: TreePath, _ kind: ConflictKind, stages: [TreeNode?], detail: String?
  ) {
    guard conflicted.insert(path).inserted else { return }
    outcome.conflicts.append(
      PathConflict(
        path: path.bytes, kind: kind, base: stages[0], ours: stages[1], theirs: stages[2],
        detail: detail))
  }
}
