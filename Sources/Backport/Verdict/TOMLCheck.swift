/// Looks for tables and keys that a TOML document has twice, and for values that do not end.
///
/// What a merge breaks is mostly this; it is no whole parser (https://toml.io/en/v1.0.0).
struct TOMLCheck {
  private(set) var fault: String?
  private var tables: Set<String> = []
  private var keys: Set<String> = []

  init(_ text: [UInt8]) {
    var rest = String(decoding: text, as: UTF8.self).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline)[...]
    var number = 0
    var table = ""
    while fault == nil, let line = rest.popFirst() {
      number += 1
      let content = line.drop(while: \.isWhitespace)
      if content.isEmpty || content.hasPrefix("#") { continue }
      if content.hasPrefix("[[") {
        // Each is a new element, with keys of its own.
        table = "\(number) " + String(content)
      } else if content.hasPrefix("[") {
        guard let end = content.lastIndex(of: "]") else {
          fault = "line \(number): the table's name does not end"
          return
        }
        table = String(content[..<end])
        if !tables.insert(table).inserted { fault = "line \(number): \(table)] stands there twice" }
      } else {
        guard let equals = TOMLCheck.equals(in: content) else {
          fault = "line \(number): it is no key with a value"
          return
        }
        let key = content[..<equals].filter { !$0.isWhitespace }
        if !keys.insert(table + "\n" + key).inserted {
          fault = "line \(number): \(key) stands there twice"
        }
        let value = content[content.index(after: equals)...]
        guard let taken = TOMLCheck.linesMore(value, rest) else {
          fault = "line \(number): the value does not end"
          return
        }
        rest = rest.dropFirst(taken)
        number += taken
      }
    }
  }

  /// The first `=` outside of quotes.
  private static func equals(in line: Substring) -> Substring.Index? {
    var quote: Character?
    for index in line.indices {
      let character = line[index]
      if let open = quote {
        if character == open { quote = nil }
      } else if character == "\"" || character == "'" {
        quote = character
      } else if character == "=" {
        return index
      }
    }
    return nil
  }

  /// How many further lines a value takes; nil when it does not end.
  private static func linesMore(
    _ value: Substring, _ rest: ArraySlice<Substring>
  ) -> Int? {
    var depth = 0
    var open: String?
    for (index, line) in ([value] + rest).enumerated() {
      var position = line.startIndex
      scan: while position < line.endIndex {
        let tail = line[position...]
        if let end = open {
          if end.hasPrefix("\""), tail.hasPrefix("\\") {
            position = line.index(position, offsetBy: 2, limitedBy: line.endIndex) ?? line.endIndex
            continue
          }
          if tail.hasPrefix(end) {
            position = line.index(position, offsetBy: end.count)
            open = nil
            continue
          }
        } else {
          if tail.hasPrefix("#") { break scan }
          if let mark = ["\"\"\"", "'''", "\"", "'"].first(where: { tail.hasPrefix($0) }) {
            open = mark
            position = line.index(position, offsetBy: mark.count)
            continue
          }
          if tail.hasPrefix("[") || tail.hasPrefix("{") { depth += 1 }
          if tail.hasPrefix("]") || tail.hasPrefix("}") { depth -= 1 }
        }
        position = line.index(after: position)
      }
      // A string of one line ends with it.
      if let end = open, end.count == 1 { return nil }
      if depth < 0 { return nil }
      if depth == 0, open == nil { return index }
    }
    return nil
  }
}
