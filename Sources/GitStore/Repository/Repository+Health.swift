#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A lock file that some process made and has not removed.
public struct LeftLock: Hashable, Sendable {
  /// Its path.
  public let path: String
  /// When it was last written, in seconds since 1970.
  public let written: Int64
}

/// What is in the middle of being done in a worktree.
public struct OpenWork: Hashable, Sendable {
  /// The worktree, or its git directory where that is not known.
  public let path: String
  /// Such as `a merge`.
  public let kind: String
  /// The command that ends it.
  public let remedy: String
}

/// What is left on the file system of a repository.
public struct FreeRoom: Hashable, Sendable {
  /// Bytes that a process without privileges may still write.
  public let bytes: UInt64
  /// Files that may still be made; nil where the file system does not count them.
  public let files: UInt64?
}

// What `doctor` looks at; nothing here changes anything.
extension Repository {
  private static let lockDepth = 20
  private static let folderLimit = 50_000

  /// Lock files of references, the index and the configuration, of all worktrees.
  ///
  /// Visits each directory below `refs`, at most 50,000.
  public var leftLocks: [LeftLock] {
    var folders = [(commonDirectory, 0), (commonDirectory + "/refs", 1)]
    folders += worktreeDirectories.map { ($0, 0) }
    var locks: [LeftLock] = []
    var visited = 0
    while let (folder, depth) = folders.popLast(), visited < Self.folderLimit {
      visited += 1
      for name in FileSystem.names(in: folder) {
        let path = folder + "/" + name
        if name.hasSuffix(".lock"), let stamp = FileSystem.Stamp(of: path) {
          locks.append(LeftLock(path: path, written: stamp.seconds))
        } else if depth > 0, depth < Self.lockDepth, FileSystem.kind(of: path) == .directory {
          folders.append((path, depth + 1))
        }
      }
    }
    return Set(locks).sorted { $0.path < $1.path }
  }

  /// The own git directories of the main worktree and of the linked ones.
  private var worktreeDirectories: [String] {
    [commonDirectory]
      + FileSystem.names(in: commonDirectory + "/worktrees").sorted()
      .map { commonDirectory + "/worktrees/" + $0 }
  }

  /// Merges, rebases and the like that wait to be ended, by worktree.
  public var openWork: [OpenWork] {
    let signs = [
      ("MERGE_HEAD", "a merge", "git merge --abort"),
      ("CHERRY_PICK_HEAD", "a cherry-pick", "git cherry-pick --abort"),
      ("REVERT_HEAD", "a revert", "git revert --abort"),
      ("rebase-merge", "a rebase", "git rebase --abort"),
      ("rebase-apply", "a rebase or git am", "git rebase --abort"),
      ("BISECT_LOG", "a bisection", "git bisect reset"),
    ]
    return worktreeDirectories.flatMap { directory in
      signs.filter { FileSystem.kind(of: directory + "/" + $0.0) != nil }.map {
        OpenWork(path: directory, kind: $0.1, remedy: $0.2)
      }
    }
  }

  /// Temporary files in the object store that nothing will ever remove by itself.
  public var objectLitter: [String] {
    FileSystem.names(in: commonDirectory + "/objects/pack")
      .filter { $0.hasPrefix("pack_git2_") || $0.hasPrefix("tmp_") || $0.hasSuffix("idx.lock") }
      .sorted().map { commonDirectory + "/objects/pack/" + $0 }
  }

  /// The directories in which something would be written and that cannot be.
  public var unwritableDirectories: [String] {
    ["", "/objects", "/objects/pack", "/refs", "/refs/heads", "/refs/tags", "/logs", "/backport"]
      .map { commonDirectory + $0 }
      .filter { FileSystem.kind(of: $0) == .directory && access($0, W_OK | X_OK) != 0 }
  }

  /// What is left on the file system of the objects; nil when it cannot be told.
  public var freeRoom: FreeRoom? {
    var status = statvfs()
    guard statvfs(commonDirectory + "/objects", &status) == 0 else { return nil }
    let unit = UInt64(status.f_frsize)
    let (bytes, isHuge) = UInt64(status.f_bavail).multipliedReportingOverflow(by: unit)
    return FreeRoom(
      bytes: isHuge ? .max : bytes,
      files: status.f_files == 0 ? nil : UInt64(status.f_favail))
  }

  /// Whether a file of the common git directory exists, such as `info/grafts`.
  public func hasFile(_ name: String) -> Bool {
    FileSystem.kind(of: commonDirectory + "/" + name) != nil
  }

  /// The executable hooks in a directory, sorted by name; samples are left out.
  public static func hooks(in directory: String) -> [String] {
    FileSystem.names(in: directory).filter { name in
      !name.hasSuffix(".sample") && FileSystem.kind(of: directory + "/" + name) == .file
        && access(directory + "/" + name, X_OK) == 0
    }.sorted()
  }
}
