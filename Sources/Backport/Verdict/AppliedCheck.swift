import GitStore

/// Why a commit of the fix is said to be on a branch.
struct Presence: Equatable, Sendable {
  /// The commit of the branch that holds it.
  let commit: ObjectID
  /// The finding, for people.
  let evidence: String
}

/// Looks for a fix in the history of a branch.
///
/// Evidence, strongest first: the commit itself is there, or the one it was made from; a commit there
/// names it as its origin, at first or second hand; one makes the same change (patch-id), for a commit
/// of the fix or for the whole of it; one has the same Gerrit id, or the same author, author date and
/// subject, or names the fix's merge request. A commit that was reverted later on the branch counts for nothing.
struct AppliedCheck {
  private let repository: Repository
  private let fix: FixSet
  private let traits: [ChangeTrait]
  private let whole: ChangeTrait?
  private let since: Int64
  private let origins: OriginSearch
  private let changes: ChangedPaths

  init(of fix: FixSet, in repository: Repository) throws(BackportError) {
    self.repository = repository
    self.fix = fix
    origins = OriginSearch(fix: fix, in: repository)
    changes = ChangedPaths(in: repository)
    var traits: [ChangeTrait] = []
    for source in fix.sources {
      let before = try store { () throws(GitError) in
        try source.parent.map { (id) throws(GitError) in try repository.commit(id).tree }
      }
      traits.append(try ChangeTrait(from: before, to: source.commit.tree, in: repository))
    }
    self.traits = traits
    whole =
      if let stretch = fix.whole, fix.sources.count > 1 {
        try ChangeTrait(from: stretch.before, to: stretch.after, in: repository)
      } else {
        nil
      }
    let dates = fix.commits.map { min($0.author.seconds, $0.committer.seconds) }
    since = (dates.min() ?? 0) - 86_400
  }

  /// The newer history of a branch, as far as it could hold the fix.
  func history(of tip: ObjectID) throws(BackportError) -> RecentHistory {
    try RecentHistory(of: tip, since: since, in: repository)
  }

  /// What of the fix is on a branch: by the id of the fix's commit.
  ///
  /// With `ignoringReverts` what was taken back counts too: what is not found even so is in no part of
  /// that history either.
  func presences(
    in history: RecentHistory, ignoringReverts: Bool = false
  ) throws(BackportError) -> [ObjectID: Presence] {
    let reverted = ignoringReverts ? [] : history.takenBack
    let candidates = history.commits.filter { !reverted.contains($0.id) }
    if let whole {
      for commit in candidates where try changes.makes(commit, whole) {
        let found = Presence(
          commit: commit.id,
          evidence: "\(commit.id.abbreviated()) on the branch makes the same change as the whole "
            + "fix (cumulative patch-id)")
        return Dictionary(uniqueKeysWithValues: fix.commits.map { ($0.id, found) })
      }
    }
    let named = try origins.named(by: candidates)
    let merged = try mergePresence(named, history, reverted, candidates)
    var presences: [ObjectID: Presence] = [:]
    for (index, source) in fix.commits.enumerated() {
      if let merged, fix.ofMerge.contains(source.id) {
        presences[source.id] = merged
      } else if let found = try ancestor(source, history, reverted) {
        presences[source.id] = found
      } else if let found = named.pick(of: source.id) {
        presences[source.id] = found
      } else if let found = try equivalent(of: source, traits[index], among: candidates) {
        presences[source.id] = found
      }
    }
    return presences
  }

  /// The merge of the fix, or a commit that names it, on the branch.
  private func mergePresence(
    _ named: OriginSearch.Named, _ history: RecentHistory, _ reverted: Set<ObjectID>,
    _ candidates: [Commit]
  ) throws(BackportError) -> Presence? {
    guard let merge = fix.merge else { return nil }
    if history.contains(merge), !reverted.contains(merge) {
      return Presence(
        commit: merge, evidence: "\(merge.abbreviated()) is in the branch's own history")
    }
    if let pick = named.pick(of: merge) { return pick }
    let name = SharedName(of: try store { () throws(GitError) in try repository.commit(merge) })
    for commit in candidates {
      if let evidence = name.evidence(of: commit) {
        return Presence(commit: commit.id, evidence: evidence)
      }
    }
    return nil
  }

  private func ancestor(
    _ source: Commit, _ history: RecentHistory, _ reverted: Set<ObjectID>
  ) throws(BackportError) -> Presence? {
    if history.contains(source.id), !reverted.contains(source.id) {
      return Presence(
        commit: source.id, evidence: "\(source.id.abbreviated()) is in the branch's own history")
    }
    for origin in try origins.origins(of: source)
    where history.contains(origin) && !reverted.contains(origin) {
      return Presence(
        commit: origin,
        evidence:
          "\(origin.abbreviated()), from which \(source.id.abbreviated()) was picked, is in "
          + "the branch's own history")
    }
    return nil
  }

  private func equivalent(
    of source: Commit, _ trait: ChangeTrait, among candidates: [Commit]
  ) throws(BackportError) -> Presence? {
    for commit in candidates where try changes.makes(commit, trait) {
      return Presence(
        commit: commit.id,
        evidence: "\(commit.id.abbreviated()) on the branch makes the same change as "
          + "\(source.id.abbreviated()) (patch-id)")
    }
    if let changeID = OriginLines.changeID(in: source.displayMessage),
      let twin = candidates.first(where: {
        OriginLines.changeID(in: $0.displayMessage) == changeID
      })
    {
      return Presence(
        commit: twin.id,
        evidence: "\(twin.id.abbreviated()) on the branch has the Change-Id of "
          + source.id.abbreviated())
    }
    let name = SharedName(of: source)
    for commit in candidates {
      if let evidence = name.evidence(of: commit) {
        return Presence(commit: commit.id, evidence: evidence)
      }
    }
    return nil
  }
}
