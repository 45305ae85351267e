/// Which lines have long-term support, as the policy or the published dates say.
struct LongTermLines {
  /// Whether anything says which lines they are.
  let areDeclared: Bool
  /// For each line its place among those with long-term support, from 0; nil without it.
  private let ranks: [Int?]
  /// The newest line of each place.
  let newestLines: [Int]

  init(_ values: [LongTermSupport], dates: LifecycleDates?, in evaluated: inout PolicyHistory) {
    let marked = dates?.entries.values.contains { $0.isLTS != nil } ?? false
    areDeclared = !values.isEmpty || marked
    let majors = evaluated.groups(by: .major)
    let history = evaluated
    var ranks: [Int?] = []
    var newestLines: [Int] = []
    var previousKey: [VersionNumber]?
    for (index, line) in history.lines.enumerated() {
      let newest = history.releases[line.releases.lowerBound]
      let key =
        values.isEmpty
        ? Self.publishedKey(of: newest, history, dates)
        : values.lazy.compactMap {
          Self.key(of: newest, at: line.releases.lowerBound, $0, history, majors)
        }.first
      guard let key else {
        ranks.append(nil)
        continue
      }
      if key != previousKey { newestLines.append(index) }
      previousKey = key
      ranks.append(newestLines.count - 1)
    }
    self.ranks = ranks
    self.newestLines = newestLines
  }

  /// Whether the line has long-term support and is among the newest so many that have.
  func contains(_ line: Int, newest count: Int?) -> Bool {
    guard let rank = ranks[line] else { return false }
    return count.map { rank < $0 } ?? true
  }

  /// How many newer ones there are; nil without long-term support.
  func rank(of line: Int) -> Int? { ranks[line] }

  /// What the lines share that count as one, when this value takes the release.
  private static func key(
    of version: Version, at release: Int, _ value: LongTermSupport, _ history: PolicyHistory,
    _ majors: PolicyHistory.Groups
  ) -> [VersionNumber]? {
    switch value {
    case .line(let numbers):
      return numbers == numbers.indices.map(version.number(at:)) ? numbers : nil
    case .minor(let number, let since):
      guard version.minor == number, since.map({ version >= $0 }) ?? true else { return nil }
      return [version.major, version.minor]
    case .lastMinorOfMajor:
      let group = majors.index(of: release)
      guard group > 0, history.releases[majors.starts[group]].minor == version.minor else {
        return nil
      }
      return [version.major, version.minor]
    case .evenMajors:
      let isEven = version.major.description.utf8.last.map { $0 % 2 == 0 } ?? false
      return isEven && version.major > 0 ? [version.major] : nil
    }
  }

  private static func publishedKey(
    of version: Version, _ history: PolicyHistory, _ dates: LifecycleDates?
  ) -> [VersionNumber]? {
    let numbers = (0..<max(3, version.numbers.count)).map(version.number(at:))
    guard let found = dates?.nearest(numbers), found.entry.isLTS == true else { return nil }
    return found.numbers
  }
}
