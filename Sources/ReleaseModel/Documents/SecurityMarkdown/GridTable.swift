/// reST grid tables and tables drawn with box characters, also inside code blocks.
enum GridTable {
  private typealias Line = MarkupDocument.Line

  /// The table whose upper border is the first line of `range`.
  static func parse(_ lines: [MarkupDocument.Line], _ range: Range<Int>) -> MarkupTable? {
    let start = range.lowerBound
    guard isBorder(drawn(lines[start].text)) else { return nil }
    var groups: [[(cells: [String], line: Line)]] = [[]]
    var headerEnd: Int?
    var index = start + 1
    while index < range.upperBound {
      let text = drawn(lines[index].text)
      if isBorder(text) {
        if text.utf8.contains(UInt8(ascii: "=")), headerEnd == nil { headerEnd = groups.count }
        groups.append([])
      } else if text.utf8.first == UInt8(ascii: "|") {
        groups[groups.count - 1].append((PipeTable.cells(of: text), lines[index]))
      } else {
        break
      }
      index += 1
    }
    groups.removeAll { $0.isEmpty }
    guard groups.count > 1, let header = groups.first else {
      return MarkupTable(header: [], rows: [], start: start, end: index)
    }
    let hasRowBorders = groups.count > 2
    var rows: [MarkupTable.Row] = []
    for group in groups.dropFirst() where rows.count < MarkupTable.rowLimit {
      rows += hasRowBorders ? [merged(group)] : split(group)
    }
    return MarkupTable(header: merged(header).cells, rows: rows, start: start, end: index)
  }

  /// The line with box characters as `+`, `-`, `=` and `|`.
  private static func drawn(_ text: String) -> String {
    let trimmed = text.trimmedSpaces
    guard let first = trimmed.unicodeScalars.first, first == "+" || first == "|" || isBox(first)
    else { return "" }
    var result = String.UnicodeScalarView()
    for scalar in trimmed.unicodeScalars {
      switch scalar.value {
      case 0x2500, 0x2501, 0x2504...0x2509, 0x254C, 0x254D: result.append("-")
      case 0x2550: result.append("=")
      case 0x2502, 0x2503, 0x2506, 0x2507, 0x250A, 0x250B, 0x2551: result.append("|")
      case 0x250C...0x254B, 0x2552...0x257F: result.append("+")
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  private static func isBox(_ scalar: Unicode.Scalar) -> Bool {
    (0x2500...0x257F).contains(scalar.value)
  }

  private static func isBorder(_ text: String) -> Bool {
    text.utf8.first == UInt8(ascii: "+") && text.utf8.count > 2
      && text.utf8.allSatisfy {
        $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "=")
      }
  }

  private static func merged(_ group: [(cells: [String], line: Line)]) -> MarkupTable.Row {
    var cells: [String] = []
    for line in group {
      for (column, text) in line.cells.enumerated() where !text.isEmpty || column >= cells.count {
        while cells.count <= column { cells.append("") }
        cells[column] += (cells[column].isEmpty || text.isEmpty ? "" : " ") + text
      }
    }
    return .init(
      cells: cells, line: group.first?.line.number ?? 0,
      source: group.map { String($0.line.source.trimmedSpaces) }.joined(separator: " "))
  }

  /// Without borders between rows, a line with a first cell begins a row.
  private static func split(_ group: [(cells: [String], line: Line)]) -> [MarkupTable.Row] {
    var rows: [[(cells: [String], line: Line)]] = []
    for line in group {
      if rows.isEmpty || line.cells.first?.isEmpty == false {
        rows.append([line])
      } else {
        rows[rows.count - 1].append(line)
      }
    }
    return rows.map(merged)
  }
}

/// reST simple tables: columns under runs of `=`.
enum SimpleTable {
  /// The table whose upper border is the first line of `range`.
  static func parse(_ lines: [MarkupDocument.Line], _ range: Range<Int>) -> MarkupTable? {
    let start = range.lowerBound
    guard let columns = columns(of: lines[start].text), columns.count > 1 else { return nil }
    var borders = 1
    var header: [String] = []
    var rows: [MarkupTable.Row] = []
    var index = start + 1
    while index < range.upperBound, borders < 3 {
      let line = lines[index]
      index += 1
      if line.isBlank { continue }
      if self.columns(of: line.text) != nil {
        borders += 1
      } else {
        let cells = cells(of: line.text, columns)
        if borders == 1 {
          header = header.isEmpty ? cells : zip(header, cells).map { "\($0) \($1)" }
        } else if rows.count < MarkupTable.rowLimit {
          rows.append(
            .init(cells: cells, line: line.number, source: String(line.source.trimmedSpaces)))
        }
      }
    }
    guard borders > 1 else { return nil }
    return MarkupTable(header: header, rows: rows, start: start, end: index)
  }

  /// The columns where each run of `=` begins; nil when the line is no border.
  private static func columns(of text: String) -> [Int]? {
    var starts: [Int] = []
    var isInRun = false
    for (column, byte) in text.utf8.enumerated() {
      guard byte == UInt8(ascii: "=") || byte == UInt8(ascii: " ") else { return nil }
      let isMark = byte == UInt8(ascii: "=")
      if isMark, !isInRun, starts.count < MarkupTable.columnLimit { starts.append(column) }
      isInRun = isMark
    }
    return starts.isEmpty ? nil : starts
  }

  private static func cells(of text: String, _ columns: [Int]) -> [String] {
    let scalars = Array(text.unicodeScalars)
    return columns.indices.map { column in
      let start = min(columns[column], scalars.count)
      let end = column + 1 < columns.count ? columns[column + 1] : scalars.count
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars[start..<max(start, min(end, scalars.count))])
      return InlineMarkup.plain(String(view))
    }
  }
}
