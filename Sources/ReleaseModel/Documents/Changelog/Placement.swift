/// Where a new section goes.
struct Placement {
  private let list: SectionList
  private let version: WrittenVersion
  private let previous: WrittenVersion?

  init(_ list: SectionList, _ version: WrittenVersion, _ previous: WrittenVersion?) {
    self.list = list
    self.version = version
    self.previous = previous
  }

  /// On the branch: above the section of the previous release, else in the order of versions.
  var releaseIndex: Int? {
    previous.flatMap { list.index(of: $0) } ?? indexOfGreatestLower
  }

  /// On the trunk: above the greatest lower version, or on top of a file sorted by date.
  var trunkIndex: Int? {
    isSortedByDate
      ? list.sections.firstIndex { !$0.heading.versions.isEmpty } : indexOfGreatestLower
  }

  /// The section below which the new one goes, where the file begins with its oldest release.
  var indexAbove: Int? {
    guard isAscending else { return nil }
    return previous.flatMap { list.index(of: $0) } ?? indexOfGreatestLower
  }

  private var isAscending: Bool {
    let headings = list.sections.map(\.heading).filter { !$0.versions.isEmpty }
    let versions = headings.compactMap(\.version)
    guard versions.count > 1, zip(versions, versions.dropFirst()).allSatisfy({ $0 < $1 }) else {
      return false
    }
    let dates = headings.compactMap { $0.dates.first?.calendarDate }
    // Two releases of different lines may follow each other so in any file.
    if dates.count < 2 { return versions.count > 2 }
    return zip(dates, dates.dropFirst()).allSatisfy { $0 <= $1 }
      && dates[0] < dates[dates.count - 1]
  }

  private var indexOfGreatestLower: Int? {
    var greatest: (index: Int, version: WrittenVersion)?
    for (index, section) in list.sections.enumerated() {
      for token in section.heading.versions where token.version < version {
        if let best = greatest, !(best.version < token.version) { continue }
        greatest = (index, token.version)
      }
    }
    return greatest?.index
  }

  /// Whether the newest 30 headings go up in version at least twice and never in date.
  private var isSortedByDate: Bool {
    let newest = list.sections.filter { !$0.heading.versions.isEmpty }.prefix(30)
    let versions = newest.compactMap(\.heading.version)
    let dates = newest.compactMap { $0.heading.dates.first?.calendarDate }
    guard dates.count >= 5 else { return false }
    let rises = zip(versions, versions.dropFirst()).filter { $0 < $1 }.count
    return rises >= 2 && zip(dates, dates.dropFirst()).allSatisfy { $0 >= $1 }
  }
}
