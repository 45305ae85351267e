/// reST list tables: rows begin with `* -`, further cells with `-`.
enum ListTable {
  /// The table whose first row is at the first line of `range`.
  static func parse(_ lines: [MarkupDocument.Line], _ range: Range<Int>) -> MarkupTable? {
    let start = range.lowerBound
    guard cell(of: lines[start].text, opening: "* - ") != nil else { return nil }
    var rows: [MarkupTable.Row] = []
    var raw: [String] = []
    var first = start
    var index = start
    func finish() {
      guard !raw.isEmpty, rows.count < MarkupTable.rowLimit else { return }
      rows.append(
        .init(
          cells: raw.map { InlineMarkup.plain($0) }, line: lines[first].number,
          source: raw.map { String($0.trimmedSpaces) }.joined(separator: " | ")))
    }
    while index < range.upperBound {
      let line = lines[index]
      if let text = cell(of: line.text, opening: "* - ") {
        finish()
        raw = [text]
        first = index
      } else if let text = cell(of: line.text, opening: "- ") {
        if raw.count < MarkupTable.columnLimit { raw.append(text) }
      } else if !line.isBlank, line.indentation <= lines[first].indentation {
        break
      } else if !line.isBlank, let last = raw.indices.last {
        raw[last] += " " + line.text.trimmedSpaces
      }
      index += 1
    }
    finish()
    return MarkupTable(
      header: rows.first?.cells ?? [], rows: Array(rows.dropFirst()), start: start, end: index)
  }

  private static func cell(of text: String, opening: String) -> String? {
    let trimmed = text.trimmedSpaces
    guard trimmed.hasPrefix(opening) || "\(trimmed) " == opening else { return nil }
    return String(trimmed.utf8.dropFirst(opening.utf8.count)) ?? ""
  }
}

/// HTML tables.
enum HTMLTable {
  /// The table that opens in the first line of `range`.
  static func parse(_ lines: [MarkupDocument.Line], _ range: Range<Int>) -> MarkupTable? {
    let start = range.lowerBound
    guard lowercasedPrefix(lines[start].text.trimmedSpaces, 6) == "<table" else { return nil }
    var builder = Builder()
    var index = start
    while index < range.upperBound, !builder.isClosed {
      builder.read(lines[index])
      index += 1
    }
    builder.finishRow()
    return MarkupTable(
      header: builder.rows.first?.cells ?? [], rows: Array(builder.rows.dropFirst()),
      start: start, end: index)
  }

  private static func lowercasedPrefix(_ text: some StringProtocol, _ count: Int) -> String {
    String(decoding: text.utf8.prefix(count), as: UTF8.self).lowercased()
  }

  /// Collects cells from tags that may stand on any lines.
  private struct Builder {
    private(set) var rows: [MarkupTable.Row] = []
    private(set) var isClosed = false
    private var cells: [String] = []
    private var cell: [UInt8]?
    private var line = 0

    mutating func read(_ document: MarkupDocument.Line) {
      let bytes = Array(document.text.utf8)
      var index = 0
      while index < bytes.count, !isClosed {
        if bytes[index] == UInt8(ascii: "<"), let name = tagName(bytes, index + 1) {
          let consumed = open(name, number: document.number)
          if consumed {
            while index < bytes.count, bytes[index] != UInt8(ascii: ">") { index += 1 }
            index += 1
            continue
          }
        }
        cell?.append(bytes[index])
        index += 1
      }
      cell?.append(UInt8(ascii: " "))
    }

    /// Acts on a tag of the table; false for a tag inside of a cell.
    private mutating func open(_ name: String, number: Int) -> Bool {
      switch name {
      case "tr":
        finishRow()
        line = number
      case "/tr": finishRow()
      case "td", "th":
        finishCell()
        if line == 0 { line = number }
        cell = []
      case "/td", "/th": finishCell()
      case "/table": isClosed = true
      case "table", "thead", "/thead", "tbody", "/tbody": break
      default: return false
      }
      return true
    }

    private mutating func finishCell() {
      if let cell, cells.count < MarkupTable.columnLimit {
        cells.append(InlineMarkup.plain(String(decoding: cell, as: UTF8.self)))
      }
      cell = nil
    }

    mutating func finishRow() {
      finishCell()
      if !cells.isEmpty, rows.count < MarkupTable.rowLimit {
        rows.append(.init(cells: cells, line: line, source: cells.joined(separator: " | ")))
      }
      cells = []
      line = 0
    }

    private func tagName(_ bytes: [UInt8], _ start: Int) -> String? {
      var end = start
      while end < bytes.count, end - start < 8,
        bytes[end] != UInt8(ascii: ">"), bytes[end] != UInt8(ascii: " ")
      { end += 1 }
      return String(decoding: bytes[start..<end], as: UTF8.self).lowercased()
    }
  }
}
