#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// The few things we ask of the file system, without Foundation.
enum FileSystem {
  /// What a path is.
  enum Kind {
    case file
    case directory
    case other
  }

  /// The kind of a path, links followed; nil when there is nothing.
  static func kind(of path: String) -> Kind? {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return .file
    case S_IFDIR: return .directory
    default: return .other
    }
  }

  /// The whole of a file; nil when it cannot be read, is none, or is longer than the limit.
  ///
  /// Never waits: a pipe that stands in the place of a file counts as nothing.
  static func contents(of path: String, limit: Int = 1 << 30) -> [UInt8]? {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG,
      Int(status.st_size) <= limit
    else { return nil }
    var bytes: [UInt8] = []
    let chunk = max(4096, Int(status.st_size) + 1)
    while bytes.count <= limit {
      let start = bytes.count
      bytes.append(contentsOf: repeatElement(0, count: chunk))
      let count = bytes.withUnsafeMutableBytes { buffer in
        read(descriptor, buffer.baseAddress?.advanced(by: start), chunk)
      }
      bytes.removeLast(chunk - max(count, 0))
      if count < 0, errno != EINTR { return nil }
      if count == 0 { return bytes }
    }
    return nil
  }

  /// Some bytes of an open file, fewer where it ends before; nil when it cannot be read.
  static func bytes(of descriptor: Int32, from place: Int, count: Int) -> [UInt8]? {
    guard count > 0 else { return [] }
    var bytes = [UInt8](repeating: 0, count: count)
    var filled = 0
    while filled < count {
      let got = bytes.withUnsafeMutableBytes { buffer in
        pread(
          descriptor, buffer.baseAddress?.advanced(by: filled), count - filled,
          off_t(place + filled))
      }
      if got < 0, errno != EINTR { return nil }
      if got == 0 { break }
      filled += max(0, got)
    }
    return Array(bytes.prefix(filled))
  }

  /// Writes all bytes to an open file; the name stands in the error.
  static func write(
    _ bytes: [UInt8], to descriptor: Int32, named name: String
  ) throws(FileError) {
    var start = 0
    while start < bytes.count {
      let count = bytes.withUnsafeBytes {
        writeSome(descriptor, UnsafeRawBufferPointer(rebasing: $0[start...]))
      }
      if count < 0, errno != EINTR { throw FileError("write", name) }
      start += max(0, count)
    }
  }

  private static func writeSome(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Int {
    #if canImport(Darwin)
      Darwin.write(descriptor, bytes.baseAddress, bytes.count)
    #elseif canImport(Glibc)
      Glibc.write(descriptor, bytes.baseAddress, bytes.count)
    #else
      Musl.write(descriptor, bytes.baseAddress, bytes.count)
    #endif
  }

  /// Where a symbolic link leads, as it is written in the link; nil when the path is none.
  static func linkTarget(of path: String) -> String? {
    var target = [CChar](repeating: 0, count: 4096)
    let count = readlink(path, &target, target.count)
    guard count > 0 else { return nil }
    return String(validating: target.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// A file's first line without the line feed; nil when it cannot be read.
  static func firstLine(of path: String) -> String? {
    guard let bytes = contents(of: path, limit: 1 << 20) else { return nil }
    let line = bytes.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
    return String(decoding: line, as: UTF8.self)
  }

  /// The names in a directory but `.` and `..`, unsorted; empty when it cannot be read.
  ///
  /// Names that are not UTF-8 are left out: no `String` leads to such a file.
  static func names(in path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    guard let offset = MemoryLayout<dirent>.offset(of: \dirent.d_name) else { return [] }
    var names: [String] = []
    while let entry = readdir(directory) {
      // Not a copy of the whole field, most of which lies behind the end of the record.
      let start = UnsafeRawPointer(entry).advanced(by: offset).assumingMemoryBound(to: CChar.self)
      guard let name = String(validatingCString: start), name != ".", name != ".." else {
        continue
      }
      names.append(name)
    }
    return names
  }

  /// Whether nothing but folders stands below a folder.
  static func isEmptyTree(_ path: String) -> Bool {
    var folders = [path]
    while let folder = folders.popLast() {
      for name in names(in: folder) {
        guard kind(of: folder + "/" + name) == .directory else { return false }
        folders.append(folder + "/" + name)
      }
    }
    return true
  }

  /// What tells a directory from every other one, whatever path leads to it.
  struct Identity: Hashable, Sendable {
    private let device: UInt64
    private let node: UInt64

    /// Asks for a path, links followed; nil when there is nothing.
    init?(of path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      self.init(status)
    }

    fileprivate init(_ status: stat) {
      device = UInt64(truncatingIfNeeded: status.st_dev)
      node = UInt64(truncatingIfNeeded: status.st_ino)
    }
  }

  /// What changes when a file is written anew.
  struct Stamp: Hashable, Sendable {
    private let identity: Identity
    let size: Int64
    /// When it was last written, in seconds since 1970.
    let seconds: Int64
    let nanoseconds: Int64

    /// Asks for a path, links followed; nil when there is nothing.
    init?(of path: String) {
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      identity = Identity(status)
      size = Int64(status.st_size)
      #if canImport(Darwin)
        let time = status.st_mtimespec
      #else
        let time = status.st_mtim
      #endif
      seconds = Int64(time.tv_sec)
      nanoseconds = Int64(time.tv_nsec)
    }
  }

  /// When a file was last written, in seconds since 1970; nil when there is none.
  static func modificationTime(of path: String) -> Int64? {
    Stamp(of: path)?.seconds
  }

  /// The path with links and dots resolved; the path itself when that fails.
  static func resolved(_ path: String) -> String {
    guard let buffer = realpath(path, nil) else { return path }
    defer { free(buffer) }
    return String(cString: buffer)
  }
}
