/// A token of program source, as far as finding definitions needs it.
struct SourceToken: Sendable {
  enum Kind: Sendable {
    case word
    /// A word that begins with a digit.
    case number
    /// A quoted string; `content` lies between its quotes.
    case string
    case symbol
  }

  var kind: Kind
  var range: Range<Int>
  var content: Range<Int>
  var isFirstOnLine: Bool
  var isAtColumnZero: Bool
  /// The first byte, which is all of a symbol.
  var first: UInt8

  func isSymbol(_ character: Unicode.Scalar) -> Bool {
    kind == .symbol && first == UInt8(ascii: character)
  }
}
