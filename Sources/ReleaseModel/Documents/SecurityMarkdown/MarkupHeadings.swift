/// Finds headings: ATX, underlined (Markdown and reST), AsciiDoc, HTML, and bold lines.
enum MarkupHeadings {
  typealias Line = MarkupDocument.Line
  typealias Heading = MarkupDocument.Heading

  /// A bold line that stands alone is a heading below all others.
  private static let boldLevel = 7

  static func headings(in lines: [Line]) -> [Heading] {
    var result: [Heading] = []
    var underlineMarks: [UInt8] = []
    var index = 0
    while index < lines.count {
      let line = lines[index]
      let trimmed = line.text.trimmedSpaces
      if line.isCode || trimmed.isEmpty {
        index += 1
      } else if let (level, title) = prefixed(trimmed) ?? html(trimmed) {
        result.append(
          Heading(
            title: InlineMarkup.plain(title), level: level, bodyStart: index + 1, start: index))
        index += 1
      } else if let mark = underline(below: index, in: lines) {
        if !underlineMarks.contains(mark) { underlineMarks.append(mark) }
        let level = (underlineMarks.firstIndex(of: mark) ?? 0) + 1
        let hasOverline = index > 0 && uniformMark(lines[index - 1].text.trimmedSpaces) == mark
        result.append(
          Heading(
            title: InlineMarkup.plain(trimmed), level: min(level, 6), bodyStart: index + 2,
            start: hasOverline ? index - 1 : index))
        index += 2
      } else if isBold(trimmed, at: index, in: lines) {
        result.append(
          Heading(
            title: InlineMarkup.plain(trimmed), level: boldLevel, bodyStart: index + 1,
            start: index))
        index += 1
      } else {
        index += 1
      }
    }
    return result
  }

  /// `## Title` and AsciiDoc's `== Title`.
  private static func prefixed(_ trimmed: Substring) -> (Int, Substring)? {
    guard let mark = trimmed.utf8.first, mark == UInt8(ascii: "#") || mark == UInt8(ascii: "=")
    else { return nil }
    let count = trimmed.utf8.prefix { $0 == mark }.count
    var title = Substring(trimmed.utf8.dropFirst(count))
    guard count <= 6, !title.isEmpty else { return nil }
    if mark == UInt8(ascii: "="), title.utf8.first != UInt8(ascii: " ") { return nil }
    while title.utf8.last == mark || title.utf8.last == UInt8(ascii: " ") {
      title = Substring(title.utf8.dropLast())
    }
    return (count, title.trimmedSpaces)
  }

  private static func html(_ trimmed: Substring) -> (Int, Substring)? {
    let start = Array(trimmed.utf8.prefix(4))
    guard start.count == 4, start[0] == UInt8(ascii: "<"),
      start[1] | 0x20 == UInt8(ascii: "h"),
      (UInt8(ascii: "1")...UInt8(ascii: "6")).contains(start[2]),
      start[3] == UInt8(ascii: ">") || start[3] == UInt8(ascii: " ")
    else { return nil }
    return (Int(start[2] - UInt8(ascii: "0")), trimmed)
  }

  /// The mark that underlines the line at `index`, when it is a heading of that kind.
  private static func underline(below index: Int, in lines: [Line]) -> UInt8? {
    guard index + 1 < lines.count, !lines[index + 1].isCode else { return nil }
    let text = lines[index].text.trimmedSpaces
    guard let mark = uniformMark(lines[index + 1].text.trimmedSpaces), uniformMark(text) == nil,
      !text.utf8.contains(UInt8(ascii: "|")), let first = text.utf8.first,
      !(text.utf8.dropFirst().first == UInt8(ascii: " ")
        && [UInt8(ascii: "-"), UInt8(ascii: "*"), UInt8(ascii: "+")].contains(first))
    else { return nil }
    guard index > 0 else { return mark }
    let before = lines[index - 1].text.trimmedSpaces
    return before.isEmpty || uniformMark(before) == mark ? mark : nil
  }

  /// The one punctuation character that fills `text`, three times or more.
  private static func uniformMark(_ text: Substring) -> UInt8? {
    guard let mark = text.utf8.first, text.utf8.count >= 3, underlineMarks.contains(mark),
      text.utf8.allSatisfy({ $0 == mark })
    else { return nil }
    return mark
  }

  private static let underlineMarks = Array("=-~^\"'+#*.:".utf8)

  private static func isBold(_ trimmed: Substring, at index: Int, in lines: [Line]) -> Bool {
    guard trimmed.utf8.first == UInt8(ascii: "*"), trimmed.utf8.count < 80,
      trimmed.hasPrefix("**"),
      trimmed.hasSuffix("**") || trimmed.hasSuffix("**:"),
      !trimmed.utf8.contains(UInt8(ascii: "|"))
    else { return false }
    return (index == 0 || lines[index - 1].isBlank)
      && (index + 1 >= lines.count || lines[index + 1].isBlank)
  }
}
