/// A table whose columns are as wide as they need to be; the last one is broken to fit.
struct TextTable {
  /// The narrowest last column that is still read with ease.
  private static let leastRoom = 28
  private static let gap = 2

  let header: [String]
  private(set) var rows: [[StyledText]] = []

  init(_ header: [String]) { self.header = header }

  mutating func add(_ row: [StyledText]) { rows.append(row) }

  /// Writes the table without the columns that are empty in every row.
  func write(to page: inout TextPage) {
    let columns = header.indices.filter { column in rows.contains { $0[column].width > 0 } }
    let widths = columns.map { column in
      rows.reduce(DisplayWidth.of(header[column])) { max($0, $1[column].width) }
    }
    let names = columns.map { StyledText(header[$0], .faint) }
    let start = widths.dropLast().reduce(0) { $0 + $1 + TextTable.gap }
    let room = page.style.width.map { $0 - start }
    let isBelow = room.map { $0 < TextTable.leastRoom && $0 < widths.last ?? 0 } ?? false
    write(names, widths, start, isBelow: isBelow, to: &page)
    for row in rows { write(columns.map { row[$0] }, widths, start, isBelow: isBelow, to: &page) }
  }

  private func write(
    _ cells: [StyledText], _ widths: [Int], _ start: Int, isBelow: Bool, to page: inout TextPage
  ) {
    guard let last = cells.last else { return }
    var line = StyledText("")
    for (cell, width) in zip(cells.dropLast(), widths) {
      line = line + cell.padded(to: width + TextTable.gap)
    }
    guard let width = page.style.width else { return page.line(line + last) }
    if isBelow {
      page.verbatim(line, indent: 0)
      page.line(last, indent: 4)
      return
    }
    for (index, part) in last.wrapped(to: width - start).enumerated() {
      page.verbatim((index == 0 ? line : StyledText("").padded(to: start)) + part, indent: 0)
    }
  }
}
