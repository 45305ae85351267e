import Backport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Reads lines from a stream, as they come.
struct LineReader {
  /// One line of input.
  enum Line {
    /// The bytes without the line feed.
    case bytes(ArraySlice<UInt8>)
    /// More bytes than are kept; they were passed over.
    case tooLong
  }

  private let stream: Terminal.Stream
  private let limit: Int
  private var buffer: [UInt8] = []
  private var start = 0
  private var isAtEnd = false

  /// Reads from a stream lines of at most that many bytes.
  init(_ stream: Terminal.Stream, limit: Int) {
    self.stream = stream
    self.limit = limit
  }

  /// The next line, waited for; nil at the end.
  ///
  /// The last line needs no line feed.
  mutating func next() throws(BackportError) -> Line? {
    var searched = start
    var isTooLong = false
    while true {
      if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        defer { start = end + 1 }
        return isTooLong || end - start > limit ? .tooLong : .bytes(buffer[start..<end])
      }
      if buffer.count - start > limit {
        isTooLong = true
        buffer.removeAll(keepingCapacity: true)
        start = 0
      }
      if isAtEnd {
        let rest = buffer[start...]
        start = buffer.count
        if isTooLong { return .tooLong }
        return rest.isEmpty ? nil : .bytes(rest)
      }
      searched = try fill()
    }
  }

  /// Whether a line, or the end, can be had without waiting.
  var hasMore: Bool {
    if isAtEnd || buffer[start...].contains(UInt8(ascii: "\n")) { return true }
    var request = pollfd(fd: stream.rawValue, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&request, 1, 0) > 0
  }

  /// Reads more behind what is there; the index at which the new bytes begin.
  private mutating func fill() throws(BackportError) -> Int {
    buffer.removeFirst(start)
    start = 0
    let old = buffer.count
    let chunk = 1 << 16
    buffer.append(contentsOf: repeatElement(0, count: chunk))
    var count = -1
    repeat {
      count = unsafe buffer.withUnsafeMutableBytes { bytes in
        let room = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[old...])
        return unsafe read(stream.rawValue, room.baseAddress, chunk)
      }
    } while count < 0 && (errno == EINTR || errno == EAGAIN)
    buffer.removeLast(chunk - max(0, count))
    guard count >= 0 else {
      throw BackportError(.io, ["standard input", "read"], detail: SystemMessage.last)
    }
    isAtEnd = count == 0
    return old
  }
}
