import GitStore
public import ReleaseModel

/// Settles conflicts that people settle the same way every time (picking.md).
///
/// Only what was measured to be right is settled; everything else stays a conflict, and one that
/// stays leaves the whole pick as it was.
public struct ConflictResolver: Sendable {
  /// The newest release of the target's line: its changelog section takes no more entries.
  public var released: Version?
  /// Whether the line's release writes an entry of its own: one of the fix that fits nowhere may
  /// then be left out.
  public var entryIsWritten: Bool
  /// What people resolved before; nil looks nothing up.
  var recorded: RecordedResolutions?

  /// Makes a resolver for a line whose newest release is `released`.
  public init(released: Version? = nil, entryIsWritten: Bool = false) {
    self.released = released
    self.entryIsWritten = entryIsWritten
  }

  /// A change between two trees.
  struct Change {
    let base: ObjectID?
    let theirs: ObjectID
  }

  private struct Settlement {
    let resolution: Resolution
    /// What is written; nil keeps what the target has.
    let contents: [UInt8]?
  }

  /// The merge with its conflicts settled, and misplaced changelog lines moved.
  ///
  /// - Returns: The outcome unchanged when there is nothing to settle, or something that a person
  ///   has to.
  func settle(
    _ outcome: TreeMergeOutcome, of change: Change, onto tree: ObjectID,
    in repository: Repository
  ) throws(GitError) -> TreeMergeOutcome {
    if outcome.conflicts.isEmpty { return try moveEntries(outcome, change, repository) }
    var settlements: [Settlement] = []
    for conflict in outcome.conflicts {
      guard let settled = try settle(conflict, of: change, in: repository) else { return outcome }
      settlements.append(settled)
    }
    var theirs = change.theirs
    for conflict in outcome.conflicts {
      theirs = try repository.replacing(conflict.path, with: conflict.base, in: theirs)
    }
    var rest = try TreeMerge(repository: repository, base: change.base, theirs: theirs)
    var settled = try rest.merge(onto: tree)
    guard settled.cleanTree != nil else { return outcome }
    for settlement in settlements { try apply(settlement, to: &settled, repository) }
    settled = try moveEntries(settled, change, repository)
    settled.overlaps = true
    return settled
  }

  private func apply(
    _ settlement: Settlement, to outcome: inout TreeMergeOutcome, _ repository: Repository
  ) throws(GitError) {
    outcome.resolutions.append(settlement.resolution)
    guard let contents = settlement.contents, let tree = outcome.cleanTree,
      let old = try repository.node(at: settlement.resolution.path, in: tree)
    else { return }
    let node = TreeNode(mode: old.mode, id: try repository.make(.blob, contents))
    outcome.cleanTree = try repository.replacing(
      settlement.resolution.path, with: node, in: tree)
  }

  private func settle(
    _ conflict: PathConflict, of change: Change, in repository: Repository
  ) throws(GitError) -> Settlement? {
    // A path that a rename led to stands elsewhere in the fix.
    let before = try change.base.map { (tree) throws(GitError) in
      try repository.node(at: conflict.path, in: tree)
    }
    guard before.flatMap(\.self) == conflict.base,
      try repository.node(at: conflict.path, in: change.theirs) == conflict.theirs
    else { return nil }
    let role = PathRole(conflict.path)
    switch conflict.kind {
    case .modifyDelete:
      guard conflict.ours == nil, role == .changelog || role == .documentation,
        try !isNamed(conflict.path, in: change, repository)
      else { return nil }
      return Settlement(
        resolution: Resolution(
          path: conflict.path, method: .absentFile,
          detail: "the line does not have it, so the change to it is left out"),
        contents: nil)
    case .content where role == .changelog, .addAdd where role == .changelog:
      let rule = ChangelogRule(repository: repository, released: released)
      let placement = try rule.placement(
        base: conflict.base, theirs: conflict.theirs, ours: conflict.ours, at: conflict.path)
      if let placement, entryIsWritten || placement != .kept {
        return settlement(of: placement, at: conflict.path)
      }
      if entryIsWritten, conflict.ours != nil { return leftOut(conflict.path) }
      return try remembered(conflict, in: repository)
    default: return try remembered(conflict, in: repository)
    }
  }

  /// The conflict as somebody resolved it before.
  private func remembered(
    _ conflict: PathConflict, in repository: Repository
  ) throws(GitError) -> Settlement? {
    guard let found = try recorded?.resolution(of: conflict, in: repository) else { return nil }
    return Settlement(
      resolution: Resolution(path: conflict.path, method: .recorded, detail: found.source),
      contents: found.contents)
  }

  private func settlement(of placement: ChangelogRule.Placement, at path: [UInt8]) -> Settlement {
    switch placement {
    case .written(let bytes):
      Settlement(
        resolution: Resolution(
          path: path, method: .changelogPlacement,
          detail: "the fix's lines are in the newest section"),
        contents: bytes)
    case .kept:
      Settlement(
        resolution: Resolution(
          path: path, method: .changelogPlacement,
          detail: "its newest section is released; the release writes its own entry"),
        contents: nil)
    }
  }

  private func leftOut(_ path: [UInt8]) -> Settlement {
    Settlement(
      resolution: Resolution(
        path: path, method: .changelogPlacement,
        detail: "the fix's lines have no place here; the release writes its own entry"),
      contents: nil)
  }

  /// Moves changelog lines that a clean merge put into an old section.
  private func moveEntries(
    _ outcome: TreeMergeOutcome, _ change: Change, _ repository: Repository
  ) throws(GitError) -> TreeMergeOutcome {
    let rule = ChangelogRule(repository: repository, released: released)
    var outcome = outcome
    for file in outcome.merged where PathRole(file.path) == .changelog {
      guard var tree = outcome.cleanTree, try rule.isMisplaced(file) else { continue }
      guard
        let placement = try rule.placement(
          base: file.base, theirs: file.theirs, ours: file.ours, at: file.path),
        entryIsWritten || placement != .kept
      else {
        outcome.misplaced.append(file.path)
        continue
      }
      let settlement = settlement(of: placement, at: file.path)
      let blob = try settlement.contents.map { (bytes) throws(GitError) in
        try repository.make(.blob, bytes)
      }
      tree = try repository.replacing(
        file.path, with: TreeNode(mode: file.result.mode, id: blob ?? file.ours.id), in: tree)
      outcome.cleanTree = tree
      outcome.overlaps = true
      outcome.resolutions.append(settlement.resolution)
    }
    return outcome
  }

  /// Whether what the fix adds elsewhere mentions a file.
  private func isNamed(
    _ path: [UInt8], in change: Change, _ repository: Repository
  ) throws(GitError) -> Bool {
    let name = path.split(separator: UInt8(ascii: "/")).last.map { Array($0) } ?? path
    for other in try repository.changes(from: change.base, to: change.theirs)
    where other.path != path {
      guard let new = other.new, new.mode.isFile else { continue }
      let old = other.old.flatMap { $0.mode.isFile ? $0.id : nil }
      let hunks = try repository.hunks(from: old, to: new.id, context: 0)
      let added = hunks?.flatMap(\.lines).filter { $0.origin == UInt8(ascii: "+") } ?? []
      if added.contains(where: { $0.content.firstRange(of: name) != nil }) { return true }
    }
    return false
  }
}
