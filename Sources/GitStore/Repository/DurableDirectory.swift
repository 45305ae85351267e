#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// What a file operation could not do, with the reason the system gave.
public struct FileError: Error, Hashable, Sendable {
  /// What was tried, such as `write`.
  public let operation: String
  /// The path it was tried on.
  public let path: String
  /// The system's reason.
  public let reason: String
  /// The system's number for it.
  public let number: Int32

  init(_ operation: String, _ path: String) {
    number = errno
    self.operation = operation
    self.path = path
    reason = String(cString: strerror(number))
  }
}

/// A private directory whose files are whole or absent, also after a power cut.
///
/// Each file is written beside its place, flushed, renamed, and its directory flushed.
public struct DurableDirectory: Sendable {
  /// The directory, without a slash at its end.
  public let path: String

  /// Names a directory; nothing is made until something is written.
  public init(path: String) { self.path = path }

  /// A directory in this one.
  public func subdirectory(_ name: String) -> DurableDirectory {
    DurableDirectory(path: path + "/" + name)
  }

  /// Makes the directory, and the ones above it, for the owner alone.
  public func create() throws(FileError) {
    if FileSystem.kind(of: path) == .directory { return }
    if let slash = path.lastIndex(of: "/"), slash > path.startIndex {
      let parent = DurableDirectory(path: String(path[..<slash]))
      try parent.create()
      if mkdir(path, 0o700) != 0, errno != EEXIST { throw FileError("make directory", path) }
      try parent.flush()
    } else if mkdir(path, 0o700) != 0, errno != EEXIST {
      throw FileError("make directory", path)
    }
  }

  /// Writes a file that then holds either its old contents or all of the new.
  ///
  /// Without `isFlushed` that is true for readers, but not after a power cut.
  public func write(
    _ contents: [UInt8], to name: String, isFlushed: Bool = true
  ) throws(FileError) {
    try create()
    let target = path + "/" + name
    let temporary = target + ".tmp"
    let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError("create", temporary) }
    do throws(FileError) {
      defer { close(descriptor) }
      try FileSystem.write(contents, to: descriptor, named: temporary)
      guard !isFlushed || fsync(descriptor) == 0 else { throw FileError("flush", temporary) }
    } catch {
      unlink(temporary)
      throw error
    }
    guard rename(temporary, target) == 0 else {
      let failure = FileError("rename", temporary)
      unlink(temporary)
      throw failure
    }
    if isFlushed { try flush() }
  }

  /// Makes the names in the directory durable.
  public func flush() throws(FileError) {
    let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw FileError("open directory", path) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError("flush directory", path) }
  }

  /// Makes a file's contents durable, whoever wrote it; that it is absent is no error.
  public func flush(_ name: String) throws(FileError) {
    let file = path + "/" + name
    let descriptor = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      if errno == ENOENT || errno == ENOTDIR { return }
      throw FileError("open", file)
    }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw FileError("flush", file) }
  }

  /// Moves a file into another directory of the same file system, over a file of its name.
  public func move(_ name: String, to directory: DurableDirectory) throws(FileError) {
    guard rename(path + "/" + name, directory.path + "/" + name) == 0 else {
      throw FileError("rename", path + "/" + name)
    }
  }

  /// What changes when a file is written anew; nil when there is none.
  public func stamp(of name: String) -> FileStamp? {
    FileSystem.Stamp(of: path + "/" + name).map(FileStamp.init)
  }

  /// The contents of a file; nil when there is none, it cannot be read or is a link.
  public func contents(of name: String) -> [UInt8]? {
    if FileSystem.linkTarget(of: path + "/" + name) != nil { return nil }
    return FileSystem.contents(of: path + "/" + name)
  }

  /// The last bytes of a file, none of them before a place in it; nil when it cannot be read.
  public func end(of name: String, from start: Int, atMost limit: Int) -> [UInt8]? {
    let descriptor = open(path + "/" + name, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOFOLLOW)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
    let place = max(start, Int(status.st_size) - limit)
    return FileSystem.bytes(of: descriptor, from: place, count: Int(status.st_size) - place)
  }

  /// Whether a file or directory of that name is there.
  public func contains(_ name: String) -> Bool {
    FileSystem.kind(of: path + "/" + name) != nil
  }

  /// The names in the directory, sorted; empty when there is none.
  public var names: [String] { FileSystem.names(in: path).sorted() }

  /// Removes a file; that it is absent is no error.
  public func remove(_ name: String) throws(FileError) {
    if unlink(path + "/" + name) != 0, errno != ENOENT {
      throw FileError("remove", path + "/" + name)
    }
    if contains("") { try flush() }
  }

  /// Removes the directory and the files in it, but no directories in it.
  public func removeAll() throws(FileError) {
    for name in names { try remove(name) }
    if rmdir(path) != 0, errno != ENOENT { throw FileError("remove directory", path) }
  }
}

/// Tells whether a file is still the one it was, unchanged.
public struct FileStamp: Hashable, Sendable {
  let stamp: FileSystem.Stamp

  /// The size in bytes.
  public var size: Int { Int(stamp.size) }

  /// Whether this file was last written before the other one.
  public func isOlder(than other: FileStamp) -> Bool {
    (stamp.seconds, stamp.nanoseconds) < (other.stamp.seconds, other.stamp.nanoseconds)
  }
}

/// A lock that the system gives back however its holder ends.
///
/// The file is never removed: a second process could otherwise lock a name that is gone.
public struct DirectoryLock: ~Copyable {
  private let descriptor: Int32

  /// Takes the lock in a directory; nil when another process still holds it after the time given.
  ///
  /// Children of a killed holder can keep it for a moment, hence the wait.
  public init?(
    in directory: DurableDirectory, waitingMilliseconds: Int = 5_000
  ) throws(FileError) {
    try directory.create()
    if FileSystem.linkTarget(of: directory.path) != nil {
      errno = ENOTDIR
      throw FileError("open", directory.path)
    }
    let path = directory.path + "/lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw FileError("open", path) }
    var waited = 0
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      guard errno == EWOULDBLOCK || errno == EINTR else {
        let failure = FileError("lock", path)
        close(descriptor)
        throw failure
      }
      if waited >= waitingMilliseconds {
        close(descriptor)
        return nil
      }
      usleep(20_000)
      waited += 20
    }
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }
}
