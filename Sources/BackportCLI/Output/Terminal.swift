import Backport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// The streams of the process.
enum Terminal {
  /// One of the three standard streams.
  enum Stream: Int32 {
    case input = 0
    case output = 1
    case errors = 2

    /// Whether a person looks at it.
    var isTerminal: Bool { isatty(rawValue) == 1 }
  }

  /// The columns of a stream; nil when it is neither a terminal nor told by COLUMNS.
  static func width(of stream: Stream, environment: [String: String]) -> Int? {
    if let columns = environment["COLUMNS"].flatMap({ Int($0) }), 20...1000 ~= columns {
      return columns
    }
    guard stream.isTerminal else { return nil }
    var size = winsize()
    let status = unsafe ioctl(stream.rawValue, UInt(TIOCGWINSZ), &size)
    return status == 0 && size.ws_col >= 20 ? Int(size.ws_col) : 80
  }

  /// Whether text on a stream is coloured (https://bixense.com/clicolors, https://no-color.org).
  static func isColored(
    _ stream: Stream, _ choice: ColorChoice, environment: [String: String]
  ) -> Bool {
    switch choice {
    case .always: return true
    case .never: return false
    case .auto:
      if environment["NO_COLOR"]?.isEmpty == false { return false }
      if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
      return stream.isTerminal && environment["TERM"] != "dumb"
    }
  }

  /// Writes all bytes; a reader who has left is not an error, since the run's result stands.
  static func send(_ bytes: [UInt8], to stream: Stream) throws(BackportError) {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes.withUnsafeBytes { buffer in
        let rest = unsafe UnsafeRawBufferPointer(rebasing: buffer[start...])
        return unsafe write(stream.rawValue, rest.baseAddress, rest.count)
      }
      if written >= 0 {
        start += written
      } else if errno == EPIPE {
        return
      } else if errno != EINTR, errno != EAGAIN {
        throw BackportError(.io, ["standard output", "write"], detail: SystemMessage.last)
      }
    }
  }

  /// Writes text for a person beside the data; nothing can be done when that fails.
  static func note(_ text: String) { try? send(Array(text.utf8), to: .errors) }

  /// Asks a question that only `y` or `yes` affirms.
  static func confirms(_ question: String) -> Bool {
    note(question + " [y/N] ")
    let answer = readLine()?.lowercased()
    return answer == "y" || answer == "yes"
  }
}

/// What the system says of the last call that failed.
enum SystemMessage {
  /// The words for the present value of `errno`.
  static var last: String { unsafe String(cString: strerror(errno)) }
}
