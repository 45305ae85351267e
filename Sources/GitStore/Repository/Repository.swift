import CLibgit2

/// A repository opened for reading, with a store in memory for what a plan makes.
///
/// Not Sendable: one for each task, as libgit2 asks.
public final class Repository {
  let handle: Handle<RepositoryKind>
  let database: Handle<ObjectDatabaseKind>
  /// The store in front of the object database; owned by `database`.
  let memory: UnsafeMutablePointer<git_odb_backend>
  let referenceReader: ReferenceReader
  private let trustsOwner: Bool
  /// The objects made since the repository was opened that are in memory only.
  var madeSet: Set<ObjectID> = []
  /// The bytes of all objects made, stored ones included.
  public internal(set) var madeSize = 0
  /// The commits and tags that were made, also those that were stored already.
  var drafts: Set<ObjectID> = []
  var commits: [ObjectID: Commit] = [:]

  /// The directory of this worktree's own HEAD and index, without a slash at the end.
  public let gitDirectory: String
  /// The directory of the objects and references that all worktrees share.
  public let commonDirectory: String
  /// The working tree; nil for a bare repository.
  public let workTree: String?

  /// Opens the repository whose git directory that is; nothing is searched for.
  ///
  /// The environment is not looked at, `GIT_DIR` included. `trustsOwner` skips libgit2's check of who
  /// owns the repository: only for one that git itself has just accepted, since libgit2 1.5 does not
  /// know `safe.directory = *`.
  public init(gitDirectory path: String, trustsOwner: Bool = false) throws(GitError) {
    self.trustsOwner = trustsOwner
    try Library.start()
    try Repository.refuseForeignFormats(gitDirectory: path)
    handle = try Handle<RepositoryKind>("open repository", path) { pointer in
      Library.open(&pointer, path, checksOwner: !trustsOwner)
    }
    database = try handle.with { (repository) throws(GitError) in
      try Handle<ObjectDatabaseKind>("open object database", path) { pointer in
        git_repository_odb(&pointer, repository)
      }
    }
    gitDirectory = try Repository.directory(handle.with { git_repository_path($0) }) ?? path
    commonDirectory = try Repository.directory(handle.with { git_repository_commondir($0) }) ?? path
    workTree = try Repository.directory(handle.with { git_repository_workdir($0) })
    // Once more, as libgit2 also opens the working tree's own path.
    try Repository.refuseForeignFormats(gitDirectory: gitDirectory)
    referenceReader = try ReferenceReader(commonDirectory: commonDirectory)
    memory = try database.with { (odb) throws(GitError) in
      var backend: UnsafeMutablePointer<git_odb_backend>?
      try check(git_mempack_new(&backend), "make the store in memory")
      guard let backend else {
        throw GitError(.other(0), operation: "make the store in memory", operand: "")
      }
      try check(git_odb_add_backend(odb, backend, 999), "make the store in memory")
      return backend
    }
    try refuseMissingAlternates()
  }

  /// What it takes to open the same repository in another task.
  public struct Address: Sendable {
    let gitDirectory: String
    let trustsOwner: Bool

    /// Opens it, with nothing made and nothing kept from reading.
    public func open() throws(GitError) -> Repository {
      try Repository(gitDirectory: gitDirectory, trustsOwner: trustsOwner)
    }
  }

  /// Where this repository is.
  public var address: Address { Address(gitDirectory: gitDirectory, trustsOwner: trustsOwner) }

  /// The same repository opened once more, with nothing made and nothing kept from reading.
  public func reopened() throws(GitError) -> Repository { try address.open() }

  /// Whether an object was made since the repository was opened, and so is in memory only.
  public func isMade(_ id: ObjectID) -> Bool { madeSet.contains(id) }

  /// Finds the git directory for a path: its own, or that of a parent on the same file system.
  ///
  /// Ends with ``GitError/Code/notFound`` when there is none. The environment is not looked at.
  public static func discover(from path: String) throws(GitError) -> String {
    try Library.start()
    var buffer = git_buf()
    defer { git_buf_dispose(&buffer) }
    try check(git_repository_discover(&buffer, path, 0, nil), "find a repository", path)
    guard let found = try directory(buffer.ptr) else {
      throw GitError(.notFound, operation: "find a repository", operand: path)
    }
    return found
  }

  /// The version of libgit2 in use.
  public static var libraryVersion: String { Library.version }

  /// A path without the slash at its end; one that is not UTF-8 is refused, as no text leads to it.
  private static func directory(_ pointer: UnsafePointer<CChar>?) throws(GitError) -> String? {
    guard let pointer else { return nil }
    guard var path = String(validatingCString: pointer) else {
      throw GitError(
        .unsupported, operation: "open repository", operand: String(cString: pointer),
        detail: "the path is not UTF-8")
    }
    while path.utf8.count > 1, path.hasSuffix("/") { path.removeLast() }
    return path
  }

  /// The commits at which a shallow clone ends; empty for a whole one.
  ///
  /// Read anew at each call.
  public var shallowBoundary: Set<ObjectID> {
    guard let bytes = FileSystem.contents(of: commonDirectory + "/shallow") else { return [] }
    return Set(
      bytes.split(separator: UInt8(ascii: "\n")).compactMap { ObjectID(hexDigits: $0) })
  }

  /// Refuses SHA-256 objects and reftable references before libgit2 could misread them.
  private static func refuseForeignFormats(gitDirectory: String) throws(GitError) {
    let common = FileSystem.firstLine(of: gitDirectory + "/commondir").map {
      $0.hasPrefix("/") ? $0 : gitDirectory + "/" + $0
    }
    let config = ConfigFile(path: (common ?? gitDirectory) + "/config")
    for (key, accepted) in [
      ("extensions.objectformat", "sha1"), ("extensions.refstorage", "files"),
    ] {
      if let value = config.text(key), value.lowercased() != accepted {
        throw GitError(
          .unsupported, operation: "open repository", operand: gitDirectory,
          detail: "\(key) = \(value)")
      }
    }
  }

  /// A missing alternate otherwise shows as a missing object somewhere.
  private func refuseMissingAlternates() throws(GitError) {
    let path = commonDirectory + "/objects/info/alternates"
    guard let bytes = FileSystem.contents(of: path) else { return }
    for line in bytes.split(separator: UInt8(ascii: "\n")) {
      // A comment, or a path in quotes, or one that no text leads to: left to libgit2.
      guard line.first != UInt8(ascii: "#"), line.first != UInt8(ascii: "\""),
        let text = String(validating: line, as: UTF8.self)
      else { continue }
      let target = text.hasPrefix("/") ? text : commonDirectory + "/objects/" + text
      if FileSystem.kind(of: target) != .directory {
        throw GitError(
          .notFound, operation: "open the alternate object store", operand: text,
          detail: "named in \(path)")
      }
    }
  }
}
