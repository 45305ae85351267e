import GitStore

/// Moves references together and believes it only after reading every one again.
struct ReferenceMover {
  let workspace: Workspace
  /// The operation by which git and its hooks are known while they run.
  let operation: String

  init(_ workspace: Workspace, operation: String) {
    self.workspace = workspace
    self.operation = operation
  }

  /// Makes all edits or none.
  ///
  /// While the references are locked, a worktree that has come to stand on one of them since the
  /// plan stops it, unless its path is among those allowed.
  func move(
    _ edits: [RefEdit], message: String, allowedWorktrees: Set<String> = []
  ) async throws(BackportError) {
    let gitDirectory = workspace.repository.gitDirectory
    do {
      var transaction = RefTransaction(edits, message: message)
      transaction.hooks = HookChoice(workspace).option
      transaction.variables = RunningChildren.mark(operation)
      try await transaction.commit(with: workspace.git, at: workspace.location) {
        try ReferenceMover.refuseWorktrees(
          edits, gitDirectory: gitDirectory, allowed: allowedWorktrees)
      }
    } catch {
      throw ReferenceMover.translate(error)
    }
    let fresh = try store { () throws(GitError) in try Repository(gitDirectory: gitDirectory) }
    for edit in edits {
      let value = fresh.reference(edit.name)?.target
      let wanted: ObjectID? =
        switch edit.change {
        case .set(let id): id
        case .delete: nil
        case .verify: value
        }
      if value != wanted {
        throw BackportError(
          .refMoved,
          [
            edit.name.description, wanted?.description ?? "nothing",
            value?.description ?? "nothing",
          ])
      }
    }
    try makeDurable(edits)
  }

  /// Brings the references to the disk: git flushes neither the folders nor, before 2.36, the files.
  private func makeDurable(_ edits: [RefEdit]) throws(BackportError) {
    let common = DurableDirectory(path: workspace.repository.commonDirectory)
    var folders: Set<String> = [""]
    for edit in edits {
      var path = edit.name.description[...]
      while let slash = path.lastIndex(of: "/") {
        path = path[..<slash]
        folders.insert(String(path))
      }
    }
    try files { () throws(FileError) in
      for edit in edits where edit.change != .delete {
        try common.flush(edit.name.description)
      }
      if edits.contains(where: { $0.change == .delete }) { try common.flush("packed-refs") }
      for folder in folders.sorted() { try common.flush(folder) }
    }
  }

  private static func refuseWorktrees(
    _ edits: [RefEdit], gitDirectory: String, allowed: Set<String>
  ) throws {
    let names = Set(edits.map(\.name))
    let uses = try Repository(gitDirectory: gitDirectory).worktreeUses
    for use in uses
    where names.contains(use.branch)
      && !(use.activity == .checkedOut && allowed.contains(use.path))
    {
      throw BackportError(
        .refMoved, [use.branch.description],
        detail: "it is \(use.activity.rawValue) in \(use.path)")
    }
  }

  private static func translate(_ error: RefTransactionError) -> BackportError {
    let ref = error.ref ?? ""
    switch error.code {
    case .moved: return BackportError(.refMoved, [ref], detail: error.message)
    case .locked: return BackportError(.locked, [ref], detail: error.message)
    case .rejectedByHook: return BackportError(.rejectedByHook, [ref], detail: error.message)
    case .vetoed:
      return error.underlying as? BackportError ?? BackportError(.refMoved, [ref])
    case .incomplete: return BackportError(.incomplete, [ref], detail: error.message)
    case .blockedByRef, .invalidEdit, .refused, .deadlinePassed, .cancelled, .failed:
      return BackportError(.git, ["update-ref", ref], detail: error.message)
    }
  }
}
