/// The table of supported versions that a project shows in its SECURITY.md.
public struct SupportedVersionsTable: Sendable, Hashable {
  /// One line of releases.
  public struct Row: Sendable, Hashable {
    /// The line's name, such as `1.4`.
    public var line: String
    /// Its newest release.
    public var newest: String
    /// Whether it is supported.
    public var supported: SupportAnswer
    /// What it is promised; nil when that is not known.
    public var level: SupportLevel?
    /// The last day of support; nil for none.
    public var until: CalendarDate?
    /// The line that is released in its place; nil for none.
    public var coveredBy: String?

    /// The row for a line.
    public init(
      line: String, newest: String, supported: SupportAnswer, level: SupportLevel? = nil,
      until: CalendarDate? = nil, coveredBy: String? = nil
    ) {
      self.line = line
      self.newest = newest
      self.supported = supported
      self.level = level
      self.until = until
      self.coveredBy = coveredBy
    }
  }

  /// The marker before the table, on a line of its own.
  public static let openingMarker = "<!-- supported-versions -->"
  /// The marker after the table, on a line of its own.
  public static let closingMarker = "<!-- /supported-versions -->"

  /// The rows, in the order of the table.
  public var rows: [Row]

  /// The table of these rows.
  public init(rows: [Row]) {
    self.rows = rows
  }

  /// One row for each line that a coverage knows, newest first.
  public init(_ coverage: Coverage, inventory: LineInventory) {
    rows = coverage.verdicts.map { verdict in
      Row(
        line: verdict.line.text,
        newest: inventory.line(named: verdict.line)?.newest.version.description ?? "",
        supported: verdict.supported, level: verdict.level, until: verdict.until,
        coveredBy: verdict.coveredBy?.text)
    }
  }

  /// The table in Markdown, lines ended by LF; the importer reads it back as the same verdicts.
  public var markdown: String {
    let hasEnds = rows.contains { $0.until != nil }
    var cells = [["Version", "Newest release", "Supported"] + (hasEnds ? ["Until"] : [])]
    for row in rows {
      let until = hasEnds ? [row.until?.description ?? ""] : []
      cells.append([Self.escaped(row.line) + ".x", Self.escaped(row.newest), row.status] + until)
    }
    let widths = cells[0].indices.map { column in cells.map { $0[column].count }.max() ?? 3 }
    cells.insert(widths.map { String(repeating: "-", count: $0) }, at: 1)
    return cells.map { row in
      let padded = zip(row, widths).map { text, width in
        text + String(repeating: " ", count: width - text.count)
      }
      return "| \(padded.joined(separator: " | ")) |\n"
    }.joined()
  }

  private static func escaped(_ text: String) -> String {
    text.split(separator: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}

extension SupportedVersionsTable.Row {
  fileprivate var status: String {
    switch (supported, level) {
    case (.unknown, _): "?"
    case (.no, _): coveredBy.map { "No (use \($0).x)" } ?? "No"
    case (.yes, .security?): "Security fixes only"
    case (.yes, .critical?): "Critical fixes only"
    case (.yes, .bestEffort?): "Best effort"
    case (.yes, _): "Yes"
    }
  }
}

/// Why a document cannot take the table.
public enum SupportedVersionsTableError: Error, Sendable, Hashable {
  /// The document has no markers.
  case noMarkers
  /// A marker is missing, doubled, or before the other; the number is that of its line.
  case unbalancedMarkers(line: Int)
}

extension SupportedVersionsTable {
  /// The document with the table between its markers; every byte outside of them stays.
  ///
  /// Lines end as the opening marker's does. Markers count only on lines of their own, outside of
  /// code blocks. Writing the same table again changes nothing.
  public func replacing(
    in document: some Collection<UInt8>
  ) throws(SupportedVersionsTableError) -> [UInt8] {
    let bytes = Array(document)
    let place = try MarkerPlace(bytes)
    var result = Array(bytes[..<place.content.lowerBound])
    for byte in markdown.utf8 {
      if byte == UInt8(ascii: "\n") { result += place.lineEnding } else { result.append(byte) }
    }
    result += bytes[place.content.upperBound...]
    return result
  }
}

/// Where the table goes: what lies between the two marker lines.
private struct MarkerPlace {
  let content: Range<Int>
  let lineEnding: [UInt8]

  init(_ bytes: [UInt8]) throws(SupportedVersionsTableError) {
    var opening: (line: Int, end: Int, ending: [UInt8])?
    var closing: (line: Int, start: Int)?
    var isFenced = false
    var number = 0
    var start = 0
    while start < bytes.count {
      number += 1
      let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? bytes.count
      let line = Self.trimmed(bytes[start..<end])
      if line.starts(with: "```".utf8) || line.starts(with: "~~~".utf8) { isFenced.toggle() }
      if !isFenced, line.elementsEqual(SupportedVersionsTable.openingMarker.utf8) {
        guard opening == nil else { throw .unbalancedMarkers(line: number) }
        opening = (number, end, Self.ending(bytes[start..<end]))
      } else if !isFenced, line.elementsEqual(SupportedVersionsTable.closingMarker.utf8) {
        guard opening != nil, closing == nil else { throw .unbalancedMarkers(line: number) }
        closing = (number, start)
      }
      start = end
    }
    guard let opening else { throw .noMarkers }
    guard let closing else { throw .unbalancedMarkers(line: opening.line) }
    content = opening.end..<closing.start
    lineEnding = opening.ending
  }

  private static func trimmed(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let isSpace = { (byte: UInt8) in byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }
    let rest = line.drop(while: isSpace)
    guard let last = rest.lastIndex(where: { !isSpace($0) }) else { return [] }
    return rest[...last]
  }

  private static func ending(_ line: ArraySlice<UInt8>) -> [UInt8] {
    line.suffix(2).elementsEqual([0x0D, 0x0A]) ? [0x0D, 0x0A] : [0x0A]
  }
}
