// Text from a repository in GitHub-flavoured Markdown, as GitHub, GitLab and Forgejo render it.
//
// A backslash keeps a sign from being Markdown, but not from being a reference: `@name`, `#1`, `!1`
// and addresses are looked for in the rendered text. A tag around the sign parts that text, which is
// what GitHub itself advises for `$`.
extension TextEscape {
  /// The text within a paragraph, a list item or the cell of a table.
  static func markdown(_ text: some StringProtocol) -> String {
    MarkdownEscape(line(text)).escaped
  }

  /// The text within an HTML element, also within an attribute in double quotes.
  static func html(_ text: some StringProtocol) -> String { entities(in: line(text)) }

  /// The same for a line of a file, in which tabs are indentation.
  static func htmlVerbatim(_ text: some StringProtocol) -> String { entities(in: verbatim(text)) }

  /// The text within a label of a Mermaid diagram, which stands in double quotes.
  ///
  /// Everything but letters, digits and a few signs is spelled as an entity of Mermaid's
  /// (https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters).
  static func mermaid(_ text: some StringProtocol) -> String {
    var result = ""
    for scalar in line(text).unicodeScalars {
      let isPlain =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.value > 0x7f || " .-_/".unicodeScalars.contains(scalar)
      if isPlain {
        result.unicodeScalars.append(scalar)
      } else {
        result += "#\(scalar.value);"
      }
    }
    return result
  }

  private static func entities(in text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}

/// Goes through a text once and spells what Markdown or a forge would take for more than text.
private struct MarkdownEscape {
  private let scalars: [Unicode.Scalar]

  init(_ text: String) {
    scalars = Array(text.unicodeScalars)
  }

  var escaped: String {
    var result = ""
    let start = scalars.firstIndex { $0 != " " } ?? scalars.endIndex
    for index in start..<scalars.endIndex { result += spelled(at: index, from: start) }
    return result
  }

  private func spelled(at index: Int, from start: Int) -> String {
    let scalar = scalars[index]
    let next = index + 1 < scalars.endIndex ? scalars[index + 1] : nil
    switch scalar {
    case "<": return "&lt;"
    case ">": return "&gt;"
    case "&": return MarkdownEscape.isWord(next) ? "<span>&amp;</span>" : "&amp;"
    case "\\", "`", "*", "_", "[", "]", "|": return "\\" + String(scalar)
    // Mentions, mail addresses, mathematics.
    case "@", "$": return MarkdownEscape.parted(scalar)
    // Issues, merge requests, milestones, labels.
    case "#", "!", "%", "~", "^":
      return MarkdownEscape.isWord(next) || next == "\"" || next == "'"
        ? MarkdownEscape.parted(scalar) : "\\" + String(scalar)
    // GitLab's inline differences.
    case "{": return next == "+" || next == "-" ? MarkdownEscape.parted(scalar) : "{"
    case ":": return isAddress(at: index) || isShortcode(at: index) ? "<span>:</span>" : ":"
    case ".", ")":
      if index > start, next == nil || next == " ",
        scalars[start..<index].allSatisfy({ MarkdownEscape.isDigit($0) })
      {
        return "\\" + String(scalar)
      }
      return scalar == "." && follows("www", index) ? "<span>.</span>" : String(scalar)
    case "-", "+", "=":
      if index == start { return "\\" + String(scalar) }
      return scalar == "-" && MarkdownEscape.isDigit(next) && follows("gh", index)
        ? "<span>-</span>" : String(scalar)
    default: return String(scalar)
    }
  }

  private static func parted(_ scalar: Unicode.Scalar) -> String { "<span>\(scalar)</span>" }

  private static func isWord(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return scalar.properties.isAlphabetic || isDigit(scalar) || scalar == "_"
  }

  private static func isDigit(_ scalar: Unicode.Scalar?) -> Bool {
    scalar.map { ("0"..."9").contains($0) } ?? false
  }

  /// Whether the sign is that of `https://`.
  private func isAddress(at index: Int) -> Bool {
    index + 2 < scalars.endIndex && scalars[index + 1] == "/" && scalars[index + 2] == "/"
  }

  /// Whether the sign begins `:name:`, which forges show as a picture.
  private func isShortcode(at index: Int) -> Bool {
    var end = index + 1
    while end < scalars.endIndex,
      MarkdownEscape.isWord(scalars[end]) || scalars[end] == "+" || scalars[end] == "-"
    {
      end += 1
    }
    let name = String(String.UnicodeScalarView(scalars[(index + 1)..<end]))
    // Times of day have colons as well; two pictures have numbers for names.
    let isNumber = name.allSatisfy(\.isNumber) && name != "100" && name != "1234"
    return !isNumber && end < scalars.endIndex && scalars[end] == ":"
  }

  /// Whether a whole word stands before a place.
  private func follows(_ word: String, _ index: Int) -> Bool {
    let letters = Array(word.unicodeScalars)
    guard index >= letters.count else { return false }
    let found = scalars[(index - letters.count)..<index].map(\.properties.lowercaseMapping)
    let before = index > letters.count ? scalars[index - letters.count - 1] : nil
    return found.joined() == word && !MarkdownEscape.isWord(before)
  }
}
