/// GitHub's tables: cells between pipes, a delimiter row below the header.
enum PipeTable {
  /// The table whose header is the first line of `range`.
  ///
  /// The outer pipes are optional. Without a delimiter row, lines that begin and end with a pipe
  /// are a table all the same: people forget the row, and mean a table.
  static func parse(_ lines: [MarkupDocument.Line], _ range: Range<Int>) -> MarkupTable? {
    let start = range.lowerBound
    guard start + 1 < range.upperBound, hasPipe(lines[start]), !isDelimiter(lines[start])
    else { return nil }
    let header = cells(of: lines[start].text)
    var index = start + 1
    if isDelimiter(lines[index]) {
      guard header.count == cells(of: lines[index].text).count || header.count > 1 else {
        return nil
      }
      index += 1
    } else if !isEnclosed(lines[start]) || !isEnclosed(lines[index]) {
      return nil
    }
    var rows: [MarkupTable.Row] = []
    while index < range.upperBound, hasPipe(lines[index]), !lines[index].isCode {
      if !isDelimiter(lines[index]), rows.count < MarkupTable.rowLimit {
        let line = lines[index]
        rows.append(
          .init(
            cells: cells(of: line.text), line: line.number,
            source: String(line.source.trimmedSpaces)))
      }
      index += 1
    }
    return MarkupTable(header: header, rows: rows, start: start, end: index)
  }

  private static func hasPipe(_ line: MarkupDocument.Line) -> Bool {
    line.text.utf8.contains(UInt8(ascii: "|"))
  }

  private static func isEnclosed(_ line: MarkupDocument.Line) -> Bool {
    let trimmed = line.text.trimmedSpaces.utf8
    return trimmed.count > 2 && trimmed.first == UInt8(ascii: "|")
      && trimmed.last == UInt8(ascii: "|")
  }

  /// `| --- | :-: |`, also with the dashes that text editors put in place of `---`.
  private static func isDelimiter(_ line: MarkupDocument.Line) -> Bool {
    var hasDash = false
    var hasPipe = false
    for scalar in line.text.unicodeScalars {
      switch scalar {
      case "-", "–", "—": hasDash = true
      case "|": hasPipe = true
      case ":", " ", "+": break
      default: return false
      }
    }
    return hasDash && hasPipe
  }

  /// The plain texts between the pipes; a pipe after a backslash belongs to its cell.
  static func cells(of text: String) -> [String] {
    let bytes = Array(text.trimmedSpaces.utf8)
    var cells: [String] = []
    var start = bytes.first == UInt8(ascii: "|") ? 1 : 0
    var index = start
    func add(_ end: Int) {
      if cells.count < MarkupTable.columnLimit {
        cells.append(InlineMarkup.plain(String(decoding: bytes[start..<end], as: UTF8.self)))
      }
    }
    while index < bytes.count {
      if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if bytes[index] == UInt8(ascii: "|") {
        add(index)
        index += 1
        start = index
      } else {
        index += 1
      }
    }
    if start < bytes.count { add(bytes.count) }
    return cells
  }
}
