/// Writes the heading of a new section after the model of one that is there.
struct HeadingTemplate {
  let source: ChangelogSource
  /// The section whose heading is copied.
  let model: SectionOutline
  /// Dates of the file that settle how days and months are written.
  let evidence: [WrittenDate]
  /// Places of the version and the date in the headings of the file.
  let columns: HeadingColumns
  /// The blanks behind the title, where the file's headings have the same.
  var ending: [UInt8] = []

  /// The lines of the heading and the head lines below it.
  func render(
    _ version: WrittenVersion, previous: WrittenVersion?, date: CalendarDate
  ) throws(ChangelogRefusal) -> [[UInt8]] {
    let heading = model.section.heading
    guard let token = heading.versions.first else { throw .noVersionHeadings }
    let rewriter = VersionRewriter(
      old: token.version, new: version,
      previous: previous.flatMap { $0 == token.version ? nil : $0 } ?? token.version)
    let title = try title(heading, token, rewriter, date)
    var result: [[UInt8]] = []
    for index in heading.block {
      let line = source.lines[index].trimmedEnd
      switch index {
      case heading.title: result.append(title + ending)
      case heading.underline, heading.overline:
        result.append(rule(like: line, old: heading.text, new: title[...]))
      default: result.append(rewriter.rewrite(line))
      }
    }
    for index in heading.block.upperBound..<model.headEnd {
      let line = source.lines[index].trimmedEnd
      let dates = DateScanner.dates(in: HeadingTitle.withoutLinks(ArraySlice(Array(line))))
      let base = HeadLine.base(in: line, of: heading)
      result.append(
        try rewrite(
          ArraySlice(Array(line)), base == nil ? dates : [], rewriter, date,
          bases: [base].compactMap(\.self)))
    }
    return result
  }

  /// A line of the same character, as long as the title if it was before.
  private func rule(
    like line: ArraySlice<UInt8>, old: ArraySlice<UInt8>, new: ArraySlice<UInt8>
  ) -> [UInt8] {
    guard let character = line.first, line.count == old.characterCount else { return Array(line) }
    return Array(repeating: character, count: new.characterCount)
  }

  private func title(
    _ heading: Heading, _ token: VersionToken, _ rewriter: VersionRewriter, _ date: CalendarDate
  ) throws(ChangelogRefusal) -> [UInt8] {
    let marked = YankedMark.removed(from: heading.text, behind: token.range.upperBound)
    let linked = ForeignLink.removed(from: marked, behind: token.range.upperBound, rewriter)
    let text = CommitMark.removed(from: linked, behind: token.range.upperBound)
    let dates = DateScanner.dates(in: HeadingTitle.withoutLinks(text))
      .filter { !$0.range.overlaps(token.range) }
    if dates.isEmpty, holdsYear(text, besides: token.range) { throw .unknownDateFormat }
    let bases = heading.bases.filter { $0.range.upperBound <= text.endIndex }
    let title = try rewrite(text, dates, rewriter, date, bases: bases.map(\.range))
    guard let first = dates.first, first.range.lowerBound > token.range.upperBound else {
      return title
    }
    let head = rewriter.rewrite(text[..<first.range.lowerBound])
    return columns.aligned(title, like: text, oldStart: first.range.lowerBound, start: head.count)
  }

  /// The line with version and dates replaced, and the versions it counts from.
  private func rewrite(
    _ line: ArraySlice<UInt8>, _ dates: [WrittenDate], _ rewriter: VersionRewriter,
    _ date: CalendarDate, bases: [Range<Int>] = []
  ) throws(ChangelogRefusal) -> [UInt8] {
    var replacements = bases.map { (range: $0, text: rewriter.previous.text) }
    for written in dates {
      guard !written.hasTime, let style = written.style.settled(by: evidence) else {
        throw .unknownDateFormat
      }
      replacements.append((written.range, style.render(date)))
    }
    var result: [UInt8] = []
    var index = line.startIndex
    for (range, text) in replacements.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
    where range.lowerBound >= index {
      result += rewriter.rewrite(line[index..<range.lowerBound]) + text
      index = range.upperBound
    }
    return result + rewriter.rewrite(line[index...])
  }

  /// Whether a number that looks like a year stands outside of links and of the version.
  private func holdsYear(_ text: ArraySlice<UInt8>, besides version: Range<Int>) -> Bool {
    HeadingTitle.withoutLinks(text).indices.split { !text[$0].isASCIIDigit }.contains { run in
      guard run.count == 4, let first = run.first, !version.contains(first) else { return false }
      let century = text[first...].prefix(2)
      return century.isText("19") || century.isText("20")
    }
  }
}

/// The note that a release was withdrawn.
enum YankedMark {
  /// The title without the mark, which stands behind the version.
  static func removed(from text: ArraySlice<UInt8>, behind start: Int) -> ArraySlice<UInt8> {
    let lower = text.lowercased
    guard let word = lower[start...].firstRange(of: "yanked".utf8) else { return text }
    var range = word
    while range.lowerBound > start, "[(*_ \t:-".utf8.contains(text[range.lowerBound - 1]) {
      range = (range.lowerBound - 1)..<range.upperBound
    }
    while range.upperBound < text.endIndex, "])*_".utf8.contains(text[range.upperBound]) {
      range = range.lowerBound..<(range.upperBound + 1)
    }
    return ArraySlice(Array(text[..<range.lowerBound]) + Array(text[range.upperBound...]))
  }
}

/// A link behind the version that leads to a page of that release alone, whose address does not tell how
/// that of another would be.
enum ForeignLink {
  /// The title without such a link.
  static func removed(
    from text: ArraySlice<UInt8>, behind start: Int, _ rewriter: VersionRewriter
  ) -> ArraySlice<UInt8> {
    guard start < text.endIndex,
      let middle = text[start...].firstRange(of: "](".utf8),
      let open = text[start..<middle.lowerBound].lastIndex(of: UInt8(ascii: "[")),
      let close = text[middle.upperBound...].firstIndex(of: UInt8(ascii: ")"))
    else { return text }
    let link = text[open...close]
    let label = text[open..<middle.lowerBound]
    guard rewriter.rewrite(link) == Array(link), DateScanner.dates(in: label).isEmpty else {
      return text
    }
    let before = text[..<open].trimmedEnd
    return ArraySlice(Array(before) + Array(text[(close + 1)...]))
  }
}

/// The id of a release's commit, which the next release does not share.
enum CommitMark {
  /// The title without an id at its end, and without what joins it.
  static func removed(from text: ArraySlice<UInt8>, behind start: Int) -> ArraySlice<UInt8> {
    var rest = text.trimmedEnd
    let close = rest.last.flatMap { ")]".utf8.contains($0) ? $0 : nil }
    if close != nil { rest = rest.dropLast() }
    let id = rest.reversed().prefix {
      $0.isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
    }
    guard id.count == 40, rest.endIndex - 40 > start else { return text }
    var head = rest.dropLast(40)
    if close != nil {
      guard let open = head.last, "([".utf8.contains(open) else { return text }
      head = head.dropLast()
    }
    while let last = head.last, ", \t@".utf8.contains(last), head.endIndex > start {
      head = head.dropLast()
    }
    return head
  }
}

/// Where the dates of the headings stand, for files that align them.
struct HeadingColumns: Sendable, Equatable {
  /// Whether all dates start in one column while they end in several.
  private let alignsStarts: Bool

  init(_ headings: some Sequence<Heading>) {
    var starts: Set<Int> = []
    var ends: Set<Int> = []
    for heading in headings.prefix(20) {
      guard let date = heading.dates.first else { continue }
      starts.insert(heading.text[..<date.range.lowerBound].characterCount)
      ends.insert(heading.text.characterCount)
    }
    alignsStarts = starts.count == 1 && ends.count > 1
  }

  /// The title with the gap before its date made wider or narrower, when it is a column of its own.
  ///
  /// The date starts at `oldStart` in the old title and at `start` in the new one.
  func aligned(
    _ title: [UInt8], like old: ArraySlice<UInt8>, oldStart: Int, start: Int
  ) -> [UInt8] {
    let text = title[...]
    let head = text[..<start]
    let blanks = head.reversed().prefix { $0 == UInt8(ascii: " ") }.count
    guard blanks >= 2 else { return title }
    let wanted =
      alignsStarts
      ? old[..<oldStart].characterCount - head.characterCount
      : old.characterCount - text.characterCount
    let gap = Array(repeating: UInt8(ascii: " "), count: max(1, blanks + wanted))
    return head.dropLast(blanks) + gap + text[start...]
  }
}
