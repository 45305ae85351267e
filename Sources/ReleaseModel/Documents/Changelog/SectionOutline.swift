/// What the body of a section is made of.
struct SectionOutline: Sendable, Equatable {
  /// One entry of a list with all its lines, nested entries and paragraphs included.
  struct Entry: Sendable, Equatable {
    var bullet: Bullet
    var lines: Range<Int>
  }

  /// A category and the lines below it, or the lines above the first category.
  struct Region: Sendable, Equatable {
    var category: Category?
    var lines: Range<Int>
    var entries: [Entry]
  }

  let section: Section
  /// Lines under the heading that hold its date or a link to the comparison.
  let headLines: [Int]
  /// The line behind the heading and its head lines.
  let headEnd: Int
  /// The line behind the last entry or paragraph: what follows is blank or closes the section.
  let contentEnd: Int
  /// The regions, the one without a category first; it may be empty.
  let regions: [Region]
  /// The outermost entries, when bullets that introduce nested ones count as entries too.
  let outermost: [Entry]

  init(_ section: Section, _ source: ChangelogSource) {
    self.section = section
    let lines = source.lines
    headLines = HeadLine.indices(below: section, lines)
    headEnd = headLines.last.map { $0 + 1 } ?? section.body.lowerBound
    let body = headEnd..<max(headEnd, section.body.upperBound)
    contentEnd = Self.contentEnd(body, lines)
    let scanner = CategoryScanner(
      lines: lines, literal: source.literal, format: source.format,
      family: section.heading.family)
    let content = headEnd..<max(headEnd, contentEnd)
    let categories = scanner.categories(in: content)
    var regions: [Region] = []
    var start = headEnd
    for index in -1..<categories.count {
      let category = index < 0 ? nil : categories[index]
      start = category?.lines.upperBound ?? start
      let end = index + 1 < categories.count ? categories[index + 1].lines.lowerBound : contentEnd
      let range = start..<max(start, end)
      regions.append(
        Region(category: category, lines: range, entries: Self.entries(in: range, source)))
    }
    self.regions = regions
    outermost = Self.entries(in: content, source)
  }

  /// The categories with lines of their own.
  var categories: [Category] { regions.compactMap(\.category) }

  /// The entries of all regions.
  var entries: [Entry] { regions.flatMap(\.entries) }

  /// Whether there is nothing below the heading.
  var isEmpty: Bool { contentEnd <= headEnd }

  private static func contentEnd(_ body: Range<Int>, _ lines: ChangelogLines) -> Int {
    var end = body.upperBound
    while end > body.lowerBound, closesSection(end - 1, lines, from: body.lowerBound) { end -= 1 }
    return end
  }

  /// Whether a line at the end of a section is no entry: blank, a rule, a comment, a link
  /// definition, the signature of debian/changelog.
  private static func closesSection(_ index: Int, _ lines: ChangelogLines, from start: Int) -> Bool
  {
    let line = lines[index].trimmed
    if line.isEmpty || LinkDefinition.isDefinition(line) { return true }
    if line.isRule { return index == start || lines.isBlank(index - 1) }
    return (line.begins("<!--") && line.ends("-->")) || (line.begins("//") && !line.begins("///"))
      || (lines[index].begins(" -- ") && line.holds(">  "))
  }

  /// The entries of the outermost list in these lines.
  private static func entries(in range: Range<Int>, _ source: ChangelogSource) -> [Entry] {
    var found: [Entry] = []
    var top = Int.max
    var isOpen = false
    for index in range where !source.lines.isBlank(index) {
      let line = source.lines[index]
      let column = line.indentationWidth
      if !source.literal[index], let bullet = Bullet(line), column <= top || column == top + 1 {
        if found.isEmpty { top = column }
        top = min(top, column)
        found.append(Entry(bullet: bullet, lines: index..<index + 1))
        isOpen = true
      } else if isOpen, column > top || source.literal[index] || follows(index, found, source) {
        if let last = found.indices.last {
          found[last].lines = found[last].lines.lowerBound..<index + 1
        }
      } else {
        isOpen = false
      }
    }
    return found
  }

  /// Whether an unindented line goes on directly below the text of an entry.
  private static func follows(_ index: Int, _ found: [Entry], _ source: ChangelogSource) -> Bool {
    guard let last = found.last, last.lines.upperBound == index else { return false }
    return !source.lines.isBlank(index - 1)
  }
}

/// A changelog, read once: its lines, what is quoted in it, and its sections.
struct ChangelogSource: Sendable, Equatable {
  let lines: ChangelogLines
  let literal: LiteralBlocks
  let format: ChangelogFormat

  init(_ bytes: [UInt8], format: ChangelogFormat) {
    lines = ChangelogLines(bytes)
    literal = LiteralBlocks(lines, format: format)
    self.format = format
  }

  /// The sections, told apart by the headings that name one of `versions`.
  func sections(near versions: [WrittenVersion]) -> SectionList {
    for isLenient in [false, true] {
      let candidates = HeadingScanner(lines, literal, format: format, isLenient: isLenient)
        .candidates()
      let headings = HeadingSelection(candidates, lines).headings(near: versions)
      if isLenient || headings.contains(where: { !$0.versions.isEmpty }) {
        return SectionList(headings, lines, literal)
      }
    }
    return SectionList([], lines, literal)
  }
}
