/// Where a user of one version should go.
public struct VersionAdvice: Sendable, Hashable {
  /// What the version is to its line.
  public enum Standing: String, Sendable, Hashable, CaseIterable {
    /// The newest release of a supported line: stay.
    case newest
    /// A supported line has a newer release.
    case outdated
    /// Its line is not supported.
    case unsupported
    /// Whether its line is supported is not known.
    case unknown
    /// A pre-release, which gets no fixes.
    case prerelease
    /// It was taken back.
    case yanked
    /// There is no such release.
    case unreleased
  }

  /// The version that was asked about.
  public let version: Version
  /// The line it belongs to, whether or not that has a release.
  public let line: LineName
  /// What it is to its line.
  public let standing: Standing
  /// The verdict on its line; nil when the line has no release.
  public let verdict: LineVerdict?
  /// The release to move to; nil to stay, or when nothing newer is supported.
  public let upgrade: Version?
  /// The line of that release.
  public let upgradeLine: LineName?
  /// The advice in one sentence.
  public let message: String
}

extension Coverage {
  /// Where a user of this version should go: the newest release of its line while that is
  /// supported, else of the nearest newer line that is.
  ///
  /// The inventory is the one that the coverage was worked out for.
  public func advice(for version: Version, in inventory: LineInventory) -> VersionAdvice {
    let line = inventory.line(for: version)
    let name =
      line?.name
      ?? LineName(
        package: inventory.package, numbers: inventory.unit.lineNumbers(of: version))
    let verdict = line.flatMap { self[$0.name] }
    let standing = standing(of: version, line, verdict, inventory)
    let target = standing == .newest ? nil : target(for: version, line, verdict, inventory)
    let upgrade = target.flatMap { $0.newest.version > version ? $0.newest.version : nil }
    return VersionAdvice(
      version: version, line: name, standing: standing, verdict: verdict, upgrade: upgrade,
      upgradeLine: upgrade == nil ? nil : target?.name,
      message: message(
        version, name, standing, verdict, upgrade.flatMap { _ in target }, inventory))
  }

  private func standing(
    of version: Version, _ line: ReleaseLine?, _ verdict: LineVerdict?, _ inventory: LineInventory
  ) -> VersionAdvice.Standing {
    if Self.contains(inventory.yanked, version) { return .yanked }
    let isReleased = line.map { Self.contains($0.releases, version) } ?? false
    if !isReleased { return version.isPrerelease ? .prerelease : .unreleased }
    switch verdict?.supported {
    case .yes: return line?.newest.version == version ? .newest : .outdated
    case .unknown: return .unknown
    case .no, nil: return .unsupported
    }
  }

  /// The line to move to.
  private func target(
    for version: Version, _ line: ReleaseLine?, _ verdict: LineVerdict?, _ inventory: LineInventory
  ) -> ReleaseLine? {
    if let line, verdict?.supported == .yes, line.newest.version >= version { return line }
    if let covering = verdict?.coveredBy { return inventory.line(named: covering) }
    let newer = supported.reversed().lazy.compactMap { inventory.line(named: $0.line) }
      .filter { $0.newest.version > version }
    return newer.first { $0.newest.version.major == version.major } ?? newer.first
  }

  private func message(
    _ version: Version, _ line: LineName, _ standing: VersionAdvice.Standing,
    _ verdict: LineVerdict?, _ target: ReleaseLine?, _ inventory: LineInventory
  ) -> String {
    let state =
      switch standing {
      case .newest: "\(version) is the newest release of \(line), which is supported"
      case .outdated: "\(version) is not the newest release of \(line), which is supported"
      case .unsupported:
        verdict?.coveredBy.map { "\(version) is on \(line), which is covered by \($0)" }
          ?? "\(version) is on \(line), which is not supported"
      case .unknown:
        "whether \(line), the line of \(version), is supported is not known: "
          + (verdict?.reason ?? "")
      case .prerelease: "\(version) is a pre-release and gets no fixes"
      case .yanked: "\(version) was taken back"
      case .unreleased: "\(version) is not among the releases"
      }
    let end = standing == .newest || standing == .outdated ? supportEnd(verdict) : ""
    if standing == .newest { return state + end + ": stay" }
    if let target {
      let place = target.name == line ? "" : " on \(target.name)"
      return state + end + ": upgrade to \(target.newest.version)\(place)"
    }
    let others = supported.prefix(4).map { "\($0.line)" }
    return others.isEmpty
      ? state + "; no line is supported"
      : state + "; nothing newer is supported, only \(others.joined(separator: ", "))"
  }

  private func supportEnd(_ verdict: LineVerdict?) -> String {
    verdict?.until.map { " until \($0)" } ?? ""
  }

  /// Binary search in ascending releases.
  private static func contains(_ releases: [Release], _ version: Version) -> Bool {
    var (low, high) = (0, releases.count)
    while low < high {
      let middle = (low + high) / 2
      if releases[middle].version < version { low = middle + 1 } else { high = middle }
    }
    return low < releases.count && releases[low].version == version
  }
}
