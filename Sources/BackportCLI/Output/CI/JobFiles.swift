import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The files that a CI service reads and writes for a job.
enum JobFiles {
  /// What a file holds; nil when it cannot be read.
  static func contents(of path: String) -> [UInt8]? {
    FileManager.default.contents(atPath: path).map { Array($0) }
  }

  /// Adds to the end of a file, which is made when there is none.
  static func append(_ bytes: [UInt8], to path: String) throws(BackportError) {
    let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw BackportError(.io, [path, "open"], detail: SystemMessage.last)
    }
    defer { close(descriptor) }
    var start = 0
    while start < bytes.count {
      let count = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        return unsafe write(descriptor, rest.baseAddress, rest.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw BackportError(.io, [path, "write"], detail: SystemMessage.last)
      }
      start += count
    }
  }

  /// Makes a directory with those above it.
  static func makeDirectory(_ path: String) throws(BackportError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw BackportError(.io, [path, "create"], detail: SystemMessage.last)
    }
  }

  /// A name of the project as it can stand in a file name.
  static func name(_ text: String) -> String {
    let plain = text.utf8.prefix(80).map { byte -> Character in
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || byte == UInt8(ascii: ".") || byte == UInt8(ascii: "-")
      return isPlain ? Character(UnicodeScalar(byte)) : "_"
    }
    let name = String(plain)
    return name.isEmpty || name.hasPrefix(".") ? "_" + name : name
  }

  /// 128 random bits as text, which nobody can have put into a message beforehand.
  static func random() -> String {
    var generator = SystemRandomNumberGenerator()
    return (0..<2).map { _ in
      let text = String(generator.next(), radix: 16)
      return String(repeating: "0", count: 16 - text.count) + text
    }.joined()
  }
}
