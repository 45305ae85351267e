public import GitStore

/// One commit of a fix and the parent it is taken against.
public struct PickSource: Hashable, Sendable {
  /// The commit whose change is picked.
  public let commit: Commit
  /// The parent commit that the change is taken against; nil takes the whole tree, for a root.
  public let parent: ObjectID?
  /// Which parent that is, counted from 1, when the commit is a merge.
  public let mainline: Int?
  /// The commit that the provenance line names.
  public let origin: ObjectID

  /// Names a commit and the parent to take its change against.
  ///
  /// `origin` is the commit itself unless the change stands for another one.
  public init(
    commit: Commit, parent: ObjectID?, mainline: Int? = nil, origin: ObjectID? = nil
  ) {
    self.commit = commit
    self.parent = parent
    self.mainline = mainline
    self.origin = origin ?? commit.id
  }

  /// An ordinary commit against its only parent, or a merge against its first.
  public init(_ commit: Commit) {
    self.init(
      commit: commit, parent: commit.parents.first, mainline: commit.parents.count > 1 ? 1 : nil)
  }
}

/// Which line a picked commit's message says its origin with.
public enum ProvenanceStyle: String, Codable, Hashable, Sendable {
  /// None.
  case none
  /// `(cherry picked from commit …)`, as `git cherry-pick -x` writes it.
  case cherryPicked
  /// `(backported from commit …)`, for a change that was made for the line by hand.
  case backported

  /// The line for a commit; nil for ``none``.
  public func line(for id: ObjectID) -> String? {
    switch self {
    case .none: nil
    case .cherryPicked: "(cherry picked from commit \(id))"
    case .backported: "(backported from commit \(id))"
    }
  }
}

/// How picked commits are made.
public struct PickOptions: Hashable, Sendable {
  /// The line that names the original; a pick of a pick keeps the line it has.
  public var provenance: ProvenanceStyle
  /// Whether a `Signed-off-by` trailer of the committer is added.
  public var signOff: Bool
  /// Who commits, and when.
  public var committer: Signature
  /// Whether a pick is compared with its source; costs two diffs for each file merged.
  public var measuresFidelity: Bool

  /// Makes options.
  public init(
    provenance: ProvenanceStyle = .cherryPicked, signOff: Bool = false, committer: Signature,
    measuresFidelity: Bool = true
  ) {
    self.provenance = provenance
    self.signOff = signOff
    self.committer = committer
    self.measuresFidelity = measuresFidelity
  }
}
