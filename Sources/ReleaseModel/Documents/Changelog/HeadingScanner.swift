/// Finds every line that could head a section.
struct HeadingScanner {
  private let lines: ChangelogLines
  private let literal: LiteralBlocks
  private let format: ChangelogFormat
  /// Whether a version may follow a dash or an underscore, as in `tool-1.2.3`.
  private let isLenient: Bool

  init(
    _ lines: ChangelogLines, _ literal: LiteralBlocks, format: ChangelogFormat, isLenient: Bool
  ) {
    self.lines = lines
    self.literal = literal
    self.format = format
    self.isLenient = isLenient
  }

  /// All candidates with a version or announcing what is unreleased, in the order of the file.
  func candidates() -> [Heading] {
    var found: [Heading] = []
    var index = 0
    while index < lines.count {
      guard let heading = heading(at: index) else {
        index += 1
        continue
      }
      index = heading.block.upperBound
      found.append(heading)
    }
    return found
  }

  /// The heading whose title is this line.
  private func heading(at index: Int) -> Heading? {
    let line = lines[index].trimmedEnd
    guard !literal[index], !line.isEmpty, line.count <= HeadingTitle.longest,
      let mark = HeadingMark(lines, index, format: format)
    else { return nil }
    let title =
      mark.family == .debian
      ? nil : HeadingTitle(line, marks: mark.width, isLenient: isLenient)
    var versions = title?.versions ?? []
    if mark.family == .bare || mark.family == .star, let title, isSentence(index, line, title) {
      versions = []
    }
    if mark.family == .debian { versions = HeadingMark.debianVersion(line).map { [$0] } ?? [] }
    let text = ArraySlice(Array(line))
    let words = mark.content(of: text)
    let isUnreleased = UnreleasedTitle.announces(words, isBare: mark.family == .bare)
    if isUnreleased, UnreleasedTitle.startsUnreleased(words) { versions = [] }
    guard !versions.isEmpty || isUnreleased else { return nil }
    return Heading(
      family: mark.family, level: mark.level, title: index, block: block(index, mark, versions),
      underline: mark.hasUnderline ? index + 1 : nil, overline: overline(index, mark),
      text: text, versions: versions, bases: title?.bases ?? [], dates: title?.dates ?? [],
      isUnreleased: isUnreleased,
      signature: title?.signature ?? [])
  }

  /// Whether a line without markup, or a list entry, is prose that names a version.
  private func isSentence(
    _ index: Int, _ line: ArraySlice<UInt8>, _ title: HeadingTitle
  ) -> Bool {
    if title.wordsBehind > 10 { return true }
    if let last = line.last, ".!;,".utf8.contains(last), title.wordsBehind > 1 { return true }
    let below = lines[index + 1]
    return title.signature.count > 1 && title.dates.isEmpty && !below.isBlank && !below.isRule
      && Bullet(below) == nil && below.indentationWidth <= line.indentationWidth
  }

  private func overline(_ title: Int, _ mark: HeadingMark) -> Int? {
    guard mark.hasUnderline, title > 0,
      lines[title - 1].ruleCharacter == lines[title + 1].ruleCharacter,
      title < 2 || lines.isBlank(title - 2) || HeadingLabel.isLabel(lines[title - 2])
    else { return nil }
    return title - 1
  }

  private func block(
    _ title: Int, _ mark: HeadingMark, _ versions: [VersionToken]
  ) -> Range<Int> {
    let top = overline(title, mark) ?? title
    let end = title + (mark.hasUnderline ? 2 : 1)
    guard let version = versions.first?.version else { return top..<end }
    var start = top
    for _ in 0..<3 {
      let above = start - lines.blankCount(above: start, downTo: max(0, start - 2)) - 1
      guard above >= 0, HeadingLabel.isLabel(lines[above], of: version) else { break }
      start = above
    }
    return start..<end
  }
}

/// A line above a heading that names its version for links: reST labels, HTML and AsciiDoc anchors.
enum HeadingLabel {
  /// Whether the line is such a label.
  static func isLabel(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.trimmed
    return text.begins(".. _") && text.ends(":") || text.begins("<a ") && text.ends(">")
      || text.begins("[[") && text.ends("]]") || text.begins("[#") && text.ends("]")
  }

  /// Whether the line is a label with this version in it.
  static func isLabel(_ line: ArraySlice<UInt8>, of version: WrittenVersion) -> Bool {
    isLabel(line) && isNamed(line, version)
  }

  /// Whether the version stands in a label in any of its spellings.
  static func isNamed(_ label: ArraySlice<UInt8>, _ version: WrittenVersion) -> Bool {
    spellings(of: version).contains { label.firstRange(of: $0) != nil }
  }

  /// A version as labels spell it: with dots, dashes or underscores.
  static func spellings(of version: WrittenVersion) -> [[UInt8]] {
    [UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_")].map { joint in
      version.text.map { $0 == UInt8(ascii: ".") ? joint : $0 }
    }
  }
}
