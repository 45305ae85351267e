/// Lists the elements near the root of an XML document with the range of their text.
///
/// Knows comments, CDATA, processing instructions and document types; entities are not expanded, as no
/// version needs one.
struct XMLVersionScanner {
  /// An element that holds no other element.
  struct Leaf {
    /// The names from the root, without namespace prefixes, joined by `/`.
    var path: String
    /// The trimmed text; nil when it is empty or comments divide it.
    var text: Range<Int>?
  }

  private struct Element {
    var path: String
    var hasChildren = false
    var text: Range<Int>?
    var isDivided = false
  }

  private let bytes: [UInt8]
  private let depth: Int
  private var index: Int
  private var elements: [Element] = []
  /// How many open elements lie deeper than the caller asked for.
  private var buried = 0
  private var leaves: [Leaf] = []

  private init(bytes: [UInt8], depth: Int) {
    self.bytes = bytes
    self.depth = depth
    index = VersionBytes.start(of: bytes)
  }

  /// The leaves down to a depth, in order of the document; the root has depth 1.
  static func leaves(in bytes: [UInt8], depth: Int) throws(VersionFileRefusal) -> [Leaf] {
    var scanner = XMLVersionScanner(bytes: bytes, depth: depth)
    while scanner.index < bytes.count { try scanner.step() }
    guard scanner.elements.isEmpty, scanner.buried == 0 else { throw .malformed("XML") }
    return scanner.leaves
  }

  private mutating func step() throws(VersionFileRefusal) {
    guard bytes[index] == UInt8(ascii: "<") else {
      let start = index
      while index < bytes.count, bytes[index] != UInt8(ascii: "<") { index += 1 }
      add(text: VersionBytes.trimmed(start..<index, of: bytes))
      return
    }
    if VersionBytes.starts("<!--", at: index, in: bytes) {
      try skip(past: "-->", from: index + 4)
    } else if VersionBytes.starts("<![CDATA[", at: index, in: bytes) {
      let start = index + 9
      try skip(past: "]]>", from: start)
      add(text: VersionBytes.trimmed(start..<index - 3, of: bytes))
    } else if VersionBytes.starts("<?", at: index, in: bytes) {
      try skip(past: "?>", from: index + 2)
    } else if VersionBytes.starts("<!", at: index, in: bytes) {
      try skipDeclaration()
    } else {
      try tag()
    }
  }

  private mutating func skip(past end: String, from start: Int) throws(VersionFileRefusal) {
    guard let found = VersionBytes.find(end, from: start, in: bytes) else {
      throw .malformed("XML")
    }
    index = found + end.utf8.count
  }

  /// Skips a document type with its internal subset.
  private mutating func skipDeclaration() throws(VersionFileRefusal) {
    var nesting = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "<") { nesting += 1 }
      if byte == UInt8(ascii: ">") { nesting -= 1 }
      if nesting == 0 { return }
    }
    throw .malformed("XML")
  }

  private mutating func tag() throws(VersionFileRefusal) {
    let start = index + 1
    index = start
    var quote: UInt8?
    while index < bytes.count, quote != nil || bytes[index] != UInt8(ascii: ">") {
      let byte = bytes[index]
      if quote == byte {
        quote = nil
      } else if quote == nil, byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      }
      index += 1
    }
    guard index < bytes.count else { throw .malformed("XML") }
    let content = start..<index
    index += 1
    if bytes[content].first == UInt8(ascii: "/") {
      try close()
    } else {
      open(name(content))
      if bytes[content].last == UInt8(ascii: "/") { try close() }
    }
  }

  private func name(_ content: Range<Int>) -> Range<Int> {
    var start = content.lowerBound
    var end = start
    while end < content.upperBound, !VersionBytes.isSpace(bytes[end]),
      bytes[end] != UInt8(ascii: "/")
    {
      end += 1
      if bytes[end - 1] == UInt8(ascii: ":") { start = end }
    }
    return start..<end
  }

  private mutating func open(_ name: Range<Int>) {
    guard elements.count < depth else {
      elements[elements.count - 1].hasChildren = true
      buried += 1
      return
    }
    // The limit keeps one huge name from being copied to every child.
    let name = VersionBytes.text(name.prefix(64), of: bytes)
    guard let last = elements.indices.last else {
      elements.append(Element(path: name))
      return
    }
    elements[last].hasChildren = true
    elements.append(Element(path: elements[last].path + "/" + name))
  }

  private mutating func close() throws(VersionFileRefusal) {
    guard buried == 0 else {
      buried -= 1
      return
    }
    guard let element = elements.popLast() else { throw .malformed("XML") }
    let text = element.isDivided || element.hasChildren ? nil : element.text
    leaves.append(Leaf(path: element.path, text: text))
  }

  private mutating func add(text: Range<Int>) {
    guard !text.isEmpty, buried == 0, let last = elements.indices.last else { return }
    if elements[last].text != nil { elements[last].isDivided = true }
    elements[last].text = text
  }
}
