/// Puts blocks of Markdown together into a page of a limited size.
///
/// A block stands whole or not at all, so that nothing is left open where the page was cut.
package struct MarkdownPage {
  /// What the page still takes once a block was left out: the note that says so.
  private static let noteRoom = 300

  /// The most bytes that the page may have.
  package let limit: Int
  private var source = ""
  private var leftOut = 0

  /// Begins an empty page of at most that many bytes.
  package init(limit: Int) { self.limit = limit }

  /// How many bytes a block may still have.
  var room: Int { max(0, limit - MarkdownPage.noteRoom - source.utf8.count) }

  /// Adds a block of lines.
  package mutating func block(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    let text = (source.isEmpty ? "" : "\n") + lines.joined(separator: "\n") + "\n"
    if text.utf8.count > room {
      leftOut += 1
    } else {
      source += text
    }
  }

  /// Adds a heading.
  package mutating func heading(_ level: Int, _ text: MarkdownText) {
    block([String(repeating: "#", count: max(1, min(6, level))) + " " + text.source])
  }

  /// Adds a paragraph.
  package mutating func paragraph(_ text: MarkdownText) { block([text.source]) }

  /// Adds a list.
  package mutating func list(_ items: [MarkdownText]) { block(items.map { "- " + $0.source }) }

  /// Adds a box that GitHub and GitLab colour by its kind, and others show as a quotation.
  package mutating func alert(_ kind: Alert, _ items: [MarkdownText]) {
    guard !items.isEmpty else { return }
    let lines = items.count == 1 ? items.map(\.source) : items.map { "- " + $0.source }
    block(["> [!\(kind.rawValue.uppercased())]"] + lines.map { "> " + $0 })
  }

  /// Adds a table; the rows that do not fit are counted below it.
  package mutating func table(_ header: [String], _ rows: [[MarkdownText]]) {
    guard !rows.isEmpty else { return }
    var lines = MarkdownPage.table(header, [])
    // A table may take half of what is left, so that what follows it is seen as well.
    var budget = max(0, room / 2 - lines.joined().utf8.count)
    var written = 0
    for row in rows {
      let line = MarkdownPage.row(row)
      guard line.utf8.count + 1 <= budget else { break }
      budget -= line.utf8.count + 1
      written += 1
      lines.append(line)
    }
    block(lines)
    if written < rows.count { paragraph("… and \(rows.count - written) more rows.") }
  }

  /// Adds lines of files or commands, each behind a prefix, so that none begins a line of the page.
  package mutating func code(_ lines: [String], prefix: String = "", language: String = "") {
    block(MarkdownPage.code(lines, prefix: prefix, language: language, limit: room))
  }

  /// Adds what is shown only when it is asked for.
  ///
  /// The summary is HTML: Markdown is not read there.
  package mutating func details(_ summary: String, isOpen: Bool = false, _ body: [[String]]) {
    let content = body.filter { !$0.isEmpty }
    guard !content.isEmpty else { return }
    var lines = ["<details\(isOpen ? " open" : "")><summary>\(summary)</summary>", ""]
    for part in content { lines += part + [""] }
    block(lines + ["</details>"])
  }

  /// The page, with a note where something was left out.
  package var text: String {
    guard leftOut > 0 else { return source }
    let note =
      "\n> [!NOTE]\n> \(leftOut) parts were left out, as a page of this kind may have at most "
      + "\(limit) bytes. `git backport` prints all of them as text or, with `--json`, as data.\n"
    return source + note
  }

  /// The kinds of ``alert(_:_:)``.
  package enum Alert: String {
    case note
    case warning
    case caution
  }

  /// The lines of a table.
  package static func table(_ header: [String], _ rows: [[MarkdownText]]) -> [String] {
    [
      "| " + header.joined(separator: " | ") + " |",
      "|" + String(repeating: " --- |", count: header.count),
    ] + rows.map(row)
  }

  private static func row(_ cells: [MarkdownText]) -> String {
    "| " + cells.map(\.source).joined(separator: " | ") + " |"
  }

  /// The lines of a fenced block.
  ///
  /// The fence is longer than every run of its sign in the text.
  package static func code(
    _ lines: [String], prefix: String = "", language: String = "", limit: Int = 200_000
  ) -> [String] {
    guard !lines.isEmpty else { return [] }
    var shown: [String] = []
    var size = 0
    for line in lines {
      let text = TextEscape.lineStart(prefix + TextEscape.verbatim(line))
      size += text.utf8.count + 1
      if size > min(limit / 4, 200_000) { break }
      shown.append(text)
    }
    if shown.count < lines.count { shown.append("… \(lines.count - shown.count) more lines") }
    let fence = String(repeating: "`", count: max(3, longestRun(in: shown) + 1))
    return [fence + language] + shown + [fence]
  }

  private static func longestRun(in lines: [String]) -> Int {
    var longest = 0
    for line in lines {
      var run = 0
      for byte in line.utf8 {
        run = byte == UInt8(ascii: "`") ? run + 1 : 0
        longest = max(longest, run)
      }
    }
    return longest
  }
}
