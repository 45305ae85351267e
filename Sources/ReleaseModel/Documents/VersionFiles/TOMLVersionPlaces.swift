extension VersionPlaces {
  /// The version of a Python project in `[project]` or `[tool.poetry]`.
  static func pyproject(_ bytes: [UInt8]) -> VersionPlaces {
    let entries = TOMLVersionScanner.entries(in: bytes)
    var places = VersionPlaces()
    for entry in entries {
      switch (entry.path, entry.value) {
      case (["project", "dynamic"], .other(let array)):
        let names = TOMLVersionScanner.strings(in: array, of: bytes)
        if names.contains(where: { VersionBytes.equals($0, "version", in: bytes) }) {
          return VersionPlaces()
        }
      case (["tool", "poetry-dynamic-versioning", "enable"], .other(let value))
      where VersionBytes.equals(value, "true", in: bytes):
        return VersionPlaces()
      case (["project", "version"], .string(let range)),
        (["tool", "poetry", "version"], .string(let range)):
        places.texts.append(Text(range: range))
      default: break
      }
    }
    return places
  }

  /// The version of a TOML file by path: at the top or in `[package]` or `[project]`.
  static func toml(_ bytes: [UInt8]) -> VersionPlaces {
    var places = VersionPlaces()
    for entry in TOMLVersionScanner.entries(in: bytes) {
      guard case .string(let range) = entry.value else { continue }
      if [["version"], ["package", "version"], ["project", "version"]].contains(entry.path) {
        places.texts.append(Text(range: range))
      }
    }
    return places
  }

  /// The version of a crate or a workspace, and the workspace's entries for its own members.
  static func cargo(_ bytes: [UInt8]) -> VersionPlaces {
    var places = VersionPlaces()
    var local: Set<[String]> = []
    var requirements: [(dependency: [String], range: Range<Int>)] = []
    for entry in TOMLVersionScanner.entries(in: bytes) {
      guard case .string(let range) = entry.value else { continue }
      let path = entry.path
      if path == ["package", "version"] || path == ["workspace", "package", "version"] {
        places.texts.append(Text(range: range))
      } else if path.count == 4, path.starts(with: ["workspace", "dependencies"]) {
        let dependency = Array(path.dropLast())
        if path[3] == "path" { local.insert(dependency) }
        if path[3] == "version" { requirements.append((dependency, range)) }
      }
    }
    for requirement in requirements where local.contains(requirement.dependency) {
      places.companions.append(Text(range: requirement.range, form: .requirement))
    }
    return places
  }

  /// The project's own packages in a lock file of Cargo or uv: those without a source, or with a
  /// folder for one.
  ///
  /// Dependencies that name such a package with its version follow.
  static func cargoLock(_ bytes: [UInt8], transition: VersionTransition) -> VersionPlaces {
    var packages: [Int: LockedPackage] = [:]
    var dependencies: [Range<Int>] = []
    for entry in TOMLVersionScanner.entries(in: bytes) where entry.path.count > 1 {
      guard entry.path[0] == "package" else { continue }
      if entry.path.count > 2, ["editable", "virtual"].contains(entry.path[2]) { continue }
      switch (entry.path[1], entry.value) {
      case ("name", .string(let range)):
        packages[entry.table, default: LockedPackage()].name = VersionBytes.text(range, of: bytes)
      case ("version", .string(let range)):
        packages[entry.table, default: LockedPackage()].version = range
      case ("source", _): packages[entry.table, default: LockedPackage()].hasSource = true
      case ("dependencies", .other(let array)):
        dependencies += TOMLVersionScanner.strings(in: array, of: bytes)
      default: break
      }
    }
    let wanted = transition.change.packages
    var places = VersionPlaces()
    var others: [Text] = []
    var references: Set<[UInt8]> = []
    for (_, package) in packages.sorted(by: { $0.key < $1.key }) where !package.hasSource {
      guard let version = package.version, wanted.isEmpty || wanted.contains(package.name) else {
        continue
      }
      let isReleased =
        bytes[version].elementsEqual(transition.from.body)
        || bytes[version].elementsEqual(transition.to.body)
      if isReleased {
        places.texts.append(Text(range: version))
        references.insert(Array("\(package.name) ".utf8) + bytes[version])
      } else {
        others.append(Text(range: version))
      }
    }
    // Members of a workspace may go by versions of their own; only if none is released with the
    // tag does the file contradict it.
    if places.texts.isEmpty { places.texts = others }
    for range in dependencies where references.contains(Array(bytes[range])) {
      guard let blank = bytes[range].firstIndex(of: UInt8(ascii: " ")) else { continue }
      places.companions.append(Text(range: blank + 1..<range.upperBound))
    }
    return places
  }

  private struct LockedPackage {
    var name = ""
    var version: Range<Int>?
    var hasSource = false
  }
}
