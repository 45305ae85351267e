/// The markup of a changelog, as far as its name tells.
///
/// Headings of every family are looked for in every format, because plain files hold all of them;
/// the format decides what counts as code or comment and how literals are quoted.
public enum ChangelogFormat: String, Sendable, Equatable, Codable, CaseIterable {
  /// Markdown in any dialect.
  case markdown
  /// reStructuredText.
  case restructuredText
  /// AsciiDoc.
  case asciiDoc
  /// Anything else: GNU NEWS, CPAN Changes, debian/changelog, readme.txt of a WordPress plugin.
  case plainText

  /// The format that the extension of this path stands for.
  public init(path: String) {
    let name = path.utf8.split(separator: UInt8(ascii: "/")).last.map(Array.init) ?? []
    let suffix = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    let ending = suffix.count > 1 ? suffix.last.map { $0.map(\.lowercasedASCII) } ?? [] : []
    switch String(decoding: ending, as: UTF8.self) {
    case "md", "markdown", "mdown", "mkd", "mkdn", "mdx", "rmd": self = .markdown
    case "rst", "rest": self = .restructuredText
    case "adoc", "asciidoc", "asc": self = .asciiDoc
    default: self = .plainText
    }
  }
}
