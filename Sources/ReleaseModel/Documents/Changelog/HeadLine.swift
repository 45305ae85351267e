/// A line under a heading that belongs to it: the date of the release or a link to its changes.
enum HeadLine {
  /// The lines of this kind below the heading of a section; blank lines between them do not count.
  static func indices(below section: Section, _ lines: ChangelogLines) -> [Int] {
    var found: [Int] = []
    var index = section.body.lowerBound
    while index < section.body.upperBound, found.count < 4 {
      let next = lines.firstText(from: index, to: section.body.upperBound)
      guard next < section.body.upperBound, next - index <= 2,
        isHeadLine(lines[next], section.heading), endsParagraph(next, lines, section)
      else { break }
      found.append(next)
      index = next + 1
    }
    return found
  }

  private static func endsParagraph(
    _ index: Int, _ lines: ChangelogLines, _ section: Section
  ) -> Bool {
    let below = lines[index + 1]
    return index + 1 >= section.body.upperBound || below.isBlank || Bullet(below) != nil
      || below.first == UInt8(ascii: "#") || below.ends(":") || isHeadLine(below, section.heading)
  }

  private static func isHeadLine(_ line: ArraySlice<UInt8>, _ heading: Heading) -> Bool {
    guard !line.isEmpty, line.count <= 500, Bullet(line) == nil, !line.isRule else { return false }
    if let definition = LinkDefinition(line, line: 0) {
      return heading.version.map { HeadingLabel.isNamed(definition.label, $0) } ?? false
    }
    if base(in: line, of: heading) != nil { return true }
    if line.holds("/compare/"), line.holds(".."), linkOnly(line) { return true }
    let text = HeadingTitle.withoutLinks(ArraySlice(Array(line)))
    let dates = DateScanner.dates(in: text)
    guard heading.dates.isEmpty, let date = dates.first, dates.count == 1 else { return false }
    let words = text.words.count - text[date.range].words.count
    return words <= (line.first == UInt8(ascii: "#") ? 1 : 6)
  }

  /// Where a line such as `Changes since version 1.2.2:` names the version below the heading's.
  static func base(in line: ArraySlice<UInt8>, of heading: Heading) -> Range<Int>? {
    let text = ArraySlice(Array(line.trimmedEnd))
    guard let version = heading.version, text.ends(":"),
      text.words.contains(where: { $0.lowercased.isText("since") }),
      let token = VersionToken.tokens(in: text, isLenient: false).first, token.version < version
    else { return nil }
    return token.range
  }

  /// Whether the words outside of the link are few.
  private static func linkOnly(_ line: ArraySlice<UInt8>) -> Bool {
    HeadingTitle.withoutLinks(ArraySlice(Array(line))).words.count <= 8
  }
}
