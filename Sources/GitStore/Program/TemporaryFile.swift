#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// A file that only we can read and that goes away with its last use.
final class TemporaryFile {
  let path: String

  /// Writes a new file below a directory, by default `/tmp`.
  init(_ contents: [UInt8], below directory: String?) throws(SigningError) {
    let folder = directory.flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var template = Array("\(folder)/git-backport-XXXXXX".utf8CString)
    let descriptor = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard descriptor >= 0 else { throw SigningError("no file can be made in \(folder)") }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let written = contents.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
    close(descriptor)
    if written != contents.count {
      unlink(path)
      throw SigningError("\(path) cannot be written")
    }
  }

  deinit { unlink(path) }
}
