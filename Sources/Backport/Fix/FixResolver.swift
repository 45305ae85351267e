import GitStore
import ReleaseModel

/// Works out the commits that a person means by a fix.
struct FixResolver {
  let repository: Repository

  /// Resolves revisions: commits, ranges, merges, or several of these.
  ///
  /// A merge gives its own commits when picking them in order onto its first parent makes its very
  /// tree; otherwise, or with `mainline`, it is one change against a parent. `more` are revisions
  /// that the project says belong to the fix; they come last and are not what was asked for.
  func resolve(
    _ revisions: [String], mainline: Int?, more: [String] = []
  ) throws(BackportError) -> FixSet {
    var sources: [PickSource] = []
    var named: [ObjectID] = []
    var merge: ObjectID?
    var ofMerge: Set<ObjectID> = []
    for (index, revision) in (revisions + more).enumerated() {
      let found = try changes(
        named: revision, mainline: index < revisions.count ? mainline : nil)
      named.append(found.named)
      if found.isMerge, revisions.count == 1, index == 0 {
        merge = found.named
        ofMerge = Set(found.sources.map(\.commit.id))
      }
      sources += found.sources
    }
    var changing: [PickSource] = []
    var unchanged: [ObjectID] = []
    for source in FixResolver.once(sources) {
      if try tree(source.parent) == source.commit.tree {
        unchanged.append(source.commit.id)
      } else {
        changing.append(source)
      }
    }
    if changing.isEmpty { throw BackportError(.emptyFix, revisions) }
    for source in changing { try FixResolver.checkSize(of: source.commit) }
    return FixSet(
      requested: revisions, named: named, merge: merge, sources: changing, unchanged: unchanged,
      ofMerge: ofMerge, whole: try whole(changing, merge: more.isEmpty ? merge : nil))
  }

  /// What revisions name, and the changes to be picked for it, each once and in order; those that
  /// change nothing are among them.
  ///
  /// A range names its commits; a merge is named as it is, whatever is picked for it.
  func series(
    _ revisions: [String], mainline: Int?
  ) throws(BackportError) -> (named: [ObjectID], sources: [PickSource]) {
    var named: [ObjectID] = []
    var sources: [PickSource] = []
    for revision in revisions {
      let found = try changes(named: revision, mainline: mainline)
      if FixResolver.range(revision) == nil {
        named.append(found.named)
      } else {
        named += found.sources.map(\.commit.id)
      }
      sources += found.sources
    }
    return (named, FixResolver.once(sources))
  }

  private static func once(_ sources: [PickSource]) -> [PickSource] {
    var seen: Set<ObjectID> = []
    return sources.filter { seen.insert($0.commit.id).inserted }
  }

  /// What one revision names: its commit, or the last of a range, and the changes to be picked.
  private func changes(
    named revision: String, mainline: Int?
  ) throws(BackportError) -> (named: ObjectID, sources: [PickSource], isMerge: Bool) {
    if let range = FixResolver.range(revision) {
      let tip = try resolve(range.to)
      return (tip, try commits(of: range, tip: tip, text: revision), false)
    }
    let id = try resolve(revision)
    let commit = try store { () throws(GitError) in try repository.commit(id) }
    try FixResolver.checkSize(of: commit)
    let found = try changes(of: commit, mainline: mainline, revision: revision)
    return (id, found, commit.parents.count > 1)
  }

  /// The most bytes of a message; it is read for ids and trailers, shown and copied many times.
  private static let messageLimit = 1 << 20

  private static func checkSize(of commit: Commit) throws(BackportError) {
    if commit.message.count > messageLimit {
      throw BackportError(
        .tooLarge, ["the message of \(commit.id.abbreviated())"],
        detail: "\(commit.message.count) bytes, where \(messageLimit) are read")
    }
  }

  private static func range(_ text: String) -> (from: String, to: String)? {
    guard !text.contains("...") else { return nil }
    guard let dots = text.firstRange(of: "..") else { return nil }
    let from = String(text[..<dots.lowerBound])
    let to = String(text[dots.upperBound...])
    return (from.isEmpty ? "HEAD" : from, to.isEmpty ? "HEAD" : to)
  }

  private func resolve(_ revision: String) throws(BackportError) -> ObjectID {
    if revision.isEmpty || revision.contains("...") {
      throw BackportError(.unknownRevision, [revision, "find revision"])
    }
    do throws(GitError) {
      return try repository.resolve(revision)
    } catch {
      let failure = BackportError(error)
      guard failure.code == .unknownRevision else { throw failure }
      throw BackportError(
        .unknownRevision, failure.operands, detail: nearestName(to: revision) ?? "")
    }
  }

  /// The branch or tag whose name is nearest to that of a revision; nil when none is near.
  private func nearestName(to revision: String) -> String? {
    let name = String(revision.prefix { !"~^:@{".contains($0) })
    let references =
      repository.references(under: "refs/heads/") + repository.references(under: "refs/tags/")
      + repository.references(under: "refs/remotes/")
    return Spelling.nearest(to: name, among: references.map(\.name.shorthand))
  }

  private func tree(_ commit: ObjectID?) throws(BackportError) -> ObjectID? {
    guard let commit else { return nil }
    return try store { () throws(GitError) in try repository.commit(commit).tree }
  }

  /// The commits of a range, oldest first.
  ///
  /// A merge in it gives its own commits, or is one change when it adds something itself; one that
  /// only brought in what is outside of the range gives nothing.
  private func commits(
    of range: (from: String, to: String), tip: ObjectID, text: String
  ) throws(BackportError) -> [PickSource] {
    let start = try resolve(range.from)
    let ids = try store { () throws(GitError) in
      try repository.history(from: [tip], notIn: [start], order: .oldestFirst, limit: 10_001)
    }
    if ids.isEmpty { throw BackportError(.emptyFix, [text]) }
    if ids.count > 10_000 { throw BackportError(.usage, [text], detail: "more than 10000 commits") }
    let linear = try linear(ids)
    if linear.count == ids.count { return linear }
    let inRange = Set(ids)
    let chain = try store { () throws(GitError) in
      try repository.history(
        from: [tip], notIn: [start], order: .oldestFirst, firstParentOnly: true, limit: 10_001)
    }
    var sources: [PickSource] = []
    for id in chain {
      let commit = try store { () throws(GitError) in try repository.commit(id) }
      let isMerge = commit.parents.count > 1
      if isMerge, !commit.parents.dropFirst().contains(where: inRange.contains) { continue }
      sources += try changes(of: commit, mainline: nil, revision: text)
        .filter { inRange.contains($0.commit.id) }
    }
    if sources.isEmpty { throw BackportError(.emptyFix, [text]) }
    return sources
  }

  private func linear(_ ids: [ObjectID]) throws(BackportError) -> [PickSource] {
    var sources: [PickSource] = []
    for id in ids {
      let commit = try store { () throws(GitError) in try repository.commit(id) }
      if commit.parents.count < 2 {
        sources.append(PickSource(commit: commit, parent: commit.parents.first, mainline: nil))
      }
    }
    return sources
  }

  private func changes(
    of commit: Commit, mainline: Int?, revision: String
  ) throws(BackportError) -> [PickSource] {
    guard let first = commit.parents.first else {
      return [PickSource(commit: commit, parent: nil, mainline: nil)]
    }
    if commit.parents.count == 1 {
      // Its only parent is its first one, as git has it since 2.21.
      if let mainline, mainline != 1 { throw BackportError(.notAMerge, [revision]) }
      return [PickSource(commit: commit, parent: first, mainline: nil)]
    }
    if let mainline {
      guard (1...commit.parents.count).contains(mainline) else {
        throw BackportError(
          .usage, ["-m \(mainline)"], detail: "\(revision) has \(commit.parents.count) parents")
      }
      return [
        PickSource(commit: commit, parent: commit.parents[mainline - 1], mainline: mainline)
      ]
    }
    return try expansion(of: commit, onto: first)
      ?? [PickSource(commit: commit, parent: first, mainline: 1)]
  }

  /// The commits a merge brought in, when they are all that it brought; nil otherwise.
  private func expansion(of merge: Commit, onto first: ObjectID) throws(BackportError)
    -> [PickSource]?
  {
    let ids = try store { () throws(GitError) in
      try repository.history(
        from: Array(merge.parents.dropFirst()), notIn: [first], order: .oldestFirst, limit: 1_000)
    }
    let sources = try linear(ids)
    guard !sources.isEmpty, ids.count < 1_000 else { return nil }
    guard let start = try tree(first) else { return nil }
    return try result(of: sources, on: start) == merge.tree ? sources : nil
  }

  private func whole(
    _ sources: [PickSource], merge: ObjectID?
  ) throws(BackportError) -> (before: ObjectID?, after: ObjectID)? {
    if let merge {
      let commit = try store { () throws(GitError) in try repository.commit(merge) }
      let parent = sources.first?.mainline.map { commit.parents[$0 - 1] } ?? commit.parents.first
      return (try tree(parent), commit.tree)
    }
    guard let first = sources.first, let last = sources.last else { return nil }
    let before = try tree(first.parent)
    let isOneStretch = zip(sources, sources.dropFirst()).allSatisfy { earlier, later in
      later.parent == earlier.commit.id
    }
    if isOneStretch { return (before, last.commit.tree) }
    guard let before, let after = try result(of: sources, on: before) else { return nil }
    return (before, after)
  }

  /// The tree after every change in order; nil when one does not apply.
  private func result(
    of sources: [PickSource], on start: ObjectID
  ) throws(BackportError) -> ObjectID? {
    var tree = start
    for source in sources {
      let before = try self.tree(source.parent)
      let merged = try store { () throws(GitError) in
        var change = try TreeMerge(repository: repository, base: before, theirs: source.commit.tree)
        return try change.merge(onto: tree).cleanTree
      }
      guard let merged else { return nil }
      tree = merged
    }
    return tree
  }
}
