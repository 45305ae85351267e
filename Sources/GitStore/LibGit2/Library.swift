import CLibgit2
import Synchronization

/// libgit2 as a whole: initialised on the first repository opened, never for `--help`.
enum Library {
  /// The largest file that is kept once read, in bytes: a fix's own versions of a file are merged
  /// with each line's.
  private static let blobCacheLimit = 1 << 16
  /// What all kept objects may take together, in bytes.
  private static let cacheSize = 16 << 20

  private static let startUp: Int32 = {
    let count = git_libgit2_init()
    guard count > 0 else { return count }
    _ = backport_set_strict_hash_verification(0)
    _ = backport_allow_harmless_extensions()
    _ = backport_cache_blobs(blobCacheLimit, cacheSize)
    return count
  }()

  /// Initialises libgit2 once in the life of the process.
  static func start() throws(GitError) {
    let result = startUp
    if result <= 0 { throw GitError(status: result, operation: "start libgit2", operand: "") }
  }

  private static let opening = Mutex<Void>(())

  /// Opens the repository at a path, without a search.
  ///
  /// Whether owners are checked is a setting of the whole process: nobody else may open one
  /// while the check is off.
  static func open(
    _ pointer: inout OpaquePointer?, _ path: String, checksOwner: Bool
  ) -> Int32 {
    let flags = UInt32(GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue)
    return opening.withLock { _ in
      if checksOwner { return git_repository_open_ext(&pointer, path, flags, nil) }
      _ = backport_set_owner_validation(0)
      defer { _ = backport_set_owner_validation(1) }
      return git_repository_open_ext(&pointer, path, flags, nil)
    }
  }

  /// The version that was loaded, such as 1.5.1.
  static var version: String {
    var major: Int32 = 0
    var minor: Int32 = 0
    var revision: Int32 = 0
    git_libgit2_version(&major, &minor, &revision)
    return "\(major).\(minor).\(revision)"
  }
}
