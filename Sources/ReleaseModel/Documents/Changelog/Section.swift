/// One section of a changelog: its heading and the lines below it.
struct Section: Sendable, Equatable {
  var heading: Heading
  /// The lines below the heading, down to the next section.
  var body: Range<Int>
  /// Whether a further section follows directly.
  var hasNext: Bool

  /// All lines of the section.
  var lines: Range<Int> { heading.block.lowerBound..<body.upperBound }
}

/// The sections of a file, from top to bottom.
struct SectionList: Sendable, Equatable {
  private(set) var sections: [Section] = []
  /// The line behind the last section: link definitions or other text at the foot, or the end.
  private(set) var foot: Int

  init(_ headings: [Heading], _ lines: ChangelogLines, _ literal: LiteralBlocks) {
    foot = lines.count
    guard let last = headings.last else { return }
    foot = Self.foot(below: last, lines, literal)
    for (index, heading) in headings.enumerated() {
      let hasNext = index + 1 < headings.count
      let end = hasNext ? headings[index + 1].block.lowerBound : foot
      sections.append(
        Section(
          heading: heading, body: min(heading.block.upperBound, end)..<end, hasNext: hasNext))
    }
  }

  /// The index of the first section that names this version, best in the same spelling.
  func index(of version: WrittenVersion) -> Int? {
    sections.firstIndex { section in
      section.heading.versions.contains { $0.version.text == version.text }
    } ?? sections.firstIndex { $0.heading.names(version) }
  }

  /// The sections that announce what is unreleased and name no version.
  var unreleased: [Int] {
    sections.indices.filter { sections[$0].heading.versions.isEmpty }
  }

  private static func foot(
    below heading: Heading, _ lines: ChangelogLines, _ literal: LiteralBlocks
  ) -> Int {
    var end = lines.count
    for index in heading.block.upperBound..<max(end, heading.block.upperBound)
    where !literal[index] && endsSections(index, heading, lines) {
      end = index
      break
    }
    var foot = end
    while foot > heading.block.upperBound,
      lines.isBlank(foot - 1) || LinkDefinition.isDefinition(lines[foot - 1])
    {
      foot -= 1
    }
    let isLinked = (foot..<end).contains { !lines.isBlank($0) }
    guard isLinked || end < lines.count else { return end }
    return lines.firstText(from: foot, to: end)
  }

  /// A heading of a higher rank, which begins something else.
  private static func endsSections(
    _ index: Int, _ heading: Heading, _ lines: ChangelogLines
  ) -> Bool {
    let line = lines[index]
    switch heading.family {
    case .hash:
      let level = line.prefix { $0 == UInt8(ascii: "#") }.count
      guard (1...heading.level).contains(level),
        line.dropFirst(level).first?.isBlankByte == true
      else { return false }
      return level < heading.level || !ChangeType.isChangeType(line.dropFirst(level).trimmed)
    case .equalsSign:
      let level = line.prefix { $0 == UInt8(ascii: "=") }.count
      let isWordPress = heading.text.ends("=")
      guard level > 0, line.dropFirst(level).first?.isBlankByte == true else { return false }
      return isWordPress ? level > heading.level : level < heading.level
    case .underlined, .star, .debian, .bare:
      return false
    }
  }
}
