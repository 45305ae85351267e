/// The lines of a file, with every byte accounted for.
struct ChangelogLines: Sendable, Equatable {
  /// How a line ends.
  enum Ending: Sendable, Equatable {
    case lineFeed
    case carriageReturnLineFeed
    /// The last line of a file without a final newline.
    case none

    var bytes: [UInt8] {
      switch self {
      case .lineFeed: [0x0A]
      case .carriageReturnLineFeed: [0x0D, 0x0A]
      case .none: []
      }
    }
  }

  /// One line: where its text is, and how it ends.
  struct Line: Sendable, Equatable {
    var text: Range<Int>
    var ending: Ending
  }

  private let bytes: [UInt8]
  /// The byte order mark, when there is one.
  let mark: ArraySlice<UInt8>
  let lines: [Line]
  /// The ending that most lines have.
  let majorityEnding: Ending

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
    mark = bytes.starts(with: byteOrderMark) ? bytes[..<3] : []
    var lines: [Line] = []
    var pairs = 0
    var start = mark.count
    while let end = bytes[start...].firstIndex(of: 0x0A) {
      let isPair = end > start && bytes[end - 1] == 0x0D
      pairs += isPair ? 1 : 0
      lines.append(
        Line(
          text: start..<(isPair ? end - 1 : end),
          ending: isPair ? .carriageReturnLineFeed : .lineFeed))
      start = end + 1
    }
    majorityEnding = pairs * 2 > lines.count ? .carriageReturnLineFeed : .lineFeed
    if start < bytes.count { lines.append(Line(text: start..<bytes.count, ending: .none)) }
    self.lines = lines
  }

  /// The number of lines.
  var count: Int { lines.count }

  /// The text of a line, without its ending; empty outside the file.
  subscript(index: Int) -> ArraySlice<UInt8> {
    lines.indices.contains(index) ? bytes[lines[index].text] : []
  }

  /// The bytes of whole lines, with their endings.
  subscript(range: Range<Int>) -> ArraySlice<UInt8> {
    guard !range.isEmpty, lines.indices.contains(range.lowerBound) else { return [] }
    let last = lines[min(range.upperBound, lines.count) - 1]
    return bytes[
      lines[range.lowerBound].text.lowerBound..<last.text.upperBound
        + last.ending.bytes.count]
  }

  /// Whether a line is blank.
  func isBlank(_ index: Int) -> Bool { self[index].isBlank }

  /// The number of blank lines from `index` on, up to `limit`.
  func blankCount(from index: Int, to limit: Int) -> Int {
    var end = index
    while end < limit, isBlank(end) { end += 1 }
    return end - index
  }

  /// The number of blank lines directly above `index`, down to `limit`.
  func blankCount(above index: Int, downTo limit: Int = 0) -> Int {
    var start = index
    while start > limit, isBlank(start - 1) { start -= 1 }
    return index - start
  }

  /// The first line from `index` on that is not blank, or `limit`.
  func firstText(from index: Int, to limit: Int) -> Int {
    index + blankCount(from: index, to: limit)
  }
}
