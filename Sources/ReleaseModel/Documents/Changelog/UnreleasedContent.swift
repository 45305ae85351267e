/// What stands in the section of unreleased changes.
struct UnreleasedContent: Sendable, Equatable {
  let outline: SectionOutline
  /// The regions that hold something to release.
  let filled: [SectionOutline.Region]

  init(_ outline: SectionOutline, _ source: ChangelogSource) {
    self.outline = outline
    filled = outline.regions.filter { region in
      region.lines.contains { !Self.isPlaceholder($0, source) }
    }
  }

  /// Whether there are categories without entries: the skeleton that the project keeps.
  var hasSkeleton: Bool { filled.count < outline.categories.count && !emptyCategories.isEmpty }

  /// The categories without entries.
  var emptyCategories: [Category] {
    outline.regions.compactMap { region in
      filled.contains { $0.lines == region.lines } ? nil : region.category
    }
  }

  /// Whether the line says nothing: blank, a comment, a bullet alone, "nothing yet".
  private static func isPlaceholder(_ index: Int, _ source: ChangelogSource) -> Bool {
    let line = source.lines[index].trimmed
    if line.isEmpty || line.isRule { return true }
    if source.literal[index],
      line.begins("<!--") || line.begins("-->") || isInComment(index, source)
    {
      return true
    }
    if (line.begins("<!--") && line.ends("-->")) || line.begins("//") { return true }
    let text = Bullet(line).map { line.dropFirst($0.prefix.count) } ?? line
    let words = text.lowercased.split { !$0.isASCIILetter }.map {
      String(decoding: $0, as: UTF8.self)
    }
    guard !words.isEmpty else { return !text.contains { $0.isWordByte } }
    return words.count <= 6 && phrases.contains(words.joined(separator: " "))
  }

  /// Whether a quoted line belongs to a comment rather than to code.
  private static func isInComment(_ index: Int, _ source: ChangelogSource) -> Bool {
    var start = index
    while start > 0, source.literal[start - 1] { start -= 1 }
    return source.lines[start].trimmedStart.begins("<!--")
  }

  private static let phrases: Set<String> = [
    "nothing", "nothing yet", "nothing so far", "none", "none yet", "n a", "na", "tbd", "todo",
    "no changes", "no changes yet", "no unreleased changes", "no unreleased changes yet",
    "nothing unreleased", "no notable changes", "no notable changes yet", "no changes so far",
    "to be determined", "to be announced", "coming soon", "empty", "wip", "no entries",
    "no entries yet", "there are no changes", "nothing to see here", "nothing here yet",
    "nothing has changed yet",
  ]
}
