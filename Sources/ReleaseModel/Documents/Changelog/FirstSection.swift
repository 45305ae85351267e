/// What to do with a file in which no version is a heading.
struct FirstSection {
  private let source: ChangelogSource
  private let list: SectionList
  private let job: ChangelogJob

  init(_ source: ChangelogSource, _ list: SectionList, _ job: ChangelogJob) {
    self.source = source
    self.list = list
    self.job = job
  }

  /// The first section below a title or an Unreleased heading; a refusal for all else.
  func outcome() throws(ChangelogRefusal) -> ChangelogOutcome {
    if list.unreleased.count > 1 { throw .twoUnreleasedSections }
    let texts = (0..<source.lines.count).filter {
      !source.lines.isBlank($0) && !source.literal[$0] && !isComment(source.lines[$0])
    }
    guard let title = texts.first else { throw .noVersionHeadings }
    if let section = list.sections.first { return belowUnreleased(section) }
    if isPointer(texts) { throw .pointer }
    let isUnderlined =
      texts.count == 2 && texts[1] == title + 1 && source.lines[title + 1].isRule
    let isTitle = isUnderlined || HeadingMark(source.lines, title, format: source.format) != nil
    guard texts.count == 1 || isUnderlined, isTitle, source.lines[title].words.count <= 8 else {
      throw .noVersionHeadings
    }
    return appended(below: isUnderlined ? title + 1 : title)
  }

  private func isComment(_ line: ArraySlice<UInt8>) -> Bool {
    let text = line.trimmed
    return (text.begins("<!--") && text.ends("-->")) || text.begins(".. ") || text.begins("//")
  }

  /// Few lines that name an address.
  private func isPointer(_ texts: [Int]) -> Bool {
    texts.count <= 12
      && texts.contains {
        source.lines[$0].holds("://") || source.lines[$0].holds("](")
          || source.lines[$0].lowercased.holds("see ")
      }
  }

  private func appended(below title: Int) -> ChangelogOutcome {
    var edits = LineEdits()
    edits.insert([[]] + section(), before: title + 1)
    return .edited(
      ChangelogRevision(bytes: edits.applied(to: source.lines), edits: edits.edits))
  }

  /// Below an empty Unreleased heading; a filled one becomes the section.
  private func belowUnreleased(_ unreleased: Section) -> ChangelogOutcome {
    let outline = SectionOutline(unreleased, source)
    let content = UnreleasedContent(outline, source)
    var edits = LineEdits()
    if content.filled.isEmpty || job.mode == .unreleased {
      let end = max(outline.headEnd, outline.contentEnd)
      edits.insert([[]] + section(), before: end)
    } else {
      let start = source.lines.firstText(from: outline.headEnd, to: outline.contentEnd)
      let heading = heading(like: unreleased.heading.text)
      let writer = SectionWriter(source: source, outlines: [outline], job: job)
      let addition = writer.addition(to: 0, regions: content.filled)
      if job.keepUnreleased ?? true {
        edits.insert([heading, []], before: start)
      } else {
        let title = unreleased.heading.title
        edits.replace(title..<title + 1, by: [heading])
      }
      edits.insert(addition.lines, before: addition.line)
    }
    let links = LinkEditor(
      source, version: WrittenVersion(job.version),
      previous: job.previous.map { WrittenVersion($0) })
    links.raiseUnreleased(in: &edits)
    return .edited(
      ChangelogRevision(bytes: edits.applied(to: source.lines), edits: edits.edits))
  }

  /// A section in the form of Keep a Changelog.
  private func section() -> [[UInt8]] {
    let writer = EntryWriter(job, outlines: [], reference: 0, source)
    let name = job.category.bytes
    let category = name.prefix(1).map { $0.isASCIILetter ? $0 & ~0x20 : $0 } + name.dropFirst()
    let heading = heading(like: list.sections.first?.heading.text)
    let mark = source.format == .asciiDoc ? "=== " : "### "
    guard source.format == .restructuredText else {
      return [heading, [], mark.bytes + category, []] + writer.entryLines
    }
    let rules = [heading, category].map { $0[...].characterCount }
    return [heading, Array(repeating: UInt8(ascii: "-"), count: rules[0]), [], category]
      + [Array(repeating: UInt8(ascii: "~"), count: rules[1]), []] + writer.entryLines
  }

  /// `## [V] - D`, with the markup of the Unreleased heading when there is one.
  private func heading(like unreleased: ArraySlice<UInt8>?) -> [UInt8] {
    let date = job.date.description.bytes
    let version = job.version.description.bytes
    if let text = unreleased,
      let word = text.lowercased.firstRange(of: "unreleased".utf8), text.first == UInt8(ascii: "#")
    {
      let close = text[word.upperBound...].prefix { $0 == UInt8(ascii: "]") }
      return text[..<word.lowerBound] + version + close + " - ".bytes + date
    }
    switch source.format {
    case .asciiDoc: return "== [".bytes + version + "] - ".bytes + date
    case .restructuredText: return version + " - ".bytes + date
    case .markdown, .plainText: return "## [".bytes + version + "] - ".bytes + date
    }
  }
}

/// What a file with one version heading is for.
struct SingleHeading {
  private let isTitle: Bool
  private let heading: Heading
  private let isDated: Bool

  init(_ section: Section, _ source: ChangelogSource) {
    heading = section.heading
    let first = source.lines.firstText(from: 0, to: source.lines.count)
    isTitle = heading.block.contains(first) || heading.title == first
    isDated = !heading.dates.isEmpty || !HeadLine.indices(below: section, source.lines).isEmpty
  }

  /// Whether the project writes one such file for each release.
  var isFilePerRelease: Bool {
    let text = heading.text.lowercased
    return isTitle && heading.family != .bare && heading.family != .star
      && (text.holds("release notes") || text.holds("what's new") || text.holds("announc"))
  }

  /// Whether the file is written anew for each release.
  var isRewritten: Bool {
    isTitle && heading.family == .bare && !heading.signature.isEmpty && !isDated
  }
}

/// The heading of a section for what is not released yet.
enum UnreleasedHeading {
  /// The heading with the marks of one that has a version.
  static func lines(like heading: Heading, _ source: ChangelogSource) -> [[UInt8]] {
    guard let token = heading.versions.first else { return [] }
    let before = heading.text[..<token.range.lowerBound]
    let isBracketed = before.ends("[") || before.ends("[v")
    let word = isBracketed ? "[Unreleased]".bytes : "Unreleased".bytes
    switch heading.family {
    case .hash:
      return [Array(repeating: UInt8(ascii: "#"), count: heading.level) + " ".bytes + word]
    case .equalsSign:
      let marks = Array(repeating: UInt8(ascii: "="), count: heading.level)
      return [marks + " ".bytes + word + (heading.text.ends("=") ? " ".bytes + marks : [])]
    case .star: return ["* ".bytes + word]
    case .bare, .debian: return [word]
    case .underlined:
      let character = heading.underline.flatMap { source.lines[$0].first } ?? UInt8(ascii: "-")
      return [word, Array(repeating: character, count: word.count)]
    }
  }
}
