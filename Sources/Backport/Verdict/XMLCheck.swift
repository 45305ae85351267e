/// Looks whether the elements of an XML document end in the order in which they begin.
struct XMLCheck {
  private(set) var fault: String?

  init(_ text: [UInt8]) {
    var open: [ArraySlice<UInt8>] = []
    var hasRoot = false
    var rest = text[...]
    while let start = rest.firstIndex(of: UInt8(ascii: "<")) {
      rest = rest[start...]
      if let end = XMLCheck.skipped.first(where: { rest.starts(with: $0.begin) }) {
        guard let close = rest.dropFirst(end.begin.count).firstRange(of: end.end) else {
          fault = "line \(XMLCheck.line(of: start, in: text)): a comment or section does not end"
          return
        }
        rest = rest[close.upperBound...]
        continue
      }
      guard let end = XMLCheck.end(of: rest) else {
        fault = "line \(XMLCheck.line(of: start, in: text)): a tag does not end"
        return
      }
      let tag = rest[start...end]
      rest = rest[(end + 1)...]
      if tag.starts(with: "<!".utf8) { continue }
      let isClosing = tag.starts(with: "</".utf8)
      let name = tag.dropFirst(isClosing ? 2 : 1).prefix { byte in
        byte > UInt8(ascii: " ") && byte != UInt8(ascii: "/") && byte != UInt8(ascii: ">")
      }
      if !isClosing, open.isEmpty, hasRoot {
        fault = "line \(XMLCheck.line(of: start, in: text)): there is a second outermost element"
        return
      }
      if isClosing {
        guard let last = open.popLast(), last.elementsEqual(name) else {
          let word = String(decoding: name, as: UTF8.self)
          fault = "line \(XMLCheck.line(of: start, in: text)): </\(word)> ends what did not begin"
          return
        }
      } else if tag.dropLast().last != UInt8(ascii: "/") {
        open.append(name)
      }
      hasRoot = true
    }
    if let last = open.last { fault = "<\(String(decoding: last, as: UTF8.self))> does not end" }
  }

  private static let skipped: [(begin: [UInt8], end: [UInt8])] = [
    (Array("<!--".utf8), Array("-->".utf8)), (Array("<![CDATA[".utf8), Array("]]>".utf8)),
    (Array("<?".utf8), Array("?>".utf8)),
  ]

  /// The place of the `>` that ends a tag; one in quotes does not.
  private static func end(of tag: ArraySlice<UInt8>) -> Int? {
    var quote: UInt8?
    for (index, byte) in zip(tag.indices, tag) {
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "'") {
        quote = byte
      } else if byte == UInt8(ascii: ">") {
        return index
      }
    }
    return nil
  }

  private static func line(of place: Int, in text: [UInt8]) -> Int {
    text[..<place].count { $0 == UInt8(ascii: "\n") } + 1
  }
}
