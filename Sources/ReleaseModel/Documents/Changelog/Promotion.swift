/// Turns the section of unreleased changes into that of the release.
struct Promotion {
  let source: ChangelogSource
  let writer: SectionWriter
  let job: ChangelogJob
  /// The section of unreleased changes.
  let index: Int
  let content: UnreleasedContent

  /// The edits; the new heading is like that of the section `reference`.
  func edits(reference: Int) throws(ChangelogRefusal) -> LineEdits {
    let heading = try writer.headingLines(above: reference)
    let outline = content.outline
    let model = writer.outlines[reference].section.heading
    let links = LinkEditor(
      source, version: WrittenVersion(job.version),
      previous: job.previous.map { WrittenVersion($0) })
    var edits = LineEdits()
    if job.keepUnreleased ?? true {
      keepHeading(heading, reference, &edits)
      if LinkEditor.isLinked(model) { links.addDefinition(to: &edits) }
      links.raiseUnreleased(in: &edits)
      let title = outline.section.heading.title
      if let raised = LinkEditor.raised(source.lines[title], to: WrittenVersion(job.version)) {
        edits.replace(title..<title + 1, by: [raised])
      }
      let addition = writer.addition(to: index, regions: content.filled)
      edits.insert(addition.lines, before: addition.line)
    } else {
      edits.replace(outline.section.heading.block.lowerBound..<outline.headEnd, by: heading)
      if LinkEditor.isLinked(model) { links.renameUnreleased(in: &edits) }
      let addition = writer.addition(to: index)
      edits.insert(addition.lines, before: addition.line)
    }
    return edits
  }

  /// The heading goes above the first entry; a skeleton of categories stays above it.
  private func keepHeading(_ heading: [[UInt8]], _ reference: Int, _ edits: inout LineEdits) {
    let outline = content.outline
    let spacing = SectionSpacing(
      writer.outlines, reference: reference, category: nil, source)
    let below: [[UInt8]] = Array(repeating: [], count: spacing.belowHeading)
    guard content.hasSkeleton, let first = content.filled.first, let category = first.category
    else {
      let start = source.lines.firstText(from: outline.headEnd, to: outline.contentEnd)
      let missing = max(0, spacing.tail.count - (start - outline.headEnd))
      let gap: [[UInt8]] = Array(spacing.tail.suffix(missing))
      edits.insert(gap + heading + below, before: start)
      return
    }
    var start = first.lines.lowerBound
    let blanks = source.lines.blankCount(from: start, to: first.lines.upperBound)
    start += blanks
    var moved: [[UInt8]] = []
    for empty in content.emptyCategories where empty.lines.lowerBound > start {
      let region = outline.regions.first { $0.category == empty }
      let end = region?.lines.upperBound ?? empty.lines.upperBound
      moved += (empty.lines.lowerBound..<end).map { Array(source.lines[$0]) }
      edits.replace(empty.lines.lowerBound..<end, by: [])
    }
    let name = category.lines.map { Array(source.lines[$0].trimmedEnd) }
    let gap: [[UInt8]] = Array(repeating: [], count: blanks)
    edits.insert(moved + heading + below + name + gap, before: start)
  }
}
