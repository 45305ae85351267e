public import GitStore

/// A file that stands at another path on the target than in the fix.
public struct PathRename: Hashable, Sendable {
  /// The path that the fix names.
  public let from: [UInt8]
  /// The path on the target.
  public let to: [UInt8]

  /// Names a rename.
  public init(from: [UInt8], to: [UInt8]) {
    self.from = from
    self.to = to
  }
}

/// What became of one commit of a series.
public enum PickStatus: String, Codable, Hashable, Sendable {
  /// A new commit was made.
  case picked
  /// The caller knew that the target has it.
  case already
  /// Nothing of it was left to apply.
  case empty
  /// It does not apply.
  case conflict
}

/// How near a pick is to its source.
public enum Fidelity: String, Codable, Hashable, Sendable {
  /// The same patch-id.
  case identical
  /// The same changed lines in other surroundings.
  case context
  /// Other changed lines.
  case adapted
}

/// One commit of a series after the attempt to pick it.
public struct PickedCommit: Hashable, Sendable {
  /// The commit that was to be picked.
  public var source: ObjectID
  /// What became of it.
  public var status: PickStatus
  /// The new commit; nil unless one was made.
  public var id: ObjectID?
  /// The tree after it; nil for a conflict and for ``PickStatus/already``.
  public var tree: ObjectID?
  /// How near it is to its source; nil unless a commit was made and compared.
  public var fidelity: Fidelity?
  /// Renames on the target that were followed.
  public var renames: [PathRename]
  /// What a person should know of how it was merged.
  public var notes: [String]
  /// What was settled by a rule where a plain merge conflicts or misplaces lines.
  public var resolutions: [Resolution]
  /// Changelogs in which what the fix adds stands below the newest section.
  public var misplaced: [[UInt8]] = []

  /// Describes what became of a commit.
  public init(
    source: ObjectID, status: PickStatus, id: ObjectID? = nil, tree: ObjectID? = nil,
    fidelity: Fidelity? = nil, renames: [PathRename] = [], notes: [String] = [],
    resolutions: [Resolution] = []
  ) {
    self.source = source
    self.status = status
    self.id = id
    self.tree = tree
    self.fidelity = fidelity
    self.renames = renames
    self.notes = notes
    self.resolutions = resolutions
  }
}

/// The result of picking a series onto a commit.
public struct PickOutcome: Hashable, Sendable {
  /// The commit that the series was picked onto.
  public var onto: ObjectID
  /// The commits in order, up to and with the one that conflicts; those after it are left out.
  public var commits: [PickedCommit]
  /// The last commit made, or ``onto``.
  public var tip: ObjectID
  /// The tree of ``tip``.
  public var tree: ObjectID
  /// Why the last of ``commits`` does not apply; empty when all went well.
  public var conflicts: [PathConflict]

  /// Describes an outcome.
  public init(
    onto: ObjectID, commits: [PickedCommit] = [], tip: ObjectID, tree: ObjectID,
    conflicts: [PathConflict] = []
  ) {
    self.onto = onto
    self.commits = commits
    self.tip = tip
    self.tree = tree
    self.conflicts = conflicts
  }

  /// Whether nothing conflicts.
  public var isClean: Bool { conflicts.isEmpty }
}
