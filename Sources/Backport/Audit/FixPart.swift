import GitStore

/// One commit or merge of a fix, prepared for being looked for on many lines.
///
/// What is dear is worked out when a line asks for it first.
final class FixPart {
  let commit: Commit
  let position: Int?
  /// The commits from which it says it was made.
  let origins: [ObjectID]
  private let repository: Repository
  private var resolved: FixSet?
  private var resolvedTraits: (parts: [ChangeTrait], whole: ChangeTrait?)?
  private var codePaths: [[UInt8]]?

  init(_ id: ObjectID, in graph: HistoryGraph, _ repository: Repository) throws(BackportError) {
    commit = try store { () throws(GitError) in try repository.commit(id) }
    position = graph.position(of: id)
    origins = try OriginSearch(fix: .none, in: repository).origins(of: commit)
    self.repository = repository
  }

  /// The commits that are picked for it; nil when it changes nothing.
  func set() throws(BackportError) -> FixSet? {
    if let resolved { return resolved }
    do {
      let set = try FixResolver(repository: repository).resolve(
        [commit.id.description], mainline: nil)
      resolved = set
      return set
    } catch {
      if error.code == .emptyFix { return nil }
      throw error
    }
  }

  /// What identifies each of its commits' changes, and the change of all of them.
  func traits() throws(BackportError) -> (parts: [ChangeTrait], whole: ChangeTrait?) {
    if let resolvedTraits { return resolvedTraits }
    var parts: [ChangeTrait] = []
    var whole: ChangeTrait?
    if let set = try set() {
      for source in set.sources {
        let before = try store { () throws(GitError) in
          try source.parent.map { (id) throws(GitError) in try repository.commit(id).tree }
        }
        parts.append(try ChangeTrait(from: before, to: source.commit.tree, in: repository))
      }
      if let stretch = set.whole, set.sources.count > 1 {
        whole = try ChangeTrait(from: stretch.before, to: stretch.after, in: repository)
      }
    }
    resolvedTraits = (parts, whole)
    return (parts, whole)
  }

  /// The paths of code that it changes.
  func changedCode() throws(BackportError) -> [[UInt8]] {
    if let codePaths { return codePaths }
    let paths = try traits().parts.flatMap(\.paths).filter(PathRole.mayRun)
    codePaths = paths
    return paths
  }

  /// When it was written, with a day's room for clocks.
  var since: Int64 { min(commit.author.seconds, commit.committer.seconds) - 86_400 }
}
