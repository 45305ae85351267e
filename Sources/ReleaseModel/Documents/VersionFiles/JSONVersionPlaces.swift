extension VersionPlaces {
  /// The top-level version of a manifest.
  static func json(_ bytes: [UInt8], path: String) throws(VersionFileRefusal) -> VersionPlaces {
    var paths = [["version"]]
    if path == "vcpkg.json" || path.hasSuffix("/vcpkg.json") {
      paths += [["version-semver"], ["version-string"], ["version-date"]]
    }
    let matches = try JSONVersionScanner.strings(at: paths, in: bytes)
    guard matches.count < 2 else { throw .matches(matches.count, expected: 1) }
    return VersionPlaces(texts: matches.map { Text(range: $0.value, form: .threeParts) })
  }

  /// The two versions of the package itself in a lock file of npm.
  static func jsonLock(_ bytes: [UInt8]) throws(VersionFileRefusal) -> VersionPlaces {
    let matches = try JSONVersionScanner.strings(
      at: [["version"], ["packages", "", "version"]], in: bytes)
    return VersionPlaces(texts: matches.map { Text(range: $0.value, form: .threeParts) })
  }

  /// The version of the root package, else the only one that agrees with the tag.
  ///
  /// See <https://github.com/googleapis/release-please/blob/main/docs/manifest-releaser.md>.
  static func releaseManifest(
    _ bytes: [UInt8], transition: VersionTransition
  ) throws(VersionFileRefusal) -> VersionPlaces {
    let matches = try JSONVersionScanner.strings(at: [["*"]], in: bytes)
    let root = matches.filter { VersionBytes.equals($0.key, ".", in: bytes) }
    let all = root.isEmpty ? matches : root
    var agreeing = all.filter { bytes[$0.value].elementsEqual(transition.from.body) }
    if agreeing.isEmpty {
      agreeing = all.filter { bytes[$0.value].elementsEqual(transition.to.body) }
    }
    guard agreeing.count < 2 else { throw .matches(agreeing.count, expected: 1) }
    return VersionPlaces(texts: (agreeing.isEmpty ? all : agreeing).map { Text(range: $0.value) })
  }
}
