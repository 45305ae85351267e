/// The rows of a table of supported versions that name releases exactly, and follow the next one.
///
/// `| 1.1.0 | yes |` becomes `| 1.1.1 | yes |`, and with it `| < 1.1.0 | no |`; so does the newest
/// release that the row of a line states in a column of its own. Rows of a line, such as `1.1.x`, stay,
/// and so does a bound without such a row, since it may be the first release of something.
public struct ReleasedRows: Sendable {
  private let bytes: [UInt8]
  private let lines: [Range<Int>]
  private let transition: VersionTransition
  private var spans: [VersionSpan] = []

  private init?(_ bytes: [UInt8], _ change: VersionChange) {
    guard let transition = VersionTransition(change) else { return nil }
    self.bytes = bytes
    self.transition = transition
    lines = VersionBytes.lines(bytes)
  }

  /// The document after a release; nil when no row follows it.
  ///
  /// Only the version changes, and with it the spaces that keep the next column in its place.
  public static func edit(
    _ bytes: [UInt8], change: VersionChange
  ) -> (bytes: [UInt8], spans: [VersionSpan])? {
    guard let version = try? Version(parsing: change.from),
      VersionBytes.find(change.from, from: 0, in: bytes) != nil,
      var rows = ReleasedRows(bytes, change)
    else { return nil }
    rows.follow(SecurityReading(bytes), version)
    guard !rows.spans.isEmpty,
      case .edited(let edited, let spans) = VersionFile.applying(rows.spans, to: bytes)
    else { return nil }
    return (edited, spans)
  }

  private mutating func follow(_ reading: SecurityReading, _ version: Version) {
    var exact: [Int] = []
    var bounded: [Int] = []
    var others: [Int] = []
    for rule in reading.rules {
      let line = rule.source.line - 1
      guard lines.indices.contains(line) else { continue }
      switch rule.subject {
      case .prereleases, .outside: continue
      // A schedule names a line by its first release.
      case .lines(.range(let range)) where range == .line([version.major, version.minor]):
        others.append(line)
      case .lines, .other:
        guard let token = tokens(inRowAt: line).first, isSubject(token, ofRowAt: line) else {
          others.append(line)
          continue
        }
        switch bound(of: token) {
        case .exact: exact.append(line)
        case .below: bounded.append(line)
        case .other: others.append(line)
        }
      }
    }
    var seen: Set<Int> = []
    for line in exact + (exact.isEmpty ? [] : bounded) where seen.insert(line).inserted {
      if let token = tokens(inRowAt: line).first { replace(token) }
    }
    for line in others where seen.insert(line).inserted {
      let columns = newestColumns(ofRowAt: line)
      for token in tokens(in: lines[line])
      where columns.contains(column(of: token.range.lowerBound, in: lines[line])) {
        replace(token)
      }
    }
  }

  // MARK: - Where the version stands

  /// What a row says of the version in it.
  private enum Bound {
    /// The release itself.
    case exact
    /// Everything below it.
    case below
    case other
  }

  /// Whether no other version stands before it in its row.
  private func isSubject(_ token: VersionOccurrence, ofRowAt line: Int) -> Bool {
    let start = lines[line].lowerBound
    return start > token.range.lowerBound
      || VersionOccurrence.tokens(in: start..<token.range.upperBound, of: bytes).first?.range
        .lowerBound == token.range.lowerBound
  }

  private func bound(of token: VersionOccurrence) -> Bound {
    let isEdge = { (byte: UInt8) in byte == UInt8(ascii: "|") || byte == VersionBytes.newline }
    let start = bytes[..<token.range.lowerBound].lastIndex(where: isEdge).map { $0 + 1 } ?? 0
    let end = bytes[token.range.upperBound...].firstIndex(where: isEdge) ?? bytes.count
    let before = text(of: start..<token.range.lowerBound).lowercased()
    let after = text(of: token.range.upperBound..<end).lowercased()
    if ["&lt;", "<", "before", "older", "prior", "below"].contains(where: { sign in
      before.contains(sign) && !before.contains("<td") && !before.contains("<li")
    }) {
      return .below
    }
    let words = [">", "≥", "^", "~", "from", "since", "starting", "up to", "until", "≤"]
    let isOpen =
      words.contains { before.contains($0) && !before.contains("<td") } || after.hasPrefix("+")
      || ["and ", "or ", "to ", "- ", "– "].contains { after.drop { $0 == " " }.hasPrefix($0) }
    return isOpen ? .other : .exact
  }

  /// Where a line spells the version of the last release.
  private func tokens(in line: Range<Int>) -> [VersionOccurrence] {
    VersionOccurrence.tokens(in: line, of: bytes)
      .filter { $0.spelling.body == transition.from.body }
  }

  /// The same in a row, which in HTML goes on to its closing tag.
  private func tokens(inRowAt line: Int) -> [VersionOccurrence] {
    let found = tokens(in: lines[line])
    guard found.isEmpty, text(of: lines[line]).contains("<tr") else { return found }
    for next in lines[line...].dropFirst().prefix(12) {
      let found = tokens(in: next)
      if !found.isEmpty { return found }
      if text(of: next).contains("</tr") { return [] }
    }
    return []
  }

  private func text(of line: Range<Int>) -> String {
    String(decoding: bytes[line], as: UTF8.self)
  }

  /// How many pipes stand before an offset of a row.
  private func column(of offset: Int, in line: Range<Int>) -> Int {
    let text = VersionBytes.trimmed(line, of: bytes)
    guard offset >= text.lowerBound else { return 0 }
    let pipes = (text.lowerBound..<offset).count { isPipe($0) }
    return bytes[text.lowerBound] == UInt8(ascii: "|") ? pipes - 1 : pipes
  }

  private func isPipe(_ index: Int) -> Bool {
    bytes[index] == UInt8(ascii: "|") && (index == 0 || bytes[index - 1] != UInt8(ascii: "\\"))
  }

  /// The columns of the row's table whose heading promises the newest release of a line.
  private func newestColumns(ofRowAt line: Int) -> Set<Int> {
    var index = line
    while index > 0, bytes[lines[index - 1]].contains(UInt8(ascii: "|")) { index -= 1 }
    guard index < line else { return [] }
    let header = PipeTable.cells(of: text(of: lines[index]))
    let words = ["newest", "latest", "current", "last"]
    return Set(
      header.indices.filter { column in
        let title = header[column].lowercased()
        return words.contains { title.contains($0) }
      })
  }

  // MARK: - What changes

  private mutating func replace(_ token: VersionOccurrence) {
    guard let text = transition.replacement(for: token.spelling) else { return }
    let found = Array(bytes[token.range])
    guard text != found, !spans.contains(where: { $0.range == token.range }) else { return }
    var padding: VersionSpan?
    if text.count > found.count, let end = cellEnd(after: token.range.upperBound) {
      let spaces = bytes[token.range.upperBound..<end].reversed().prefix { $0 == 0x20 }.count
      let surplus = min(text.count - found.count, max(spaces - 1, 0))
      // The borders of such a table are drawn, and a row that does not reach them breaks it.
      if isDrawn(around: token.range.lowerBound), surplus < text.count - found.count { return }
      if surplus > 0 {
        let range = end - surplus..<end
        padding = VersionSpan(range: range, found: Array(bytes[range]), replacement: [])
      }
    }
    spans.append(VersionSpan(range: token.range, found: found, replacement: text))
    if let padding { spans.append(padding) }
  }

  /// The offset of the pipe that ends a cell; nil where none does.
  private func cellEnd(after offset: Int) -> Int? {
    let end = bytes[offset...].firstIndex(of: VersionBytes.newline) ?? bytes.count
    return (offset..<end).first { isPipe($0) }
  }

  /// Whether the row's table has drawn borders, as reST's grids do.
  private func isDrawn(around offset: Int) -> Bool {
    guard let line = lines.firstIndex(where: { $0.contains(offset) }) else { return false }
    return [line - 1, line + 1].contains { neighbour in
      guard lines.indices.contains(neighbour) else { return false }
      let text = VersionBytes.trimmed(lines[neighbour], of: bytes)
      return bytes[text].first == UInt8(ascii: "+")
    }
  }
}
