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

/// A file that the command line names, or standard input.
enum InputFile {
  /// The bytes of the file; `-` is standard input, of which no more than the limit is read.
  static func contents(
    of path: String, option: String, limit: Int
  ) throws(BackportError) -> [UInt8] {
    guard path == "-" else {
      guard let data = FileManager.default.contents(atPath: path) else {
        throw BackportError(.usage, ["\(option) \(path)"], detail: "the file cannot be read")
      }
      return Array(data)
    }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = unsafe buffer.withUnsafeMutableBytes { room in
        unsafe read(Terminal.Stream.input.rawValue, room.baseAddress, room.count)
      }
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else {
        throw BackportError(.io, ["standard input", "read"], detail: SystemMessage.last)
      }
      if count == 0 { break }
      bytes += buffer[..<count]
    }
    return bytes
  }
}
