import GitStore

/// One of the two sides of a merge.
enum MergeSide: Int, CaseIterable {
  case ours = 1
  case theirs = 2

  var other: MergeSide { self == .ours ? .theirs : .ours }
  /// The bit of the side in a mask of versions.
  var mask: UInt8 { self == .ours ? 2 : 4 }
}

/// What the three trees have at one path, and what becomes of it (`struct conflict_info`).
///
/// Masks have bit 1 for the base, 2 for ours and 4 for theirs.
final class PathState {
  let path: TreePath
  /// What stands there in the base, ours and theirs; rename detection moves versions here.
  var stages: [TreeNode?]
  /// The paths that the stages came from, where renames moved them.
  var origins: [TreePath]
  /// What our tree has here, before anything was moved; nil for a folder where others have a file,
  /// since what becomes of the folder is decided below it.
  let kept: TreeNode?
  /// Which of the versions are files, symbolic links or submodules.
  var fileMask: UInt8
  /// Which are folders.
  var folderMask: UInt8
  /// Which are the same.
  var matchMask: UInt8 = 0
  /// Whether one version is a folder and another is not.
  var isMixed: Bool
  /// Whether renames on both sides contradict each other here.
  var hasPathConflict = false
  /// Whether ``result`` is final.
  var isResolved = false
  /// What is to stand here.
  var result: TreeNode?

  init(path: TreePath, stages: [TreeNode?]) {
    self.path = path
    self.stages = stages
    origins = [path, path, path]
    fileMask = 0
    folderMask = 0
    for (index, node) in stages.enumerated() {
      guard let node else { continue }
      if node.mode.isTree { folderMask |= 1 << index } else { fileMask |= 1 << index }
    }
    isMixed = fileMask != 0 && folderMask != 0
    kept = isMixed && folderMask & 2 != 0 ? nil : stages[1]
  }

  func resolve(to node: TreeNode?) {
    result = node
    isResolved = true
  }

  /// Forgets the versions that are folders.
  func dropFolders() {
    for index in 0..<3 where fileMask & (1 << index) == 0 { stages[index] = nil }
    matchMask &= ~folderMask
    folderMask = 0
  }
}
