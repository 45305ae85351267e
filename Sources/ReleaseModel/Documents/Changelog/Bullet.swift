/// The start of a list entry: indentation, marker and the gap behind it.
struct Bullet: Sendable, Hashable {
  var indentation: [UInt8]
  var marker: [UInt8]
  var gap: [UInt8]

  /// The column where the text of the entry starts.
  var width: Int { ArraySlice(prefix).columnCount }

  /// The bytes before the text.
  var prefix: [UInt8] { indentation + marker + gap }

  /// The bullet of a line; nil when it is no list entry.
  init?(_ line: ArraySlice<UInt8>) {
    let indentation = line.indentation
    let rest = line.dropFirst(indentation.count)
    guard let marker = Self.marker(rest) else { return nil }
    let gap = rest.dropFirst(marker).prefix(while: \.isBlankByte)
    guard !gap.isEmpty || rest.count == marker else { return nil }
    self.indentation = Array(indentation)
    self.marker = Array(rest.prefix(marker))
    self.gap = Array(gap)
  }

  /// The number of bytes of the marker at the start of the text.
  private static func marker(_ text: ArraySlice<UInt8>) -> Int? {
    guard let first = text.first else { return nil }
    if first.isASCIIDigit {
      let digits = text.prefix(4).prefix(while: \.isASCIIDigit).count
      let after = text.dropFirst(digits).first
      return after == UInt8(ascii: ".") || after == UInt8(ascii: ")") ? digits + 1 : nil
    }
    return markers.first { text.starts(with: $0) && Self.ends(text, $0.count) }?.count
  }

  private static func ends(_ text: ArraySlice<UInt8>, _ count: Int) -> Bool {
    text.count == count || text[text.startIndex + count].isBlankByte
  }

  private static let markers = [
    "*)", "**", "-", "*", "+", "o", ".", "•", "·", "–", "—", "‣", "◦", "#.",
  ]
  .map(\.bytes)

  /// Whether the marker is a number.
  var isNumbered: Bool { marker.first?.isASCIIDigit == true }

  /// The bullet of a first entry: a number starts at 1.
  var first: Bullet {
    guard isNumbered, let last = marker.last else { return self }
    var bullet = self
    bullet.marker = [UInt8(ascii: "1"), last]
    return bullet
  }

  /// The column of the marker.
  var column: Int { ArraySlice(indentation).indentationWidth }
}
