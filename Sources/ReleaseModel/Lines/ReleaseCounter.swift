/// Finds the next version of a line: one that no tag has yet.
struct ReleaseCounter {
  private let countsPrereleases: Bool
  /// Ascending.
  private let known: [Release]
  private let extraVersions: Set<Version>
  /// The highest tag of each line that only a remote has.
  private let highestExtra: [[VersionNumber]: VersionTag]
  private let otherNames: Set<String>
  /// How many numbers the project's versions have at most.
  private let width: Int

  /// A counter over these releases, which are ascending, and the names of all other tags.
  init(
    known: [Release], options: LineInventory.Options, packageNames: Set<String?>, unit: LineUnit,
    otherNames: [String]
  ) {
    let extra = options.extraTagNames.compactMap(options.pattern.parse)
      .filter { packageNames.contains($0.package) }
    var highest: [[VersionNumber]: VersionTag] = [:]
    for tag in extra where options.countsPrereleases || !tag.version.isPrerelease {
      let numbers = unit.lineNumbers(of: tag.version)
      if let other = highest[numbers], !Self.precedes(other, tag) { continue }
      highest[numbers] = tag
    }
    self.known = known
    countsPrereleases = options.countsPrereleases
    highestExtra = highest
    extraVersions = Set(extra.map(\.version))
    self.otherNames = Set(otherNames).union(options.extraTagNames)
    width = known.lazy.map(\.version.numbers.count).max() ?? 1
  }

  /// The next version of the line with these numbers, and its tag in the form of the last one's.
  func next(after newest: Release, in numbers: [VersionNumber]) -> (
    version: Version, tagName: String
  ) {
    var last = newest.tag
    if let tag = highestExtra[numbers], tag.version > last.version { last = tag }
    let parts = max(numbers.count + 1, min(3, width))
    var version = last.version
    repeat {
      version = following(version, parts: parts)
    } while isTaken(version) || otherNames.contains(last.name(of: version))
    return (version, last.name(of: version))
  }

  /// Alpha-only projects count their pre-releases; all others go on to the release.
  private func following(_ version: Version, parts: Int) -> Version {
    if countsPrereleases, let next = version.nextPrerelease { return next }
    return version.nextPatch(parts: parts)
  }

  private func isTaken(_ version: Version) -> Bool {
    if extraVersions.contains(version) { return true }
    var (low, high) = (0, known.count)
    while low < high {
      let middle = (low + high) / 2
      if known[middle].version < version { low = middle + 1 } else { high = middle }
    }
    return low < known.count && known[low].version == version
  }

  /// By version, then by name, so that the order of the tags does not matter.
  private static func precedes(_ one: VersionTag, _ other: VersionTag) -> Bool {
    one.version == other.version ? one.name > other.name : one.version < other.version
  }
}
