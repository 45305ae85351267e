/// AsciiDoc's tables: cells behind pipes, between two lines of `|===`.
enum AsciiDocTable {
  /// The table that the first line of `range` opens; nil when it opens none, or none is closed.
  static func parse(_ lines: [MarkupDocument.Line], _ range: Range<Int>) -> MarkupTable? {
    guard isDelimiter(lines[range.lowerBound]),
      let end = lines[range].dropFirst().firstIndex(where: isDelimiter)
    else { return nil }
    var cells: [(text: String, line: MarkupDocument.Line)] = []
    var columns = 0
    for line in lines[(range.lowerBound + 1)..<end] {
      if line.isBlank {
        // A blank line ends a header that has one cell on each line.
        if columns == 0 { columns = cells.count }
        continue
      }
      guard line.text.trimmedSpaces.utf8.first == UInt8(ascii: "|") else { return nil }
      let found = PipeTable.cells(of: line.text)
      cells += found.map { ($0, line) }
      if columns == 0, found.count > 1 { columns = found.count }
    }
    guard (2...MarkupTable.columnLimit).contains(columns), cells.count >= 2 * columns else {
      return nil
    }
    var rows: [MarkupTable.Row] = []
    var index = columns
    while index + columns <= cells.count, rows.count < MarkupTable.rowLimit {
      let row = cells[index..<(index + columns)]
      let line = cells[index].line
      rows.append(
        .init(
          cells: row.map(\.text), line: line.number, source: String(line.source.trimmedSpaces)))
      index += columns
    }
    return MarkupTable(
      header: cells[..<columns].map(\.text), rows: rows, start: range.lowerBound, end: end + 1)
  }

  private static func isDelimiter(_ line: MarkupDocument.Line) -> Bool {
    let trimmed = line.text.trimmedSpaces.utf8
    return trimmed.count >= 4 && trimmed.first == UInt8(ascii: "|")
      && trimmed.dropFirst().allSatisfy { $0 == UInt8(ascii: "=") }
  }
}
