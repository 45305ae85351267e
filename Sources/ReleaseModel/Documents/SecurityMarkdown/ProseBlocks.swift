/// The running text of a section: paragraphs and list items, each joined to one line.
struct ProseBlocks {
  /// A paragraph or list item.
  struct Block {
    /// The plain text.
    let text: String
    /// The text as it stands in the file.
    let source: SecuritySource
    let isItem: Bool
    /// The last sentence of the paragraph that the list stands below.
    let leadIn: String?
    /// The nearest heading above, inside of the section.
    let heading: String?
    /// `[x]` and `[ ]` at the beginning of an item.
    let task: Bool?
  }

  private(set) var blocks: [Block] = []

  /// Whether there is more text than is read.
  var isTruncated: Bool { blocks.count >= Self.limit }

  /// Blocks beyond this number are not read.
  private static let limit = 2_000

  /// The text in `range` outside of code, headings and the `tables`.
  init(_ document: MarkupDocument, range: Range<Int>, tables: [Range<Int>]) {
    var skipped: Set<Int> = []
    for table in tables { skipped.formUnion(table) }
    for heading in document.headings where range.contains(heading.start) {
      skipped.formUnion(heading.start..<heading.bodyStart)
    }
    var builder = Builder()
    let titles = Dictionary(
      document.headings.filter { range.contains($0.start) }.map { ($0.start, $0.title) }
    ) { first, _ in first }
    for index in range where builder.blocks.count < Self.limit {
      let line = document.lines[index]
      if let title = titles[index] { builder.begin(title) }
      if line.isCode || skipped.contains(index) || line.isBlank || isDirective(line) {
        builder.finish(isBlank: true)
      } else {
        builder.read(line)
      }
    }
    builder.finish(isBlank: true)
    blocks = builder.blocks
  }

  /// `.. note::` and other reST directives; their content is text.
  private func isDirective(_ line: MarkupDocument.Line) -> Bool {
    line.text.trimmedSpaces.utf8.starts(with: ".. ".utf8)
  }

  private struct Builder {
    private(set) var blocks: [Block] = []
    private var lines: [MarkupDocument.Line] = []
    private var isItem = false
    private var leadIn: String?
    private var heading: String?
    /// The items that the present one may stand below, each with what leads its own items in.
    private var parents: [(indentation: Int, leadIn: String?)] = []

    /// Goes on below a heading.
    mutating func begin(_ title: String) {
      finish(isBlank: true)
      (heading, leadIn, parents) = (title, nil, [])
    }

    mutating func read(_ line: MarkupDocument.Line) {
      let startsItem = Self.bullet(line.text.trimmedSpaces) != nil
      if startsItem {
        finish(isBlank: false)
        isItem = true
      } else if isItem, lines.isEmpty {
        isItem = false
      } else if !lines.isEmpty, breaksHard(before: line) {
        let keepsItem = isItem
        finish(isBlank: false)
        isItem = keepsItem && line.indentation > 0
      }
      lines.append(line)
    }

    /// Two spaces end a line; so does a next line that begins as a row does, `1.x: no`.
    private func breaksHard(before line: MarkupDocument.Line) -> Bool {
      if let last = lines.last?.text, last.hasSuffix("  "), !isItem { return true }
      guard line.text.utf8.prefix(60).contains(UInt8(ascii: ":")) else { return false }
      let head = PolicyLexer.tokens(of: InlineMarkup.plain(line.text.prefix(40)))
      guard let colon = head.prefix(4).firstIndex(of: .punctuation(.colon)) else { return false }
      if head[0].version != nil { return true }
      if case .comparison = head[0] { return true }
      return colon + 1 < head.count && head[colon + 1].version != nil
    }

    mutating func finish(isBlank: Bool) {
      defer { lines = [] }
      guard let first = lines.first else {
        return
      }
      var texts = lines.map { $0.text.trimmedSpaces }
      if isItem { texts[0] = Self.bullet(texts[0]) ?? texts[0] }
      let joined = texts.joined(separator: " ")
      let (task, rest) = Self.task(joined)
      let plain = InlineMarkup.plain(rest)
      let source = SecuritySource(
        lines.map { String($0.source.trimmedSpaces) }.joined(separator: " "), line: first.number)
      if !isItem { (leadIn, parents) = (nil, []) }
      blocks.append(
        Block(
          text: plain, source: source, isItem: isItem, leadIn: leadIn(at: first.indentation),
          heading: heading, task: task))
      if isItem {
        addParent(plain, at: first.indentation)
      } else {
        leadIn = ProseSentences.split(plain).last
      }
      if isBlank { isItem = false }
    }

    /// What leads in an item that is indented so far: the item above it, else the paragraph.
    private mutating func leadIn(at indentation: Int) -> String? {
      guard isItem else { return nil }
      while let last = parents.last, last.indentation >= indentation { parents.removeLast() }
      return parents.last?.leadIn ?? leadIn
    }

    /// An item leads in those below it, unless it is itself about versions.
    private mutating func addParent(_ text: String, at indentation: Int) {
      guard parents.count < 50 else { return }
      let isAboutVersions = PolicyLexer.tokens(of: text.prefix(200)).contains {
        $0.version != nil
      }
      parents.append((indentation, isAboutVersions ? parents.last?.leadIn : text))
    }

    /// What follows the bullet or number of a list item.
    private static func bullet(_ text: Substring) -> Substring? {
      guard let first = text.utf8.first else { return nil }
      // `✅ 3.x`: the mark is a bullet and the status.
      if first >= 0x80, let mark = text.unicodeScalars.first.flatMap(StatusMark.of), mark != .other
      {
        return text
      }
      if "-*+".utf8.contains(first) || text.utf8.starts(with: "•".utf8) {
        let rest = text.dropFirst()
        return rest.utf8.first == UInt8(ascii: " ") ? rest.trimmedSpaces : nil
      }
      let digits = text.utf8.prefix { $0.isASCIIDigit }.count
      guard (1...2).contains(digits) else { return nil }
      let rest = Substring(text.utf8.dropFirst(digits))
      guard rest.hasPrefix(". ") || rest.hasPrefix(") ") else { return nil }
      return rest.dropFirst(2).trimmedSpaces
    }

    private static func task(_ text: String) -> (Bool?, String) {
      for (mark, isDone) in [("[x] ", true), ("[X] ", true), ("[ ] ", false)]
      where text.hasPrefix(mark) {
        return (isDone, String(text.dropFirst(4)))
      }
      return (nil, text)
    }
  }
}
