/// A stretch of Markdown within a line; whatever is interpolated is escaped.
package struct MarkdownText: Equatable, Sendable {
  /// The Markdown.
  package private(set) var source: String

  /// Escapes a text.
  package init(_ text: some StringProtocol) { source = TextEscape.markdown(text) }

  private init(source: String) { self.source = source }

  /// Words of ours, which hold nothing that is Markdown.
  init(words: String) { source = words }

  /// A text as code: a name, an object id, a path.
  ///
  /// A code span cannot hold every text, least of all in a table; an element can.
  package static func code(_ text: some StringProtocol) -> MarkdownText {
    let line = TextEscape.line(text)
    let isPlain =
      !line.isEmpty && !line.contains { "`|\\".contains($0) } && line.first != " "
      && line.last != " "
    return MarkdownText(
      source: isPlain ? "`\(line)`" : "<code>\(TextEscape.markdown(text))</code>")
  }

  /// Several stretches with something of ours between them.
  static func joined(_ parts: [MarkdownText], by separator: String) -> MarkdownText {
    MarkdownText(source: parts.map(\.source).joined(separator: separator))
  }

  /// Whether there is nothing to be read.
  var isEmpty: Bool { source.isEmpty }

  /// One stretch behind another.
  package static func + (left: MarkdownText, right: MarkdownText) -> MarkdownText {
    MarkdownText(source: left.source + right.source)
  }
}

extension MarkdownText: ExpressibleByStringInterpolation {
  /// Collects the literal and the interpolated parts.
  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: String) { source += literal }

    /// Any value, escaped.
    package mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      source += TextEscape.markdown(value.description)
    }

    /// Any value as code.
    package mutating func appendInterpolation(code value: some CustomStringConvertible) {
      source += MarkdownText.code(value.description).source
    }

    /// Markdown.
    package mutating func appendInterpolation(_ text: MarkdownText) { source += text.source }
  }

  package init(stringInterpolation: StringInterpolation) {
    source = stringInterpolation.source
  }

  package init(stringLiteral value: String) { source = value }
}
