#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file that only we can read and that goes away with its last use.
///
/// No child process inherits it open; one is given its path.
final class TemporaryFile {
  let path: String

  /// Writes a new file below a directory, by default `/tmp`.
  init(_ contents: [UInt8], below directory: String?) throws(FileError) {
    let folder = directory.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    let name = "\(folder)/git-backport-\(String(UInt64.random(in: 0 ... .max), radix: 36))"
    // mkostemp, which could do the same, is hidden by glibc's headers.
    let descriptor = open(name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else { throw FileError("make", name) }
    path = name
    defer { close(descriptor) }
    try FileSystem.write(contents, to: descriptor, named: name)
  }

  deinit { unlink(path) }
}
