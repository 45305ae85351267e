/// The names of tags, read one by one.
struct TagReading {
  /// In ascending order, each name once.
  private var tags: [VersionTag] = []
  /// Every package that a tag names; nil is no name.
  private(set) var packages: Set<String?> = []
  /// What holds no version, in order, each name once.
  private(set) var unmatched: [String] = []

  init(_ names: [String], options: LineInventory.Options) {
    tags.reserveCapacity(names.count)
    for name in names {
      if let tag = options.pattern.parse(name) {
        tags.append(tag)
      } else {
        unmatched.append(name)
      }
    }
    tags.sort { one, other in
      if one.version < other.version { return true }
      return one.version == other.version && one.name < other.name
    }
    tags = Self.unique(tags, by: \.name)
    packages = Set(tags.map(\.package))
    unmatched.sort()
    unmatched = Self.unique(unmatched, by: \.self)
  }

  /// The names of the tags of some packages, in order.
  func tagNames(ofPackages isWanted: (String?) -> Bool) -> [String] {
    tags.filter { isWanted($0.package) }.map(\.name).sorted()
  }

  /// One release for each version, ascending; of several tags, the most common manner is first.
  func releases(of packages: Set<String?>, options: LineInventory.Options) -> [Release] {
    let chosen = tags.filter {
      packages.contains($0.package) && $0.version >= (options.since ?? $0.version)
    }
    var rest = chosen[...]
    let yankedNames = Set(options.yanked)
    let yankedVersions = Set(options.yanked.compactMap { try? Version(parsing: $0) })
    var frequency: [VersionTag.Manner: Int]?
    var releases: [Release] = []
    while let first = rest.first {
      var group = Array(rest.prefix { $0.version == first.version })
      if group.count > 1 {
        let counts = frequency ?? Dictionary(grouping: chosen, by: \.manner).mapValues(\.count)
        frequency = counts
        group.sort { one, other in
          let (left, right) = (counts[one.manner] ?? 0, counts[other.manner] ?? 0)
          return left == right ? one.name < other.name : left > right
        }
      }
      rest = rest.dropFirst(group.count)
      let isYanked =
        yankedVersions.contains(first.version) || group.contains { yankedNames.contains($0.name) }
      releases.append(
        Release(
          tag: group.first ?? first, otherTagNames: group.dropFirst().map(\.name),
          isYanked: isYanked))
    }
    return releases
  }

  private static func unique<Element, Key: Equatable>(
    _ sorted: [Element], by key: KeyPath<Element, Key>
  ) -> [Element] {
    sorted.indices.filter { index in
      index == sorted.startIndex || sorted[index][keyPath: key] != sorted[index - 1][keyPath: key]
    }.map { sorted[$0] }
  }
}
