/// A table of any markup: plain cell texts with the lines that they come from.
struct MarkupTable {
  /// One row.
  struct Row {
    /// The cells' plain texts; as many as the row has, which may differ from the header.
    let cells: [String]
    /// The row's first line in the file.
    let line: Int
    /// The row as it stands in the file, without the space around it.
    let source: String

    /// The text of the cell in `column`; empty when the row is short.
    subscript(column: Int) -> String { column < cells.count ? cells[column] : "" }
  }

  /// The header's cells; empty when the table has no header.
  var header: [String]
  var rows: [Row]
  /// The index of the table's first line among the lines that were searched.
  let start: Int
  /// The index after its last line.
  let end: Int

  /// The table with rows and columns exchanged, when the versions stand in its header.
  var transposed: MarkupTable? {
    let versions = header.dropFirst()
    guard !versions.isEmpty, rows.count <= 12,
      versions.allSatisfy({ VersionCell($0)?.items.first?.range != nil })
    else { return nil }
    var turned = MarkupTable(
      header: ["Version"] + rows.map { $0[0].isEmpty ? "Supported" : $0[0] }, rows: [],
      start: start, end: end)
    for column in header.indices.dropFirst() {
      let cells = [header[column]] + rows.map { $0[column] }
      turned.rows.append(
        Row(
          cells: cells, line: rows.first?.line ?? 0,
          source: "| " + cells.joined(separator: " | ") + " |"))
    }
    return turned
  }

  /// Rows beyond this number are not read.
  static let rowLimit = 1_000
  /// Cells beyond this number are not read.
  static let columnLimit = 40
}

/// Finds the tables of a document.
enum TableScanner {
  typealias Line = MarkupDocument.Line

  /// The tables in `range`, in order; a line belongs to one table at most.
  static func tables(in lines: [Line], range: Range<Int>) -> [MarkupTable] {
    var tables: [MarkupTable] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let rest = index..<range.upperBound
      if let table = table(at: rest, in: lines), table.end > index {
        if !table.header.isEmpty { tables.append(table) }
        index = table.end
      } else {
        index += 1
      }
    }
    return tables
  }

  private static func table(at range: Range<Int>, in lines: [Line]) -> MarkupTable? {
    let line = lines[range.lowerBound]
    let trimmed = line.text.trimmedSpaces
    guard let first = trimmed.unicodeScalars.first else { return nil }
    switch first {
    case "+", "┌", "╔", "╭", "┏", "├":
      return GridTable.parse(lines, range)
    case "=" where !line.isCode:
      return SimpleTable.parse(lines, range)
    case "*" where !line.isCode:
      return ListTable.parse(lines, range)
    case "<" where !line.isCode:
      return HTMLTable.parse(lines, range)
    case "|" where !line.isCode && trimmed.utf8.dropFirst().first == UInt8(ascii: "="):
      return AsciiDocTable.parse(lines, range)
    default:
      return line.isCode ? nil : PipeTable.parse(lines, range)
    }
  }
}
