extension Changelog {
  /// What became of lines that were to be carried into a changelog.
  public enum Carried: Sendable, Equatable {
    /// The file with the lines in its newest section.
    case placed([UInt8])
    /// The newest section is that of a release that is out: the lines belong nowhere in the file.
    case released
    /// Where they belong is not known.
    case unplaceable
  }

  /// Puts lines that another version of the file has into this one's newest section.
  ///
  /// `added` are ranges of the other file's lines, counted from 0, in rising order. Each goes to where
  /// it stands there: above the first section, or in the same category of a section, at its top
  /// or its end, with this file's own spacing and line endings. What stands in an older section
  /// there goes to the section of the same version. The newest section takes nothing more when
  /// it is that of `released` or an older version.
  public func carrying(
    _ added: [Range<Int>], of other: Changelog, released: Version? = nil
  ) -> Carried {
    var carrier = ChangelogCarrier(source, other.source, released: released)
    for range in added {
      if let objection = carrier.carry(range) { return objection }
    }
    return .placed(carrier.bytes)
  }

  /// The file with the sections that a change edits, where this file has the very sections it starts
  /// from.
  ///
  /// - Returns: nil when the change adds or removes sections, edits anything else, or starts from
  ///   sections that this file does not have.
  public func applyingSections(from old: Changelog, to new: Changelog) -> [UInt8]? {
    let (before, after) = (old.source.sections(near: []), new.source.sections(near: []))
    let own = source.sections(near: [])
    guard before.sections.count == after.sections.count, !before.sections.isEmpty,
      old.source.rest(of: before) == new.source.rest(of: after)
    else { return nil }
    var replacements: [Int: ArraySlice<UInt8>] = [:]
    for (earlier, later) in zip(before.sections, after.sections) {
      let (from, to) = (old.source.lines[earlier.lines], new.source.lines[later.lines])
      if from == to { continue }
      guard let version = earlier.heading.versions.first?.version,
        later.heading.versions.first?.version == version, let index = own.index(of: version),
        source.lines[own.sections[index].lines] == from
      else { return nil }
      replacements[index] = to
    }
    var result = Array(source.lines.mark)
    var end = 0
    for (index, section) in own.sections.enumerated() {
      result += source.lines[end..<section.lines.lowerBound]
      result += replacements[index] ?? source.lines[section.lines]
      end = section.lines.upperBound
    }
    return result + source.lines[end..<source.lines.count]
  }

  /// Whether lines, counted from 0, stand above the first section or in it.
  ///
  /// The section of `released`, or of an older version, is not counted. True for a file without
  /// sections.
  public func isNewest(_ lines: Range<Int>, after released: Version? = nil) -> Bool {
    let known = released.map { [WrittenVersion($0)] } ?? []
    guard let first = source.sections(near: known).sections.first else { return true }
    if lines.upperBound <= first.heading.block.lowerBound { return true }
    if first.isReleased(by: released) { return false }
    return lines.upperBound <= first.lines.upperBound
  }
}

extension ChangelogSource {
  /// Everything above the first section and below the last.
  fileprivate func rest(of list: SectionList) -> [ArraySlice<UInt8>] {
    guard let first = list.sections.first, let last = list.sections.last else { return [] }
    return [lines[0..<first.lines.lowerBound], lines[last.lines.upperBound..<lines.count]]
  }
}

extension Section {
  /// Whether the section is that of a version that is out.
  fileprivate func isReleased(by released: Version?) -> Bool {
    guard let released, let version = heading.versions.map(\.version.version).max() else {
      return false
    }
    return version <= released
  }
}

/// Places blocks of lines of one changelog in another.
private struct ChangelogCarrier {
  private let ours: ChangelogSource
  private let theirs: ChangelogSource
  private let released: Version?
  private let ourSections: SectionList
  private let theirSections: SectionList
  /// What is put in front of a line, by its number; blocks of one place keep their order.
  private var insertions: [Int: [UInt8]] = [:]

  init(_ ours: ChangelogSource, _ theirs: ChangelogSource, released: Version?) {
    self.ours = ours
    self.theirs = theirs
    self.released = released
    let known = released.map { [WrittenVersion($0)] } ?? []
    ourSections = ours.sections(near: known)
    theirSections = theirs.sections(near: known)
  }

  /// The whole file with what was carried.
  var bytes: [UInt8] {
    var result = Array(ours.lines.mark)
    for index in 0..<ours.lines.count {
      result += insertions[index] ?? []
      result += ours.lines[index..<index + 1]
    }
    if let last = insertions[ours.lines.count] {
      if let line = ours.lines.lines.last, line.ending == .none {
        result += ours.lines.majorityEnding.bytes
      }
      result += last
    }
    return result
  }

  /// Places one range of their lines; the outcome when it cannot be.
  mutating func carry(_ range: Range<Int>) -> Changelog.Carried? {
    let lines = theirs.lines
    let start = lines.firstText(from: range.lowerBound, to: range.upperBound)
    let end = range.upperBound - lines.blankCount(above: range.upperBound, downTo: start)
    guard start < end else { return nil }
    guard let first = theirSections.sections.first, !ourSections.sections.isEmpty else {
      return .unplaceable
    }
    if start < first.heading.block.lowerBound {
      return end <= first.heading.block.lowerBound ? carryAbove(start..<end) : .unplaceable
    }
    if theirSections.sections.contains(where: { $0.lines.lowerBound == start }) {
      return carrySections(start..<end)
    }
    let index = theirSections.sections.firstIndex { $0.lines.contains(start) }
    guard let index, start >= theirSections.sections[index].heading.block.upperBound,
      end <= theirSections.sections[index].lines.upperBound
    else { return .unplaceable }
    let section = theirSections.sections[index]
    let same = section.heading.versions.first.flatMap { ourSections.index(of: $0.version) }
    guard let target = same ?? (index == 0 ? 0 : nil) else { return .unplaceable }
    return carry(
      start..<end, of: SectionOutline(section, theirs), to: ourSections.sections[target])
  }

  /// Places whole sections, each above the one that follows it there.
  ///
  /// A section whose follower is not here belongs to another line and is left out.
  private mutating func carrySections(_ block: Range<Int>) -> Changelog.Carried? {
    var isPlaced = false
    for (index, section) in theirSections.sections.enumerated()
    where block.contains(section.lines.lowerBound) {
      let follower = theirSections.sections[(index + 1)...].first {
        !block.contains($0.lines.lowerBound)
      }
      guard let version = follower?.heading.versions.first?.version,
        let place = ourSections.index(of: version)
      else { continue }
      if section.isReleased(by: released) { return .released }
      let end = min(section.lines.upperBound, block.upperBound)
      let text = section.lines.lowerBound..<end - theirs.lines.blankCount(above: end)
      let gap = max(1, theirs.lines.blankCount(from: text.upperBound, to: theirs.lines.count))
      insert(text, at: ourSections.sections[place].lines.lowerBound, before: 0, after: gap)
      isPlaced = true
    }
    return isPlaced ? nil : .unplaceable
  }

  /// Places a block that stands above the first section, as Rails keeps what is not released.
  private mutating func carryAbove(_ block: Range<Int>) -> Changelog.Carried? {
    let top = theirs.lines.firstText(from: 0, to: block.lowerBound)
    let limit = ourSections.sections[0].heading.block.lowerBound
    let gap = max(1, theirs.lines.blankCount(from: block.upperBound, to: theirs.lines.count))
    if top == block.lowerBound {
      insert(block, at: ours.lines.firstText(from: 0, to: limit), before: 0, after: gap)
      return nil
    }
    let above = theirs.lines.blankCount(above: block.lowerBound)
    let anchor = theirs.lines[block.lowerBound - above - 1]
    guard let place = (0..<limit).first(where: { ours.lines[$0] == anchor }) else {
      return .unplaceable
    }
    insert(
      block, at: ours.lines.firstText(from: place + 1, to: limit), before: 0, after: gap)
    return nil
  }

  private mutating func carry(
    _ block: Range<Int>, of outline: SectionOutline, to section: Section
  ) -> Changelog.Carried? {
    if section.isReleased(by: released) { return .released }
    let target = SectionOutline(section, ours)
    guard let origin = outline.regions.first(where: { $0.lines.contains(block.lowerBound) }),
      block.upperBound <= origin.lines.upperBound,
      let region = self.region(like: origin, in: target)
    else { return .unplaceable }
    let isFirst = !(origin.lines.lowerBound..<block.lowerBound).contains {
      !theirs.lines.isBlank($0)
    }
    guard let first = region.entries.first, let last = region.entries.last else {
      let start = region.lines.lowerBound
      let above = theirs.lines.blankCount(above: block.lowerBound)
      let missing = max(0, above - ours.lines.blankCount(above: start))
      insert(block, at: start, before: missing, after: start < ours.lines.count ? 1 : 0)
      return nil
    }
    let gap = self.gap(region, else: block, isFirst: isFirst)
    if isFirst {
      insert(block, at: first.lines.lowerBound, before: 0, after: gap)
    } else {
      insert(block, at: last.lines.upperBound, before: gap, after: 0)
    }
    return nil
  }

  /// The region of our section that has the same category.
  private func region(
    like origin: SectionOutline.Region, in target: SectionOutline
  ) -> SectionOutline.Region? {
    guard let name = origin.category?.name else { return target.regions.first }
    let same = target.regions.first { $0.category?.name == name }
    return same ?? (target.categories.isEmpty ? target.regions.first : nil)
  }

  /// The blank lines between the entries of our region, else between theirs.
  private func gap(
    _ region: SectionOutline.Region, else block: Range<Int>, isFirst: Bool
  ) -> Int {
    if region.entries.count > 1 {
      return max(0, region.entries[1].lines.lowerBound - region.entries[0].lines.upperBound)
    }
    let lines = theirs.lines
    return isFirst
      ? lines.blankCount(from: block.upperBound, to: lines.count)
      : lines.blankCount(above: block.lowerBound)
  }

  private mutating func insert(_ block: Range<Int>, at line: Int, before: Int, after: Int) {
    let ending = ours.lines.majorityEnding.bytes
    var bytes: [UInt8] = []
    for _ in 0..<before { bytes += ending }
    for index in block { bytes += theirs.lines[index] + ending }
    for _ in 0..<after { bytes += ending }
    insertions[line, default: []] += bytes
  }
}
