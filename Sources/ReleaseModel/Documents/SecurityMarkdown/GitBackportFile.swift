/// Collects the lines of a file in git's configuration syntax.
public struct GitBackportFile {
  /// What has been collected.
  public private(set) var text = ""

  /// Begins an empty file.
  public init() {}

  /// Adds a line as it is, such as the head of a section.
  public mutating func line(_ line: String) { text += line + "\n" }

  /// Adds lines that are in the syntax already.
  public mutating func append(_ lines: String) { text += lines }

  /// An empty line.
  public mutating func space() { text += "\n" }

  /// Adds a key of the section; the value is quoted where the syntax asks for it.
  public mutating func setting(_ key: String, _ value: String) {
    line("\t\(key) = \(Self.quoted(value))")
  }

  /// Adds a comment of one line, without what a terminal would obey or hide.
  public mutating func comment(_ comment: String, indented: Bool = false) {
    line((indented ? "\t# " : "# ") + Self.plain(comment))
  }

  /// The value as git's syntax asks: quoted where a comment would begin or spaces would be lost.
  static func quoted(_ value: String) -> String {
    let value = plain(value)
    let needsQuotes = value.utf8.contains { "#;\"\\".utf8.contains($0) }
    guard needsQuotes else { return value }
    var text = ""
    for character in value.unicodeScalars {
      if character == "\"" || character == "\\" { text += "\\" }
      text.unicodeScalars.append(character)
    }
    return "\"\(text)\""
  }

  /// One line without characters that a terminal would obey or hide.
  private static func plain(_ text: String) -> String {
    var view = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: view.append(" ")
      default: view.append(scalar)
      }
    }
    return String(view)
  }
}
