/// A line of text on its way to a person; whatever is interpolated is escaped.
struct StyledText: Equatable, Sendable {
  /// What a stretch of text means; colours follow from it.
  enum Meaning: Sendable {
    case plain
    /// The name of what follows.
    case heading
    /// Done, or done without anybody's help.
    case good
    /// Worth knowing.
    case caution
    /// Needs a person.
    case bad
    /// Beside the point.
    case faint

    /// The parameters of the terminal's "select graphic rendition" sequence.
    fileprivate var rendition: String? {
      switch self {
      case .plain: nil
      case .heading: "1"
      case .good: "32"
      case .caution: "33"
      case .bad: "31"
      case .faint: "2"
      }
    }
  }

  /// A stretch of one meaning, already escaped.
  struct Span: Equatable, Sendable {
    var text: String
    var meaning: Meaning
  }

  private(set) var spans: [Span] = []

  /// Escapes a text.
  init(_ text: some StringProtocol, _ meaning: Meaning = .plain) {
    append(TextEscape.line(text), meaning)
  }

  /// Escapes a line of a file.
  init(verbatim text: some StringProtocol, _ meaning: Meaning = .plain) {
    append(TextEscape.verbatim(text), meaning)
  }

  private mutating func append(_ escaped: String, _ meaning: Meaning) {
    guard !escaped.isEmpty else { return }
    if let last = spans.indices.last, spans[last].meaning == meaning {
      spans[last].text += escaped
    } else {
      spans.append(Span(text: escaped, meaning: meaning))
    }
  }

  /// How many columns it takes.
  var width: Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }

  /// The text with blanks behind it up to a width.
  func padded(to width: Int) -> StyledText {
    var result = self
    result.append(String(repeating: " ", count: max(0, width - self.width)), .plain)
    return result
  }

  /// The text cut to a width, with three dots where something is left out.
  func truncated(to limit: Int) -> StyledText {
    guard width > limit, limit > 3 else { return self }
    var result = StyledText("")
    var room = limit - 3
    for span in spans {
      var kept = ""
      for scalar in span.text.unicodeScalars {
        room -= DisplayWidth.of(String(scalar))
        if room < 0 { break }
        kept.unicodeScalars.append(scalar)
      }
      result.append(kept, span.meaning)
      if room < 0 { break }
    }
    result.append("...", .faint)
    return result
  }

  /// One text behind another.
  static func + (left: StyledText, right: StyledText) -> StyledText {
    var result = left
    for span in right.spans { result.append(span.text, span.meaning) }
    return result
  }

  /// The text as a terminal takes it.
  func rendered(inColor: Bool) -> String {
    spans.map { span in
      guard inColor, let rendition = span.meaning.rendition else { return span.text }
      return "\u{1b}[\(rendition)m\(span.text)\u{1b}[m"
    }.joined()
  }

  /// The text in lines of at most a width, broken at blanks.
  ///
  /// A word that is longer than a line gets one for itself.
  func wrapped(to limit: Int) -> [StyledText] {
    var lines: [StyledText] = []
    var line = StyledText("")
    var column = 0
    for span in spans {
      var isFirst = true
      for word in span.text.split(separator: " ", omittingEmptySubsequences: false) {
        let blank = isFirst ? 0 : 1
        let size = DisplayWidth.of(word)
        if blank == 1, column + blank + size > limit, column > 0 {
          lines.append(line)
          line = StyledText("")
          column = 0
        } else if blank == 1 {
          line.append(" ", span.meaning)
          column += 1
        }
        line.append(String(word), span.meaning)
        column += size
        isFirst = false
      }
    }
    return lines + [line]
  }
}

extension StyledText: ExpressibleByStringInterpolation {
  /// Collects the literal and the interpolated parts.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = StyledText("")

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { text.append(literal, .plain) }

    /// Any value, escaped.
    mutating func appendInterpolation(
      _ value: some CustomStringConvertible, _ meaning: Meaning = .plain
    ) {
      text.append(TextEscape.line(value.description), meaning)
    }

    /// Text that is escaped already.
    mutating func appendInterpolation(_ styled: StyledText) {
      for span in styled.spans { text.append(span.text, span.meaning) }
    }
  }

  init(stringInterpolation: StringInterpolation) { self = stringInterpolation.text }

  init(stringLiteral value: String) { append(value, .plain) }
}
