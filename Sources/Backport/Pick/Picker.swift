public import GitStore

/// Picks series of commits onto others, in memory.
///
/// Keep one for a whole run: what it learns about a fix on one line serves the next.
public struct Picker {
  private struct Change: Hashable {
    let commit: ObjectID
    let parent: ObjectID?
  }

  /// How many changes are kept prepared; a stream of thousands of fixes must not grow without end.
  private static let capacity = 64

  private let repository: Repository
  private let options: PickOptions
  private var merges: [Change: TreeMerge] = [:]

  /// Makes a picker for a repository.
  public init(repository: Repository, options: PickOptions) {
    self.repository = repository
    self.options = options
  }

  /// Picks a series onto a commit, each on the result of the one before.
  ///
  /// Commits in `alreadyThere` are left out. A commit of which nothing is left to apply makes no
  /// commit. The first conflict that `resolver` does not settle ends the series: what was picked
  /// before it stands in the outcome. Without a resolver this is the bare merge.
  public mutating func pick(
    _ series: [PickSource], onto: ObjectID, skipping alreadyThere: Set<ObjectID> = [],
    resolver: ConflictResolver? = nil
  ) throws(GitError) -> PickOutcome {
    var outcome = PickOutcome(onto: onto, tip: onto, tree: try repository.commit(onto).tree)
    for source in series {
      if alreadyThere.contains(source.commit.id) {
        outcome.commits.append(PickedCommit(source: source.commit.id, status: .already))
        continue
      }
      let merge = try merge(source, onto: outcome.tree, resolver)
      outcome.commits.append(try commit(source, merge, on: outcome.tip, with: outcome.tree))
      guard let tree = merge.cleanTree else {
        outcome.conflicts = merge.conflicts
        return outcome
      }
      outcome.tree = tree
      outcome.tip = outcome.commits.last?.id ?? outcome.tip
    }
    return outcome
  }

  private mutating func merge(
    _ source: PickSource, onto tree: ObjectID, _ resolver: ConflictResolver?
  ) throws(GitError) -> TreeMergeOutcome {
    let outcome = try merge(source, onto: tree)
    guard let resolver else { return outcome }
    let base = try source.parent.map { (id) throws(GitError) in try repository.commit(id).tree }
    return try resolver.settle(
      outcome, of: ConflictResolver.Change(base: base, theirs: source.commit.tree), onto: tree,
      in: repository)
  }

  private mutating func merge(
    _ source: PickSource, onto tree: ObjectID
  ) throws(GitError) -> TreeMergeOutcome {
    let change = Change(commit: source.commit.id, parent: source.parent)
    if merges[change] == nil {
      if merges.count >= Picker.capacity { merges.removeAll() }
      let base = try source.parent.map { (id) throws(GitError) in try repository.commit(id).tree }
      merges[change] = try TreeMerge(
        repository: repository, base: base, theirs: source.commit.tree)
    }
    return try merges[change]?.merge(onto: tree) ?? TreeMergeOutcome()
  }

  /// Makes the commit of a clean merge.
  private func commit(
    _ source: PickSource, _ merge: TreeMergeOutcome, on tip: ObjectID, with tree: ObjectID
  ) throws(GitError) -> PickedCommit {
    var picked = PickedCommit(
      source: source.commit.id, status: .conflict, renames: merge.renames, notes: merge.notes,
      resolutions: merge.resolutions)
    guard let result = merge.cleanTree else { return picked }
    picked.tree = result
    guard result != tree else {
      picked.status = .empty
      return picked
    }
    picked.status = .picked
    picked.id = try repository.make(
      CommitDraft(
        copying: source.commit, tree: result, parents: [tip], committer: options.committer,
        message: message(for: source)))
    if options.measuresFidelity {
      picked.fidelity = try FidelityCheck(repository: repository).fidelity(of: merge)
    }
    return picked
  }

  private func message(for source: PickSource) -> [UInt8] {
    var message = source.commit.message
    if let line = options.provenance.line(for: source.origin),
      CommitMessage.provenance(in: message) == nil
    {
      message = CommitMessage.addingProvenance(line, to: message)
    }
    return options.signOff ? CommitMessage.addingSignOff(options.committer, to: message) : message
  }
}
