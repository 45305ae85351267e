import GitStore

/// The three-way merge that reads only what the fix touches (performance.md 8).
///
/// It decides what no rename can change and says so when it cannot decide. Whatever it computed
/// for a part of the target is kept and serves other targets that have the same part.
struct SparseMerge {
  /// What came of one place in the trees.
  struct Part {
    var node: TreeNode?
    var conflicts: [PathConflict] = []
    /// Files that both sides changed, merged cleanly.
    var merged: [MergedFile] = []
    var notes: [String] = []
    /// Whether the target had some of the fix already.
    var overlaps = false
  }

  private struct Key: Hashable {
    let index: Int
    let ours: TreeNode?
    let scope: Int
  }

  private enum Known {
    case part(Part)
    case undecided
  }

  /// How many results are kept; thousands of targets must not grow without end.
  private static let capacity = 20_000

  private let repository: Repository
  private var trie: ChangeTrie
  private var known: [Key: Known] = [:]

  init(repository: Repository, base: ObjectID?, theirs: ObjectID?, budget: TreeBudget) {
    self.repository = repository
    trie = ChangeTrie(repository: repository, base: base, theirs: theirs, budget: budget)
  }

  /// Merges the change into a tree; nil when renames or folders against files have to be looked at.
  mutating func merge(
    onto tree: ObjectID, scopes: AttributeScopes, files: inout FileMerge
  ) throws(GitError) -> Part? {
    try merge(0, ours: TreeNode(mode: .tree, id: tree), scope: .outermost, scopes, &files)
  }

  private mutating func merge(
    _ index: Int, ours: TreeNode?, scope: AttributeScope, _ scopes: AttributeScopes,
    _ files: inout FileMerge
  ) throws(GitError) -> Part? {
    let (base, theirs) = (trie[index].base, trie[index].theirs)
    if ours == base { return Part(node: theirs) }
    if ours == theirs {
      // What both sides deleted may have been moved by either of them.
      return try trie.deletes(index) ? nil : Part(node: ours, overlaps: true)
    }
    guard let ours, let theirs else { return nil }
    let key = Key(index: index, ours: ours, scope: scope.number)
    switch known[key] {
    case .part(let part): return part
    case .undecided: return nil
    case nil: break
    }
    var part: Part?
    if ours.mode.isTree, theirs.mode.isTree, base?.mode.isTree ?? true {
      part = try mergeFolder(index, ours: ours, scope: scope, scopes, &files)
    } else if !ours.mode.isTree, !theirs.mode.isTree, base.map({ !$0.mode.isTree }) ?? true {
      part = try mergeFile(index, base: base, ours: ours, theirs: theirs, scope: scope, &files)
    }
    if known.count >= SparseMerge.capacity { known.removeAll() }
    known[key] = part.map { .part($0) } ?? .undecided
    return part
  }

  private mutating func mergeFolder(
    _ index: Int, ours: TreeNode, scope outer: AttributeScope, _ scopes: AttributeScopes,
    _ files: inout FileMerge
  ) throws(GitError) -> Part? {
    let children = try trie.open(index)
    let names = trie[index].names
    let folder = try repository.folder(ours.id)
    let found = try folder.nodes(named: names + [AttributeScopes.fileName])
    let scope = try scopes.scope(
      inside: outer, folder: trie[index].path, file: found.last.flatMap { $0 })
    var part = Part(node: ours)
    var edits: [FolderView.Edit] = []
    for (position, child) in children.enumerated() {
      let old = found[position]
      guard let result = try merge(child, ours: old, scope: scope, scopes, &files) else {
        return nil
      }
      if result.node != old {
        edits.append(FolderView.Edit(name: names[position], node: result.node))
      }
      part.conflicts += result.conflicts
      part.merged += result.merged
      part.notes += result.notes
      part.overlaps = part.overlaps || result.overlaps
    }
    guard part.conflicts.isEmpty else {
      part.node = nil
      return part
    }
    if !edits.isEmpty {
      let bytes = try folder.applying(edits)
      part.node =
        bytes.isEmpty ? nil : TreeNode(mode: .tree, id: try repository.make(.tree, bytes))
    }
    return part
  }

  private mutating func mergeFile(
    _ index: Int, base: TreeNode?, ours: TreeNode, theirs: TreeNode, scope: AttributeScope,
    _ files: inout FileMerge
  ) throws(GitError) -> Part {
    let path = trie[index].path
    let outcome = try files.merge(base: base, ours: ours, theirs: theirs) {
      () throws(GitError) in MergeDriver(for: path, in: scope)
    }
    var part = Part(node: outcome.node)
    if let note = outcome.note {
      part.notes = ["\(String(decoding: path, as: UTF8.self)): \(note)"]
    }
    if let conflict = outcome.conflict?.named(for: path, in: scope) {
      part.conflicts = [
        PathConflict(
          path: path, kind: conflict.kind, base: base, ours: ours, theirs: theirs,
          hunks: conflict.hunks, detail: conflict.detail)
      ]
    } else if let node = outcome.node {
      part.merged = [
        MergedFile(path: path, base: base, ours: ours, theirs: theirs, result: node)
      ]
    }
    return part
  }
}
