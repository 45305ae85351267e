import GitStore

/// What a fix changes, as the part of the folder structure in which its two trees differ.
///
/// Folders are opened only when something asks for them: where the target still has the fix's
/// starting point, the whole folder is taken by its id.
struct ChangeTrie {
  struct Node {
    /// The last part of the path.
    let name: [UInt8]
    /// The whole path.
    let path: [UInt8]
    let depth: Int
    let base: TreeNode?
    let theirs: TreeNode?
    /// The indices of what differs below; nil before the folder was opened.
    fileprivate(set) var children: [Int]?
    fileprivate(set) var names: [[UInt8]] = []
    fileprivate var deletes: Bool?
  }

  private let repository: Repository
  private var remaining: Int
  private let depthLimit: Int
  private(set) var nodes: [Node]

  /// The change between two trees; a missing one is empty.
  init(repository: Repository, base: ObjectID?, theirs: ObjectID?, budget: TreeBudget) {
    self.repository = repository
    remaining = budget.entries
    depthLimit = budget.depth
    nodes = [
      Node(
        name: [], path: [], depth: 0, base: base.map { TreeNode(mode: .tree, id: $0) },
        theirs: theirs.map { TreeNode(mode: .tree, id: $0) })
    ]
  }

  subscript(index: Int) -> Node { nodes[index] }

  /// Opens a folder: what differs directly below it, in the order of the bytes of the names.
  mutating func open(_ index: Int) throws(GitError) -> [Int] {
    if let known = nodes[index].children { return known }
    let node = nodes[index]
    guard node.depth < depthLimit else {
      throw GitError(
        .tooLarge, operation: "compare trees",
        operand: String(decoding: node.path.prefix(80), as: UTF8.self),
        detail: "folders lie more than \(depthLimit) deep")
    }
    let base = try entries(of: node.base)
    let theirs = try entries(of: node.theirs)
    remaining -= base.count + theirs.count
    guard remaining >= 0 else {
      throw GitError(
        .tooLarge, operation: "compare trees",
        operand: String(decoding: node.path.prefix(80), as: UTF8.self),
        detail: "too many entries differ")
    }
    var children: [Int] = []
    for (name, old, new) in EntryPairs.differing(base, theirs) {
      let path = node.path.isEmpty ? name : node.path + [UInt8(ascii: "/")] + name
      children.append(nodes.count)
      nodes.append(
        Node(name: name, path: path, depth: node.depth + 1, base: old, theirs: new))
    }
    nodes[index].names = children.map { nodes[$0].name }
    nodes[index].children = children
    return children
  }

  /// Whether the fix deletes a file there or anywhere below.
  mutating func deletes(_ index: Int) throws(GitError) -> Bool {
    if let known = nodes[index].deletes { return known }
    let node = nodes[index]
    var found = false
    switch (node.base, node.theirs) {
    case (nil, _): break
    case (_?, nil): found = true
    case (let base?, let theirs?):
      if base.mode.isTree != theirs.mode.isTree {
        found = true
      } else if base.mode.isTree {
        for child in try open(index) where try deletes(child) {
          found = true
          break
        }
      }
    }
    nodes[index].deletes = found
    return found
  }

  private func entries(of node: TreeNode?) throws(GitError) -> [TreeEntry] {
    guard let node, node.mode.isTree else { return [] }
    return try repository.folder(node.id).entries()
  }
}

/// The entries of two folders side by side.
enum EntryPairs {
  /// The names that stand for different things, in the order of their bytes.
  static func differing(
    _ left: [TreeEntry], _ right: [TreeEntry]
  ) -> [(name: [UInt8], left: TreeNode?, right: TreeNode?)] {
    var result: [(name: [UInt8], left: TreeNode?, right: TreeNode?)] = []
    // Trees are sorted, so most entries pair up in step; the rest is matched by name.
    var leftOnly: [TreeEntry] = []
    var rightOnly: [[UInt8]: TreeNode] = [:]
    var leftIndex = 0
    var rightIndex = 0
    while leftIndex < left.count, rightIndex < right.count {
      let (first, second) = (left[leftIndex], right[rightIndex])
      if first.name == second.name {
        if first.node != second.node { result.append((first.name, first.node, second.node)) }
        leftIndex += 1
        rightIndex += 1
      } else if TreeObject.precedes(first, second) {
        leftOnly.append(first)
        leftIndex += 1
      } else {
        rightOnly[second.name] = second.node
        rightIndex += 1
      }
    }
    leftOnly += left[leftIndex...]
    for entry in right[rightIndex...] { rightOnly[entry.name] = entry.node }
    for entry in leftOnly {
      result.append((entry.name, entry.node, rightOnly.removeValue(forKey: entry.name)))
    }
    for (name, node) in rightOnly { result.append((name, nil, node)) }
    return result.sorted { $0.name.lexicographicallyPrecedes($1.name) }
  }
}
