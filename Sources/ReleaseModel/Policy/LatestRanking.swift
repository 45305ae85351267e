/// Which place each line has when the newest of a unit are counted.
struct LatestRanking {
  /// What is counted; selections that differ in number only share a ranking.
  struct Question: Hashable {
    let unit: SupportUnit
    let group: SupportUnit?
    let range: VersionRange?

    init(_ selection: LatestSelection) {
      unit = selection.unit
      group = selection.group
      range = selection.range
    }
  }

  /// The place of one line's newest release.
  struct Place {
    /// How many newer ones exist in the group.
    let rank: Int
    /// How many numbers lower than the newest of the group; nil when no number says so.
    let distance: Int?
    /// The group it is counted in.
    let group: Int
  }

  /// The place of each line; nil for those whose newest release is out of the range.
  let places: [Place?]
  /// For each group the newest release of each unit in it, newest first.
  let groups: [[Int]]

  init(_ question: Question, in history: PolicyHistory) {
    var places = [Place?](repeating: nil, count: history.lines.count)
    var groups: [[Int]] = []
    var line = 0
    var groupKey: [VersionNumber]?
    var unitKey: [VersionNumber]?
    for (index, version) in history.releases.enumerated() {
      if index >= history.lines[line].releases.upperBound { line += 1 }
      guard question.range?.contains(version, includingPrereleases: true) ?? true else { continue }
      let newGroup = question.group.map { history.key(of: version, $0) ?? version.numbers } ?? []
      let newUnit = history.key(of: version, question.unit)
      if newGroup != groupKey {
        groups.append([index])
      } else if newUnit == nil || newUnit != unitKey {
        groups[groups.count - 1].append(index)
      }
      (groupKey, unitKey) = (newGroup, newUnit)
      guard index == history.lines[line].releases.lowerBound else { continue }
      let members = groups[groups.count - 1]
      let newest = history.releases[members[0]]
      places[line] = Place(
        rank: members.count - 1,
        distance: Self.distance(from: newest, to: version, question.unit, in: history),
        group: groups.count - 1)
    }
    self.places = places
    self.groups = groups
  }

  /// Whether the selection takes the line.
  func selects(_ line: Int, _ selection: LatestSelection) -> Bool {
    guard let place = places[line] else { return false }
    guard let value = selection.isAdjacent ? place.distance : place.rank else { return false }
    return value >= selection.skipping && value - selection.skipping < selection.count
  }

  /// What the selection takes in one group, by the newest release of each.
  func selected(_ selection: LatestSelection, inGroup group: Int) -> ArraySlice<Int> {
    guard groups.indices.contains(group) else { return [] }
    return groups[group].dropFirst(selection.skipping).prefix(selection.count)
  }

  /// How many numbers apart two units are when only their last numbers differ.
  private static func distance(
    from newest: Version, to version: Version, _ unit: SupportUnit, in history: PolicyHistory
  ) -> Int? {
    if newest == version { return 0 }
    let upper = history.key(of: newest, unit) ?? patchNumbers(newest)
    let lower = history.key(of: version, unit) ?? patchNumbers(version)
    guard upper.count == lower.count, upper.dropLast() == lower.dropLast(),
      let high = upper.last?.uint64, let low = lower.last?.uint64, high >= low,
      unit != .patch || (version.isPlain && version.numbers.count <= 3)
    else { return nil }
    return Int(clamping: high - low)
  }

  private static func patchNumbers(_ version: Version) -> [VersionNumber] {
    (0..<3).map(version.number(at:))
  }
}
