// Build scripts that state the version in a call.

extension VersionPlaces {
  /// `project(… VERSION 1.2.3)`, or the variables that it or the file composes the version from.
  static func cmake(_ bytes: [UInt8]) -> VersionPlaces {
    let reader = reader(of: bytes, language: .cmake)
    var collector = SourceVersionCollector(bytes: bytes, language: .cmake)
    var variables: [Text] = []
    var references: Set<[UInt8]> = []
    var hasProject = false
    for index in reader.tokens.indices where reader.isSymbol(index, "(") {
      guard let callee = reader.token(index - 1), callee.kind == .word else { continue }
      if VersionBytes.matches(callee.range, lowercase: "project", in: bytes), !hasProject {
        hasProject = true
        let version = keyword("VERSION", in: index, reader: reader)
        if let token = version.flatMap(reader.token), token.kind == .string || token.kind == .number
        {
          collector.add(text: token.content, name: "project")
        }
        if let name = version.flatMap({ referenced(at: $0, reader: reader) }) {
          references.insert(name)
        }
      } else if VersionBytes.matches(callee.range, lowercase: "set", in: bytes),
        let name = reader.token(index + 1), name.kind == .word,
        let value = reader.value(at: index + 2)
      {
        variables += variable(name, value, collector: &collector)
      }
    }
    var places = collector.finished()
    places.texts += variables.filter { references.contains(Array($0.name.utf8)) }
    return places
  }

  /// Notes the parts of a version; gives back a variable that may hold one.
  private static func variable(
    _ name: SourceToken, _ value: SourceDefinition.Value, collector: inout SourceVersionCollector
  ) -> [Text] {
    switch value {
    case .string(let range), .number(let range):
      if VersionSettlement.decimal(collector.bytes[range]) != nil {
        collector.add(SourceDefinition(name: name.range, value: value))
        return []
      }
      return [Text(range: range, name: VersionBytes.text(name.range, of: collector.bytes))]
    case .numbers, .null:
      return []
    }
  }

  /// The name in `${NAME}`, also within quotes.
  private static func referenced(at index: Int, reader: SourceDefinitionReader) -> [UInt8]? {
    if reader.isSymbol(index, "$"), reader.isSymbol(index + 1, "{"),
      let name = reader.token(index + 2), name.kind == .word
    {
      return Array(reader.bytes[name.range])
    }
    guard let token = reader.token(index), token.kind == .string else { return nil }
    let text = reader.bytes[token.content]
    guard text.starts(with: "${".utf8), text.last == UInt8(ascii: "}") else { return nil }
    return Array(text.dropFirst(2).dropLast())
  }

  /// `project(… version : '1.2.3')`.
  static func meson(_ bytes: [UInt8]) -> VersionPlaces {
    let reader = reader(of: bytes, language: .meson)
    let call = reader.tokens.indices.first {
      reader.isSymbol($0, "(") && reader.isWord($0 - 1, "project")
    }
    guard let call, let colon = keyword("version", in: call, reader: reader),
      reader.isSymbol(colon, ":"), let token = reader.token(colon + 1), token.kind == .string
    else { return VersionPlaces() }
    return VersionPlaces(texts: [Text(range: token.content)])
  }

  /// The index behind the word in the arguments of a call, nested brackets left out.
  private static func keyword(
    _ word: String, in call: Int, reader: SourceDefinitionReader
  ) -> Int? {
    var nesting = 0
    for index in call..<reader.tokens.count {
      let token = reader.tokens[index]
      if token.kind == .symbol {
        if "([{".utf8.contains(token.first) { nesting += 1 }
        if ")]}".utf8.contains(token.first) { nesting -= 1 }
        if nesting == 0 { return nil }
      } else if nesting == 1, reader.isWord(index, word) {
        return index + 1
      }
    }
    return nil
  }

  /// `AC_INIT([name], [1.2.3])`, or the macros that it composes the version from.
  static func autoconf(_ bytes: [UInt8]) -> VersionPlaces {
    let reader = reader(of: bytes, language: .autoconf)
    var collector = SourceVersionCollector(bytes: bytes, language: .autoconf)
    for index in reader.tokens.indices where reader.isSymbol(index, "(") {
      if reader.isWord(index - 1, "AC_INIT") {
        if let version = argument(1, of: index, reader: reader) {
          collector.add(text: version, name: "AC_INIT")
        }
      } else if reader.isWord(index - 1, "m4_define"),
        let name = argument(0, of: index, reader: reader),
        let value = argument(1, of: index, reader: reader)
      {
        let isNumber = VersionSettlement.decimal(bytes[value]) != nil
        collector.add(
          SourceDefinition(name: name, value: isNumber ? .number(value) : .string(value)))
      }
    }
    return collector.finished()
  }

  /// The range of an argument of a macro, without its quotes, if it is a single word.
  private static func argument(
    _ wanted: Int, of call: Int, reader: SourceDefinitionReader
  ) -> Range<Int>? {
    var nesting = 0
    var commas = 0
    for index in call..<min(call + 64, reader.tokens.count) {
      let token = reader.tokens[index]
      if token.isSymbol("(") || token.isSymbol("[") {
        nesting += 1
      } else if token.isSymbol(")") || token.isSymbol("]") {
        nesting -= 1
        if nesting == 0 { return nil }
      } else if token.isSymbol(","), nesting == 1 {
        commas += 1
      } else if commas == wanted {
        let isAlone =
          reader.isSymbol(index + 1, "]") || reader.isSymbol(index + 1, ",")
          || reader.isSymbol(index + 1, ")")
        return isAlone ? token.range : nil
      }
    }
    return nil
  }

  private static func reader(
    of bytes: [UInt8], language: SourceLanguage
  ) -> SourceDefinitionReader {
    SourceDefinitionReader(
      bytes: bytes, tokens: SourceTokenizer.tokens(of: bytes, language: language))
  }
}
