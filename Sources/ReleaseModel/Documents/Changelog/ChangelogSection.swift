/// A section of a changelog, as it is read.
public struct ChangelogSection: Sendable, Equatable {
  /// One entry without its bullet and line breaks.
  public struct Entry: Sendable, Equatable {
    /// The category that it stands below or starts with, as the file spells it.
    public let category: String?
    /// Its text; nested entries and further paragraphs follow on the same line.
    public let text: String
  }

  /// The versions that its heading names; one as a rule, none for Unreleased.
  public let versions: [Version]
  /// The day of the release, when the heading or the line below it has a full date.
  public let date: CalendarDate?
  /// The title line, decoded with repair.
  public let heading: String
  /// The lines of the heading, counted from 0.
  public let headingLines: Range<Int>
  /// The lines below the heading, down to the next section or the foot of the file.
  public let bodyLines: Range<Int>
  /// The bytes of the body lines, with their endings.
  public let body: [UInt8]
  /// The entries of its lists, in order; empty for prose.
  public let entries: [Entry]

  init(_ outline: SectionOutline, _ source: ChangelogSource) {
    let section = outline.section
    versions = section.heading.versions.map(\.version.version)
    let headDates = outline.headLines.flatMap {
      DateScanner.dates(in: ArraySlice(Array(source.lines[$0])))
    }
    date = (section.heading.dates + headDates).compactMap(\.calendarDate).first
    heading = String(decoding: section.heading.text, as: UTF8.self)
    headingLines = section.heading.block
    bodyLines = section.body
    body = Array(source.lines[section.body])
    entries = Self.entries(outline, source)
  }

  private static func entries(_ outline: SectionOutline, _ source: ChangelogSource) -> [Entry] {
    outline.regions.flatMap { region in
      region.entries.map { entry in
        var words: [ArraySlice<UInt8>] = []
        for line in entry.lines {
          let text = source.lines[line]
          let isFirst = line == entry.lines.lowerBound
          words += text.dropFirst(isFirst ? entry.bullet.prefix.count : 0).words
        }
        let text = ArraySlice(words.joined(separator: [UInt8(ascii: " ")]))
        let inline = region.category == nil ? InlineCategory(text) : nil
        let start = inline.map { $0.form.prefix.count + $0.name.count + $0.form.suffix.count } ?? 0
        let name = inline?.name ?? region.category?.name
        return Entry(
          category: name.map { String(decoding: $0, as: UTF8.self) },
          text: String(decoding: text.dropFirst(start), as: UTF8.self))
      }
    }
  }
}

extension Changelog {
  /// The versions that headings name, from top to bottom.
  ///
  /// `known` are versions that the project has; they tell headings from other lines.
  /// - Returns: All that are named, several of one heading one after the other.
  public func versions(known: [Version] = []) -> [Version] {
    source.sections(near: known.map(WrittenVersion.init)).sections
      .flatMap { $0.heading.versions.map(\.version.version) }
  }

  /// The section of a version; nil when there is none, the first when there are several.
  public func section(of version: Version) -> ChangelogSection? {
    let written = WrittenVersion(version)
    let list = source.sections(near: [written])
    return list.index(of: written).map {
      ChangelogSection(SectionOutline(list.sections[$0], source), source)
    }
  }

  /// The section of what is not released yet; nil when there is none.
  ///
  /// `known` is a version that the project has; it tells headings from other lines.
  /// - Returns: The first such section.
  public func unreleasedSection(known: Version? = nil) -> ChangelogSection? {
    let list = source.sections(near: known.map { [WrittenVersion($0)] } ?? [])
    return list.unreleased.first.map {
      ChangelogSection(SectionOutline(list.sections[$0], source), source)
    }
  }
}
