extension VersionFileKind {
  /// Where a file of this kind keeps the version.
  func places(
    in bytes: [UInt8], path: String, transition: VersionTransition
  ) throws(VersionFileRefusal) -> VersionPlaces {
    switch self {
    case .json: try .json(bytes, path: path)
    case .jsonLock: try .jsonLock(bytes)
    case .releaseManifest: try .releaseManifest(bytes, transition: transition)
    case .toml: path.hasSuffix("pyproject.toml") ? .pyproject(bytes) : .toml(bytes)
    case .cargo: .cargo(bytes)
    case .cargoLock: .cargoLock(bytes, transition: transition)
    case .ini: .ini(bytes)
    case .xml: try .xml(bytes)
    case .plist: try .plist(bytes)
    case .yaml: try .yaml(bytes, path: path)
    case .plain: try .plain(bytes)
    case .properties: .properties(bytes)
    case .fields: .fields(bytes)
    case .wordpress: .wordpress(bytes)
    case .cmake: .cmake(bytes)
    case .autoconf: .autoconf(bytes)
    case .meson: .meson(bytes)
    case .python: .source(bytes, language: .python)
    case .ruby: .source(bytes, language: .ruby)
    case .elixir: .source(bytes, language: .elixir)
    case .gradle: .source(bytes, language: .gradle)
    case .php: .source(bytes, language: .php)
    case .c: .source(bytes, language: .c)
    case .perl: .source(bytes, language: .perl)
    case .shell: .source(bytes, language: .shell)
    case .source: .source(bytes, language: path.hasSuffix(".rs") ? .rust : .generic)
    case .tag: VersionPlaces()
    }
  }
}
