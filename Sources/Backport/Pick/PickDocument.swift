public import GitStore

/// What came of picking fixes onto one commit: `pick/1`.
public struct PickDocument: Codable, Equatable, Sendable {
  /// What the whole pick came to.
  public enum Status: String, Codable, Sendable, CaseIterable {
    /// At least one commit was made, and the tree is another.
    case picked
    /// A path needs a person.
    case conflict
    /// The result is the tree that was there.
    case empty
    /// Nothing could be picked.
    case error
  }

  /// A file that stands at another path on the target.
  public struct Rename: Codable, Equatable, Sendable {
    /// The path that the fix names, repaired to UTF-8.
    public var from: String
    /// The path on the target, repaired to UTF-8.
    public var to: String
  }

  /// The name and version of the form in which it was written.
  public static let schemaName = "git-backport.pick/1"

  /// The name and version of the document's form.
  public var schema = PickDocument.schemaName
  /// The commit that was picked onto; nil when it could not be found.
  @ExplicitNull public var onto: ObjectID?
  /// What was asked for: a range as its commits, a merge as itself; empty when it was not found.
  public var fixes: [ObjectID]
  /// What it came to.
  public var status: Status
  /// The tree after the last commit; nil for a conflict and for an error.
  @ExplicitNull public var tree: ObjectID?
  /// The commits made, in order; before a conflict, those that went well.
  public var commits: [ObjectID]
  /// The paths that need a person.
  public var conflicts: [Conflict]
  /// Renames on the target that were followed.
  public var renames: [Rename]
  /// What went wrong; left out unless the status is `error`.
  public var error: DocumentError?

  /// The document of a pick that was made.
  init(named: [ObjectID], outcome: PickOutcome, before: ObjectID) {
    onto = outcome.onto
    fixes = named
    commits = outcome.commits.compactMap(\.id)
    conflicts = outcome.conflicts.map(Conflict.init)
    if outcome.isClean {
      status = outcome.tree == before ? .empty : .picked
      tree = outcome.tree
    } else {
      status = .conflict
    }
    var seen: Set<PathRename> = []
    renames = outcome.commits.flatMap(\.renames).filter { seen.insert($0).inserted }.map {
      Rename(
        from: String(decoding: $0.from, as: UTF8.self), to: String(decoding: $0.to, as: UTF8.self))
    }
  }

  /// The document of a pick that could not be tried.
  public init(error: DocumentError, onto: ObjectID? = nil, fixes: [ObjectID] = []) {
    self.onto = onto
    self.fixes = fixes
    status = .error
    commits = []
    conflicts = []
    renames = []
    self.error = error
  }

  /// The last commit of a clean pick: one that was made, or what was picked onto.
  public var tip: ObjectID? {
    status == .picked || status == .empty ? commits.last ?? onto : nil
  }
}
