import GitStore
import ReleaseModel

/// Every version that is tagged, or that an operation is about to tag.
struct VersionCatalog {
  /// One version.
  struct Entry {
    let version: Version
    let tag: String
    let commit: ObjectID
    let line: LineName
    let isRelease: Bool
  }

  /// In ascending order of the project.
  private(set) var entries: [Entry] = []

  /// Reads the tags; those of `operation` count although nobody sees them yet.
  init(
    _ workspace: Workspace, _ survey: LineSurvey, operation: Operation?
  ) throws(BackportError) {
    let inventory = survey.inventory
    var found: [(ReleaseModel.Release, Bool)] = []
    for line in inventory.lines { found += line.releases.map { ($0, true) } }
    found += (inventory.prereleases + inventory.yanked).map { ($0, false) }
    for (release, isRelease) in found {
      entries.append(
        Entry(
          version: release.version, tag: release.tagName,
          commit: try workspace.tagCommit(of: release),
          line: Self.line(of: release.version, inventory), isRelease: isRelease))
    }
    let known = Set(entries.map(\.tag))
    for target in operation?.plan.targets ?? [] {
      guard let release = target.release, let commit = release.commit,
        !known.contains(release.tag), let version = try? Version(parsing: release.version)
      else { continue }
      entries.append(
        Entry(
          version: version, tag: release.tag, commit: commit,
          line: Self.line(of: version, inventory), isRelease: true))
    }
    entries.sort { $0.version == $1.version ? $0.tag < $1.tag : $0.version < $1.version }
  }

  private static func line(of version: Version, _ inventory: LineInventory) -> LineName {
    inventory.line(for: version)?.name
      ?? LineName(
        package: inventory.package, numbers: inventory.unit.lineNumbers(of: version))
  }
}
