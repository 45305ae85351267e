extension VersionPlaces {
  /// The version in program source, by the names of constants.
  static func source(_ bytes: [UInt8], language: SourceLanguage) -> VersionPlaces {
    let tokens = SourceTokenizer.tokens(of: bytes, language: language)
    var walk = SourceVersionWalk(bytes: bytes, tokens: tokens, language: language)
    return walk.places()
  }
}

/// Walks over tokens, keeps account of the brackets, and collects the definitions that count.
struct SourceVersionWalk {
  private let reader: SourceDefinitionReader
  private let language: SourceLanguage
  private var collector: SourceVersionCollector
  private var brackets: [Bracket] = []
  private var braces = 0
  private var firstOnLine = 0
  /// Whether the line so far looks like the head of a function, or of a type.
  private var hasParameters = false
  private var declaresType = false

  private struct Bracket {
    var isBrace: Bool
    /// Whether statements are in it, not declarations.
    var isBody: Bool
    /// The index of the token before the bracket.
    var callee: Int
  }

  init(bytes: [UInt8], tokens: [SourceToken], language: SourceLanguage) {
    reader = SourceDefinitionReader(bytes: bytes, tokens: tokens)
    self.language = language
    collector = SourceVersionCollector(bytes: bytes, language: language)
  }

  private static let typeWords = ["class", "enum", "interface", "namespace", "object", "struct"]

  private var bytes: [UInt8] { reader.bytes }
  private var parentheses: Int { brackets.count - braces }

  mutating func places() -> VersionPlaces {
    for (index, token) in reader.tokens.enumerated() {
      if token.isFirstOnLine {
        firstOnLine = index
        hasParameters = false
        declaresType = false
      }
      switch token.kind {
      case .symbol: bracket(token, at: index)
      case .word: word(token, at: index)
      case .string where language == .php: defined(token, at: index)
      case .string, .number: break
      }
    }
    if language == .php { collector.add(texts: VersionPlaces.pluginHeader(bytes)) }
    return collector.finished()
  }

  private mutating func bracket(_ token: SourceToken, at index: Int) {
    switch token.first {
    case UInt8(ascii: "("), UInt8(ascii: "["), UInt8(ascii: "{"):
      let isBrace = token.first == UInt8(ascii: "{")
      let isBody = isBrace && hasParameters && !declaresType
      brackets.append(Bracket(isBrace: isBrace, isBody: isBody, callee: index - 1))
      braces += isBrace ? 1 : 0
    case UInt8(ascii: ")"), UInt8(ascii: "]"), UInt8(ascii: "}"):
      if brackets.popLast()?.isBrace == true { braces -= 1 }
      if token.first == UInt8(ascii: ")") { hasParameters = true }
    default: break
    }
  }

  private mutating func word(_ token: SourceToken, at index: Int) {
    switch language {
    case .python: python(token, at: index)
    case .ruby: ruby(token, at: index)
    case .elixir: elixir(token, at: index)
    case .gradle: gradle(token, at: index)
    case .shell: shell(token, at: index)
    case .c where reader.isWord(index - 1, "define") && reader.isSymbol(index - 2, "#"):
      add(token, valueAt: index + 1, onSameLine: true)
    case .php, .c, .perl, .generic, .rust:
      if Self.typeWords.contains(where: { reader.isWord(index, $0) }) { declaresType = true }
      constant(token, at: index)
    case .autoconf, .cmake, .meson: break
    }
  }

  private mutating func add(_ token: SourceToken, valueAt index: Int?, onSameLine: Bool = false) {
    guard let index, let first = reader.token(index), !(onSameLine && first.isFirstOnLine),
      let value = reader.value(at: index)
    else { return }
    if onSameLine, case .numbers = value { return }
    collector.add(SourceDefinition(name: token.range, value: value))
  }

  private mutating func python(_ token: SourceToken, at index: Int) {
    if brackets.count == 1, reader.isWord(brackets[0].callee, "setup"),
      reader.isWord(index, "version"), reader.isSymbol(index + 1, "="),
      case .string(let range) = reader.value(at: index + 2)
    {
      collector.add(text: range, name: "setup")
      return
    }
    guard brackets.isEmpty, !reader.isSymbol(index - 1, ".") else { return }
    let isConstant = token.first == UInt8(ascii: "_") || token.first < UInt8(ascii: "a")
    guard token.isAtColumnZero || isConstant || reader.isSymbol(index - 1, "=") else { return }
    add(token, valueAt: reader.assignedValue(after: index))
  }

  private mutating func ruby(_ token: SourceToken, at index: Int) {
    if reader.isSymbol(index - 1, "."), reader.isWord(index, "version"), index - 2 == firstOnLine,
      let value = reader.assignedValue(after: index),
      case .string(let range) = reader.value(at: value)
    {
      collector.add(text: range, name: "specification")
      return
    }
    let isConstant = token.first < UInt8(ascii: "a") && token.first != UInt8(ascii: "_")
    guard isConstant, !reader.isSymbol(index - 1, "."), !reader.isSymbol(index - 1, ":") else {
      return
    }
    add(token, valueAt: reader.assignedValue(after: index))
  }

  private mutating func elixir(_ token: SourceToken, at index: Int) {
    guard reader.isWord(index, "version") else { return }
    if reader.isSymbol(index - 1, "@"), let value = reader.token(index + 1), value.kind == .string {
      collector.add(text: value.content, name: "attribute")
    } else if brackets.count == 1, braces == 0, reader.isSymbol(index + 1, ":"),
      let value = reader.token(index + 2), value.kind == .string
    {
      collector.add(text: value.content, name: "project")
    }
  }

  private mutating func gradle(_ token: SourceToken, at index: Int) {
    guard reader.isWord(index, "version"), parentheses == 0, braces < 3 else { return }
    let isOpen = brackets.allSatisfy { bracket in
      ["allprojects", "subprojects", "ext"].contains { reader.isWord(bracket.callee, $0) }
    }
    let starts = ["version", "project", "def", "val", "ext", "final", "String"]
    let startsStatement =
      reader.isSymbol(index - 1, "{") || reader.isSymbol(index - 1, ";")
      || starts.contains { reader.isWord(firstOnLine, $0) }
    guard isOpen, startsStatement else { return }
    let value = reader.isSymbol(index + 1, "=") ? index + 2 : index + 1
    guard let token = reader.token(value), token.kind == .string else { return }
    collector.add(text: token.content, name: "project")
  }

  private mutating func shell(_ token: SourceToken, at index: Int) {
    let leaders = ["export", "readonly", "local", "declare"]
    let isStatement =
      index == firstOnLine
      || index - 1 == firstOnLine && leaders.contains { reader.isWord(firstOnLine, $0) }
    guard isStatement else { return }
    var value = index + 1
    if reader.isSymbol(value, ":") || reader.isSymbol(value, "?") { value += 1 }
    guard reader.isSymbol(value, "=") else { return }
    add(token, valueAt: value + 1, onSameLine: true)
  }

  /// A constant in the manner of C, PHP, Java or Go: outside functions, and lower case only when a word
  /// before it declares it.
  private mutating func constant(_ token: SourceToken, at index: Int) {
    guard brackets.count < 4 else { return }
    let isGroup = brackets.allSatisfy { bracket in
      bracket.isBrace && !bracket.isBody
        || ["const", "var"].contains { reader.isWord(bracket.callee, $0) }
    }
    let isUpper = token.first < UInt8(ascii: "a") && token.first != UInt8(ascii: "_")
    guard isGroup, braces <= (isUpper ? 2 : 1), let value = reader.assignedValue(after: index)
    else {
      return
    }
    let isPerl = language == .perl
    guard !isPerl || reader.isWord(index, "VERSION") else { return }
    let exporters = ["exports", "module", "ThisBuild"]
    let isExport = exporters.contains { reader.isWord(firstOnLine, $0) }
    if reader.isSymbol(index - 1, "."), !isExport { return }
    if !isUpper, index == firstOnLine, !brackets.contains(where: { !$0.isBrace }) { return }
    add(token, valueAt: value)
  }

  /// `define('X_VERSION', '1.2.3')`.
  private mutating func defined(_ token: SourceToken, at index: Int) {
    guard reader.isSymbol(index - 1, "("), reader.isWord(index - 2, "define"),
      reader.isSymbol(index + 1, ","), let value = reader.value(at: index + 2)
    else { return }
    collector.add(SourceDefinition(name: token.content, value: value))
  }
}
