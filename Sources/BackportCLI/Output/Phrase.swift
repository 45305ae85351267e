/// A sentence that is shown in several forms of output, with what it names.
struct Phrase: Equatable, Sendable {
  /// A stretch of it.
  enum Part: Equatable, Sendable {
    /// Words of ours.
    case words(String)
    /// Words of ours that matter.
    case strong(String)
    /// Text of others.
    case text(String)
    /// A name, an object id, a path.
    case code(String)
  }

  private(set) var parts: [Part] = []

  /// A text of others.
  init(_ text: some StringProtocol) { parts = [.text(String(text))] }

  static func + (left: Phrase, right: Phrase) -> Phrase {
    var result = left
    result.parts += right.parts
    return result
  }
}

extension Phrase: ExpressibleByStringInterpolation {
  /// Collects the literal and the interpolated parts.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var parts: [Part] = []

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) {
      if !literal.isEmpty { parts.append(.words(literal)) }
    }

    /// Any value.
    mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      parts.append(.text(value.description))
    }

    /// A name, an object id, a path.
    mutating func appendInterpolation(code value: some CustomStringConvertible) {
      parts.append(.code(value.description))
    }

    /// Words of ours that matter.
    mutating func appendInterpolation(strong words: String) { parts.append(.strong(words)) }
  }

  init(stringInterpolation: StringInterpolation) { parts = stringInterpolation.parts }

  init(stringLiteral value: String) { parts = [.words(value)] }
}

extension MarkdownText {
  /// The phrase in Markdown.
  init(_ phrase: Phrase) {
    self = phrase.parts.reduce("") { text, part in
      switch part {
      case .words(let words): text + MarkdownText(words: words)
      case .strong(let words): text + "**" + MarkdownText(words: words) + "**"
      case .text(let foreign): text + MarkdownText(foreign)
      case .code(let name): text + MarkdownText.code(name)
      }
    }
  }
}

extension HTML {
  /// The phrase in HTML.
  init(_ phrase: Phrase) {
    self = phrase.parts.reduce("") { markup, part in
      switch part {
      case .words(let words): markup + HTML(words)
      case .strong(let words): markup + "<strong>\(words)</strong>"
      case .text(let foreign): markup + HTML(foreign)
      case .code(let name): markup + "<code>\(name)</code>"
      }
    }
  }
}
