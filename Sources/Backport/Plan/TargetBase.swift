import GitStore
import ReleaseModel

/// The commit that the picks of a line are put on, and the branch that then moves.
struct TargetBase: Equatable {
  /// The commit.
  var commit: ObjectID
  /// Whether it is the branch's tip or the line's newest tag.
  var kind: Target.BaseKind
  /// The branch that is moved or made; nil when only a tag stays.
  var branch: RefName?
  /// What that branch holds now; nil when it is to be made.
  var old: ObjectID?
  /// Where the line's history is looked at for the fix.
  var tip: ObjectID
  /// Whether the line is released on the trunk.
  var isTrunk = false
  /// What a person should know of the choice.
  var notes: [String] = []
  /// Where the new commits go instead of the branch; nil when the branch itself moves.
  var topic: TopicBranch?

  /// What the release branch holds, whatever waits on a topic branch.
  var branchTip: ObjectID { topic?.branchTip ?? tip }
}

/// Chooses the base of a line.
struct BaseFinder {
  /// Why a line cannot be worked on.
  struct Blocked: Error {
    let reason: String
  }

  let workspace: Workspace
  let survey: LineSurvey
  let fix: FixSet
  let options: PlanOptions
  /// Puts the work onto topic branches; nil when the release branches themselves move.
  var topics: TopicPlacement?

  private var repository: Repository { workspace.repository }

  /// The base of a line before riders are looked at, or why it has none.
  func base(of line: ReleaseLine) throws(BackportError) -> Result<TargetBase, Blocked> {
    let found = try releaseBase(of: line)
    guard let topics, case .success(let base) = found else { return found }
    return .success(try topics.base(base, line))
  }

  private func releaseBase(
    of line: ReleaseLine
  ) throws(BackportError) -> Result<TargetBase, Blocked> {
    let tag = try workspace.tagCommit(of: line.newest)
    switch survey.branches[line.name]?.state {
    case .exists(let name): return try existing(name, line, tag: tag)
    case .remote(let name):
      guard let remote = workspace.reference(for: .remote(name)),
        let tip = repository.target(of: remote), let branch = RefName.branch(name)
      else { return .failure(Blocked(reason: "the branch \(name) cannot be read")) }
      let base = TargetBase(
        commit: tip, kind: .tip, branch: branch, old: nil, tip: tip,
        notes: ["\(name) is only on \(workspace.remote ?? "the remote"); it is created here"])
      return checked(base, line, tag: tag)
    case .trunk: return try onTrunk(line, tag: tag)
    case .create(let name):
      if let name, RefName.branch(name) == nil {
        return .failure(
          Blocked(reason: "'\(name)' is no name for a branch; see branches.create in .gitbackport"))
      }
      return .success(created(name, line, tag: tag))
    case nil: return .success(created(nil, line, tag: tag))
    }
  }

  private func existing(
    _ name: String, _ line: ReleaseLine, tag: ObjectID
  ) throws(BackportError) -> Result<TargetBase, Blocked> {
    guard let branch = RefName.branch(name), let tip = repository.target(of: branch) else {
      return .failure(Blocked(reason: "the branch \(name) cannot be read"))
    }
    if let upstream = workspace.reference(for: .remote(name)),
      let blocked = try lag(of: branch, at: tip, behind: upstream)
    {
      return .failure(blocked)
    }
    let base = TargetBase(commit: tip, kind: .tip, branch: branch, old: tip, tip: tip)
    return checked(base, line, tag: tag)
  }

  /// Why a local branch is not what the remote has, with the command that mends it; nil when it is.
  private func lag(
    of branch: RefName, at tip: ObjectID, behind upstream: RefName
  ) throws(BackportError) -> Blocked? {
    guard let theirs = repository.target(of: upstream), theirs != tip else { return nil }
    let (isAhead, isBehind) = try store { () throws(GitError) in
      (try repository.isAncestor(theirs, of: tip), try repository.isAncestor(tip, of: theirs))
    }
    if isAhead { return nil }
    let (name, there) = (branch.shorthand, upstream.shorthand)
    let use = repository.worktreeUses.first { $0.branch == branch }
    if isBehind {
      let command =
        use.map { "git -C \(ShellWord.quoted($0.path)) merge --ff-only \(ShellWord.quoted(there))" }
        ?? "git fetch . \(ShellWord.quoted("\(upstream):\(branch)"))"
      return Blocked(reason: "\(name) is behind \(there); run: \(command)")
    }
    let command =
      use.map { "git -C \(ShellWord.quoted($0.path)) rebase \(ShellWord.quoted(there))" }
      ?? "git rebase \(ShellWord.quoted(there)) \(ShellWord.quoted(name))"
    return Blocked(reason: "\(name) and \(there) have diverged; run: \(command)")
  }

  /// Refuses a branch that lacks the newest release of its line: a release made there would lose it.
  private func checked(
    _ base: TargetBase, _ line: ReleaseLine, tag: ObjectID
  ) -> Result<TargetBase, Blocked> {
    if workspace.holds(tag, base.tip) ?? true { return .success(base) }
    let name = base.branch?.shorthand ?? "the branch"
    return .failure(
      Blocked(
        reason: "\(name) does not hold \(line.newest.tagName), the newest release of the line; "
          + "merge that into it, or name another branch in .gitbackport"))
  }

  private func created(_ name: String?, _ line: ReleaseLine, tag: ObjectID) -> TargetBase {
    let reason = survey.branches[line.name].map { $0.reason + ": " } ?? ""
    return TargetBase(
      commit: tag, kind: .tag, branch: name.flatMap { RefName.branch($0) }, old: nil, tip: tag,
      notes: [
        reason
          + (name.map { "\($0) is created from \(line.newest.tagName)" }
            ?? "no branch is left behind")
      ])
  }

  /// The base with the picks on the line's newest tag, where only the fix is to be released.
  ///
  /// `riders` tells whether something else would be released with it. A line that is released on the
  /// trunk, or whose branch is yet to be made, is where it belongs already.
  func rebased(
    _ base: TargetBase, of line: ReleaseLine, hasRiders: Bool
  ) throws(BackportError) -> TargetBase {
    let wish = options.base ?? workspace.project.base.rawValue
    guard wish == "tag" || (wish == "auto" && hasRiders), base.kind == .tip, !base.isTrunk else {
      return base
    }
    var moved = base
    moved.commit = try workspace.tagCommit(of: line.newest)
    moved.kind = .tag
    guard let topics, var topic = base.topic else { return moved }
    topic.isContinued = false
    moved.tip = topic.branchTip
    return try topics.placed(moved, topic)
  }

  /// The newest line has no branch: it is released on the trunk, or on a branch from its tag.
  private func onTrunk(
    _ line: ReleaseLine, tag: ObjectID
  ) throws(BackportError) -> Result<TargetBase, Blocked> {
    let trunk = workspace.trunk
    let wish = options.releaseOn ?? workspace.project.trunkRelease.rawValue
    let work = TrunkWork(workspace: workspace, fix: fix)
    let obstacle = wish == "branch" ? nil : try work.obstacle(toReleasing: line, since: tag)
    if wish == "trunk" || (wish == "auto" && obstacle == nil) {
      let branch = RefName.branch(trunk.name)
      let local = branch.flatMap { repository.target(of: $0) }
      if let local, local != trunk.tip, let branch {
        let blocked = try lag(of: branch, at: local, behind: trunk.ref)
        return .failure(
          blocked ?? Blocked(reason: "\(trunk.name) is not at \(trunk.ref.shorthand)"))
      }
      let note =
        obstacle.map { "released on \(trunk.name), as asked, although \($0)" }
        ?? "released on \(trunk.name): it holds nothing else since \(line.newest.tagName)"
      return .success(
        TargetBase(
          commit: trunk.tip, kind: .tip, branch: branch, old: local, tip: trunk.tip, isTrunk: true,
          notes: [note]))
    }
    var base = created(survey.branchBesideTrunk, line, tag: tag)
    base.notes = [
      obstacle.map { "not released on \(trunk.name): \($0)" }
        ?? "not released on \(trunk.name), as asked",
      base.branch.map { "\($0.shorthand) is created from \(line.newest.tagName)" }
        ?? "no branch is left behind",
    ]
    return .success(base)
  }
}
