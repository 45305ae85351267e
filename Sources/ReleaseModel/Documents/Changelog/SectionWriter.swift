/// Writes the lines of new sections and adds entries to those that are there.
struct SectionWriter {
  let source: ChangelogSource
  let outlines: [SectionOutline]
  let job: ChangelogJob

  /// The heading of a new section above `reference`, with its head lines.
  func headingLines(above reference: Int) throws(ChangelogRefusal) -> [[UInt8]] {
    let version = WrittenVersion(job.version)
    guard let model = headingModel(above: reference) else { throw .noVersionHeadings }
    let headings = outlines.map(\.section.heading)
    let template = HeadingTemplate(
      source: source, model: model, evidence: evidence(around: reference),
      columns: HeadingColumns(headings[reference...]), ending: ending(of: reference))
    return try template.render(
      version, previous: job.previous.map(WrittenVersion.init), date: job.date)
  }

  /// The blanks behind the titles of `reference` and the section below it, where both have them.
  private func ending(of reference: Int) -> [UInt8] {
    let endings = outlines[reference...].prefix(2).map { outline in
      let line = source.lines[outline.section.heading.title]
      return Array(line[line.trimmedEnd.endIndex...])
    }
    return endings.count == 2 && endings[0] == endings[1] ? endings[0] : []
  }

  private func headingModel(above reference: Int) -> SectionOutline? {
    HeadingModel(outlines: outlines, reference: reference).choose(for: WrittenVersion(job.version))
  }

  /// The dates of headings and head lines, the nearest sections first.
  private func evidence(around reference: Int) -> [WrittenDate] {
    let near =
      Array(outlines[reference...].prefix(400)) + outlines[..<reference].suffix(100).reversed()
    return near.flatMap { outline in
      outline.section.heading.dates
        + outline.headLines.flatMap {
          DateScanner.dates(in: HeadingTitle.withoutLinks(ArraySlice(Array(source.lines[$0]))))
        }
    }
  }

  /// A whole new section in the style of `reference`, without the blank lines behind it.
  func section(above reference: Int) throws(ChangelogRefusal) -> [[UInt8]] {
    let writer = EntryWriter(job, outlines: outlines, reference: reference, source)
    if let template = job.sectionTemplate {
      let category = writer.category?.name ?? job.category.bytes
      return EntryTemplate(job: job, text: writer.text, category: category).lines(template)
        .trimmingBlankEnd
    }
    let spacing = spacing(reference, writer)
    return try headingLines(above: reference) + blanks(spacing.belowHeading)
      + writer.categoryLines + writer.entryLines + debianSignature(like: reference)
  }

  /// The blank lines, and a rule perhaps, between a new section and the next heading.
  func tail(above reference: Int) -> [[UInt8]] {
    SectionSpacing(outlines, reference: reference, category: nil, source).tail
  }

  private func spacing(_ reference: Int, _ writer: EntryWriter) -> SectionSpacing {
    let model = writer.category.flatMap { $0.form.isInline ? nil : $0.model }
    return SectionSpacing(
      outlines, reference: reference, category: model, heading: headingModel(above: reference),
      source)
  }

  private func debianSignature(like reference: Int) -> [[UInt8]] {
    guard outlines.indices.contains(reference),
      outlines[reference].section.heading.family == .debian
    else { return [] }
    let outline = outlines[reference]
    let old = (outline.contentEnd..<max(outline.contentEnd, outline.section.body.upperBound))
      .first { source.lines[$0].begins(" -- ") }
    let style = DateStyle(fields: [
      .weekday(.short, .capitalized), .literal(", ".bytes), .day(.zero), .literal(" ".bytes),
      .monthName(.short, .capitalized), .literal(" ".bytes), .year,
    ])
    let oldName = old.map { source.lines[$0].dropFirst(4).prefix { $0 != UInt8(ascii: ">") } }
    let author = job.author.map { EntryText($0).flat } ?? oldName.map { $0 + ">".bytes } ?? []
    let line = " -- ".bytes + author + "  ".bytes + style.render(job.date) + " 00:00:00 +0000".bytes
    return blanks(old.map { source.lines.blankCount(above: $0) } ?? 1) + [line]
  }

  /// Where and how the entry goes into a section that is there.
  ///
  /// Regions without entries are passed over when `regions` leaves them out.
  func addition(
    to index: Int, regions: [SectionOutline.Region]? = nil
  ) -> (line: Int, lines: [[UInt8]]) {
    let outline = outlines[index]
    let writer = EntryWriter(job, outlines: outlines, reference: index, source)
    let available = regions ?? outline.regions
    let end = max(outline.headEnd, outline.contentEnd)
    if let category = writer.category, !category.form.isInline {
      let key = ChangeType.key(category.name[...])
      let same = available.first {
        $0.category.map { ChangeType.key($0.name[...]) } == key
      }
      if let same { return addition(to: same, writer) }
      let lines = writer.categoryLines + writer.entryLines
      guard !outline.isEmpty else {
        return (outline.headEnd, blanks(spacing(index, writer).belowHeading) + lines)
      }
      let place = available.last { !$0.entries.isEmpty }?.entries.last?.lines.upperBound ?? end
      return (place, blanks(blanksAboveCategories(outline, category)) + lines)
    }
    guard !outline.isEmpty else {
      return (
        outline.headEnd, blanks(spacing(index, writer).belowHeading) + writer.entryLines
      )
    }
    let entries = regions == nil ? outline.outermost : available.flatMap(\.entries)
    guard let last = entries.last else {
      return (end, blanks(1) + writer.entryLines)
    }
    return (last.lines.upperBound, blanks(writer.style.gap) + writer.entryLines)
  }

  private func addition(
    to region: SectionOutline.Region, _ writer: EntryWriter
  ) -> (line: Int, lines: [[UInt8]]) {
    if let last = region.entries.last {
      return (last.lines.upperBound, blanks(writer.style.gap) + writer.entryLines)
    }
    var end = region.lines.upperBound
    end -= source.lines.blankCount(above: end, downTo: region.lines.lowerBound)
    if end > region.lines.lowerBound { return (end, blanks(1) + writer.entryLines) }
    let below = writer.categoryLines.suffix { $0.isEmpty }
    return (region.lines.lowerBound, below + writer.entryLines)
  }

  /// The blank lines between an entry and the next category.
  private func blanksAboveCategories(_ outline: SectionOutline, _ choice: CategoryChoice) -> Int {
    let counts = [outline, choice.model].flatMap { outline in
      outline.categories.map(\.lines.lowerBound).filter { $0 > outline.headEnd + 1 }
        .map { source.lines.blankCount(above: $0, downTo: outline.headEnd) }
    }
    return counts.first { $0 > 0 } ?? counts.first ?? 1
  }

  private func blanks(_ count: Int) -> [[UInt8]] { Array(repeating: [], count: count) }
}

extension [[UInt8]] {
  /// Without the blank lines at the end.
  fileprivate var trimmingBlankEnd: [[UInt8]] {
    var lines = self
    while let last = lines.last, last[...].isBlank { lines.removeLast() }
    return lines
  }

  /// The longest end of lines that satisfy the condition.
  fileprivate func suffix(while condition: ([UInt8]) -> Bool) -> [[UInt8]] {
    Array(reversed().prefix(while: condition).reversed())
  }
}
