/// A source text as tokens: names and signs as they are, literals and white space folded, comments
/// left out where the language is known by the name of its files.
///
/// Two pieces of code that differ in layout, comments or literals only have the same tokens, as in
/// ReDeBug (Jang, Agrawal, Brumley 2012) and VUDDY (Kim et al. 2017).
struct SourceTokens: Equatable, Sendable {
  /// The tokens, as hashes.
  private(set) var tokens: [UInt64] = []
  /// The line of each, counted from 1.
  private(set) var lines: [Int32] = []
  /// Whether each is a name, and so tells more than a sign, a literal or a word of the language.
  private(set) var areNames: [Bool] = []

  /// What each says when it is a literal, as a hash; else 0.
  private(set) var literalValues: [UInt64] = []

  /// What all strings are folded to.
  private static let string: UInt64 = 1
  /// What all numbers are folded to.
  private static let number: UInt64 = 2

  /// Words that many languages have, and that tell nothing.
  private static let keywords = Set(
    [
      "if", "else", "elif", "elsif", "unless", "then", "end", "for", "foreach", "while", "do",
      "switch",
      "case", "default", "break", "continue", "return", "yield", "try", "catch", "except",
      "finally",
      "throw", "throws", "raise", "rescue", "ensure", "begin", "new", "delete", "class", "struct",
      "enum", "interface", "extends", "implements", "function", "func", "fn", "def", "let", "var",
      "const", "static", "final", "public", "private", "protected", "void", "int", "char", "long",
      "bool", "boolean", "string", "unsigned", "size_t", "auto", "mut", "self", "this", "super",
      "null",
      "nil", "None", "NULL", "true", "false", "True", "False", "and", "or", "not", "in", "is", "as",
      "import", "from", "use", "using", "package", "module", "include", "require", "go", "defer",
      "async", "await", "err", "guard", "where", "pub", "impl", "match", "type",
    ].map { WordHash.of($0.utf8) })

  /// The different names of some tokens.
  var names: Set<UInt64> {
    Set(zip(tokens, areNames).lazy.filter(\.1).map(\.0))
  }

  /// What the literals say.
  var literals: Set<UInt64> { Set(literalValues).subtracting([0]) }

  /// Reads a text.
  init(_ text: [UInt8], comments: CommentStyle) {
    var reader = TokenReader(text: text, comments: comments)
    while let token = reader.next() {
      switch token.kind {
      case .name: tokens.append(WordHash.of(text[token.range]))
      case .string, .number:
        tokens.append(token.kind == .string ? SourceTokens.string : SourceTokens.number)
      case .sign: tokens.append(UInt64(text[token.range.lowerBound]) | 0x100)
      }
      let isLiteral = token.kind == .string || token.kind == .number
      literalValues.append(isLiteral ? WordHash.of(text[token.range]) : 0)
      lines.append(token.line)
      areNames.append(token.kind == .name && !SourceTokens.keywords.contains(tokens.last ?? 0))
    }
  }

  /// The tokens of one text and those of another behind them; the lines mean nothing any more.
  static func + (left: SourceTokens, right: SourceTokens) -> SourceTokens {
    var both = left
    both.literalValues += right.literalValues
    both.tokens += right.tokens
    both.lines += right.lines
    both.areNames += right.areNames
    return both
  }
}

/// Cuts a text into tokens, from its beginning to its end.
private struct TokenReader {
  enum Kind {
    case name
    case string
    case number
    case sign
  }

  let text: [UInt8]
  let comments: CommentStyle
  private let isWord = WordHash.isWord
  private var position = 0
  private var line: Int32 = 1

  init(text: [UInt8], comments: CommentStyle) {
    self.text = text
    self.comments = comments
  }

  mutating func next() -> (kind: Kind, range: Range<Int>, line: Int32)? {
    while position < text.count {
      let byte = text[position]
      if byte <= UInt8(ascii: " ") {
        if byte == UInt8(ascii: "\n") { line += 1 }
        position += 1
        continue
      }
      if comments.beginnings[Int(byte)], skipComment() { continue }
      let (start, first) = (position, line)
      let kind = take(byte)
      return (kind, start..<position, first)
    }
    return nil
  }

  private mutating func take(_ byte: UInt8) -> Kind {
    if isWord[Int(byte)] {
      while position < text.count, isWord[Int(text[position])] { position += 1 }
      return WordHash.isDigit(byte) ? .number : .name
    }
    if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") || byte == UInt8(ascii: "`"),
      let end = endOfString(byte)
    {
      position = end
      return .string
    }
    position += 1
    return .sign
  }

  /// The end of a string that ends on its line; an apostrophe that begins none is a sign.
  private func endOfString(_ quote: UInt8) -> Int? {
    var index = position + 1
    while index < text.count, text[index] != UInt8(ascii: "\n") {
      if text[index] == quote { return index + 1 }
      index += text[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private mutating func skipComment() -> Bool {
    if comments.hasBlocks, isAt(Array("/*".utf8)) {
      position += 2
      while position < text.count, !isAt(Array("*/".utf8)) {
        if text[position] == UInt8(ascii: "\n") { line += 1 }
        position += 1
      }
      position = min(position + 2, text.count)
      return true
    }
    guard comments.line.contains(where: isAt) else { return false }
    while position < text.count, text[position] != UInt8(ascii: "\n") { position += 1 }
    return true
  }

  private func isAt(_ word: [UInt8]) -> Bool { text[position...].starts(with: word) }
}
