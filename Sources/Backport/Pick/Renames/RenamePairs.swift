import GitStore

/// The renames of both sides, with the conflicts that folder renames make.
///
/// Ported from `detect_and_process_renames` of git's merge-ort.c, with its usual setting
/// `merge.directoryRenames=conflict`: a path that a folder rename of the other side would move is
/// a conflict.
struct RenamePairs {
  /// A file that a side moved.
  struct Pair {
    let side: MergeSide
    let old: TreePath
    let new: TreePath
  }

  /// In the order of the old paths, ours before theirs.
  private(set) var pairs: [Pair] = []
  private(set) var conflicts: [PathConflict] = []
  private(set) var notes: [String] = []

  private var detections: [RenameDetection] = []
  private var folderRenames: [[TreePath: TreePath]] = []

  init(_ paths: PathCollection, similarity: Similarity) throws(GitError) {
    if MergeSide.allCases.allSatisfy({ paths[$0].relevant.isEmpty }) { return }
    for side in MergeSide.allCases {
      let detection = try RenameDetection(paths[side], similarity: similarity)
      detections.append(detection)
      notes += detection.notes
      let (renames, split) = detection.folders.decided()
      folderRenames.append(renames)
      for folder in split {
        conflicts.append(
          PathConflict(
            path: folder.bytes, kind: .rename,
            detail: "the files of the folder went to several others, none of which has most"))
      }
    }
    for folder in Set(folderRenames[0].keys).intersection(folderRenames[1].keys) {
      folderRenames[0][folder] = nil
      folderRenames[1][folder] = nil
    }
    for side in MergeSide.allCases { checkFolderRenames(paths, side) }
    for side in MergeSide.allCases {
      for (old, new) in detections[side.rawValue - 1].renames {
        pairs.append(Pair(side: side, old: old, new: new))
      }
    }
    pairs.sort { ($0.old, $0.side.rawValue) < ($1.old, $1.side.rawValue) }
  }

  /// The paths that a side newly has: added, or the new places of moved files.
  private func newPaths(_ paths: PathCollection, _ side: MergeSide) -> [TreePath] {
    paths[side].added.map(\.path)
  }

  /// Where the renames of the other side's folders would move a path.
  private func moved(_ path: TreePath, by side: MergeSide) -> (from: TreePath, to: TreePath)? {
    for folder in path.folders {
      if let target = folderRenames[side.rawValue - 1][folder] { return (folder, target) }
    }
    return nil
  }

  private mutating func checkFolderRenames(_ paths: PathCollection, _ side: MergeSide) {
    let renamed = folderRenames[side.other.rawValue - 1]
    if renamed.isEmpty { return }
    // Paths that the other side's files are moved to by our folder renames are left alone.
    var targets: Set<TreePath> = []
    for path in newPaths(paths, side.other) {
      guard let (folder, target) = moved(path, by: side) else { continue }
      targets.insert(replace(folder, by: target, in: path))
    }
    for path in newPaths(paths, side) where !targets.contains(path) {
      guard let (folder, target) = moved(path, by: side.other),
        folderRenames[side.rawValue - 1][target] == nil
      else { continue }
      let place = replace(folder, by: target, in: path)
      let who = side == .theirs ? "the target" : "the fix"
      conflicts.append(
        PathConflict(
          path: path.bytes, kind: .rename, base: nil,
          ours: paths.states[path]?.stages[1], theirs: paths.states[path]?.stages[2],
          detail: "\(who) renamed the folder \(folder.display) to \(target.display): "
            + "perhaps it belongs at \(place.display)"))
    }
  }

  private func replace(_ folder: TreePath, by target: TreePath, in path: TreePath) -> TreePath {
    let rest = path.bytes[(folder.bytes.count + 1)...]
    return target.appending(Array(rest))
  }
}
