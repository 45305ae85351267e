import GitStore
import ReleaseModel

/// Works out how a line's branch takes up the new commits.
struct BranchMove {
  let repository: Repository

  /// The update of the branch; nil when no branch is left behind.
  ///
  /// Picks on the tip move the branch forward. Picks on the tag of a branch that holds more are
  /// merged into it, so that neither the fix nor the tag is lost to later releases.
  func update(
    _ base: TargetBase, tip: ObjectID, line: ReleaseLine
  ) throws(BackportError) -> Result<PlannedRefUpdate?, BaseFinder.Blocked> {
    guard let branch = base.branch else { return .success(nil) }
    if let reason = RefRoom(repository: repository).objection(to: branch, isNew: base.old == nil) {
      return .failure(BaseFinder.Blocked(reason: reason))
    }
    guard base.kind == .tag, base.tip != base.commit else {
      return .success(PlannedRefUpdate(ref: branch, old: base.old, new: tip))
    }
    let merged = try store { () throws(GitError) in
      try merge(tip, into: base.tip, from: base.commit, branch: branch, line: line)
    }
    guard let merged else {
      return .failure(
        BaseFinder.Blocked(
          reason: "the release does not merge into \(branch.shorthand), which holds more; "
            + "use --base tip, or merge by hand"))
    }
    return .success(PlannedRefUpdate(ref: branch, old: base.old, new: merged))
  }

  private func merge(
    _ release: ObjectID, into tip: ObjectID, from base: ObjectID, branch: RefName,
    line: ReleaseLine
  ) throws(GitError) -> ObjectID? {
    let made = try repository.commit(release)
    var change = try TreeMerge(
      repository: repository, base: try repository.commit(base).tree, theirs: made.tree)
    guard let tree = try change.merge(onto: try repository.commit(tip).tree).cleanTree else {
      return nil
    }
    let message = "Merge tag '\(line.nextTagName)' into \(branch.shorthand)\n"
    return try repository.make(
      CommitDraft(
        tree: tree, parents: [tip, release], author: made.committer, committer: made.committer,
        message: Array(message.utf8)))
  }
}
