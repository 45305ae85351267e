/// A document as lines, with what is not text to read taken out.
struct MarkupDocument {
  /// One line: its number in the file counts from 1.
  struct Line {
    let number: Int
    /// The text with its indentation; comments and block-quote marks are gone.
    let text: String
    /// The text as it stands in the file.
    let source: String
    /// Whether it is part of a code block.
    let isCode: Bool

    var indentation: Int { text.utf8.prefix { $0 == UInt8(ascii: " ") }.count }
    var isBlank: Bool { text.utf8.allSatisfy { $0 == UInt8(ascii: " ") } }
  }

  /// A heading and the lines that it stands over.
  struct Heading {
    let title: String
    let level: Int
    /// The index of the first line after the heading.
    let bodyStart: Int
    /// The index of the heading's own first line.
    let start: Int
  }

  /// Longer documents are read up to here.
  static let byteLimit = 100_000

  let lines: [Line]
  let headings: [Heading]
  /// Whether the document was longer than `byteLimit`.
  let isTruncated: Bool

  /// Reads a file's bytes; what is not UTF-8 is repaired.
  init(_ bytes: some Collection<UInt8>) {
    isTruncated = bytes.count > Self.byteLimit
    var reader = LineReader()
    for line in Self.split(bytes.prefix(Self.byteLimit)) { reader.read(line) }
    lines = reader.lines
    headings = MarkupHeadings.headings(in: reader.lines)
  }

  /// The index after the last line that belongs to heading number `index`.
  func end(ofHeading index: Int) -> Int {
    let level = headings[index].level
    for other in headings[(index + 1)...] where other.level <= level { return other.start }
    return lines.count
  }

  private static func split(_ bytes: some Sequence<UInt8>) -> [String] {
    var lines: [String] = []
    var current: [UInt8] = []
    var afterReturn = false
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "\n"):
        if !afterReturn {
          lines.append(String(decoding: current, as: UTF8.self))
          current.removeAll(keepingCapacity: true)
        }
        afterReturn = false
      case UInt8(ascii: "\r"):
        lines.append(String(decoding: current, as: UTF8.self))
        current.removeAll(keepingCapacity: true)
        afterReturn = true
      default:
        current.append(byte)
        afterReturn = false
      }
    }
    lines.append(String(decoding: current, as: UTF8.self))
    if let first = lines.first, first.unicodeScalars.first == "\u{FEFF}" {
      lines[0] = String(first.unicodeScalars.dropFirst())
    }
    return lines
  }
}

/// Takes comments, quote marks, reference definitions and code fences out, line by line.
private struct LineReader {
  private(set) var lines: [MarkupDocument.Line] = []
  private var isInComment = false
  private var fence: (mark: UInt8, count: Int)?
  private var directiveIndentation: Int?
  private var number = 0
  private var lists = HTMLListLines()

  mutating func read(_ source: String) {
    number += 1
    var text = Self.withoutTabs(source)
    if fence == nil { text = withoutComments(text) }
    text = Self.withoutQuoteMarks(text)
    let trimmed = Self.trimmed(text)
    var isCode = updateFence(trimmed)
    isCode = updateDirective(text, trimmed) || isCode
    if !isCode, Self.isDefinition(trimmed) { text = "" }
    for text in isCode ? [text] : lists.lines(of: text) {
      lines.append(.init(number: number, text: text, source: source, isCode: isCode))
    }
  }

  private mutating func withoutComments(_ text: String) -> String {
    guard isInComment || text.utf8.contains(UInt8(ascii: "<")) else { return text }
    var result: [UInt8] = []
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      if isInComment {
        if bytes[index...].starts(with: [0x2D, 0x2D, 0x3E]) {
          isInComment = false
          index += 3
        } else {
          index += 1
        }
      } else if bytes[index...].starts(with: [0x3C, 0x21, 0x2D, 0x2D]) {
        isInComment = true
        index += 4
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Whether the line is inside, or one of the marks of, a fenced code block.
  private mutating func updateFence(_ trimmed: Substring) -> Bool {
    let first = trimmed.utf8.first
    let count = trimmed.utf8.prefix { $0 == first }.count
    let isMark = (first == UInt8(ascii: "`") || first == UInt8(ascii: "~")) && count >= 3
    if let open = fence {
      if isMark, first == open.mark, count >= open.count, count == trimmed.utf8.count {
        fence = nil
      }
      return true
    }
    guard isMark, let first else { return false }
    fence = (first, count)
    return true
  }

  /// Whether the line is the content of a reST code directive.
  private mutating func updateDirective(_ text: String, _ trimmed: Substring) -> Bool {
    let indentation = text.utf8.prefix { $0 == UInt8(ascii: " ") }.count
    if let open = directiveIndentation {
      if trimmed.isEmpty || indentation > open { return true }
      directiveIndentation = nil
    }
    guard trimmed.utf8.first == UInt8(ascii: ".") else { return false }
    for name in [".. code", ".. sourcecode", ".. literalinclude"] where trimmed.hasPrefix(name) {
      directiveIndentation = indentation
      return true
    }
    return false
  }

  /// `[name]: target`, `[comment]: # (…)` and `[^note]: …` are no text of the policy.
  private static func isDefinition(_ trimmed: Substring) -> Bool {
    guard trimmed.utf8.first == UInt8(ascii: "[") else { return false }
    let limited = trimmed.utf8.prefix(200)
    guard let close = limited.firstIndex(of: UInt8(ascii: "]")) else { return false }
    let next = limited.index(after: close)
    return next < limited.endIndex && limited[next] == UInt8(ascii: ":")
  }

  private static func withoutTabs(_ text: String) -> String {
    guard text.utf8.contains(UInt8(ascii: "\t")) else { return text }
    return String(decoding: text.utf8.map { $0 == UInt8(ascii: "\t") ? 0x20 : $0 }, as: UTF8.self)
  }

  private static func withoutQuoteMarks(_ text: String) -> String {
    var rest = Substring(text)
    for _ in 0..<8 {
      let inner = trimmed(rest)
      guard inner.utf8.first == UInt8(ascii: ">") else { return String(rest) }
      let after = inner.utf8.dropFirst()
      // `> 2.6` and `>= 2` at the start of a line are operators.
      guard let next = trimmed(Substring(after)).utf8.first else { return "" }
      let isVersion = next == UInt8(ascii: "=") || (0x30...0x39).contains(next)
      guard !isVersion else { return String(rest) }
      rest = Substring(after)
      if rest.utf8.first == UInt8(ascii: " ") { rest = Substring(rest.utf8.dropFirst()) }
    }
    return String(rest)
  }

  private static func trimmed(_ text: some StringProtocol) -> Substring {
    Substring(text).trimmedSpaces
  }
}

extension StringProtocol {
  /// Without the spaces at both ends.
  var trimmedSpaces: Substring {
    let utf8 = Substring(self).utf8
    guard let start = utf8.firstIndex(where: { $0 != 0x20 }),
      let end = utf8.lastIndex(where: { $0 != 0x20 })
    else { return "" }
    return Substring(utf8[start...end])
  }
}
