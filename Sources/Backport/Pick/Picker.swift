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
  /// What people made of picks that do not apply, by the commit picked.
  var byHand: [ObjectID: HandResolution] = [:]

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
      if try takeHand(source, into: &outcome) { continue }
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
    picked.misplaced = merge.misplaced
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
    options.completing(source.commit.message, of: source)
  }
}

extension PickOptions {
  /// A message with the line that names the original and the sign-off, where they are wanted.
  func completing(_ message: [UInt8], of source: PickSource) -> [UInt8] {
    var message = message
    if let line = provenance.line(for: source.origin),
      CommitMessage.provenance(in: message) == nil
    {
      message = CommitMessage.addingProvenance(line, to: message)
    }
    return signOff ? CommitMessage.addingSignOff(committer, to: message) : message
  }
}

extension Picker {
  /// Puts what a person made in the place of a pick; false when nothing was made, or it does not
  /// apply here.
  private func takeHand(
    _ source: PickSource, into outcome: inout PickOutcome
  ) throws(GitError) -> Bool {
    guard let resolution = byHand[source.commit.id],
      let made = HandMade(resolution, in: repository),
      let trees = try made.trees(onto: outcome.tree, in: repository)
    else { return false }
    var picked = PickedCommit(
      source: source.commit.id, status: .empty,
      resolutions: [
        Resolution(path: [], method: .byHand, detail: "resolved by hand by \(resolution.by)")
      ])
    for (step, tree) in zip(made.steps, trees) where tree != outcome.tree {
      var draft = CommitDraft(
        copying: step.commit, tree: tree, parents: [outcome.tip], committer: options.committer,
        message: step.commit.message)
      if step.isPick { draft = self.draft(of: step.commit, source, draft) }
      let id = try repository.make(draft)
      (outcome.tip, outcome.tree) = (id, tree)
      guard step.isPick else { continue }
      (picked.status, picked.id, picked.fidelity) = (.picked, id, .adapted)
    }
    picked.tree = outcome.tree
    outcome.commits.append(picked)
    return true
  }

  /// The pick as a person made it: theirs are the tree and, where they changed it, the message.
  private func draft(
    of made: Commit, _ source: PickSource, _ draft: CommitDraft
  ) -> CommitDraft {
    let message = message(for: source)
    let expected = source.commit.saying(message).displayMessage
    let isChanged = !made.displayMessage.isSameText(as: expected)
    var result = CommitDraft(
      copying: source.commit, tree: draft.tree, parents: draft.parents,
      committer: options.committer,
      message: isChanged ? options.completing(made.message, of: source) : message)
    if isChanged { result.encoding = made.encoding }
    return result
  }
}

extension String {
  /// Whether two messages say the same, blanks and empty lines around them apart.
  fileprivate func isSameText(as other: String) -> Bool {
    func words(_ text: String) -> [Substring] { text.split { $0.isWhitespace } }
    return words(self) == words(other)
  }
}
