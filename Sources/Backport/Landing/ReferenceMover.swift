import GitStore

/// Moves references together and believes it only after reading every one again.
struct ReferenceMover {
  let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

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
    case .blockedByRef, .invalidEdit, .refused, .deadlinePassed, .cancelled, .failed, .incomplete:
      return BackportError(.git, ["update-ref", ref], detail: error.message)
    }
  }
}
