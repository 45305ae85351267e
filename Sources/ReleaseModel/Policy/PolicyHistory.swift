/// The releases of a project as the rules count them: newest first, grouped by units.
struct PolicyHistory {
  /// One line: its name and which releases it has.
  struct Line {
    let name: LineName
    /// Indices into `releases`; the first is the newest.
    let releases: Range<Int>
  }

  /// Releases that are neighbours and share a unit.
  struct Groups {
    /// Where each group begins, newest group first; the end of the last is the number of releases.
    let starts: [Int]
    let end: Int

    /// The group of a release.
    func index(of release: Int) -> Int {
      var (low, high) = (0, starts.count)
      while low < high {
        let middle = (low + high) / 2
        if starts[middle] <= release { low = middle + 1 } else { high = middle }
      }
      return low - 1
    }

    /// The lowest release of a group.
    func oldest(of group: Int) -> Int {
      (group + 1 < starts.count ? starts[group + 1] : end) - 1
    }
  }

  /// The versions of all releases, newest first.
  let releases: [Version]
  /// The releases themselves, in the same order.
  let tagged: [Release]
  /// All lines, newest first.
  let lines: [Line]
  private let unit: LineUnit
  private var groups: [SupportUnit: Groups] = [:]

  /// The history that an inventory tells, as it was without some releases.
  init(_ inventory: LineInventory, without removed: Set<Version> = []) {
    unit = inventory.unit
    var tagged: [Release] = []
    var lines: [Line] = []
    for line in inventory.lines {
      let start = tagged.count
      tagged += line.releases.reversed().lazy.filter { !removed.contains($0.version) }
      guard start < tagged.count else { continue }
      lines.append(Line(name: line.name, releases: start..<tagged.count))
    }
    self.tagged = tagged
    self.releases = tagged.map(\.version)
    self.lines = lines
  }

  /// The newest release of a line.
  func newest(of line: Int) -> Version {
    releases[lines[line].releases.lowerBound]
  }

  /// The releases grouped by a unit, worked out once.
  mutating func groups(by unit: SupportUnit) -> Groups {
    if let known = groups[unit] { return known }
    var starts: [Int] = []
    var current: [VersionNumber]?
    for (index, version) in releases.enumerated() {
      let key = key(of: version, unit)
      if key == nil || key != current { starts.append(index) }
      current = key
    }
    let result = Groups(starts: starts, end: releases.count)
    groups[unit] = result
    return result
  }

  /// The numbers that releases of one unit share; nil for a patch, which shares nothing.
  func key(of version: Version, _ unit: SupportUnit) -> [VersionNumber]? {
    switch unit {
    case .patch: nil
    case .minor: LineUnit.minor.lineNumbers(of: version)
    case .major: LineUnit.major.lineNumbers(of: version)
    case .compat: LineUnit.compat.lineNumbers(of: version)
    case .line: self.unit.lineNumbers(of: version)
    }
  }

  /// The unit of this version as people write it, zeros in front of numbers kept.
  func label(of version: Version, _ unit: SupportUnit) -> String {
    guard let key = key(of: version, unit) else { return version.description }
    let spelled = version.spelledNumbers + ["0", "0"]
    return key.isEmpty ? version.description : spelled.prefix(key.count).joined(separator: ".")
  }
}
