/// The parts of a commit message, by git's rules.
public enum CommitMessage {
  /// The first paragraph joined into one line.
  public static func subject(of message: String) -> String {
    var words: [Substring] = []
    for line in textLines(of: message) {
      let trimmed = line.trimmingSpaces()
      if trimmed.isEmpty {
        if words.isEmpty { continue }
        break
      }
      words.append(trimmed)
    }
    return words.joined(separator: " ")
  }

  /// What follows the first paragraph and the blank lines after it.
  public static func body(of message: String) -> String {
    var lines = textLines(of: message)[...]
    while let first = lines.first, first.trimmingSpaces().isEmpty { lines.removeFirst() }
    while let first = lines.first, !first.trimmingSpaces().isEmpty { lines.removeFirst() }
    while let first = lines.first, first.trimmingSpaces().isEmpty { lines.removeFirst() }
    while let last = lines.last, last.trimmingSpaces().isEmpty { lines.removeLast() }
    return lines.joined(separator: "\n")
  }

  /// The lines of a text; to Swift a carriage return and line feed are one character.
  private static func textLines(of message: String) -> [Substring] {
    message.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
  }

  /// The byte offset at which the trailer block begins; nil when there is none.
  ///
  /// By git-interpret-trailers(1): the last paragraph, not the first one, in which every line is a
  /// trailer or the continuation of one, or at least a quarter is while one was written by git.
  static func trailerStart(of message: [UInt8]) -> Int? {
    let lines = lineRanges(of: message)
    var last = lines.count
    while last > 0, isBlank(message[lines[last - 1]]) { last -= 1 }
    var first = last
    while first > 0, !isBlank(message[lines[first - 1]]) { first -= 1 }
    guard first < last, lines[..<first].contains(where: { !isBlank(message[$0]) }) else {
      return nil
    }
    var trailers = 0
    var others = 0
    var recognised = false
    var continues = false
    for line in lines[first..<last].map({ message[$0] }) {
      if let byte = line.first, byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") {
        if !continues { others += 1 }
        continue
      }
      recognised = recognised || isWrittenByGit(line)
      continues = isWrittenByGit(line) || isTrailer(line)
      if continues { trailers += 1 } else { others += 1 }
    }
    let isBlock = trailers > 0 && (others == 0 || (recognised && trailers * 3 >= others))
    return isBlock ? lines[first].lowerBound : nil
  }

  /// `(cherry picked from commit …)` and `Signed-off-by: `, the two that git itself writes.
  private static func isWrittenByGit(_ line: ArraySlice<UInt8>) -> Bool {
    line.starts(with: "(cherry picked from commit ".utf8)
      || line.starts(with: "Signed-off-by: ".utf8)
  }

  private static func isTrailer(_ line: ArraySlice<UInt8>) -> Bool {
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else {
      return false
    }
    var key = line[..<colon]
    while key.last == UInt8(ascii: " ") || key.last == UInt8(ascii: "\t") { key.removeLast() }
    return !key.isEmpty
      && key.allSatisfy { byte in
        byte == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
          || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
      }
  }

  private static func isBlank(_ line: ArraySlice<UInt8>) -> Bool {
    line.allSatisfy { $0 == UInt8(ascii: " ") || ($0 >= 0x09 && $0 <= 0x0d) }
  }

  /// The lines without their line feeds.
  private static func lineRanges(of message: [UInt8]) -> [Range<Int>] {
    var ranges: [Range<Int>] = []
    var start = 0
    for (index, byte) in message.enumerated() where byte == UInt8(ascii: "\n") {
      ranges.append(start..<index)
      start = index + 1
    }
    if start < message.count { ranges.append(start..<message.count) }
    return ranges
  }
}

extension Substring {
  func trimmingSpaces() -> Substring {
    var text = self
    while let first = text.first, first.isWhitespace { text.removeFirst() }
    while let last = text.last, last.isWhitespace { text.removeLast() }
    return text
  }
}

extension CommitMessage {
  /// Adds a provenance line in a paragraph of its own, above the trailers if there are any.
  ///
  /// git itself appends it to the trailer block, which hides the lines below it from
  /// `git interpret-trailers` in older versions and from forges that count trailers.
  public static func addingProvenance(_ line: String, to message: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    var body = message
    var trailers: [UInt8] = []
    if let start = trailerStart(of: message) {
      body = Array(message[..<start])
      trailers = Array(message[start...])
    }
    while body.last == newline { body.removeLast() }
    var result = body.isEmpty ? [] : body + [newline, newline]
    result += Array(line.utf8) + [newline]
    if !trailers.isEmpty {
      result.append(newline)
      result += trailers
      if trailers.last != newline { result.append(newline) }
    }
    return result
  }

  /// Adds a `Signed-off-by` trailer unless the block already ends with that very one.
  public static func addingSignOff(_ person: Signature, to message: [UInt8]) -> [UInt8] {
    let newline = UInt8(ascii: "\n")
    let line =
      Array("Signed-off-by: ".utf8) + person.name + Array(" <".utf8) + person.email
      + [UInt8(ascii: ">")]
    var text = message
    while text.last == newline { text.removeLast() }
    let hasBlock = trailerStart(of: message) != nil
    if hasBlock, text.suffix(line.count).elementsEqual(line),
      text.dropLast(line.count).last == newline
    {
      return message
    }
    text += hasBlock ? [newline] : [newline, newline]
    return text + line + [newline]
  }
}

extension CommitMessage {
  /// The original that a pick's message names at its end: in its last paragraph, or in the one
  /// above the trailers.
  public static func provenance(in message: [UInt8]) -> ObjectID? {
    var paragraphs = message[...]
    if let start = trailerStart(of: message) {
      if let id = provenance(lines: message[start...]) { return id }
      paragraphs = message[..<start]
    }
    let lines = lineRanges(of: Array(paragraphs))
    guard let last = lines.lastIndex(where: { !isBlank(paragraphs[$0]) }) else { return nil }
    let blank = lines[..<last].lastIndex { isBlank(paragraphs[$0]) }
    let first = blank.map { $0 + 1 } ?? 0
    return provenance(lines: paragraphs[lines[first].lowerBound..<lines[last].upperBound])
  }

  private static func provenance(lines: ArraySlice<UInt8>) -> ObjectID? {
    for var line in lines.split(separator: UInt8(ascii: "\n")) {
      while line.last == UInt8(ascii: "\r") || line.last == UInt8(ascii: " ") { line.removeLast() }
      for prefix in ["(cherry picked from commit ", "(backported from commit "] {
        let head = Array(prefix.utf8)
        if line.count == head.count + 41, line.starts(with: head), line.last == UInt8(ascii: ")"),
          let id = ObjectID(hexDigits: line.dropFirst(head.count).dropLast())
        {
          return id
        }
      }
    }
    return nil
  }
}
