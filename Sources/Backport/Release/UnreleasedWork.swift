import GitStore
import ReleaseModel

/// What a branch holds since the newest release of its line, sorted into fixes and the rest.
struct UnreleasedWork {
  /// One fix on the branch.
  struct Fix {
    /// What is named: the fix on the trunk where it is known, else the commit or merge here.
    var id: ObjectID
    /// Its commits on the branch, in order.
    var commits: [ObjectID]
    /// The CVE and GHSA ids it names.
    var ids: [String]
    /// What stands in the changelog.
    var entry: String
    /// Why its commits count as a fix.
    var evidence: [String]
  }

  /// Why a commit counts as a fix, and which one of the trunk it is.
  private struct Reason {
    var text: String
    var origin: ObjectID?
  }

  /// How many fixes of the trunk are compared change by change.
  private static let mostCompared = 100

  /// The fixes, oldest first.
  private(set) var fixes: [Fix] = []
  /// The other commits that are not merges, newest first.
  private(set) var others: [Commit] = []
  /// The commits of others that do more than prepare a release.
  private(set) var substantial: [Commit] = []

  private let workspace: Workspace
  private let criteria: FixCriteria
  private var repository: Repository { workspace.repository }

  /// Looks at the commits from a tag, which is left out, to a tip.
  init(
    on line: ReleaseLine, from tag: ObjectID, to tip: ObjectID, in workspace: Workspace
  ) throws(BackportError) {
    self.workspace = workspace
    criteria = FixCriteria(workspace.project)
    let repository = workspace.repository
    let ids = try store { () throws(GitError) in
      try repository.history(from: [tip], notIn: [tag], order: .oldestFirst, limit: 5_000)
    }
    let base = try store { () throws(GitError) in
      try repository.mergeBase(tag, workspace.trunk.tip) ?? tag
    }
    let marked = try MarkedFixes(workspace, criteria, since: base)
    let equal = try equalChanges(marked, from: tag, to: tip, among: Set(ids))
    let commits = try store { () throws(GitError) in
      try ids.map { (id) throws(GitError) in try repository.commit(id) }
    }
    let merges = commits.filter { criteria.isMarkedMerge($0) }
    var owned: Set<ObjectID> = []
    for merge in merges where !owned.contains(merge.id) {
      let brought = try store { () throws(GitError) in
        try repository.history(
          from: Array(merge.parents.dropFirst()), notIn: [tag] + merge.parents.prefix(1),
          order: .oldestFirst)
      }
      owned.formUnion(brought + [merge.id])
      try add(merge.id, brought, Reason(text: "\(merge.id.abbreviated()) merges a fix"))
    }
    let work = TrunkWork(workspace: workspace, fix: .none)
    let files = try work.versionFiles(line, at: tip)
    for commit in commits where commit.parents.count < 2 && !owned.contains(commit.id) {
      if let reason = try reason(commit, marked, equal) {
        try add(commit.id, [commit.id], reason)
      } else {
        others.insert(commit, at: 0)
        if try !work.isHousekeeping(commit, versionFiles: files) {
          substantial.insert(commit, at: 0)
        }
      }
    }
  }

  private func reason(
    _ commit: Commit, _ marked: MarkedFixes, _ equal: [ObjectID: ObjectID]
  ) throws(BackportError) -> Reason? {
    let name = commit.id.abbreviated()
    for text in OriginLines.origins(in: commit.displayMessage) {
      guard let origin = try? repository.resolve(text) else { continue }
      if let fix = marked.fix(holding: origin) {
        return Reason(
          text: "\(name) was made from \(origin.abbreviated()), of the fix \(fix.abbreviated())",
          origin: fix)
      }
      if let original = try? repository.commit(origin), criteria.isMarked(original) {
        return Reason(
          text: "\(name) was made from \(origin.abbreviated()), which is a fix", origin: origin)
      }
    }
    if let fix = equal[commit.id] {
      return Reason(
        text: "\(name) makes the same change as the fix \(fix.abbreviated())", origin: fix)
    }
    return criteria.isMarked(commit) ? Reason(text: "\(name) says that it is a fix") : nil
  }

  /// Commits of the branch that make the change of a fix on the trunk, also squashed into one.
  private func equalChanges(
    _ marked: MarkedFixes, from tag: ObjectID, to tip: ObjectID, among ids: Set<ObjectID>
  ) throws(BackportError) -> [ObjectID: ObjectID] {
    guard !ids.isEmpty else { return [:] }
    var found: [ObjectID: ObjectID] = [:]
    let resolver = FixResolver(repository: repository)
    for id in marked.ids.prefix(UnreleasedWork.mostCompared) where !ids.contains(id) {
      guard let fix = try? resolver.resolve([id.description], mainline: nil) else { continue }
      let check = try AppliedCheck(of: fix, in: repository)
      let presences = try check.presences(in: try check.history(of: tip))
      for presence in presences.values where ids.contains(presence.commit) {
        found[presence.commit] = id
      }
    }
    return found
  }

  /// Adds a fix; commits that name the same vulnerability belong together.
  private mutating func add(
    _ id: ObjectID, _ commits: [ObjectID], _ reason: Reason
  ) throws(BackportError) {
    let fix = reason.origin ?? id
    if let index = fixes.firstIndex(where: { $0.id == fix }) {
      fixes[index].commits += commits
      fixes[index].evidence.append(reason.text)
      return
    }
    let set = try FixResolver(repository: repository).resolve([fix.description], mainline: nil)
    let messages = try store { () throws(GitError) in
      try ([fix] + set.commits.map(\.id) + commits).map { (id) throws(GitError) in
        try repository.commit(id).displayMessage
      }
    }
    let ids = FixText.ids(in: messages)
    if let index = fixes.firstIndex(where: { !Set($0.ids).isDisjoint(with: ids) }) {
      fixes[index].commits += commits
      fixes[index].ids += ids.filter { !fixes[index].ids.contains($0) }
      fixes[index].evidence.append(reason.text)
      return
    }
    let entry = FixText.entry(try FixText(repository: repository).entry(for: set), naming: ids)
    fixes.append(
      Fix(id: fix, commits: commits, ids: ids, entry: entry, evidence: [reason.text]))
  }
}
