/// The category of a new entry: its name, how it is written and where that was seen.
struct CategoryChoice: Sendable, Equatable {
  var name: [UInt8]
  var form: CategoryForm
  /// The section that the form was copied from.
  var model: SectionOutline
}

/// Chooses the category of an entry from those that the file has.
struct CategoryChooser {
  private let occurrences: [Occurrence]
  private let window: [SectionOutline]
  private let job: ChangelogJob

  /// A category and how many sections away it is.
  private struct Occurrence {
    var category: Category
    var model: SectionOutline
    var isNear: Bool
    var key: String { ChangeType.key(category.name[...]) }
  }

  /// Looks at the reference section, then those below it, then those above.
  init(_ outlines: [SectionOutline], reference: Int, job: ChangelogJob, source: ChangelogSource) {
    self.job = job
    let start = min(max(reference, 0), outlines.count)
    let below = outlines[start...]
    window = below.prefix(6).filter { !$0.isEmpty }
    var occurrences: [Occurrence] = []
    let isDebian = outlines.first?.section.heading.family == .debian
    for (distance, outline) in (Array(below) + outlines[..<start].reversed()).enumerated() {
      let isNear = distance < 6 && distance < below.count
      for category in outline.allCategories(source) where category.isUsable && !isDebian {
        occurrences.append(Occurrence(category: category, model: outline, isNear: isNear))
      }
    }
    self.occurrences = Self.established(occurrences)
  }

  /// Without phrases that only end like a category: those that are no usual name and stand once.
  private static func established(_ occurrences: [Occurrence]) -> [Occurrence] {
    var counts: [String: Int] = [:]
    for occurrence in occurrences { counts[occurrence.key, default: 0] += 1 }
    return occurrences.filter { occurrence in
      let form = occurrence.category.form
      let isPhrase =
        form.isBullet || form.prefix == "** ".bytes
        || (form.suffix.last == UInt8(ascii: ":") && form.prefix.allBlank)
      guard isPhrase else { return true }
      return ChangeType.isUsualName(occurrence.category.name[...])
        || (counts[occurrence.key] ?? 0) > 1
    }
  }

  /// The category; nil when the file, or this part of it, has none.
  func choose() -> CategoryChoice? {
    if let component { return component }
    guard usesCategories, let name else { return nil }
    let key = ChangeType.key(name[...])
    let near = occurrences.filter(\.isNear)
    let model =
      near.first { $0.key == key } ?? near.first { $0.category.isChangeType } ?? near.first
      ?? occurrences.first { $0.key == key } ?? occurrences.first
    guard let model else { return nil }
    return CategoryChoice(name: name, form: model.category.form, model: model.model)
  }

  private var component: CategoryChoice? {
    guard let component = job.component else { return nil }
    let key = ChangeType.key(ArraySlice(component.bytes))
    return occurrences.first { $0.key == key && $0.isNear }
      .map { CategoryChoice(name: $0.category.name, form: $0.category.form, model: $0.model) }
  }

  private var usesCategories: Bool {
    let having = window.map { outline in
      occurrences.contains {
        $0.isNear && $0.model.section.body == outline.section.body && $0.category.isChangeType
      }
    }
    let further = having.dropFirst()
    return having.prefix(2).contains(true)
      || (!further.isEmpty && further.filter(\.self).count * 2 >= further.count)
      || occurrences.contains { $0.isNear && ChangeType.isSecurity($0.category.name[...]) }
  }

  /// The name as the file spells it.
  private var name: [UInt8]? {
    let wanted = ChangeType.key(ArraySlice(job.category.bytes))
    let exact = job.category.bytes.map(\.lowercasedASCII)
    let same =
      occurrences.first { $0.category.name.map(\.lowercasedASCII) == exact }
      ?? occurrences.first { $0.key == wanted }
    if let same { return same.category.name }
    let isSecurity = ChangeType.isSecurity(ArraySlice(job.category.bytes))
    if isSecurity,
      let same = occurrences.first(where: { ChangeType.isSecurity($0.category.name[...]) })
    {
      return same.category.name
    }
    let keys = Set(occurrences.map(\.key))
    if keys.intersection(ChangeType.keepAChangelog).count >= 2 { return capitalized }
    let fixes = occurrences.filter { ChangeType.isBugFix($0.category.name[...]) }
    let patches = occurrences.filter { $0.key == "patch changes" }
    let changes = occurrences.filter { $0.key == "changes" }
    if let usual = fixes.first ?? patches.first ?? changes.first { return usual.category.name }
    return keys.isSubset(of: ChangeType.keepAChangelog) && !keys.isEmpty ? capitalized : nil
  }

  /// The name that the job gives, in the case that the file's categories have.
  private var capitalized: [UInt8] {
    let name = job.category.bytes
    let isUpper = occurrences.filter(\.isNear).allSatisfy { occurrence in
      occurrence.category.name.contains(where: \.isASCIILetter)
        && occurrence.category.name.allSatisfy {
          $0.lowercasedASCII == $0 ? !$0.isASCIILetter : true
        }
    }
    if isUpper, occurrences.contains(where: \.isNear) {
      return name.map { $0.isASCIILetter ? $0 & ~0x20 : $0 }
    }
    return name.prefix(1).map { $0.isASCIILetter ? $0 & ~0x20 : $0 } + name.dropFirst()
  }
}

extension [UInt8] {
  /// Whether there is nothing but spaces and tabs.
  fileprivate var allBlank: Bool { allSatisfy(\.isBlankByte) }
}

extension Category {
  /// Whether the name can be one of a category at all.
  fileprivate var isUsable: Bool { !ChangeType.key(name[...]).isEmpty }
}

extension SectionOutline {
  /// The categories with lines of their own, else those at the start of most entries, else those of
  /// entries about security.
  func allCategories(_ source: ChangelogSource) -> [Category] {
    let own = categories
    if own.contains(where: \.isChangeType) { return own }
    let inline = entries.compactMap { entry -> Category? in
      let text = source.lines[entry.lines.lowerBound].dropFirst(entry.bullet.prefix.count)
      return InlineCategory(text).map {
        Category(
          name: $0.name, form: $0.form,
          lines: entry.lines.lowerBound..<entry.lines.lowerBound + 1)
      }
    }
    if inline.count * 2 >= entries.count, !inline.isEmpty { return inline }
    let security = inline.filter { ChangeType.isSecurity($0.name[...]) }
    return security.isEmpty ? own : security
  }
}
