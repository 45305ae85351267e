/// Tags in, release lines out.
///
/// The order of the tags does not matter. Costs O(n log n).
public struct LineInventory: Hashable, Sendable {
  /// What the lines have in common.
  public let unit: LineUnit
  /// The chosen package as lines show it; nil for the main one.
  public let package: String?
  /// Every package that tags name, in order, without the nameless one.
  public let packages: [String]
  /// The lines that have a release, newest first.
  public let lines: [ReleaseLine]
  /// Pre-releases, in ascending order; empty when they count as releases.
  public let prereleases: [Release]
  /// Releases that were taken back, in ascending order.
  public let yanked: [Release]
  /// Tags that hold no version, or not in the given pattern, in order.
  public let unmatchedTagNames: [String]
  /// Tags of other packages, in order.
  public let otherPackageTagNames: [String]
  /// Whose branches belong to these lines.
  let branchOwner: BranchOwner
  private let positions: [[VersionNumber]: Int]

  /// The lines of these tags.
  public init(
    tagNames: [String], unit: LineUnit, options: Options = Options()
  ) throws(LineInventoryError) {
    let reading = TagReading(tagNames, options: options)
    let choice = try PackageChoice(
      found: reading.packages, chosen: options.package, repositoryName: options.repositoryName)
    let all = reading.releases(of: choice.names, options: options)
    let isCounted = { (release: Release) in
      options.countsPrereleases || !release.version.isPrerelease
    }
    self.unit = unit
    package = choice.label
    branchOwner = BranchOwner(
      names: choice.names, others: reading.packages.subtracting(choice.names),
      repositoryName: options.repositoryName,
      takesNameless: choice.label == nil || !choice.hasMain)
    packages = reading.packages.compactMap { $0 }.sorted()
    unmatchedTagNames = reading.unmatched
    otherPackageTagNames = reading.tagNames { !choice.names.contains($0) }
    prereleases = all.filter { !isCounted($0) && !$0.isYanked }
    yanked = all.filter(\.isYanked)
    let counter = ReleaseCounter(
      known: all, options: options, packageNames: choice.names, unit: unit,
      otherNames: unmatchedTagNames + otherPackageTagNames)
    var lines: [ReleaseLine] = []
    var rest = all.filter(isCounted)[...]
    while let first = rest.first {
      let numbers = unit.lineNumbers(of: first.version)
      let group = rest.prefix { unit.isSameLine($0.version, first.version) }
      rest = rest.dropFirst(group.count)
      let releases = group.filter { !$0.isYanked }
      guard let last = group.last, let newest = releases.last else { continue }
      let next = counter.next(after: last.version > newest.version ? last : newest, in: numbers)
      lines.append(
        ReleaseLine(
          name: Self.name(of: newest.version, depth: numbers.count, package: choice.label),
          releases: releases, newest: newest, nextVersion: next.version, nextTagName: next.tagName))
    }
    lines.reverse()
    self.lines = lines
    positions = Dictionary(uniqueKeysWithValues: lines.enumerated().map { ($1.name.numbers, $0) })
  }

  /// The line that this version belongs to, when it has a release.
  public func line(for version: Version) -> ReleaseLine? {
    positions[unit.lineNumbers(of: version)].map { lines[$0] }
  }

  /// The line with this name, when it has a release.
  public func line(named name: LineName) -> ReleaseLine? {
    guard name.package == nil || name.package == package else { return nil }
    return positions[name.numbers].map { lines[$0] }
  }

  private static func name(of version: Version, depth: Int, package: String?) -> LineName {
    let spelled = version.spelledNumbers + ["0", "0"]
    return LineName(package: package, spelled: Array(spelled.prefix(depth)))
  }
}
