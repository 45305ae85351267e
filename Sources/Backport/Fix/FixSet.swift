public import GitStore

/// The commits of one fix, in the order in which they are picked.
public struct FixSet: Sendable {
  /// The revisions as they were asked for.
  public let requested: [String]
  /// The commits those revisions name, peeled.
  public let named: [ObjectID]
  /// The merge that was asked for, when it was the only revision.
  public let merge: ObjectID?
  /// What is picked, in order.
  public let sources: [PickSource]
  /// Commits of the fix that change nothing, and so are not picked.
  public let unchanged: [ObjectID]
  /// The commits that the merge stands for; none without a merge.
  let ofMerge: Set<ObjectID>
  /// The trees before and after the whole fix; nil when its parts do not go onto each other.
  let whole: (before: ObjectID?, after: ObjectID)?

  /// Commits that are there already, and are not picked.
  static func named(_ ids: [ObjectID]) -> FixSet {
    FixSet(
      requested: [], named: ids, merge: nil, sources: [], unchanged: [], ofMerge: [], whole: nil)
  }

  /// The commits that are picked, in order.
  public var commits: [Commit] { sources.map(\.commit) }
}

extension FixSet {
  /// No fix at all, for questions that do not depend on one.
  static let none = FixSet.named([])
}
