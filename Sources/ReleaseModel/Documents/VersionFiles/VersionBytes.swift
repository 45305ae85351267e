/// Questions about stretches of a file that every version file scanner asks.
enum VersionBytes {
  static let newline = UInt8(ascii: "\n")
  static let carriageReturn = UInt8(ascii: "\r")

  static func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

  static func isLetter(_ byte: UInt8) -> Bool {
    (byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x7A
  }

  /// Whether the byte can stand in an identifier; bytes beyond ASCII count as letters.
  static func isWord(_ byte: UInt8) -> Bool {
    isDigit(byte) || isLetter(byte) || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

  static func isSpace(_ byte: UInt8) -> Bool {
    isBlank(byte) || byte == newline || byte == carriageReturn || byte == 0x0C || byte == 0x0B
  }

  static func lowercased(_ byte: UInt8) -> UInt8 {
    byte >= 0x41 && byte <= 0x5A ? byte | 0x20 : byte
  }

  /// The offset of the first byte of text, behind a byte order mark if there is one.
  static func start(of bytes: [UInt8]) -> Int {
    bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
  }

  /// The lines of the file without their endings and without a byte order mark.
  static func lines(_ bytes: [UInt8]) -> [Range<Int>] {
    var lines: [Range<Int>] = []
    var start = start(of: bytes)
    var index = start
    while index < bytes.count {
      if bytes[index] == newline {
        let end = index > start && bytes[index - 1] == carriageReturn ? index - 1 : index
        lines.append(start..<end)
        start = index + 1
      }
      index += 1
    }
    if start < bytes.count { lines.append(start..<bytes.count) }
    return lines
  }

  /// The range without white space on either side.
  static func trimmed(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
    var lower = range.lowerBound
    var upper = range.upperBound
    while lower < upper, isSpace(bytes[lower]) { lower += 1 }
    while upper > lower, isSpace(bytes[upper - 1]) { upper -= 1 }
    return lower..<upper
  }

  /// Whether the text stands at this offset.
  static func starts(_ text: String, at index: Int, in bytes: [UInt8]) -> Bool {
    guard index >= 0, bytes.count - index >= text.utf8.count else { return false }
    return bytes[index..<index + text.utf8.count].elementsEqual(text.utf8)
  }

  static func equals(_ range: Range<Int>, _ text: String, in bytes: [UInt8]) -> Bool {
    bytes[range].elementsEqual(text.utf8)
  }

  /// Whether the range holds the text, letters of either case taken as the same.
  ///
  /// The text is given in lower case.
  static func matches(_ range: Range<Int>, lowercase text: String, in bytes: [UInt8]) -> Bool {
    range.count == text.utf8.count
      && bytes[range].lazy.map(lowercased).elementsEqual(text.utf8)
  }

  static func text(_ range: Range<Int>, of bytes: [UInt8]) -> String {
    String(decoding: bytes[range], as: UTF8.self)
  }

  /// The offset at which the text next occurs, or nil.
  static func find(_ text: String, from index: Int, in bytes: [UInt8]) -> Int? {
    guard let first = text.utf8.first else { return nil }
    var index = max(index, 0)
    while bytes.count - index >= text.utf8.count {
      if bytes[index] == first, starts(text, at: index, in: bytes) { return index }
      index += 1
    }
    return nil
  }

  /// The content of a quoted scalar when quotes stand on both sides, else the range itself.
  static func unquoted(_ range: Range<Int>, of bytes: [UInt8]) -> Range<Int> {
    guard range.count >= 2, let quote = bytes[range].first, bytes[range].last == quote,
      quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
    else { return range }
    return range.lowerBound + 1..<range.upperBound - 1
  }
}
