import Backport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// A file that only its owner may read, replaced as a whole or not at all.
enum PrivateFile {
  /// Writes a file through a temporary one beside it.
  static func save(_ bytes: [UInt8], to path: String) throws(BackportError) {
    try ReplacedFile.save(bytes, to: path, mode: 0o600)
  }
}

/// A file that is replaced as a whole or not at all.
enum ReplacedFile {
  /// Writes a file with these permissions through a temporary one beside it.
  static func save(_ bytes: [UInt8], to path: String, mode: mode_t) throws(BackportError) {
    let temporary = "\(path).\(getpid()).tmp"
    let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw failure(path, "create") }
    var isWritten = fchmod(descriptor, mode) == 0
    var start = 0
    while start < bytes.count, isWritten {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        return unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      start += max(0, count)
      isWritten = count >= 0 || errno == EINTR
    }
    let error = errno
    isWritten = isWritten && fsync(descriptor) == 0
    isWritten = close(descriptor) == 0 && isWritten
    guard isWritten, unsafe rename(temporary, path) == 0 else {
      if error != 0 { errno = error }
      let failed = failure(path, "write")
      unsafe unlink(temporary)
      throw failed
    }
  }

  private static func failure(_ path: String, _ operation: String) -> BackportError {
    BackportError(.io, [path, operation], detail: SystemMessage.last)
  }
}
