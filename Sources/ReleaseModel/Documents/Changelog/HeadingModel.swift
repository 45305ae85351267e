/// Chooses the section whose heading a new one copies.
struct HeadingModel {
  let outlines: [SectionOutline]
  /// The section that the new one is about to stand above.
  let reference: Int

  /// The section to copy: the reference, unless its heading is no model for this version.
  func choose(for version: WrittenVersion) -> SectionOutline? {
    guard outlines.indices.contains(reference) else { return nil }
    let usable = near.filter { isUsable($0) }
    guard let first = usable.first else { return nil }
    if let patch = patchModel(for: version, among: usable, instead: first) { return patch }
    return usualModel(among: usable, instead: first)
  }

  /// The reference and its neighbours, the ones below first.
  private var near: [SectionOutline] {
    Array(outlines[reference...].prefix(12))
      + outlines[..<reference].suffix(6).reversed()
  }

  private func isUsable(_ outline: SectionOutline) -> Bool {
    let heading = outline.section.heading
    return heading.versions.count == 1 && !heading.isUnreleased
  }

  /// Tools mark patch releases by another level than minor ones; then a patch is the model.
  ///
  /// A minor release below it that is marked like the reference shows that the level is not old.
  private func patchModel(
    for version: WrittenVersion, among usable: [SectionOutline], instead first: SectionOutline
  ) -> SectionOutline? {
    guard version.isPatch, let old = first.section.heading.version, !old.isPatch,
      let place = usable.firstIndex(where: { $0.section.heading.version?.isPatch == true })
    else { return nil }
    let marks = Self.marks(first.section.heading)
    let patch = usable[place]
    if Self.marks(patch.section.heading) == marks {
      return isLabelOfMinors(first, among: usable) ? patch : nil
    }
    let isOnPurpose = usable[place...].contains { other in
      other.section.heading.version?.isPatch == false && Self.marks(other.section.heading) == marks
    }
    let areLinked = [first, patch].allSatisfy { $0.section.heading.text.holds("/compare/") }
    return isOnPurpose || areLinked ? patch : nil
  }

  /// Whether the reference has words behind its version, such as `LTS`, that no patch has.
  private func isLabelOfMinors(
    _ first: SectionOutline, among usable: [SectionOutline]
  ) -> Bool {
    let label = Self.words(behind: first.section.heading)
    let patches = usable.map(\.section.heading).filter { $0.version?.isPatch == true }
    return !label.isEmpty && patches.count > 1
      && patches.allSatisfy { Self.words(behind: $0).isEmpty }
  }

  /// The words behind the version that belong to no date or link.
  private static func words(behind heading: Heading) -> [ArraySlice<UInt8>] {
    guard let token = heading.versions.first else { return [] }
    var text = HeadingTitle.withoutLinks(heading.text)
    for date in heading.dates { for index in date.range { text[index] = UInt8(ascii: " ") } }
    return text[token.range.upperBound...].split { !$0.isASCIILetter }
  }

  /// A heading that differs from all around it by words of its own, stray punctuation or an
  /// unreadable date is no model.
  private func usualModel(
    among usable: [SectionOutline], instead first: SectionOutline
  ) -> SectionOutline {
    let shape = HeadingShape(first.section.heading)
    let others = usable.dropFirst().prefix(5).map { ($0, HeadingShape($0.section.heading)) }
    let label = Self.words(behind: first.section.heading)
    let plain = others.filter { Self.words(behind: $0.0.section.heading).isEmpty }
    if !label.isEmpty, plain.count >= 3,
      !usable.dropFirst().contains(where: { Self.words(behind: $0.section.heading) == label })
    {
      return plain[0].0
    }
    let agreeing = others.filter { $0.1 == others.first?.1 }
    guard agreeing.count >= 3, agreeing.count == others.count,
      let other = others.first, shape.isSlip(of: other.1)
    else { return first }
    return other.0
  }

  /// The markup before the version.
  private static func marks(_ heading: Heading) -> [UInt8] {
    heading.versions.first.map { Array(heading.text[..<$0.range.lowerBound]) } ?? []
  }
}

/// A heading with version and date taken out.
private struct HeadingShape: Equatable {
  private var text: [UInt8] = []
  private var dateCount: Int

  init(_ heading: Heading) {
    var index = heading.text.startIndex
    let ranges = (heading.versions.map(\.range) + heading.dates.map(\.range))
      .sorted { $0.lowerBound < $1.lowerBound }
    let linked = HeadingTitle.withoutLinks(
      YankedMark.removed(from: heading.text, behind: heading.versions.first?.range.upperBound ?? 0))
    for range in ranges where range.lowerBound >= index && range.upperBound <= linked.endIndex {
      text += linked[index..<range.lowerBound]
      text.append(0x02)
      index = range.upperBound
    }
    text += linked[index...].filter { $0 != 0x01 }
    dateCount = heading.dates.count
  }

  /// Whether the difference from another heading looks like a slip of the pen.
  func isSlip(of other: HeadingShape) -> Bool {
    if self == other { return false }
    if dateCount < other.dateCount {
      return text.contains(where: \.isASCIIDigit)
    }
    let isNoise: (UInt8) -> Bool = { "-–:., \t".utf8.contains($0) }
    return dateCount == other.dateCount
      && text.filter { !isNoise($0) } == other.text.filter { !isNoise($0) }
  }
}
