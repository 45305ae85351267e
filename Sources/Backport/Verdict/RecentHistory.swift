import GitStore

/// The newer part of a branch's history: all that could hold a fix.
struct RecentHistory {
  /// The commits, newest first.
  let commits: [Commit]
  private let positions: [ObjectID: Int]

  /// How many older commits in a row end the walk; dates of neighbours may be out of order.
  private static let slack = 128
  /// How many reverted merges are looked into; each costs a walk.
  private static let revertedMerges = 100

  /// Walks from a tip until everything left is older than a date.
  ///
  /// A fix cannot be in a commit that is older than the fix itself, so history before it is not
  /// looked at: on Rails this leaves 39 to 214 of 934 commits (performance.md 5).
  init(
    of tip: ObjectID, since seconds: Int64, in repository: Repository
  ) throws(BackportError) {
    commits = try store { () throws(GitError) in
      let shallow = repository.shallowBoundary
      var waiting = CommitQueue()
      waiting.insert(try repository.commit(tip))
      var found: [Commit] = []
      var seen: Set<ObjectID> = [tip]
      var olderInARow = 0
      while let commit = waiting.popNewest(), olderInARow < RecentHistory.slack {
        found.append(commit)
        olderInARow = commit.committer.seconds < seconds ? olderInARow + 1 : 0
        if shallow.contains(commit.id) {
          // What could prove that the fix is there, or is not, lies behind the end of the clone.
          guard commit.committer.seconds < seconds else {
            throw GitError(.notFound, operation: "read parents of", operand: commit.id.description)
          }
          continue
        }
        for parent in commit.parents where seen.insert(parent).inserted {
          waiting.insert(try repository.commit(parent))
        }
      }
      return found
    }
    var positions: [ObjectID: Int] = [:]
    for (index, commit) in commits.enumerated() { positions[commit.id] = index }
    self.positions = positions
  }

  /// Whether a commit is in this part of the history.
  func contains(_ id: ObjectID) -> Bool { positions[id] != nil }

  /// The commits that a later one takes back, unless that one was taken back itself.
  ///
  /// A reverted merge takes back all that it brought in.
  var takenBack: Set<ObjectID> {
    var found: Set<ObjectID> = []
    var mergesLeft = RecentHistory.revertedMerges
    for (commit, targets) in reverts where !found.contains(commit) {
      for target in targets {
        found.insert(target.id)
        if target.parents.count > 1, mergesLeft > 0 {
          mergesLeft -= 1
          found.formUnion(brought(by: target))
        }
      }
    }
    return found
  }

  /// The commits that take others of this part back, newest first, with what they take back.
  var reverts: [(commit: ObjectID, targets: [Commit])] {
    lazy var sorted = commits.map(\.id).sorted()
    var found: [(commit: ObjectID, targets: [Commit])] = []
    for commit in commits where OriginLines.marks(of: commit) & OriginLines.Mark.revert != 0 {
      let targets = OriginLines.reverted(in: commit.displayMessage).compactMap { text in
        RecentHistory.only(text, in: sorted).flatMap { positions[$0] }.map { commits[$0] }
      }
      found.append((commit.id, targets.filter { $0.id != commit.id }))
    }
    return found
  }

  /// The first id that begins with some digits.
  private static func only(_ text: String, in sorted: [ObjectID]) -> ObjectID? {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].description.utf8.lexicographicallyPrecedes(text.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < sorted.count, sorted[low].description.utf8.starts(with: text.utf8) else {
      return nil
    }
    return sorted[low]
  }

  /// What a merge brought into its first parent's history, within this part.
  private func brought(by merge: Commit) -> Set<ObjectID> {
    guard let first = merge.parents.first else { return [] }
    let before = reachable(from: [first])
    return reachable(from: Array(merge.parents.dropFirst())).subtracting(before)
  }

  private func reachable(from starts: [ObjectID]) -> Set<ObjectID> {
    var found: Set<ObjectID> = []
    var waiting = starts
    while let id = waiting.popLast() {
      guard let position = positions[id], found.insert(id).inserted else { continue }
      waiting += commits[position].parents
    }
    return found
  }
}

/// Commits ordered by committer date: a binary heap, newest first, then by id.
private struct CommitQueue {
  private var heap: [Commit] = []

  mutating func insert(_ commit: Commit) {
    heap.append(commit)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard precedes(heap[child], heap[parent]) else { break }
      heap.swapAt(child, parent)
      child = parent
    }
  }

  mutating func popNewest() -> Commit? {
    guard let newest = heap.first else { return nil }
    let last = heap.removeLast()
    if heap.isEmpty { return newest }
    heap[0] = last
    var parent = 0
    while true {
      var best = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && precedes(heap[child], heap[best]) {
        best = child
      }
      if best == parent { return newest }
      heap.swapAt(parent, best)
      parent = best
    }
  }

  private func precedes(_ left: Commit, _ right: Commit) -> Bool {
    (left.committer.seconds, right.id) > (right.committer.seconds, left.id)
  }
}
