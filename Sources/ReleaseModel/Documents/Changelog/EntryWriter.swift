/// Writes an entry in the style of the sections around it.
struct EntryWriter {
  let job: ChangelogJob
  let text: EntryText
  /// The category; nil when entries have none.
  let category: CategoryChoice?
  let style: EntryStyle
  private let author: AuthorStyle?
  private let wrapping: TextWrapping
  private let isRestructured: Bool
  private let source: ChangelogSource

  /// Learns from the section `reference` and those around it.
  init(
    _ job: ChangelogJob, outlines: [SectionOutline], reference: Int, _ source: ChangelogSource
  ) {
    self.job = job
    self.source = source
    text = EntryText(job.text)
    let hasOwnCategory = job.entryTemplate?.contains("\n") ?? false
    category =
      hasOwnCategory
      ? nil
      : CategoryChooser(outlines, reference: reference, job: job, source: source).choose()
    let start = min(max(reference, 0), outlines.count)
    let near = Array(outlines[start...].prefix(8)) + outlines[..<start].suffix(8).reversed()
    let models = (category.map { $0.form.isInline ? [] : [$0.model] } ?? []) + near
    style = EntryStyle(models, preferred: category.map { ChangeType.key($0.name[...]) }, source)
    author = job.author == nil ? nil : AuthorStyle(near, source)
    wrapping = TextWrapping(source)
    isRestructured = QuotingStyle.isRestructured(source)
  }

  /// The lines of the category heading and the blank lines below it; empty without one.
  var categoryLines: [[UInt8]] {
    guard let category, !category.form.isInline else { return [] }
    let form = category.form
    let name = form.prefix + category.name + form.suffix
    var lines = [name]
    if let underline = form.underline {
      let model = category.model.categories.first { $0.form == form }
      let oldCount = model.map { source.lines[$0.lines.upperBound - 1].trimmedEnd.count }
      let count = form.isFitted ? name[...].characterCount : oldCount ?? name[...].characterCount
      let rule = Array(repeating: underline, count: count)
      lines = form.hasOverline ? [rule, name, rule] : [name, rule]
    }
    return lines + Array(repeating: [], count: blanksBelowCategory(category))
  }

  private func blanksBelowCategory(_ category: CategoryChoice) -> Int {
    let regions = category.model.regions.filter { $0.category?.form == category.form }
    let same = regions.first {
      $0.category.map { ChangeType.key($0.name[...]) } == ChangeType.key(category.name[...])
    }
    guard let region = same ?? regions.first else { return 1 }
    return source.lines.blankCount(from: region.lines.lowerBound, to: region.lines.upperBound)
  }

  /// The lines of the entry.
  var entryLines: [[UInt8]] {
    let name = category.map { ArraySlice($0.name) } ?? ArraySlice(job.category.bytes)
    if let template = job.entryTemplate {
      return EntryTemplate(job: job, text: text, category: Array(name)).lines(template)
        .flatMap { wrapTemplated($0) }
    }
    var words = isRestructured ? text.restructured : text.flat
    if let category, category.form.isInline {
      words = category.form.prefix + category.name + category.form.suffix + words
    }
    let person = AuthorName.name(of: job.author)
    let signature = author.map { $0.open + person + $0.close } ?? []
    let lines = wrapping.wrap(words[...], prefix: style.start.prefix)
    guard let author, !person.isEmpty else { return lines }
    guard let blanks = author.blanksAbove else {
      return wrapping.adding(
        signature, gap: author.gap, to: lines, prefix: style.start.prefix)
    }
    let indentation = Array(
      repeating: UInt8(ascii: " "), count: style.start.prefix[...].characterCount)
    return lines + Array(repeating: [], count: blanks) + [indentation + signature]
  }

  private func wrapTemplated(_ line: [UInt8]) -> [[UInt8]] {
    if let bullet = Bullet(line[...]) {
      return wrapping.wrap(line[bullet.prefix.count...], prefix: bullet.prefix)
    }
    return wrapping.wrap(line[...].trimmedStart, prefix: Array(line[...].indentation))
  }
}

/// How literals are quoted.
enum QuotingStyle {
  /// Whether two backticks quote: always in reStructuredText, in other plain files when most do.
  static func isRestructured(_ source: ChangelogSource) -> Bool {
    switch source.format {
    case .restructuredText: return true
    case .markdown, .asciiDoc: return false
    case .plainText: break
    }
    var doubled = 0
    var single = 0
    let tick = UInt8(ascii: "`")
    for index in 0..<min(600, source.lines.count) {
      let line = source.lines[index]
      for run in line.split(whereSeparator: { $0 != tick }) {
        let isRole = line[..<run.startIndex].last == UInt8(ascii: ":")
        let isLink = line[run.endIndex...].first == UInt8(ascii: "_")
        doubled += run.count == 2 ? 1 : 0
        single += run.count == 1 && !isRole ? (isLink ? -1 : 1) : 0
      }
    }
    return doubled >= 6 && doubled > single
  }
}
