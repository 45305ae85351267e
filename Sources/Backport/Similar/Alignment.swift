/// The longest common subsequence of a pattern and a stretch of a text.
struct Alignment {
  /// How many tokens of the pattern stand there in order.
  private(set) var length = 0
  /// From the first of them to behind the last, in the text; nil when there is none.
  private(set) var range: Range<Int>?

  /// Costs the product of both lengths in time and in pairs of bytes.
  init(_ pattern: [UInt64], _ text: ArraySlice<UInt64>) {
    let width = text.count + 1
    var table = [UInt16](repeating: 0, count: (pattern.count + 1) * width)
    for (row, token) in pattern.enumerated() {
      for (column, other) in text.enumerated() {
        let here = (row + 1) * width + column + 1
        table[here] =
          token == other
          ? table[row * width + column] + 1 : max(table[here - 1], table[here - width])
      }
    }
    // Of the stretches that hold as much, the first one to end, so that it is not longer than needed.
    let bottom = table[(pattern.count * width)...]
    let longest = bottom.last ?? 0
    var (row, column) = (pattern.count, bottom.firstIndex(of: longest).map { $0 % width } ?? 0)
    var (first, last) = (0, -1)
    while row > 0, column > 0 {
      if pattern[row - 1] == text[text.startIndex + column - 1] {
        first = text.startIndex + column - 1
        if last < 0 { last = first }
        length += 1
        (row, column) = (row - 1, column - 1)
      } else if table[row * width + column - 1] >= table[(row - 1) * width + column] {
        column -= 1
      } else {
        row -= 1
      }
    }
    range = last < 0 ? nil : first..<(last + 1)
  }
}
