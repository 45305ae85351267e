/// The words by which a heading says that what follows is not released yet.
enum UnreleasedTitle {
  /// Whether the text of a heading announces something unreleased.
  ///
  /// A line without markup has to say nothing else.
  static func announces(_ text: ArraySlice<UInt8>, isBare: Bool) -> Bool {
    let words = plainWords(text)
    guard let first = words.first else { return text.holds("?.?") }
    if first == "unreleased" { return !isBare || words.count <= 3 }
    if wholeTitles.contains(words.joined(separator: " ")) { return true }
    guard text.contains(where: \.isASCIIDigit), !isBare || words.count <= 8 else { return false }
    return text.lowercased.holds("unreleased)") || text.lowercased.holds("(unreleased")
      || words.last == "unreleased" || text.holds("?.?")
  }

  /// Whether the heading is about no version: the word comes first.
  static func startsUnreleased(_ text: ArraySlice<UInt8>) -> Bool {
    let words = plainWords(text)
    return words.first == "unreleased" || wholeTitles.contains(words.joined(separator: " "))
      || text.holds("?.?")
  }

  private static let wholeTitles: Set<String> = [
    "next", "next version", "next release", "the next release", "upcoming", "upcoming release",
    "upcoming changes", "upcoming version", "not released", "not yet released", "not released yet",
    "to be released", "in development", "under development", "development version",
    "current development", "work in progress", "changes since the last release",
    "changes since last release", "master unreleased", "main unreleased", "version next",
    "vnext", "head unreleased", "latest unreleased", "pending", "wip",
  ]

  private static func plainWords(_ text: ArraySlice<UInt8>) -> [String] {
    guard text.count <= 120 else { return [] }
    return HeadingTitle.withoutLinks(ArraySlice(Array(text)))
      .split { !$0.isASCIILetter && !$0.isASCIIDigit }
      .map { String(decoding: $0.map(\.lowercasedASCII), as: UTF8.self) }
  }
}
