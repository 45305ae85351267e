/// Tells the lines that say what else a file uses: they are nobody's flaw, and every file has them.
enum ImportLine {
  private static let words: Set<String> = [
    "import", "from", "use", "using", "package", "require", "require_once", "require_relative",
    "include", "include_once", "namespace", "extern",
  ]

  /// Whether a line is one, by its first word; in Go also a line that is a string with at most a name
  /// before it.
  static func isImport(_ line: [UInt8]) -> Bool {
    let text = line.drop { $0 <= UInt8(ascii: " ") || $0 == UInt8(ascii: "#") }
    let word = text.prefix(while: isWord)
    if !word.isEmpty, words.contains(String(decoding: word, as: UTF8.self)) {
      // A call or an assignment of that name is none.
      let next = text.dropFirst(word.count).first { $0 > UInt8(ascii: " ") }
      return next != UInt8(ascii: "=") && next != UInt8(ascii: ".")
    }
    let rest = text.dropFirst(word.count).drop { $0 <= UInt8(ascii: " ") }
    guard rest.first == UInt8(ascii: "\"") else { return false }
    let behind = rest.dropFirst().drop { $0 != UInt8(ascii: "\"") }.dropFirst()
    return behind.allSatisfy { $0 <= UInt8(ascii: " ") }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".") || byte >= 0x80
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
      || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
  }
}
