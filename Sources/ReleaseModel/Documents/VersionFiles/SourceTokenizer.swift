/// Divides program source into words, numbers, strings and symbols, without its comments.
///
/// Not a parser of any language. A quote that is not closed ends with its line, so that an apostrophe
/// in a place the tokenizer misreads spoils one line at most.
struct SourceTokenizer {
  private let bytes: [UInt8]
  private let language: SourceLanguage
  private let lineComments: [String]
  private let quotes: [UInt8]
  private let tripleQuotes: [UInt8]
  private var index: Int
  private var lineStart: Int
  private var hasTokenOnLine = false
  private var hereDocument: [UInt8]?
  private var hasHereDocuments: Bool
  private var hasLongStrings = true
  private var tokens: [SourceToken] = []

  private init(bytes: [UInt8], language: SourceLanguage) {
    self.bytes = bytes
    self.language = language
    lineComments = language.lineComments
    quotes = language.quotes
    tripleQuotes = language.tripleQuotes
    hasHereDocuments = language.hasHereDocuments
    index = VersionBytes.start(of: bytes)
    lineStart = index
  }

  /// The tokens in order of the file.
  static func tokens(of bytes: [UInt8], language: SourceLanguage) -> [SourceToken] {
    var tokenizer = SourceTokenizer(bytes: bytes, language: language)
    tokenizer.beginLine()
    while tokenizer.index < bytes.count { tokenizer.step() }
    return tokenizer.tokens
  }

  private mutating func step() {
    let byte = bytes[index]
    if byte == VersionBytes.newline {
      index += 1
      skipHereDocument()
      beginLine()
    } else if VersionBytes.isSpace(byte) {
      index += 1
    } else if skipsComment() {
      return
    } else if quotes.contains(byte) {
      string(quote: byte)
    } else if VersionBytes.isWord(byte) {
      word()
    } else {
      if byte == UInt8(ascii: "<") { readHereDocument() }
      add(.symbol, index..<index + 1)
      index += 1
    }
  }

  private mutating func beginLine() {
    lineStart = index
    hasTokenOnLine = false
    if language.hasEndMarker, VersionBytes.starts("__END__", at: index, in: bytes) {
      index = bytes.count
      return
    }
    guard let documentation = language.embeddedDocumentation,
      VersionBytes.starts(documentation.open, at: index, in: bytes),
      index + 1 < bytes.count, VersionBytes.isLetter(bytes[index + 1])
    else { return }
    let end = VersionBytes.find("\n" + documentation.close, from: index, in: bytes)
    index = end.map { $0 + 1 + documentation.close.utf8.count } ?? bytes.count
    skipLine()
  }

  /// Skips the comment that begins here, if one does.
  private mutating func skipsComment() -> Bool {
    if let block = language.blockComment, VersionBytes.starts(block.open, at: index, in: bytes) {
      let end = VersionBytes.find(block.close, from: index + block.open.utf8.count, in: bytes)
      index = end.map { $0 + block.close.utf8.count } ?? bytes.count
      return true
    }
    for marker in lineComments where VersionBytes.starts(marker, at: index, in: bytes) {
      let end = index + marker.utf8.count
      if marker == "dnl", end < bytes.count, VersionBytes.isWord(bytes[end]) { continue }
      if language == .shell || language == .perl, index > lineStart,
        !VersionBytes.isSpace(bytes[index - 1]), bytes[index - 1] != UInt8(ascii: ";")
      {
        continue
      }
      skipLine()
      return true
    }
    return false
  }

  private mutating func skipLine() {
    while index < bytes.count, bytes[index] != VersionBytes.newline { index += 1 }
  }

  private mutating func string(quote: UInt8) {
    let start = index
    let isTriple = hasLongStrings && tripleQuotes.contains(quote) && isTripled(quote, at: index)
    let width = isTriple ? 3 : 1
    let isOnOneLine = !isTriple && (quote != UInt8(ascii: "`") || !hasLongStrings)
    index += width
    let content = index
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index = min(index + 2, bytes.count)
      } else if bytes[index] == quote, !isTriple || isTripled(quote, at: index) {
        add(.string, start..<index + width, content: content..<index)
        index += width
        return
      } else if isOnOneLine, bytes[index] == VersionBytes.newline {
        return
      } else {
        index += 1
      }
    }
    guard !isOnOneLine else { return }
    // Never closed, so it was no such string; what follows is read once more, and only once.
    hasLongStrings = false
    index = content
  }

  private func isTripled(_ quote: UInt8, at index: Int) -> Bool {
    index + 2 < bytes.count && bytes[index + 1] == quote && bytes[index + 2] == quote
      && bytes[index] == quote
  }

  private mutating func word() {
    let start = index
    let next = start + 1 < bytes.count ? bytes[start + 1] : 0
    let isNumber =
      VersionBytes.isDigit(bytes[start])
      || language.hasBareVersions && bytes[start] == UInt8(ascii: "v")
        && VersionBytes.isDigit(next)
    while index < bytes.count {
      let byte = bytes[index]
      guard
        VersionBytes.isWord(byte) || isNumber && byte == UInt8(ascii: ".")
          || isNumber && language.hasBareVersions && "-+~".utf8.contains(byte)
      else { break }
      index += 1
    }
    add(isNumber ? .number : .word, start..<index)
  }

  private mutating func add(
    _ kind: SourceToken.Kind, _ range: Range<Int>, content: Range<Int>? = nil
  ) {
    tokens.append(
      SourceToken(
        kind: kind, range: range, content: content ?? range, isFirstOnLine: !hasTokenOnLine,
        isAtColumnZero: range.lowerBound == lineStart, first: bytes[range.lowerBound]))
    hasTokenOnLine = true
  }

  /// Notes the word that ends the here-document which `<<` announces.
  private mutating func readHereDocument() {
    guard hasHereDocuments, hereDocument == nil,
      VersionBytes.starts("<<", at: index, in: bytes)
    else { return }
    var start = index + 2
    while start < bytes.count, "<-~\"'".utf8.contains(bytes[start]) { start += 1 }
    var end = start
    while end < bytes.count, end - start < 64, VersionBytes.isWord(bytes[end]) { end += 1 }
    guard end > start, !VersionBytes.isDigit(bytes[start]) else { return }
    hereDocument = Array(bytes[start..<end])
  }

  /// Skips to the line that ends a here-document; without such a line it was something else.
  private mutating func skipHereDocument() {
    guard let word = hereDocument else { return }
    hereDocument = nil
    var line = index
    while line < bytes.count {
      var start = line
      while start < bytes.count, VersionBytes.isBlank(bytes[start]) { start += 1 }
      let end = start + word.count
      if end <= bytes.count, bytes[start..<end].elementsEqual(word),
        end == bytes.count || !VersionBytes.isWord(bytes[end])
      {
        index = end
        skipLine()
        return
      }
      while line < bytes.count, bytes[line] != VersionBytes.newline { line += 1 }
      line += 1
    }
    // Looking again for every further `<<` would take quadratic time.
    hasHereDocuments = false
  }
}
