/// Takes Markdown, reST and HTML markup out of one line or table cell.
///
/// One pass from left to right, no recursion: the cost is linear in the length of the text.
struct InlineMarkup {
  private let input: [Unicode.Scalar]
  private var output = String.UnicodeScalarView()
  private var position = 0
  private var openBrackets = 0
  private var closingParenthesis = 0
  private var closingAngle = 0
  private var isInRoleText = false
  private let isOnlyStar: Bool

  /// No cell or paragraph of a policy is longer.
  private static let byteLimit = 8_000
  /// What stands for a text that is too long to be read: nobody understands it.
  private static let tooLong = "unreadable"

  /// The text that a reader of `raw` sees: no emphasis, no code marks, no link targets, no
  /// footnote marks; entities, emoji names, dashes and spaces in one spelling.
  static func plain(_ raw: some StringProtocol) -> String {
    guard raw.utf8.count <= byteLimit else { return tooLong }
    var scanner = InlineMarkup(input: Array(raw.unicodeScalars))
    scanner.run()
    return scanner.collapsedOutput()
  }

  private init(input: [Unicode.Scalar]) {
    self.input = input
    isOnlyStar = input.lazy.filter { $0 != " " && $0 != "`" }.prefix(2).elementsEqual(["*"])
  }

  private func scalar(at index: Int) -> Unicode.Scalar? {
    index >= 0 && index < input.count ? input[index] : nil
  }

  private mutating func run() {
    while position < input.count {
      let current = input[position]
      switch current {
      case "\\": takeEscape()
      case "`": takeCodeMark()
      case "&": takeEntity()
      case "<": takeAngle()
      case "!" where scalar(at: position + 1) == "[": position += 1
      case "[", "(": if !takeInterval() { takeOpen(current) }
      case "]": takeCloseBracket()
      case "*": takeStars()
      case "_": takeUnderscore()
      case "~": takeTildes()
      case ":": takeColon()
      default: append(current)
      }
    }
  }

  private mutating func append(_ scalar: Unicode.Scalar) {
    position += 1
    UnicodeSpelling.append(scalar, to: &output)
  }

  private mutating func takeEscape() {
    guard let next = scalar(at: position + 1), next.isASCII, next.properties.isPunctuationOrSymbol
    else {
      position += 1
      return
    }
    output.append(next)
    position += 2
  }

  private mutating func takeCodeMark() {
    if isInRoleText { isInRoleText = false }
    position += 1
    // `text`_ is a reST link.
    if scalar(at: position) == "_" { position += 1 }
  }

  private mutating func takeEntity() {
    var name = ""
    var end = position + 1
    while let next = scalar(at: end), next != ";", end - position < 12 {
      name.unicodeScalars.append(next)
      end += 1
    }
    if scalar(at: end) == ";", let text = HTMLEntity.scalar(named: name) {
      UnicodeSpelling.append(text, to: &output)
      position = end + 1
    } else {
      append("&")
    }
  }

  private mutating func takeAngle() {
    guard let next = scalar(at: position + 1), next == "/" || next.isASCIILetter,
      let end = closingAngle(from: position)
    else { return append("<") }
    var name = ""
    var index = next == "/" ? position + 2 : position + 1
    while let letter = scalar(at: index), letter.isASCIILetter || letter.isASCIIDigit,
      name.utf8.count < 12
    {
      name.unicodeScalars.append(letter.asciiLowercased)
      index += 1
    }
    if name == "br" {
      output.append(contentsOf: " ; ".unicodeScalars)
      position = end + 1
    } else if name == "img" {
      appendAlternative(position..<end)
      position = end + 1
    } else if HTMLTag.known.contains(name) || isInRoleText
      || (["http", "https", "mailto"].contains(name) && scalar(at: index) == ":")
    {
      output.append(" ")
      position = end + 1
    } else {
      append("<")
    }
  }

  /// The `alt` text of an image.
  private mutating func appendAlternative(_ tag: Range<Int>) {
    var index = tag.lowerBound
    while index + 5 < tag.upperBound, !input[index...].starts(with: "alt=".unicodeScalars) {
      index += 1
    }
    let quote = input[min(index + 4, tag.upperBound)]
    guard quote == "\"" || quote == "'", index + 5 < tag.upperBound else { return }
    for scalar in input[(index + 5)..<tag.upperBound].prefix(while: { $0 != quote }) {
      UnicodeSpelling.append(scalar, to: &output)
    }
  }

  private mutating func takeOpenBracket() {
    if let mark = scalar(at: position + 1), scalar(at: position + 2) == "]",
      [" ", "x", "X"].contains(mark)
    {
      output.append(contentsOf: ["[", mark.asciiLowercased, "]"])
      position += 3
      return
    }
    if scalar(at: position + 1) == "^" {
      var end = position + 2
      while let next = scalar(at: end), next != "]", end - position < 80 { end += 1 }
      if scalar(at: end) == "]" {
        position = end + 1
        return
      }
    }
    openBrackets += 1
    position += 1
  }

  private mutating func takeOpen(_ current: Unicode.Scalar) {
    if current == "[" { takeOpenBracket() } else { append(current) }
  }

  /// `[2.0, 3.0)` as it stands: its brackets are no link.
  private mutating func takeInterval() -> Bool {
    var end = position + 1
    var hasComma = false
    while let next = scalar(at: end), end - position < 60,
      next.isASCIIDigit || next == "." || next == " " || next == ","
    {
      hasComma = hasComma || next == ","
      end += 1
    }
    guard hasComma, let last = scalar(at: end), last == "]" || last == ")",
      input[position] == "[" || last == "]", scalar(at: end + 1) != "(", scalar(at: end + 1) != "["
    else { return false }
    output.append(contentsOf: input[position...end])
    position = end + 1
    return true
  }

  private mutating func takeCloseBracket() {
    position += 1
    guard openBrackets > 0 else { return }
    openBrackets -= 1
    if scalar(at: position) == "(", let end = closingParenthesis(from: position) {
      position = end + 1
    } else if scalar(at: position) == "[" {
      var end = position + 1
      while let next = scalar(at: end), next != "]", end - position < 200 { end += 1 }
      if scalar(at: end) == "]" { position = end + 1 }
    }
  }

  /// Stars mark emphasis, except the wild card of `6.*` and a cell that is only a star.
  private mutating func takeStars() {
    let start = position
    while scalar(at: position) == "*" { position += 1 }
    let count = position - start
    let isWildcard = scalar(at: start - 1) == "." && count % 2 == 1
    if isWildcard || isOnlyStar { output.append("*") }
  }

  private mutating func takeUnderscore() {
    let before = output.last
    let after = scalar(at: position + 1)
    if let before, let after, before.isWordPart, after.isWordPart {
      append("_")
    } else {
      position += 1
    }
  }

  private mutating func takeTildes() {
    if scalar(at: position + 1) == "~" {
      while scalar(at: position) == "~" { position += 1 }
    } else {
      append("~")
    }
  }

  /// An emoji name (`:x:`) becomes its mark; a reST role (`:ref:`) goes away.
  private mutating func takeColon() {
    var name = ""
    var end = position + 1
    while let next = scalar(at: end), name.utf8.count < 40,
      next.isASCIILetter || next.isASCIIDigit || next == "_" || next == "+" || next == "-"
    {
      name.unicodeScalars.append(next.asciiLowercased)
      end += 1
    }
    guard !name.isEmpty, scalar(at: end) == ":" else { return append(":") }
    if scalar(at: end + 1) == "`" {
      isInRoleText = true
      position = end + 2
    } else if let mark = EmojiName.mark(named: name) {
      output.append(mark)
      position = end + 1
    } else {
      append(":")
    }
  }

  private mutating func closingParenthesis(from start: Int) -> Int? {
    closingParenthesis = index(of: ")", from: start, known: closingParenthesis)
    return closingParenthesis < input.count ? closingParenthesis : nil
  }

  private mutating func closingAngle(from start: Int) -> Int? {
    closingAngle = index(of: ">", from: start, known: closingAngle)
    return closingAngle < input.count ? closingAngle : nil
  }

  /// Searches onward from the last hit, so that all searches together are one pass.
  private func index(of wanted: Unicode.Scalar, from start: Int, known: Int) -> Int {
    if known > start { return known }
    var index = start
    while index < input.count, input[index] != wanted { index += 1 }
    return index
  }

  private func collapsedOutput() -> String {
    var result = String.UnicodeScalarView()
    var isPending = false
    for scalar in output {
      if scalar == " " || scalar == "\t" || scalar == "\n" {
        isPending = true
      } else {
        if isPending, !result.isEmpty { result.append(" ") }
        isPending = false
        result.append(scalar)
      }
    }
    return String(result)
  }
}

extension Unicode.Scalar {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }

  var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }

  var isWordPart: Bool { isASCII ? isASCIILetter || isASCIIDigit : properties.isAlphabetic }

  var asciiLowercased: Unicode.Scalar {
    ("A"..."Z").contains(self) ? Unicode.Scalar(UInt8(value) + 32) : self
  }
}

extension Unicode.Scalar.Properties {
  fileprivate var isPunctuationOrSymbol: Bool {
    switch generalCategory {
    case .connectorPunctuation, .dashPunctuation, .openPunctuation, .closePunctuation,
      .otherPunctuation, .mathSymbol, .currencySymbol, .modifierSymbol, .otherSymbol:
      true
    default: false
    }
  }
}
