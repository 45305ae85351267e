/// A stretch of HTML; whatever is interpolated is escaped.
struct HTML: Equatable, Sendable {
  /// The markup.
  private(set) var source: String

  /// Escapes a text.
  init(_ text: some StringProtocol) { source = TextEscape.html(text) }

  fileprivate init(source: String) { self.source = source }

  /// Text of ours that is not escaped.
  init(trusted source: StaticString) { self.source = "\(source)" }

  /// A line of a file.
  static func verbatim(_ text: some StringProtocol) -> HTML {
    HTML(source: TextEscape.htmlVerbatim(text))
  }

  /// Whether there is nothing.
  var isEmpty: Bool { source.isEmpty }

  static func + (left: HTML, right: HTML) -> HTML { HTML(source: left.source + right.source) }

  static func += (left: inout HTML, right: HTML) { left.source += right.source }
}

extension HTML: ExpressibleByStringInterpolation {
  /// Collects the literal and the interpolated parts.
  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var source = ""

    init(literalCapacity: Int, interpolationCount: Int) {}

    mutating func appendLiteral(_ literal: String) { source += literal }

    /// Any value, escaped; also fit for an attribute in double quotes.
    mutating func appendInterpolation(_ value: some CustomStringConvertible) {
      source += TextEscape.html(value.description)
    }

    /// Markup.
    mutating func appendInterpolation(_ markup: HTML) { source += markup.source }

    /// A coordinate of a picture, to a tenth.
    mutating func appendInterpolation(at value: Double) {
      let tenths = Int((value * 10).rounded())
      source += tenths % 10 == 0 ? "\(tenths / 10)" : "\(Double(tenths) / 10)"
    }
  }

  init(stringInterpolation: StringInterpolation) { source = stringInterpolation.source }

  init(stringLiteral value: String) { source = value }
}

extension Sequence where Element == HTML {
  /// All of them, one behind the other.
  func joined(by separator: String = "") -> HTML {
    HTML(source: map(\.source).joined(separator: separator))
  }
}
