import GitStore

/// A file with conflict markers as git's rerere sees it (git-rerere(1), rerere.c).
///
/// Labels and what the common version had are left out, and the sides of each conflict are in order,
/// so that the same conflict is the same text from whichever side it is met.
struct RecordedConflict: Equatable {
  private static let size = 7

  /// The whole file, as a `preimage` holds it.
  let contents: [UInt8]
  /// The name of its folder in `rr-cache`: a hash of the sides of all conflicts.
  let id: String

  /// Reads a file; nil when it holds no conflict, or markers that do not fit together.
  init?(_ file: [UInt8]) {
    var lines = RecordedConflict.lines(of: file)[...]
    var output: [UInt8] = []
    var hash = SHA1()
    var hasConflict = false
    while let line = lines.popFirst() {
      guard RecordedConflict.isMarker(line, "<") else {
        output += line
        continue
      }
      guard let conflict = RecordedConflict.takeConflict(&lines) else { return nil }
      hash.update(conflict.one + [0])
      hash.update(conflict.two + [0])
      output += conflict.text
      hasConflict = true
    }
    guard hasConflict else { return nil }
    contents = output
    id = hash.finish().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }

  private typealias Sides = (one: [UInt8], two: [UInt8], text: [UInt8])

  private enum Part {
    case first
    case original
    case second
  }

  /// Reads what follows an opening marker, up to and with the closing one.
  private static func takeConflict(_ lines: inout ArraySlice<ArraySlice<UInt8>>) -> Sides? {
    var (one, two): ([UInt8], [UInt8]) = ([], [])
    var part = Part.first
    while let line = lines.popFirst() {
      if isMarker(line, "<") {
        guard let inner = takeConflict(&lines) else { return nil }
        if part == .first { one += inner.text } else { two += inner.text }
      } else if isMarker(line, "|") {
        guard part == .first else { return nil }
        part = .original
      } else if isMarker(line, "=") {
        guard part != .second else { return nil }
        part = .second
      } else if isMarker(line, ">") {
        guard part == .second else { return nil }
        if two.lexicographicallyPrecedes(one) { swap(&one, &two) }
        let text = marker("<") + one + marker("=") + two + marker(">")
        return (one, two, text)
      } else if part == .first {
        one += line
      } else if part == .second {
        two += line
      }
    }
    return nil
  }

  private static func marker(_ sign: Unicode.Scalar) -> [UInt8] {
    Array(repeating: UInt8(ascii: sign), count: size) + [UInt8(ascii: "\n")]
  }

  /// Whether a line is a marker; those of the two sides have a label, the others need none.
  private static func isMarker(_ line: ArraySlice<UInt8>, _ sign: Unicode.Scalar) -> Bool {
    guard line.count > size, line.prefix(size).allSatisfy({ $0 == UInt8(ascii: sign) }) else {
      return false
    }
    let next = line[line.startIndex + size]
    if sign == "<" || sign == ">" { return next == UInt8(ascii: " ") }
    return next == UInt8(ascii: " ") || (0x09...0x0d).contains(next)
  }

  /// The lines with their line feeds.
  private static func lines(of text: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for (index, byte) in text.enumerated() where byte == UInt8(ascii: "\n") {
      lines.append(text[start...index])
      start = index + 1
    }
    if start < text.count { lines.append(text[start...]) }
    return lines
  }
}
