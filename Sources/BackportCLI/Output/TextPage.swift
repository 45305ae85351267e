/// What a page of text is written for.
struct TextStyle: Equatable, Sendable {
  /// Whether meanings are coloured.
  var inColor = false
  /// The columns of the terminal; nil breaks no line.
  var width: Int?
  /// Whether lists are shown whole.
  var isVerbose = false
}

/// Puts lines together into a page, broken to the width of the terminal.
struct TextPage {
  /// The column in which the values of labelled lines begin.
  static let valueColumn = 11

  let style: TextStyle
  private(set) var text = ""

  init(_ style: TextStyle) { self.style = style }

  /// An empty line, unless the page begins or has just had one.
  mutating func space() {
    if !text.isEmpty, !text.hasSuffix("\n\n") { text += "\n" }
  }

  /// A line; what does not fit goes on `hanging` columns further in.
  mutating func line(_ line: StyledText, indent: Int = 0, hanging: Int = 0) {
    guard let width = style.width, indent + line.width > width else {
      write(line, indent: indent)
      return
    }
    let room = max(20, width - indent - hanging)
    for (index, part) in line.wrapped(to: room).enumerated() {
      write(part, indent: index == 0 ? indent : indent + hanging)
    }
  }

  /// A line of a file, which is never broken.
  mutating func verbatim(_ line: StyledText, indent: Int) { write(line, indent: indent) }

  /// A label and its values, one below the other.
  mutating func labelled(_ label: String, _ values: [StyledText], indent: Int = 0) {
    for (index, value) in values.enumerated() {
      let name = StyledText(index == 0 ? label : "", .faint)
      let room = TextPage.valueColumn
      let start = name.padded(to: max(room, name.width + 2))
      guard let width = style.width else {
        write(start + value, indent: indent)
        continue
      }
      let parts = value.wrapped(to: max(20, width - indent - start.width))
      for (index, part) in parts.enumerated() {
        let lead = index == 0 ? start : StyledText("").padded(to: start.width)
        write(lead + part, indent: indent)
      }
    }
  }

  /// A label and lines that are cut where they do not fit.
  mutating func labelledRows(_ label: String, _ rows: [StyledText], indent: Int = 0) {
    for (index, row) in rows.enumerated() {
      let start = StyledText(index == 0 ? label : "", .faint).padded(to: TextPage.valueColumn)
      guard let width = style.width, !style.isVerbose else {
        write(start + row, indent: indent)
        continue
      }
      write(start + row.truncated(to: max(20, width - indent - start.width)), indent: indent)
    }
  }

  /// A label and commands, which are never broken, so that they can be copied.
  mutating func labelledCommands(_ label: String, _ commands: [StyledText], indent: Int = 0) {
    for (index, command) in commands.enumerated() {
      let start = StyledText(index == 0 ? label : "", .faint).padded(to: TextPage.valueColumn)
      write(start + command, indent: indent)
    }
  }

  /// A label and its value.
  mutating func labelled(_ label: String, _ value: StyledText, indent: Int = 0) {
    labelled(label, [value], indent: indent)
  }

  private mutating func write(_ line: StyledText, indent: Int) {
    var rendered = line.rendered(inColor: style.inColor)
    while rendered.last == " " { rendered.removeLast() }
    if !rendered.isEmpty {
      text += TextEscape.lineStart(String(repeating: " ", count: indent) + rendered)
    }
    text += "\n"
  }
}
