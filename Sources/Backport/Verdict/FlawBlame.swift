import GitStore

/// Proposes the commits that brought what a fix repairs: those that added the lines which it removes,
/// or next to which it adds.
///
/// Lines are followed by their text, not by their place, and through renames that keep them. It is a
/// proposal: a line may have been moved or rewritten since the flaw came.
struct FlawBlame {
  /// A commit and how many of the lines came with it.
  struct Proposal: Equatable {
    let commit: Commit
    let lines: Int
  }

  /// How many commits of the trunk are looked at before the fix.
  static let usual = 5_000
  /// A fix that touches more files than this is not one flaw.
  private static let mostPaths = 50

  let repository: Repository
  let fix: FixSet

  /// The commits that brought most of the lines first.
  func proposals(limit: Int = usual) throws(GitError) -> [Proposal] {
    guard let start = fix.sources.first?.parent else { return [] }
    var wanted = try FlawText(repository: repository, fix: fix).lines()
    guard !wanted.isEmpty, wanted.count <= FlawBlame.mostPaths else { return [] }
    var nodes = PathNodes(repository)
    var found: [(commit: Commit, lines: Int)] = []
    for id in try repository.history(from: [start], limit: limit) {
      if wanted.isEmpty { break }
      let commit = try repository.commit(id)
      guard commit.parents.count < 2 else { continue }
      let before = try commit.parents.first.map { (id) throws(GitError) in
        try repository.commit(id).tree
      }
      var count = 0
      for path in wanted.keys.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
        let new = try nodes.node(at: path, in: commit.tree)
        let old = try before.flatMap { (tree) throws(GitError) in
          try nodes.node(at: path, in: tree)
        }
        guard new != old, let new, new.mode.isFile else { continue }
        if old == nil, let before,
          let earlier = try origin(of: path, from: before, to: commit.tree, wanted[path] ?? [])
        {
          wanted[earlier] = wanted.removeValue(forKey: path)
          continue
        }
        let added = try addedLines(old, new)
        let brought = wanted[path, default: []].intersection(added)
        count += brought.count
        wanted[path]?.subtract(brought)
        if wanted[path]?.isEmpty ?? true { wanted[path] = nil }
      }
      if count > 0 { found.append((commit, count)) }
    }
    return found.sorted { ($1.lines, $0.commit.id) < ($0.lines, $1.commit.id) }
      .map { Proposal(commit: $0.commit, lines: $0.lines) }
  }

  private func addedLines(_ old: TreeNode?, _ new: TreeNode) throws(GitError) -> Set<[UInt8]> {
    let before = old.flatMap { $0.mode.isFile ? $0.id : nil }
    let hunks = try repository.hunks(from: before, to: new.id, context: 0)
    return Set(
      (hunks ?? []).flatMap(\.lines).filter { $0.origin == UInt8(ascii: "+") }
        .map { FlawText.folded($0.content) })
  }

  /// The file that the commit removes and that held the lines: it was renamed.
  private func origin(
    of path: [UInt8], from old: ObjectID, to new: ObjectID, _ lines: Set<[UInt8]>
  ) throws(GitError) -> [UInt8]? {
    for change in try repository.changes(from: old, to: new) where change.new == nil {
      guard let node = change.old, node.mode.isFile, let text = try repository.text(node.id) else {
        continue
      }
      let there = Set(text.split(separator: UInt8(ascii: "\n")).map(FlawText.folded))
      if lines.isSubset(of: there) { return change.path }
    }
    return nil
  }
}

/// Looks up paths in the trees of neighbouring commits, which have most of their folders in common.
private struct PathNodes {
  private let repository: Repository
  /// What stands at the rest of a path below a folder, by the folder and the rest.
  private var known: [ObjectID: [[UInt8]: TreeNode?]] = [:]

  init(_ repository: Repository) { self.repository = repository }

  mutating func node(at path: [UInt8], in tree: ObjectID) throws(GitError) -> TreeNode? {
    if let node = known[tree]?[path] { return node }
    let slash = path.firstIndex(of: UInt8(ascii: "/"))
    let name = path[..<(slash ?? path.count)]
    var node = try repository.tree(tree).first { $0.name.elementsEqual(name) }?.node
    if let slash {
      if let folder = node, folder.mode.isTree {
        node = try self.node(at: Array(path[(slash + 1)...]), in: folder.id)
      } else {
        node = nil
      }
    }
    known[tree, default: [:]][path] = .some(node)
    return node
  }
}
