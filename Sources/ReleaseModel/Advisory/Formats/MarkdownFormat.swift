/// An advisory as a page for people, in Markdown.
public struct MarkdownFormat: Sendable {
  let advisory: Advisory
  /// The other files of the advisory, with what each is, for the last line.
  var files: [(name: String, path: String)] = []

  /// The form of an advisory that is published beside these files.
  public init(_ advisory: Advisory, files: [(name: String, path: String)] = []) {
    self.advisory = advisory
    self.files = files
  }

  private var words: AdvisoryWords { AdvisoryWords(advisory: advisory) }

  /// The page.
  public var text: String {
    var parts = ["# \(advisory.shortID): \(Self.escaped(advisory.title))", facts]
    parts.append("## Affected and fixed versions\n\n\(lines)")
    parts.append("## Impact\n\n\(advisory.impact)")
    parts.append("## What to do\n\n\(remedy)")
    let thanks = [words.reporters, words.developers].compactMap(\.self) + words.others
    if !thanks.isEmpty {
      parts.append("## Credit\n\n\(Self.escaped(thanks.joined(separator: " ")))")
    }
    if !advisory.timeline.isEmpty { parts.append("## Timeline\n\n\(timeline)") }
    let addresses = advisory.allReferences.map { "- \($0.label ?? $0.kind.title): <\($0.url)>" }
    if !addresses.isEmpty {
      parts.append("## References\n\n" + addresses.map(Self.oneLine).joined(separator: "\n"))
    }
    if !files.isEmpty {
      let links = files.map { "[\($0.name)](\($0.path))" }
      parts.append("Machine-readable: \(links.joined(separator: ", ")).")
    }
    return parts.joined(separator: "\n\n") + "\n"
  }

  private var facts: String {
    var rows: [(String, String)] = []
    if !advisory.aliases.isEmpty { rows.append(("Identifiers", ids)) }
    rows.append(("Published", String(advisory.published.prefix(10))))
    if let severity { rows.append(("Severity", severity)) }
    if !advisory.weaknesses.isEmpty {
      rows.append(("Weakness", advisory.weaknesses.map(\.title).joined(separator: ", ")))
    }
    if let package = advisory.package {
      rows.append(("Package", "`\(Self.code(package.name))` (\(package.ecosystem.rawValue))"))
    }
    return "| | |\n| --- | --- |\n"
      + rows.map { "| \($0.0) | \($0.1) |" }.joined(separator: "\n")
  }

  private var ids: String {
    Self.escaped(advisory.aliases.filter { $0 != advisory.shortID }.joined(separator: ", "))
  }

  private var severity: String? {
    let scores = words.scores.joined(separator: ", ")
    guard let rating = advisory.rating else { return scores.isEmpty ? nil : scores }
    return scores.isEmpty ? rating.title : "\(rating.title): \(scores)"
  }

  private var lines: String {
    var rows = ["| Line | Affected | Fixed in | Commit | State of the line |"]
    rows.append("| --- | --- | --- | --- | --- |")
    for line in advisory.lines {
      let range =
        line.introduced == line.lastAffected
        ? line.introduced : "\(line.introduced) to \(line.lastAffected)"
      let fixed =
        line.fixed.map { "**\(Self.escaped($0))**" }
        ?? words.update(for: line).map { "none: update to \(Self.escaped($0))" } ?? "none"
      let commit = line.commit.map { "`\($0.prefix(12))`" } ?? ""
      let state = line.isMaintained ? "maintained" : "not maintained"
      rows.append(
        "| \(Self.escaped(line.name)) | \(Self.escaped(range)) | \(fixed) | \(commit) | \(state) |")
    }
    return rows.joined(separator: "\n")
  }

  private var remedy: String {
    let patches = Self.escaped(words.patches)
    guard let workaround = advisory.workaround else { return patches }
    return "\(patches)\n\nUntil then: \(workaround)"
  }

  private var timeline: String {
    "| Date (UTC) | Event |\n| --- | --- |\n"
      + advisory.timeline.map { "| \(Self.escaped($0.moment)) | \(Self.escaped($0.text)) |" }
      .joined(separator: "\n")
  }

  /// The text with every sign of Markdown and HTML spelled out, on one line.
  static func escaped(_ text: String) -> String {
    var result = ""
    for character in oneLine(text) {
      if "\\`*_[]<>|#~&".contains(character) { result.append("\\") }
      result.append(character)
    }
    return result
  }

  /// The text for a code span, which knows no escapes.
  private static func code(_ text: String) -> String {
    oneLine(text).filter { $0 != "`" && $0 != "|" }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}

extension AdvisoryReference.Kind {
  /// The word with a capital.
  fileprivate var title: String { rawValue.prefix(1) + rawValue.dropFirst().lowercased() }
}
