import GitStore

/// Whether the repository's hooks run when references move.
///
/// A folder of hooks inside a worktree is content of the project: whoever can get a commit merged
/// could have a program run here. Such a folder counts only when the user named it, not the clone.
struct HookChoice {
  /// The folder that was passed over; nil when hooks run as git runs them.
  let ignoredFolder: String?

  init(_ workspace: Workspace) {
    let entry = workspace.settings.last("core.hooksPath")
    let isTrusted = entry.map { Set.trusted.contains($0.scope) } ?? true
    let path = entry?.text ?? ""
    ignoredFolder = !isTrusted && workspace.repository.isInWorktree(path) ? path : nil
  }

  /// What git is told.
  var option: GitProgram.Options.Hooks { ignoredFolder == nil ? .run : .skip }

  /// What a person should know of it.
  var warnings: [Warning] {
    guard let ignoredFolder else { return [] }
    return [
      Warning(
        "hooks-skipped",
        "core.hooksPath of this clone, \(ignoredFolder), leads into the working tree; its hooks are "
          + "not run unless the same is set with git config --global")
    ]
  }
}
