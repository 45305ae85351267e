import GitStore

/// What a person made of a pick that did not apply.
struct HandResolution: Codable, Hashable, Sendable {
  /// The commit that was being picked.
  var source: ObjectID
  /// The commit that it was picked onto.
  var onto: ObjectID
  /// The last of the commits made there; they are a straight line from `onto`.
  var tip: ObjectID
  /// Who made them, as `Name <mail>`.
  var by: String
}

/// Puts what a person made in the place of a pick.
struct HandMade {
  /// One commit that a person made.
  struct Step: Equatable {
    var commit: Commit
    /// Whether it is the one that stands for the pick, and not only prepares it.
    var isPick: Bool
  }

  /// The commits in order.
  let steps: [Step]
  private let start: ObjectID

  /// Reads what was made; nil when something of it is not there any more.
  init?(_ resolution: HandResolution, in repository: Repository) {
    var line: [Commit] = []
    var id = resolution.tip
    while id != resolution.onto {
      guard let commit = try? repository.commit(id), commit.parents.count == 1 else { return nil }
      line.append(commit)
      id = commit.parents[0]
    }
    guard let start = try? repository.commit(id).tree, !line.isEmpty else { return nil }
    line.reverse()
    let named = line.lastIndex {
      CommitMessage.provenance(in: $0.message) == resolution.source
    }
    let pick = named ?? line.count - 1
    steps = line.enumerated().map { Step(commit: $0.element, isPick: $0.offset == pick) }
    self.start = start
  }

  /// The trees that the steps give on top of another tree; nil when they do not apply there.
  func trees(onto tree: ObjectID, in repository: Repository) throws(GitError) -> [ObjectID]? {
    if tree == start { return steps.map(\.commit.tree) }
    var trees: [ObjectID] = []
    var (before, current) = (start, tree)
    for step in steps {
      var change = try TreeMerge(
        repository: repository, base: before, theirs: step.commit.tree)
      guard let merged = try change.merge(onto: current).cleanTree else { return nil }
      trees.append(merged)
      (before, current) = (step.commit.tree, merged)
    }
    return trees
  }
}
