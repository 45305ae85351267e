import GitStore
import ReleaseModel

/// The branch on which a line's picks and release commit wait to be merged.
struct TopicBranch: Equatable {
  /// The topic branch.
  let name: RefName
  /// What it holds here; nil when it is not here yet.
  let old: ObjectID?
  /// What it held on the remote when that was last fetched; nil when it was not there.
  let remote: ObjectID?
  /// The tip of the release branch, or the tag from which that is yet to be made.
  let branchTip: ObjectID
  /// Whether the new commits go on top of what the topic branch has; else it is made again.
  var isContinued = false

  /// What the topic branch holds, here or on the remote, whichever has gone on.
  func tip(isAncestor: (ObjectID, ObjectID) -> Bool) -> ObjectID? {
    guard let old, let remote else { return old ?? remote }
    return isAncestor(old, remote) ? remote : old
  }

  /// The update that gives the topic branch its new tip; nil when it has it already.
  func update(to new: ObjectID, isAncestor: (ObjectID, ObjectID) -> Bool) -> PlannedRefUpdate? {
    if new == tip(isAncestor: isAncestor) || new == branchTip { return nil }
    var update = PlannedRefUpdate(ref: name, old: old, new: new)
    if let remote, !isAncestor(remote, new) { update.replaces = remote }
    return update
  }
}

/// Puts the work on a line onto its topic branch instead of its release branch.
struct TopicPlacement {
  /// How many commits of a topic branch are looked at.
  private static let longest = 1_000

  let workspace: Workspace
  /// The fix; nil for a release of what a branch holds.
  let fix: ObjectID?
  let template: TopicTemplate

  private var repository: Repository { workspace.repository }

  init(
    _ workspace: Workspace, _ template: String, fix: FixSet
  ) throws(BackportError) {
    self.workspace = workspace
    self.template = try TopicTemplate(parsing: template)
    self.fix = fix.merge ?? fix.named.last
  }

  /// The base with the topic branch of the line.
  func base(_ base: TargetBase, _ line: ReleaseLine) throws(BackportError) -> TargetBase {
    let name = try template.name(
      line: line.name.description, version: line.nextVersion.description, fix: fix)
    let remote = name.branchName.flatMap { workspace.reference(for: .remote($0)) }
    let topic = TopicBranch(
      name: name, old: repository.target(of: name), remote: remote.flatMap(repository.target),
      branchTip: base.tip)
    return try placed(base, topic)
  }

  /// The base on top of the topic branch, where that begins at the commit that is the base.
  ///
  /// A topic branch that begins elsewhere, since the release branch has gone on, is made again.
  func placed(_ base: TargetBase, _ topic: TopicBranch) throws(BackportError) -> TargetBase {
    var base = base
    base.topic = topic
    guard let tip = topic.tip(isAncestor: repository.holds) else { return base }
    let start = try store { () throws(GitError) in
      try repository.mergeBase(tip, topic.branchTip)
    }
    if start == base.commit, tip != base.commit {
      base.topic?.isContinued = true
      base.commit = tip
      base.tip = tip
      base.notes.append("\(topic.name.shorthand) is there, on top of today's branch; it goes on")
    } else if tip != base.commit {
      base.notes.append("\(topic.name.shorthand) is made again on top of today's branch")
    }
    return base
  }

  /// A commit of a topic branch that somebody else made, and that making it again would lose.
  ///
  /// Picks, which say where they come from, and commits that only prepare a release are made again.
  func foreignCommit(
    on topic: TopicBranch, _ line: ReleaseLine, except own: Set<ObjectID>
  ) throws(BackportError) -> Commit? {
    guard !topic.isContinued, let tip = topic.tip(isAncestor: repository.holds) else { return nil }
    let work = TrunkWork(workspace: workspace, fix: .none)
    let files = try work.versionFiles(line, at: tip)
    let ids = try store { () throws(GitError) in
      try repository.history(
        from: [tip], notIn: [topic.branchTip], limit: TopicPlacement.longest)
    }
    for id in ids where !own.contains(id) {
      let commit = try store { () throws(GitError) in try repository.commit(id) }
      if commit.parents.count > 1 || !OriginLines.origins(in: commit.displayMessage).isEmpty {
        continue
      }
      if try !work.isHousekeeping(commit, versionFiles: files) { return commit }
    }
    return nil
  }
}

extension Repository {
  /// Whether the second commit has the first in its history; false where that cannot be told.
  func holds(_ ancestor: ObjectID, _ descendant: ObjectID) -> Bool {
    (try? isAncestor(ancestor, of: descendant)) == true
  }
}
