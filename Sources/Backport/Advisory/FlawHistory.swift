import GitStore
import ReleaseModel

/// Which commits have a flaw, as far as git tells: those whose history holds what introduced it, or
/// a pick of that, and not all of the fix.
struct FlawHistory {
  /// A commit that completes the fix in some history.
  struct Completion: Hashable {
    let commit: ObjectID
    let tag: String
    let line: LineName
  }

  /// What is said of a flaw, as far as it is not read out of the fix.
  struct Statements {
    /// Changes that introduced it; a pick of one did too.
    var introducers: [AffectedCheck.Introducer] = []
    /// Commits whose history has it, if not the fix.
    var origins: [ObjectID] = []
    /// Commits that are the fix on a line, in another form.
    var fixed: [LineName: [ObjectID]] = [:]
    /// Commits each of which is the fix, wherever it is.
    var fixedAnywhere: [ObjectID] = []
  }

  private let repository: Repository
  private let fix: FixSet
  let applied: AppliedCheck
  private let statements: Statements
  /// No commit before this second can hold the fix.
  private let beginning: Int64

  /// Where the flaw came in, on every line, without those that stand above another.
  private(set) var introduced: [ObjectID] = []
  /// Where the fix is whole, by the tag in which that was found, in ascending order.
  private(set) var completions: [Completion] = []
  /// The commits of which the fix was found to consist in some tag.
  private(set) var parts: Set<ObjectID>
  /// Tagged commits whose history never held the fix, the newest last; nor does anything below them.
  private var lacking: [ObjectID] = []
  /// How many of these are looked at: each costs a walk.
  private static let lackingInSight = 4

  init(
    of fix: FixSet, _ statements: Statements, in repository: Repository
  ) throws(BackportError) {
    self.repository = repository
    self.fix = fix
    self.statements = statements
    applied = try AppliedCheck(of: fix, in: repository)
    let dates = fix.commits.map { min($0.author.seconds, $0.committer.seconds) }
    beginning = (dates.min() ?? 0) - 86_400
    parts = Set(fix.commits.map(\.id) + statements.fixedAnywhere)
  }

  /// Whether somebody said what introduced the flaw.
  var isOriginKnown: Bool { !statements.introducers.isEmpty || !statements.origins.isEmpty }

  /// How each version stands to the flaw, in the order of the catalog.
  mutating func states(
    of catalog: VersionCatalog
  ) throws(BackportError) -> [TaggedVersion.State] {
    var states = [TaggedVersion.State](repeating: .unaffected, count: catalog.entries.count)
    var places: [LineName: [Int]] = [:]
    for (index, entry) in catalog.entries.enumerated() {
      places[entry.line, default: []].append(index)
    }
    var starts: Set<ObjectID> = []
    // The newest line first: what its history never held, most others need not be searched for.
    for (line, indices) in places.sorted(by: { $0.key > $1.key }) {
      let entries = indices.map { catalog.entries[$0] }
      let origins = try origins(of: entries)
      starts.formUnion(origins)
      let fixed = try fixedVersions(entries, line)
      for (index, entry) in zip(indices, entries) {
        if fixed.contains(entry.tag) {
          states[index] = .fixed
        } else if !isOriginKnown {
          states[index] = .affected
        } else if try holdsAny(of: origins, entry.commit) {
          states[index] = .affected
        }
      }
    }
    introduced = try lowest(starts)
    let order = Dictionary(
      catalog.entries.enumerated().map { ($1.tag, $0) }, uniquingKeysWith: { first, _ in first })
    completions.sort { (order[$0.tag] ?? 0) < (order[$1.tag] ?? 0) }
    return states
  }

  /// The commit that completes the fix in the history of a tip; nil when some of it is missing.
  mutating func completion(
    at tip: ObjectID, on line: LineName?
  ) throws(BackportError) -> ObjectID? {
    guard let presences = try presences(at: tip, on: line) else { return nil }
    return try completing(presences, in: tip)
  }

  // MARK: - What introduced the flaw

  /// The commits that brought the flaw to a line: the stated ones, or their picks there.
  private func origins(of entries: [VersionCatalog.Entry]) throws(BackportError) -> Set<ObjectID> {
    guard let newest = entries.last else { return [] }
    var found = Set(statements.origins)
    for introducer in statements.introducers {
      guard let commit = introducer.commit else { continue }
      // Older releases of the line may stand on another branch than the newest.
      found.insert(commit.id)
      if try holdsAny(of: [commit.id], newest.commit) { continue }
      let history = try introducer.applied.history(of: newest.commit)
      if let presence = try introducer.applied.presences(in: history)[commit.id] {
        found.insert(presence.commit)
      }
    }
    return found
  }

  // MARK: - The fix

  /// The tags of a line whose history holds all of the fix.
  ///
  /// From the newest down, since a release mostly holds what the one before it held; where it holds
  /// the fix by other commits (a line that was merged with the trunk later), it is looked at anew.
  private mutating func fixedVersions(
    _ entries: [VersionCatalog.Entry], _ line: LineName
  ) throws(BackportError) -> Set<String> {
    var fixed: Set<String> = []
    var current: Set<ObjectID>?
    // A tag with all of it, in whose history nothing takes that back.
    var above: ObjectID?
    for entry in entries.reversed() {
      if let held = current, try isHeld(held, at: entry.commit, below: above) {
        fixed.insert(entry.tag)
        above = entry.commit
      } else if let found = try presences(at: entry.commit, on: line) {
        current = found
        above = nil
        parts.formUnion(found)
        fixed.insert(entry.tag)
      } else {
        continue
      }
      guard let held = current else { continue }
      completions.append(
        Completion(commit: try completing(held, in: entry.commit), tag: entry.tag, line: line))
    }
    return fixed
  }

  /// The commits that hold the fix in a history, all of it; nil when some is missing.
  private mutating func presences(
    at tip: ObjectID, on line: LineName?
  ) throws(BackportError) -> Set<ObjectID>? {
    let known = statements.fixedAnywhere + (line.flatMap { statements.fixed[$0] } ?? [])
    for commit in known where try holdsAll(of: [commit], tip) { return [commit] }
    if fix.commits.isEmpty { return nil }
    for above in lacking.suffix(FlawHistory.lackingInSight) {
      if try holdsAll(of: [tip], above) { return nil }
    }
    let seconds = try store { () throws(GitError) in
      try repository.commit(tip).committer.seconds
    }
    guard seconds >= beginning else { return nil }
    let history = try applied.history(of: tip)
    let presences = try applied.presences(in: history)
    if presences.count == fix.commits.count { return Set(presences.values.map(\.commit)) }
    let ever = try applied.presences(in: history, ignoringReverts: true)
    if ever.count < fix.commits.count { lacking.append(tip) }
    return nil
  }

  private func isHeld(
    _ commits: Set<ObjectID>, at tip: ObjectID, below above: ObjectID?
  ) throws(BackportError) -> Bool {
    guard try holdsAll(of: commits, tip) else { return false }
    if let above, try holdsAll(of: [tip], above) { return true }
    return try !mayHaveReverted(commits, at: tip)
  }

  /// Whether something there says that it reverts one of some commits; such a history is read anew.
  private func mayHaveReverted(
    _ commits: Set<ObjectID>, at tip: ObjectID
  ) throws(BackportError) -> Bool {
    let names = commits.map(\.description)
    return try applied.history(of: tip).commits.contains { commit in
      OriginLines.reverted(in: commit.displayMessage).contains { text in
        names.contains { $0.hasPrefix(text) }
      }
    }
  }

  /// The first commit of a history that holds all of some commits.
  private func completing(
    _ commits: Set<ObjectID>, in tip: ObjectID
  ) throws(BackportError) -> ObjectID {
    for commit in commits.sorted() where try holdsAll(of: commits, commit) { return commit }
    // They came in by several merges: the first that holds them all.
    let chain = try store { () throws(GitError) in
      try repository.history(from: [tip], firstParentOnly: true)
    }
    var (low, high) = (0, chain.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if try holdsAll(of: commits, chain[middle]) { low = middle } else { high = middle - 1 }
    }
    return chain[low]
  }

  private func holdsAll(
    of commits: Set<ObjectID>, _ tip: ObjectID
  ) throws(BackportError) -> Bool {
    try store { () throws(GitError) in
      for commit in commits where try !repository.isAncestor(commit, of: tip) { return false }
      return true
    }
  }

  func holdsAny(
    of commits: Set<ObjectID>, _ tip: ObjectID
  ) throws(BackportError) -> Bool {
    try store { () throws(GitError) in
      for commit in commits where try repository.isAncestor(commit, of: tip) { return true }
      return false
    }
  }

  /// The commits without those whose history holds another of them, sorted.
  ///
  /// One that follows another but for what took that back, one of `reverts`, stays.
  func lowest(
    _ commits: Set<ObjectID>, after reverts: [ObjectID] = []
  ) throws(BackportError) -> [ObjectID] {
    var lowest: [ObjectID] = []
    for commit in commits.sorted() {
      var others = commits.subtracting([commit])
      for revert in reverts where try holdsAll(of: [revert], commit) {
        for other in others where try holdsAll(of: [other], revert) { others.remove(other) }
      }
      if try !holdsAny(of: others, commit) { lowest.append(commit) }
    }
    return lowest
  }
}
