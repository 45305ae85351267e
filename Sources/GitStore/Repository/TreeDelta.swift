/// One path that differs between two trees.
public struct TreeChange: Hashable, Sendable {
  /// The path's bytes, with slashes.
  public let path: [UInt8]
  /// What stands there on the first side.
  public let old: TreeNode?
  /// What stands there on the second side.
  public let new: TreeNode?

  /// The path for display, with bytes that are not UTF-8 repaired.
  public var displayPath: String { String(decoding: path, as: UTF8.self) }
}

/// Bounds that keep a hostile tree from eating the machine (safety.md 4.2).
public struct TreeBudget: Sendable {
  /// How many entries one comparison may look at.
  public var entries = 2_000_000
  /// How deep folders may lie.
  public var depth = 500

  /// The usual bounds.
  public init() {}
}

extension Repository {
  /// The paths that differ between two trees, files only, in the order of the trees.
  ///
  /// Descends only where ids differ, so the cost depends on the difference and not on the size of
  /// the trees. A nil side is the empty tree. No renames are looked for.
  public func changes(
    from old: ObjectID?, to new: ObjectID?, budget: TreeBudget = TreeBudget()
  ) throws(GitError) -> [TreeChange] {
    var changes: [TreeChange] = []
    var remaining = budget.entries
    var folders: [(path: [UInt8], old: ObjectID?, new: ObjectID?, depth: Int)] = [
      ([], old, new, 0)
    ]
    while let folder = folders.popLast() {
      if folder.old == folder.new { continue }
      guard folder.depth <= budget.depth else {
        throw GitError(
          .tooLarge, operation: "compare trees",
          operand: String(decoding: folder.path.prefix(80), as: UTF8.self),
          detail: "folders lie more than \(budget.depth) deep")
      }
      var oldEntries: [TreeEntry] = []
      var newEntries: [TreeEntry] = []
      if let id = folder.old { oldEntries = try tree(id) }
      if let id = folder.new { newEntries = try tree(id) }
      remaining -= oldEntries.count + newEntries.count
      guard remaining >= 0 else {
        throw GitError(
          .tooLarge, operation: "compare trees",
          operand: String(decoding: folder.path.prefix(80), as: UTF8.self),
          detail: "more than \(budget.entries) entries differ")
      }
      for (name, old, new) in Repository.pairs(oldEntries, newEntries)
      where old?.id != new?.id || old?.mode.canonical != new?.mode.canonical {
        let path = folder.path.isEmpty ? name : folder.path + [UInt8(ascii: "/")] + name
        let oldTree = old.flatMap { $0.mode.isTree ? $0.id : nil }
        let newTree = new.flatMap { $0.mode.isTree ? $0.id : nil }
        if oldTree != nil || newTree != nil {
          folders.append((path, oldTree, newTree, folder.depth + 1))
        }
        let oldFile = oldTree == nil ? old : nil
        let newFile = newTree == nil ? new : nil
        if oldFile != nil || newFile != nil {
          changes.append(TreeChange(path: path, old: oldFile, new: newFile))
        }
      }
    }
    return changes.sorted { $0.path.lexicographicallyPrecedes($1.path) }
  }

  /// The names of two folders side by side, without those that are the same at both ends.
  ///
  /// Neighbouring commits differ in a few entries of folders that may hold thousands.
  private static func pairs(
    _ old: [TreeEntry], _ new: [TreeEntry]
  ) -> [(name: [UInt8], old: TreeNode?, new: TreeNode?)] {
    var (oldRest, newRest) = (old[...], new[...])
    while let left = oldRest.first, let right = newRest.first, left == right {
      oldRest.removeFirst()
      newRest.removeFirst()
    }
    while let left = oldRest.last, let right = newRest.last, left == right {
      oldRest.removeLast()
      newRest.removeLast()
    }
    var nodes: [[UInt8]: TreeNode] = [:]
    nodes.reserveCapacity(newRest.count)
    for entry in newRest { nodes[entry.name] = entry.node }
    var result: [([UInt8], TreeNode?, TreeNode?)] = []
    for entry in oldRest {
      result.append((entry.name, entry.node, nodes.removeValue(forKey: entry.name)))
    }
    for entry in newRest where nodes[entry.name] != nil {
      result.append((entry.name, nil, entry.node))
    }
    return result
  }
}
