import GitStore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Brings a worktree to its new commit after a run that was killed while, or before, it moved it.
///
/// The files may be a mixture of both commits, one of them cut short. That is finished; a file that is
/// neither what it was nor what it becomes is somebody's work, and then nothing is touched.
struct WorktreeRepair {
  let workspace: Workspace
  let move: WorktreeMove
  let operation: String

  /// Finishes the move; gives what a person should know.
  func finish() async -> [Warning] {
    let program = WorktreeProgram(workspace, move, operation: operation)
    do throws(GitProgramError) {
      guard stands else { return [] }
      if try await program.shows(move.new) { return [] }
      if try await program.shows(move.old) {
        try await program.go(from: move.old, to: move.new)
        return []
      }
      let foreign = try await foreignPaths(program)
      guard foreign.isEmpty else {
        let names = foreign.map { String(decoding: $0, as: UTF8.self) }.sorted()
        return [WorktreeMover.behind(move, "changed meanwhile: " + names.joined(separator: ", "))]
      }
      try await program.reset(to: move.new)
      return []
    } catch {
      return [WorktreeMover.behind(move, String(decoding: error.errors, as: UTF8.self))]
    }
  }

  /// Whether the worktree is still there and on the branch.
  private var stands: Bool {
    workspace.repository.worktreeUses.contains {
      $0.branch == move.branch && $0.path == move.path && $0.activity == .checkedOut
    }
  }

  /// The paths whose files are neither of the two commits' nor on the way from one to the other.
  private func foreignPaths(
    _ program: WorktreeProgram
  ) async throws(GitProgramError) -> [[UInt8]] {
    let index = DurableDirectory(path: move.gitDirectory)
    let scratch = program.with(index: index.path + "/backport-index")
    defer {
      try? index.remove("backport-index")
      try? index.remove("backport-index.lock")
    }
    try await scratch.readIndex(of: move.old)
    let notOld = try await scratch.differingPaths()
    try await scratch.readIndex(of: move.new)
    let notNew = try await scratch.differingPaths()
    let changed = try await program.changedPaths(from: move.old, to: move.new)
    var foreign = notOld.subtracting(changed).union(notNew.subtracting(changed))
    for path in changed {
      let differsFromOld = notOld.contains(path) || !isIn(move.old, path)
      let differsFromNew = notNew.contains(path) || !isIn(move.new, path)
      if differsFromOld, differsFromNew, !isUnfinished(path) { foreign.insert(path) }
    }
    return Array(foreign)
  }

  private func isIn(_ commit: ObjectID, _ path: [UInt8]) -> Bool { node(commit, path) != nil }

  private func node(_ commit: ObjectID, _ path: [UInt8]) -> TreeNode? {
    guard let tree = try? workspace.repository.commit(commit).tree else { return nil }
    return try? workspace.repository.node(at: path, in: tree)
  }

  /// Whether a file is missing, or the beginning of what it becomes.
  private func isUnfinished(_ path: [UInt8]) -> Bool {
    guard let name = String(validating: path, as: UTF8.self) else { return false }
    let full = move.path + "/" + name
    guard FileManager.default.fileExists(atPath: full) else { return true }
    guard let node = node(move.new, path), node.mode.isFile,
      let wanted = try? workspace.repository.blob(node.id),
      let bytes = FileManager.default.contents(atPath: full)
    else { return false }
    return wanted.starts(with: bytes)
  }
}
