/// Edits of whole lines that are collected and then applied together.
struct LineEdits: Sendable, Equatable {
  private(set) var edits: [ChangelogEdit] = []

  /// Inserts lines before the line `index`.
  mutating func insert(_ lines: [[UInt8]], before index: Int) {
    replace(index..<index, by: lines)
  }

  /// Replaces lines.
  mutating func replace(_ range: Range<Int>, by lines: [[UInt8]]) {
    let place =
      edits.firstIndex {
        ($0.lines.lowerBound, $0.lines.upperBound) > (range.lowerBound, range.upperBound)
      } ?? edits.endIndex
    edits.insert(ChangelogEdit(lines: range, replacement: lines), at: place)
  }

  /// The file after the edits.
  ///
  /// A replaced line keeps its own ending, a new one gets the ending of most lines; the file ends
  /// with a newline if it did before.
  func applied(to source: ChangelogLines) -> [UInt8] {
    var output = Output(bytes: Array(source.mark), newEnding: source.majorityEnding)
    var next = 0
    for edit in edits {
      for index in next..<edit.lines.lowerBound {
        output.append(source[index], source.lines[index].ending)
      }
      for (offset, line) in edit.replacement.enumerated() {
        let index = edit.lines.lowerBound + offset
        let old = edit.lines.contains(index) ? source.lines[index].ending : .none
        output.append(line[...], old == .none ? source.majorityEnding : old)
      }
      next = edit.lines.upperBound
    }
    for index in next..<source.count { output.append(source[index], source.lines[index].ending) }
    if source.lines.last?.ending == ChangelogLines.Ending.none { output.removeLastEnding() }
    return output.bytes
  }

  private struct Output {
    var bytes: [UInt8]
    let newEnding: ChangelogLines.Ending
    private var last: ChangelogLines.Ending?

    init(bytes: [UInt8], newEnding: ChangelogLines.Ending) {
      self.bytes = bytes
      self.newEnding = newEnding
    }

    /// Appends a line; the one before it gets an ending if it has none.
    mutating func append(_ line: ArraySlice<UInt8>, _ ending: ChangelogLines.Ending) {
      if last == ChangelogLines.Ending.none { bytes += newEnding.bytes }
      bytes += line
      bytes += ending.bytes
      last = ending
    }

    mutating func removeLastEnding() {
      bytes.removeLast(last?.bytes.count ?? 0)
    }
  }
}
