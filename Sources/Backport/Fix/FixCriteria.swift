import GitStore

/// Tells which commits count as security fixes, by `[fix]` of the configuration.
struct FixCriteria {
  private let trailers: [String]
  private let subjects: [String]
  private let mergeSubjects: [String]

  init(_ project: ProjectConfiguration) {
    trailers = project.fixTrailers.map { $0.lowercased() + ":" }
    subjects = project.fixSubjects.map { $0.lowercased() }
    mergeSubjects = project.fixMergeSubjects
  }

  /// Whether a merge brings a fix in.
  func isMarkedMerge(_ commit: Commit) -> Bool {
    commit.parents.count > 1 && mergeSubjects.contains { commit.subject.hasPrefix($0) }
  }

  /// Whether a commit's own message says that it is a fix.
  func isMarked(_ commit: Commit) -> Bool { !signs(of: commit).isEmpty }

  /// By what a commit's own message says that it is a fix; empty for any other.
  ///
  /// A squashed merge request has the messages of its commits in its own, so trailers count
  /// wherever they stand; so does the subject of a merge from an advisory's fork, which forges keep
  /// when they squash it.
  func signs(of commit: Commit) -> [SecurityFix.Sign] {
    var signs: [SecurityFix.Sign] = []
    let subject = commit.subject
    if mergeSubjects.contains(where: { subject.hasPrefix($0) }) { signs.append(.mergeSubject) }
    let lowered = subject.lowercased()
    if subjects.contains(where: { lowered.contains($0) }) { signs.append(.subject) }
    if hasTrailer(commit.displayMessage) { signs.append(.trailer) }
    return signs
  }

  private func hasTrailer(_ message: String) -> Bool {
    message.split(whereSeparator: \.isNewline).contains { line in
      let text = line.trimmingWhitespace().lowercased()
      return trailers.contains { text.hasPrefix($0) && text.count > $0.count }
    }
  }

  /// What a message of a fix must hold somewhere, in lower case.
  var words: [String] { trailers + subjects + mergeSubjects.map { $0.lowercased() } }
}

/// The commits of the trunk that count as fixes, so that their picks can be known on a branch.
struct MarkedFixes {
  /// How far back the trunk is looked at.
  private static let longest = 5_000

  /// Each fix, newest first: a commit, or the merge that brought several in.
  let ids: [ObjectID]
  private let owners: [ObjectID: ObjectID]

  /// Looks at the trunk since a release.
  init(
    _ workspace: Workspace, _ criteria: FixCriteria, since tag: ObjectID
  ) throws(BackportError) {
    let repository = workspace.repository
    var ids: [ObjectID] = []
    var owners: [ObjectID: ObjectID] = [:]
    try store { () throws(GitError) in
      for id in try repository.history(
        from: [workspace.trunk.tip], notIn: [tag], limit: MarkedFixes.longest)
      where owners[id] == nil {
        let commit = try repository.commit(id)
        if criteria.isMarkedMerge(commit) {
          ids.append(id)
          owners[id] = id
          let brought = try repository.history(
            from: Array(commit.parents.dropFirst()), notIn: Array(commit.parents.prefix(1)))
          for other in brought { owners[other] = id }
        } else if commit.parents.count < 2, criteria.isMarked(commit) {
          ids.append(id)
          owners[id] = id
        }
      }
    }
    self.ids = ids
    self.owners = owners
  }

  /// Every commit that belongs to one of them, merges included.
  var all: [ObjectID] { Array(owners.keys) }

  /// The fix that a commit of the trunk is part of; nil for any other.
  func fix(holding id: ObjectID) -> ObjectID? { owners[id] }
}
