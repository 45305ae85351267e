import GitStore

/// Changes paths of a tree, reading and writing only the folders on the way.
struct TreeEditor {
  private final class Place {
    var below: [[UInt8]: Place] = [:]
    /// What is to stand here; nil when only what is below changes.
    var node: TreeNode??
  }

  private let repository: Repository
  private let top = Place()

  init(repository: Repository) { self.repository = repository }

  /// Puts something at a path, or removes what is there; the last word on a path counts.
  func set(_ path: TreePath, to node: TreeNode?) {
    var place = top
    for name in path.bytes.split(separator: UInt8(ascii: "/")) {
      let name = Array(name)
      if let next = place.below[name] {
        place = next
      } else {
        let next = Place()
        place.below[name] = next
        place = next
      }
    }
    place.node = .some(node)
  }

  /// The changed tree; empty folders vanish.
  func apply(to tree: ObjectID) throws(GitError) -> ObjectID {
    let node = try apply(top, to: TreeNode(mode: .tree, id: tree))
    return if let node { node.id } else { try repository.make(.tree, []) }
  }

  private func apply(_ place: Place, to old: TreeNode?) throws(GitError) -> TreeNode? {
    let start = place.node ?? old
    if place.below.isEmpty { return start }
    let isFolder = start?.mode.isTree ?? false
    var folder = FolderView.empty
    if isFolder, let start { folder = try repository.folder(start.id) }
    let places = place.below.sorted { $0.key.lexicographicallyPrecedes($1.key) }
    let found = try folder.nodes(named: places.map(\.key))
    var edits: [FolderView.Edit] = []
    for ((name, place), old) in zip(places, found) {
      let new = try apply(place, to: old)
      if new != old { edits.append(FolderView.Edit(name: name, node: new)) }
    }
    if edits.isEmpty { return start }
    let bytes = try folder.applying(edits)
    if bytes.isEmpty { return isFolder ? nil : start }
    guard isFolder || start == nil else {
      throw GitError(
        .damaged, operation: "write a tree", operand: "", detail: "a file stands where a folder is")
    }
    return TreeNode(mode: .tree, id: try repository.make(.tree, bytes))
  }
}
