/// The markup that makes a line a heading.
struct HeadingMark {
  var family: Heading.Family
  var level: Int
  /// The number of bytes before the text.
  var width: Int
  var hasUnderline = false

  /// The markup of a line; nil when it can be no heading.
  init?(_ lines: ChangelogLines, _ index: Int, format: ChangelogFormat) {
    let line = lines[index]
    if Self.isUnderlined(lines, index, format: format) {
      let character = lines[index + 1].first.map(Int.init) ?? 0
      let indent = line.indentation.count
      self.init(family: .underlined, level: character, width: indent, hasUnderline: true)
    } else if let mark = Self.hash(line) ?? Self.equalsSign(line) ?? Self.star(line) {
      self = mark
    } else if Self.debianVersion(line) != nil {
      self.init(family: .debian, level: 0, width: 0)
    } else if Self.mayBeBare(line), Self.standsAlone(lines, index) {
      self.init(family: .bare, level: 0, width: line.indentation.count)
    } else {
      return nil
    }
  }

  private init(family: Heading.Family, level: Int, width: Int, hasUnderline: Bool = false) {
    self.family = family
    self.level = level
    self.width = width
    self.hasUnderline = hasUnderline
  }

  /// The text of a title line without its marks at either end.
  func content(of line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var text = line.dropFirst(width).trimmed
    if family == .hash || family == .equalsSign {
      while let last = text.last, last == UInt8(ascii: "#") || last == UInt8(ascii: "=") {
        text = text.dropLast()
      }
    }
    return text.trimmed
  }

  private static func isUnderlined(
    _ lines: ChangelogLines, _ index: Int, format: ChangelogFormat
  ) -> Bool {
    let (title, below) = (lines[index].trimmedEnd, lines[index + 1].trimmedEnd)
    let isDouble = below.isText("==")
    guard let character = isDouble ? below.first : below.ruleCharacter, !title.isBlank,
      !title.isRule,
      title.indentation.count <= 3, Bullet(title) == nil, title.first != UInt8(ascii: "#")
    else { return false }
    let isShort = below.count * 2 < title.characterCount
    switch format {
    case .markdown:
      return character == UInt8(ascii: "=") || (character == UInt8(ascii: "-") && !isShort)
    case .restructuredText, .asciiDoc, .plainText:
      return (!isShort || character == UInt8(ascii: "=")) && !"|<>()[]{}`".utf8.contains(character)
    }
  }

  /// `## Text`, and `##1.2.3` as some write it.
  private static func hash(_ line: ArraySlice<UInt8>) -> HeadingMark? {
    let indent = line.indentation.count
    let marks = line.dropFirst(indent).prefix { $0 == UInt8(ascii: "#") }
    guard (1...6).contains(marks.count), indent <= 3,
      let next = line.dropFirst(indent + marks.count).first,
      next.isBlankByte || next == UInt8(ascii: "[") || next.isASCIIDigit
        || next | 0x20 == UInt8(ascii: "v")
    else { return nil }
    return HeadingMark(family: .hash, level: marks.count, width: indent + marks.count)
  }

  /// `== Text` in AsciiDoc, `= Text =` in WordPress and wikis.
  private static func equalsSign(_ line: ArraySlice<UInt8>) -> HeadingMark? {
    let marks = line.prefix { $0 == UInt8(ascii: "=") }
    guard (1...6).contains(marks.count), line.dropFirst(marks.count).first?.isBlankByte == true
    else { return nil }
    return HeadingMark(family: .equalsSign, level: marks.count, width: marks.count)
  }

  private static func star(_ line: ArraySlice<UInt8>) -> HeadingMark? {
    guard line.first == UInt8(ascii: "*"), line.dropFirst().first?.isBlankByte == true else {
      return nil
    }
    return HeadingMark(family: .star, level: 1, width: 1)
  }

  /// The version between the parentheses of a line of debian/changelog.
  static func debianVersion(_ line: ArraySlice<UInt8>) -> VersionToken? {
    guard let first = line.first, first.isASCIILetter || first.isASCIIDigit,
      let open = line.firstRange(of: " (".utf8), let close = line.firstRange(of: ") ".utf8),
      open.upperBound < close.lowerBound, line.holds("; "), line.holds("urgency=")
    else { return nil }
    let text = line[open.upperBound..<close.lowerBound]
    let withoutEpoch = text.firstIndex(of: UInt8(ascii: ":")).map { text[($0 + 1)...] } ?? text
    let numbers = withoutEpoch.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: ".") }
    guard let version = WrittenVersion(withoutEpoch) ?? WrittenVersion(numbers) else { return nil }
    let start = text.startIndex - line.startIndex
    return VersionToken(range: start..<start + text.count, version: version)
  }

  /// A line that is no list entry, directive, quote, table or definition.
  private static func mayBeBare(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.trimmedStart
    guard line.indentationWidth <= 3, Bullet(line) == nil,
      let first = text.first
    else { return false }
    if first == UInt8(ascii: "[") { return !text.holds("]:") }
    let excluded = [".. ", "//", "<!--", ">", "|", ":", "```", "{", "ifdef", "ifndef", "endif"]
    return !excluded.contains { text.begins($0) }
  }

  private static func standsAlone(_ lines: ChangelogLines, _ index: Int) -> Bool {
    index <= 2 || lines.isBlank(index - 1) || lines[index - 1].isRule
      || HeadingLabel.isLabel(lines[index - 1])
  }
}
