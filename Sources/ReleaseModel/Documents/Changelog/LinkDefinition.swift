/// A Markdown link definition, `[label]: address`.
struct LinkDefinition: Sendable, Equatable {
  var line: Int
  var label: ArraySlice<UInt8>
  var address: ArraySlice<UInt8>

  /// The definition that a line holds; nil when it holds none.
  init?(_ text: ArraySlice<UInt8>, line: Int) {
    let start = text.trimmedStart
    guard start.first == UInt8(ascii: "["), let close = start.firstRange(of: "]:".utf8) else {
      return nil
    }
    let label = start[(start.startIndex + 1)..<close.lowerBound]
    let address = start[close.upperBound...].trimmed
    guard !label.isEmpty, !label.contains(UInt8(ascii: "[")), !address.isEmpty else { return nil }
    self.line = line
    self.label = label
    self.address = address
  }

  /// Whether the line is a definition.
  static func isDefinition(_ line: ArraySlice<UInt8>) -> Bool {
    LinkDefinition(line, line: 0) != nil
  }

  /// Whether it is the one of the Unreleased heading.
  var isUnreleased: Bool {
    label.lowercased.isText("unreleased") || label.lowercased.isText("next")
  }

  /// The version that the label is about.
  var version: WrittenVersion? {
    let text = ArraySlice(Array(label))
    guard text.count <= 60 else { return nil }
    let tokens = VersionToken.tokens(in: text, isLenient: true)
    guard let token = tokens.first, tokens.count == 1, text.first != UInt8(ascii: "#"),
      text[..<token.range.lowerBound].words.count <= 1
    else { return nil }
    return token.version
  }
}
