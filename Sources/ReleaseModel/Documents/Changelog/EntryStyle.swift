/// How the entries of a file start, and how authors are named in them.
struct EntryStyle: Sendable, Equatable {
  /// What stands before an entry; without a bullet only indentation.
  enum Start: Sendable, Equatable {
    case bullet(Bullet)
    case paragraph(indentation: [UInt8])

    var prefix: [UInt8] {
      switch self {
      case .bullet(let bullet): bullet.prefix
      case .paragraph(let indentation): indentation
      }
    }
  }

  var start: Start
  /// The number of blank lines between two entries.
  var gap = 0

  /// The style of the entries in `models`; the first section with any content decides.
  ///
  /// `preferred` is the category whose entries count first.
  init(_ models: [SectionOutline], preferred: String?, _ source: ChangelogSource) {
    start = .bullet(Bullet.usual)
    let filled = models.filter { !$0.isEmpty }
    let listed = filled.filter { !$0.entries.isEmpty }
    guard let first = filled.first else { return }
    if let preferred, let prose = first.prose(below: preferred, source) {
      start = .paragraph(indentation: Array(source.lines[prose].indentation))
      return
    }
    if first.entries.isEmpty, listed.count * 2 < filled.prefix(6).count || listed.isEmpty {
      start = .paragraph(indentation: Self.indentation(of: first, source))
      return
    }
    guard let model = listed.first else { return }
    let entries = preferred.map { model.entries(below: $0) } ?? model.outermost
    if let bullet = mostFrequent(entries.map(\.bullet.first)) { start = .bullet(bullet) }
    gap = Self.gap(between: entries)
  }

  /// The blank lines between entries that follow each other.
  private static func gap(between entries: [SectionOutline.Entry]) -> Int {
    let gaps = zip(entries, entries.dropFirst())
      .map { $1.lines.lowerBound - $0.lines.upperBound }
      .filter { $0 <= 2 }
    return mostFrequent(gaps) ?? 0
  }

  private static func indentation(
    of outline: SectionOutline, _ source: ChangelogSource
  ) -> [UInt8] {
    for region in outline.regions.reversed() {
      let first = source.lines.firstText(from: region.lines.lowerBound, to: region.lines.upperBound)
      if first < region.lines.upperBound { return Array(source.lines[first].indentation) }
    }
    return []
  }
}

extension Bullet {
  /// The bullet for files that show none.
  static let usual = Bullet(indentation: [], marker: "-".bytes, gap: " ".bytes)

  private init(indentation: [UInt8], marker: [UInt8], gap: [UInt8]) {
    self.indentation = indentation
    self.marker = marker
    self.gap = gap
  }
}

extension SectionOutline {
  /// The first line below the category with this key, or the first of changes, if it holds no list.
  fileprivate func prose(below key: String, _ source: ChangelogSource) -> Int? {
    let region =
      regions.first { $0.category.map { ChangeType.key($0.name[...]) } == key }
      ?? regions.first { $0.category?.isChangeType == true }
    guard let region, region.entries.isEmpty else { return nil }
    let first = source.lines.firstText(from: region.lines.lowerBound, to: region.lines.upperBound)
    return first < region.lines.upperBound ? first : nil
  }

  /// The entries below the category with this key, else below those of changes, else all.
  fileprivate func entries(below key: String) -> [Entry] {
    let filled = regions.filter { !$0.entries.isEmpty }
    if let same = filled.first(where: { $0.category.map { ChangeType.key($0.name[...]) } == key }) {
      return same.entries
    }
    let changes = filled.filter { $0.category?.isChangeType == true }.flatMap(\.entries)
    return changes.isEmpty ? outermost : changes
  }
}

/// How the author of an entry is named at its end.
struct AuthorStyle: Sendable, Equatable {
  var open: [UInt8]
  var close: [UInt8]
  /// Whether the name has a line of its own, with this many blank lines above it; nil when it
  /// follows the text.
  var blanksAbove: Int?
  /// What stands between the text and a name that follows it.
  var gap: [UInt8]

  /// The style when 40 % of the entries name someone; nil otherwise.
  init?(_ models: [SectionOutline], _ source: ChangelogSource) {
    var count = 0
    var styles: [Found] = []
    for entry in models.prefix(6).flatMap(\.entries) {
      count += 1
      if let found = Self.author(of: entry, source) { styles.append(found) }
    }
    guard styles.count * 5 >= count * 2, let usual = mostFrequent(styles) else { return nil }
    open = [usual.open]
    close = [usual.close]
    blanksAbove = usual.blanksAbove
    gap = Array(repeating: UInt8(ascii: " "), count: usual.gap)
  }

  private struct Found: Hashable {
    var open: UInt8
    var close: UInt8
    var blanksAbove: Int?
    var gap = 1
  }

  private static func author(of entry: SectionOutline.Entry, _ source: ChangelogSource) -> Found? {
    let last = entry.lines.upperBound - 1
    let line = source.lines[last].trimmed
    guard let close = line.last, close == UInt8(ascii: "*") || close == UInt8(ascii: "]") else {
      return nil
    }
    let open = close == UInt8(ascii: "]") ? UInt8(ascii: "[") : close
    guard let start = line.dropLast().lastIndex(of: open) else { return nil }
    let name = line[(start + 1)..<(line.endIndex - 1)]
    guard isName(name), start == line.startIndex || line[start - 1].isBlankByte else { return nil }
    guard start == line.startIndex, last > entry.lines.lowerBound else {
      let gap = line[..<start].reversed().prefix(while: \.isBlankByte).count
      return Found(open: open, close: close, blanksAbove: nil, gap: min(max(gap, 1), 2))
    }
    let blanks = source.lines.blankCount(above: last, downTo: entry.lines.lowerBound)
    return Found(open: open, close: close, blanksAbove: blanks)
  }

  private static func isName(_ text: ArraySlice<UInt8>) -> Bool {
    guard let first = text.first, (1...8).contains(text.words.count), text.count <= 80 else {
      return false
    }
    let isReference = text.begins("CVE-") || text.begins("GHSA-") || text.begins("bug ")
    return !isReference && (first.isASCIILetter || first >= 0x80)
      && !text.contains(where: {
        $0.isASCIIDigit || "#:/`()*".utf8.contains($0)
      })
  }
}
