/// A worktree that stands on a branch, or is in the middle of something with it.
public struct WorktreeUse: Hashable, Sendable {
  /// What the worktree does with the branch.
  public enum Activity: String, Hashable, Sendable {
    case checkedOut = "checked out"
    case rebasing = "being rebased"
    case bisecting = "being bisected"
  }

  /// The branch.
  public let branch: RefName
  /// The worktree's path; the git directory where the worktree is not known.
  public let path: String
  /// The worktree's own git directory.
  public let gitDirectory: String
  /// What it does with the branch.
  public let activity: Activity
}

extension Repository {
  /// Every branch that some worktree stands on, the main one and linked ones.
  ///
  /// libgit2 does not count a branch that is being rebased or bisected; git refuses both, and so
  /// do we. A bare repository's own HEAD is no worktree.
  public var worktreeUses: [WorktreeUse] {
    var uses: [WorktreeUse] = []
    if let main = mainWorkTree { uses += Repository.uses(of: commonDirectory, path: main) }
    for (directory, path) in linkedWorktrees {
      uses += Repository.uses(of: directory, path: path)
    }
    return uses
  }

  /// The paths of all worktrees.
  private var worktreePaths: [String] {
    (mainWorkTree.map { [$0] } ?? []) + linkedWorktrees.map(\.path)
  }

  private var linkedWorktrees: [(directory: String, path: String)] {
    FileSystem.names(in: commonDirectory + "/worktrees").sorted().map { name in
      let directory = commonDirectory + "/worktrees/" + name
      var link = FileSystem.firstLine(of: directory + "/gitdir") ?? directory
      // Since git 2.48 the link may be relative (`worktree.useRelativePaths`).
      if !link.hasPrefix("/") { link = FileSystem.resolved(directory + "/" + link) }
      return (directory, link.hasSuffix("/.git") ? String(link.dropLast(5)) : link)
    }
  }

  /// The path of the main worktree; nil when the repository is bare.
  ///
  /// Read from the files that only the main worktree has: from a linked worktree libgit2 does not
  /// tell whether there is one, and `/.git` at the end proves nothing.
  private var mainWorkTree: String? {
    if gitDirectory == commonDirectory { return workTree }
    let files = ["/config", "/config.worktree"].map { ConfigFile(path: commonDirectory + $0) }
    if files.compactMap({ $0.flag("core.bare") }).last ?? false { return nil }
    if let path = files.compactMap({ $0.text("core.worktree") }).last {
      return FileSystem.resolved(path.hasPrefix("/") ? path : commonDirectory + "/" + path)
    }
    return commonDirectory.hasSuffix("/.git")
      ? String(commonDirectory.dropLast(5)) : commonDirectory
  }

  /// Whether a path leads into some worktree and not into the git directory, links resolved.
  ///
  /// A relative path is meant from the worktree, as git means `core.hooksPath`.
  package func isInWorktree(_ path: String) -> Bool {
    let start = workTree ?? gitDirectory
    let full = FileSystem.resolved(path.hasPrefix("/") ? path : start + "/" + path)
    if Repository.isInside(full, FileSystem.resolved(commonDirectory)) { return false }
    return worktreePaths.contains { Repository.isInside(full, FileSystem.resolved($0)) }
  }

  private static func isInside(_ path: String, _ folder: String) -> Bool {
    path == folder || path.utf8.starts(with: (folder + "/").utf8)
  }

  private static func uses(of directory: String, path: String) -> [WorktreeUse] {
    var uses: [WorktreeUse] = []
    func add(_ name: String?, _ activity: WorktreeUse.Activity) {
      guard let name else { return }
      let full = name.hasPrefix("refs/") ? name : "refs/heads/" + name
      guard let branch = RefName(full) else { return }
      uses.append(
        WorktreeUse(branch: branch, path: path, gitDirectory: directory, activity: activity))
    }
    if case .branch(let branch) = head(in: directory) { add(branch.description, .checkedOut) }
    add(FileSystem.firstLine(of: directory + "/rebase-merge/head-name"), .rebasing)
    add(FileSystem.firstLine(of: directory + "/rebase-apply/head-name"), .rebasing)
    add(FileSystem.firstLine(of: directory + "/BISECT_START"), .bisecting)
    if let bytes = FileSystem.contents(of: directory + "/rebase-merge/update-refs") {
      for line in bytes.split(separator: UInt8(ascii: "\n")) where line.starts(with: "refs/".utf8) {
        add(String(decoding: line, as: UTF8.self), .rebasing)
      }
    }
    return uses
  }

  /// When refs were last fetched, in seconds since 1970; nil when they never were.
  public var lastFetch: Int64? {
    FileSystem.modificationTime(of: commonDirectory + "/FETCH_HEAD")
  }
}
