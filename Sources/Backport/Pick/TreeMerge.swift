public import GitStore

/// The change between two trees, merged into any number of others.
///
/// The change is looked at once; what is computed for one target serves the others where they have
/// the same folders and files. A merge gives what git's merge-ort would, or a conflict.
public struct TreeMerge {
  private let repository: Repository
  private let base: ObjectID?
  private let theirs: ObjectID
  private let budget: TreeBudget
  private let scopes: AttributeScopes
  private let similarity: Similarity
  private var sparse: SparseMerge
  private var files: FileMerge

  /// Prepares the change from `base`, or from nothing, to `theirs`; both are ids of trees.
  public init(
    repository: Repository, base: ObjectID?, theirs: ObjectID, budget: TreeBudget = TreeBudget(),
    blobLimit: Int = Repository.textLimit
  ) throws(GitError) {
    self.repository = repository
    self.base = base
    self.theirs = theirs
    self.budget = budget
    similarity = Similarity(repository: repository, blobLimit: blobLimit)
    scopes = AttributeScopes(repository: repository)
    sparse = SparseMerge(repository: repository, base: base, theirs: theirs, budget: budget)
    files = FileMerge(repository: repository, blobLimit: blobLimit)
  }

  /// Applies the change to a tree; new objects are made in memory.
  public mutating func merge(onto tree: ObjectID) throws(GitError) -> TreeMergeOutcome {
    if let part = try sparse.merge(onto: tree, scopes: scopes, files: &files) {
      var outcome = TreeMergeOutcome(conflicts: part.conflicts, notes: part.notes)
      outcome.merged = part.merged
      outcome.overlaps = part.overlaps
      if part.conflicts.isEmpty {
        outcome.cleanTree =
          if let node = part.node { node.id } else { try repository.make(.tree, []) }
      }
      return outcome
    }
    var full = try RenameMerge(
      repository: repository, base: base, ours: tree, theirs: theirs, scopes: scopes,
      budget: budget)
    var outcome = try full.merge(files: &files, similarity: similarity)
    if !outcome.renames.isEmpty {
      let touched = Set(try repository.changes(from: base, to: theirs).map(\.path))
      outcome.renames.removeAll { !touched.contains($0.from) }
    }
    return outcome
  }
}

/// What came of merging a change into a tree.
public struct TreeMergeOutcome: Hashable, Sendable {
  /// The new tree; nil when there are conflicts.
  public var cleanTree: ObjectID?
  /// The paths that could not be merged.
  public var conflicts: [PathConflict] = []
  /// Renames on the target that were followed.
  public var renames: [PathRename] = []
  /// What a person should know of how it was merged.
  public var notes: [String] = []
  /// What was settled by a rule.
  public var resolutions: [Resolution] = []
  /// Changelogs whose new lines stand in an old section and could not be moved.
  public var misplaced: [[UInt8]] = []
  /// Files that both sides changed.
  public var merged: [MergedFile] = []
  /// Whether the target had some of the change already.
  public var overlaps = false
}
