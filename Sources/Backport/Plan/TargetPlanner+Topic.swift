import GitStore
import ReleaseModel

extension TargetPlanner {
  /// Moves the topic branch of a line in the place of its release branch, and makes no tag.
  ///
  /// A release branch that does not exist yet is made at the line's newest tag, as it is there: what
  /// is to be merged has to go somewhere.
  func onTopic(
    _ topic: TopicBranch, _ line: ReleaseLine, _ base: TargetBase, tip: ObjectID,
    fixCommits: Set<ObjectID>, _ made: Result
  ) throws(BackportError) -> Result {
    var result = made
    result.target.topic = topic.name.branchName
    result.target.release?.tagObject = nil
    result.target.release?.isTagSigned = false
    result.target.release?.development = nil
    let own = fixCommits.union(result.target.commits.compactMap(\.id))
    if let foreign = try topics?.foreignCommit(on: topic, line, except: own) {
      return TargetPlanner.block(
        result.target,
        "\(topic.name.shorthand) begins elsewhere than on today's branch, and holds "
          + "\(foreign.id.abbreviated()) (\(foreign.subject)), which this program did not make; "
          + "bring it up to date or delete it")
    }
    let room = RefRoom(repository: repository)
    if let branch = base.branch, base.kind == .tag, base.old == nil,
      branch.branchName.flatMap({ workspace.reference(for: .remote($0)) })
        .flatMap(repository.target) == nil
    {
      if let objection = room.objection(to: branch, isNew: true) {
        return TargetPlanner.block(result.target, objection)
      }
      result.updates.append(PlannedRefUpdate(ref: branch, old: nil, new: topic.branchTip))
    }
    guard let update = topic.update(to: tip, isAncestor: repository.holds) else {
      let name = topic.name.shorthand
      result.target.evidence.append(
        tip == topic.branchTip
          ? "the branch holds all that \(name) would; release the line"
          : "\(name) holds all of it and waits to be merged")
      return result
    }
    if let objection = room.objection(to: topic.name, isNew: topic.old == nil) {
      return TargetPlanner.block(result.target, objection)
    }
    if let reason = blocked[topic.name] { return TargetPlanner.block(result.target, reason) }
    result.updates.append(update)
    return result
  }

  private var topics: TopicPlacement? { bases.topics }
}
