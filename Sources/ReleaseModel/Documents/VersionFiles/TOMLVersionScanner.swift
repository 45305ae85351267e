/// Lists the entries of a TOML document with their keys and the ranges of their values.
///
/// Knows multi-line strings, arrays over several lines, quoted and dotted keys and inline tables. What
/// is not TOML is passed over to the end of its line.
struct TOMLVersionScanner {
  /// One entry.
  struct Entry {
    /// All keys from the top.
    var path: [String]
    /// Which of several `[[tables]]` the entry is in; counts all headers of the document.
    var table: Int
    var value: Value
  }

  /// The value of an entry; tables are taken apart into entries.
  enum Value {
    /// The content of a string on one line, without its quotes.
    case string(Range<Int>)
    /// Everything else, an array with its brackets.
    case other(Range<Int>)
  }

  private let bytes: [UInt8]
  private var index: Int
  private var header: [String] = []
  private var table = 0
  private var entries: [Entry] = []

  private init(bytes: [UInt8]) {
    self.bytes = bytes
    index = VersionBytes.start(of: bytes)
  }

  /// The entries in order of the document.
  static func entries(in bytes: [UInt8]) -> [Entry] {
    var scanner = TOMLVersionScanner(bytes: bytes)
    while scanner.index < bytes.count { scanner.line() }
    return scanner.entries
  }

  /// The contents of the strings in the range of an array.
  static func strings(in array: Range<Int>, of bytes: [UInt8]) -> [Range<Int>] {
    var scanner = TOMLVersionScanner(bytes: bytes)
    scanner.index = array.lowerBound
    var strings: [Range<Int>] = []
    while scanner.index < array.upperBound {
      switch bytes[scanner.index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"): strings.append(scanner.string())
      case UInt8(ascii: "#"): scanner.skipLine()
      default: scanner.index += 1
      }
    }
    return strings
  }

  private mutating func line() {
    skipBlanks()
    guard index < bytes.count else { return }
    if bytes[index] == UInt8(ascii: "[") {
      while index < bytes.count, bytes[index] == UInt8(ascii: "[") { index += 1 }
      header = key()
      table += 1
    } else if bytes[index] != UInt8(ascii: "#"), !VersionBytes.isSpace(bytes[index]) {
      assignment(in: header, nesting: 0)
    }
    skipLine()
  }

  private mutating func assignment(in path: [String], nesting: Int) {
    let keys = key()
    guard !keys.isEmpty, index < bytes.count, bytes[index] == UInt8(ascii: "=") else { return }
    index += 1
    skipBlanks()
    guard index < bytes.count else { return }
    let start = index
    switch bytes[index] {
    case UInt8(ascii: "\""), UInt8(ascii: "'"):
      let isLong = isTripled(bytes[index])
      let content = string()
      let value = isLong ? Value.other(start..<index) : .string(content)
      entries.append(Entry(path: path + keys, table: table, value: value))
    case UInt8(ascii: "{") where nesting < 16:
      index += 1
      inlineTable(in: path + keys, nesting: nesting + 1)
    case UInt8(ascii: "["), UInt8(ascii: "{"):
      skipBrackets()
      entries.append(Entry(path: path + keys, table: table, value: .other(start..<index)))
    default:
      while index < bytes.count, !Self.valueEnds.contains(bytes[index]) { index += 1 }
      entries.append(Entry(path: path + keys, table: table, value: .other(start..<index)))
    }
  }

  private mutating func inlineTable(in path: [String], nesting: Int) {
    while index < bytes.count {
      let start = index
      skipSpaceAndComments()
      guard index < bytes.count else { return }
      if bytes[index] == UInt8(ascii: "}") {
        index += 1
        return
      }
      if bytes[index] == UInt8(ascii: ",") {
        index += 1
      } else {
        assignment(in: path, nesting: nesting)
      }
      if index == start { index += 1 }
    }
  }

  /// Reads a dotted key and the blanks behind it.
  private mutating func key() -> [String] {
    var keys: [String] = []
    while true {
      skipBlanks()
      guard index < bytes.count else { return keys }
      let part: Range<Int>
      if bytes[index] == UInt8(ascii: "\"") || bytes[index] == UInt8(ascii: "'") {
        part = string()
      } else {
        let start = index
        while index < bytes.count,
          VersionBytes.isWord(bytes[index]) || bytes[index] == UInt8(ascii: "-")
        {
          index += 1
        }
        guard index > start else { return keys }
        part = start..<index
      }
      // No version lies that deep; the limit keeps hostile headers from being copied to every entry.
      if keys.count < 8 { keys.append(VersionBytes.text(part.prefix(256), of: bytes)) }
      skipBlanks()
      guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return keys }
      index += 1
    }
  }

  /// Reads a string of any form and gives its content.
  private mutating func string() -> Range<Int> {
    let quote = bytes[index]
    let isLong = isTripled(quote)
    index += isLong ? 3 : 1
    let start = index
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
        index = min(index + 2, bytes.count)
      } else if byte == quote, !isLong || isTripled(quote) {
        let end = index
        index += isLong ? 3 : 1
        return start..<end
      } else if byte == VersionBytes.newline, !isLong {
        return start..<index
      } else {
        index += 1
      }
    }
    return start..<index
  }

  private func isTripled(_ quote: UInt8) -> Bool {
    index + 2 < bytes.count && bytes[index] == quote && bytes[index + 1] == quote
      && bytes[index + 2] == quote
  }

  /// Skips an array or a table that is nested too deep, strings and comments included.
  private mutating func skipBrackets() {
    var nesting = 0
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        _ = string()
        continue
      case UInt8(ascii: "#"):
        skipLine()
        continue
      case UInt8(ascii: "["), UInt8(ascii: "{"): nesting += 1
      case UInt8(ascii: "]"), UInt8(ascii: "}"): nesting -= 1
      default: break
      }
      index += 1
      if nesting == 0 { return }
    }
  }

  private mutating func skipBlanks() {
    while index < bytes.count, VersionBytes.isBlank(bytes[index]) { index += 1 }
  }

  private mutating func skipSpaceAndComments() {
    while index < bytes.count {
      if VersionBytes.isSpace(bytes[index]) {
        index += 1
      } else if bytes[index] == UInt8(ascii: "#") {
        skipLine()
      } else {
        return
      }
    }
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != VersionBytes.newline { index += 1 }
    index = min(index + 1, bytes.count)
  }

  private static let valueEnds = Set(",}]# \t\r\n".utf8)
}
