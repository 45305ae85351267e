/// The blank lines around the parts of a section.
struct SectionSpacing: Sendable, Equatable {
  /// Below the heading and its head lines.
  var belowHeading = 1
  /// Between the last line of a section and the next heading, a rule included.
  var tail: [[UInt8]] = [[]]

  /// The spacing that the sections from `reference` on have.
  ///
  /// `category` is the section whose categories are copied, when an entry gets one; `heading` the
  /// one whose heading is.
  init(
    _ outlines: [SectionOutline], reference: Int, category: SectionOutline?,
    heading: SectionOutline? = nil, _ source: ChangelogSource
  ) {
    let below = outlines.indices.contains(reference) ? outlines[reference...] : []
    let filled = below.prefix(12).filter { !$0.isEmpty }
    if let first = heading.flatMap({ $0.isEmpty ? nil : $0 }) ?? filled.first {
      var model = first
      if let category, first.allCategories(source).isEmpty { model = category }
      belowHeading = source.lines.blankCount(from: model.headEnd, to: model.contentEnd)
    }
    tail = Self.tail(Array(below), above: outlines[..<min(reference, outlines.count)], source)
  }

  /// The most frequent end of the next six sections; a rule only from the reference itself.
  private static func tail(
    _ below: [SectionOutline], above: ArraySlice<SectionOutline>, _ source: ChangelogSource
  ) -> [[UInt8]] {
    if let first = below.first, first.section.hasNext,
      let ruled = ruledTail(first.section, source)
    {
      return ruled
    }
    var followed = below.filter(\.section.hasNext).prefix(6)
    if followed.isEmpty { followed = above.reversed().filter(\.section.hasNext).prefix(6) }
    let gaps = followed.map {
      source.lines.blankCount(above: $0.section.body.upperBound, downTo: $0.section.body.lowerBound)
    }
    return Array(repeating: [], count: mostFrequent(gaps) ?? 1)
  }

  /// The end of a section that a rule closes.
  private static func ruledTail(_ section: Section, _ source: ChangelogSource) -> [[UInt8]]? {
    let lines = source.lines
    let end = section.body.upperBound
    let blanksBelow = lines.blankCount(above: end, downTo: section.body.lowerBound)
    let rule = end - blanksBelow - 1
    guard rule > section.body.lowerBound, lines[rule].isRule, lines.isBlank(rule - 1) else {
      return nil
    }
    let blanksAbove = lines.blankCount(above: rule, downTo: section.body.lowerBound)
    let blank: [UInt8] = []
    return Array(repeating: blank, count: blanksAbove) + [Array(lines[rule].trimmedEnd)]
      + Array(repeating: blank, count: blanksBelow)
  }
}
