import GitStore
import ReleaseModel

/// Where a fix was taken back.
extension FlawHistory {
  /// What took the fix back in the history of each version that has the flaw although its history
  /// holds a fix, each commit once, in the order of the versions.
  func reverts(in versions: [TaggedVersion]) throws(BackportError) -> [ObjectID] {
    let ends = Set(completions.map(\.commit)).union(parts)
    var found: [ObjectID] = []
    for version in versions where version.isAffected {
      guard let tip = ObjectID(hex: version.commit), try holdsAny(of: ends, tip) else {
        continue
      }
      for commit in try reverts(in: tip) where !found.contains(commit) { found.append(commit) }
    }
    return found
  }

  /// The relapses that some commits were, each with the fixes that its history does not hold.
  func relapses(
    by reverts: [ObjectID], fixes: [AdvisoryFix]
  ) throws(BackportError) -> [AdvisoryRelapse] {
    let ends = fixes.compactMap { ObjectID(hex: $0.commit) }
    var found: [AdvisoryRelapse] = []
    for commit in reverts {
      var after: [String] = []
      for end in ends where try !holdsAny(of: [end], commit) { after.append(end.description) }
      found.append(AdvisoryRelapse(commit: commit.description, fixes: after))
    }
    return found
  }

  /// The commits of a history that take back a part of the fix and were not taken back themselves.
  private func reverts(in tip: ObjectID) throws(BackportError) -> [ObjectID] {
    let history = try applied.history(of: tip)
    let undone = history.takenBack
    var found: [ObjectID] = []
    for (commit, targets) in history.reverts where !undone.contains(commit) {
      for target in targets where try isPart(target) {
        found.append(commit)
        break
      }
    }
    return found
  }

  /// Whether a commit is part of the fix, or the merge that brought a part in.
  private func isPart(_ commit: Commit) throws(BackportError) -> Bool {
    if parts.contains(commit.id) { return true }
    guard commit.parents.count > 1, let first = commit.parents.first else { return false }
    for part in parts {
      if try holdsAny(of: [part], commit.id), try !holdsAny(of: [part], first) { return true }
    }
    return false
  }
}
