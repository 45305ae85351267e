/// What the file that describes a package says of it: its name, and where its makers are found.
public struct PackageManifest: Hashable, Sendable {
  /// The ecosystem of the file.
  public var ecosystem: Ecosystem
  /// The name of the package; nil when the file states none.
  public var name: String?
  /// Where its source is kept.
  public var repository: String?
  /// Where problems are reported.
  public var bugs: String?
  /// Its own page.
  public var homepage: String?
  /// Its authors and maintainers, as they are written.
  public var maintainers: [String] = []
  /// Whether the file says that the package is never published.
  public var isPrivate = false

  init(_ ecosystem: Ecosystem) { self.ecosystem = ecosystem }

  /// The package; nil when the file states no name, or that nothing is published.
  public var package: AdvisoryPackage? {
    guard let name, !name.isEmpty, !isPrivate else { return nil }
    return AdvisoryPackage(ecosystem, name)
  }

  /// The names that such files have, the likelier source of a package first.
  ///
  /// A library of another language often has a `package.json` for its tools, so that comes last.
  public static let fileNames = [
    "composer.json", "Cargo.toml", "pyproject.toml", "setup.cfg", "pom.xml", "go.mod", "mix.exs",
    "pubspec.yaml", "package.json",
  ]
  /// The endings that such files have.
  public static let fileEndings = [".gemspec", ".csproj", ".fsproj", ".nuspec"]

  /// Whether a file of this name describes a package.
  public static func isManifest(_ fileName: String) -> Bool {
    fileNames.contains(fileName) || fileEndings.contains { fileName.hasSuffix($0) }
  }

  /// Reads a file; nil when its name is not one that describes a package.
  ///
  /// `json` is the decoded document of a `.json` file. Nothing is run and nothing is expanded: what
  /// the file computes is not known.
  public init?(path: String, bytes: [UInt8], json: JSONTree?) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    switch name {
    case "composer.json": self.init(composer: json)
    case "package.json": self.init(npm: json)
    case "Cargo.toml": self.init(cargo: bytes)
    case "pyproject.toml": self.init(python: bytes)
    case "setup.cfg": self.init(setup: bytes)
    case "pom.xml": self.init(maven: bytes)
    case "go.mod": self.init(goModule: bytes)
    case "mix.exs": self.init(mix: bytes)
    case "pubspec.yaml": self.init(pub: bytes)
    default:
      guard let ending = Self.fileEndings.first(where: { name.hasSuffix($0) }) else { return nil }
      let stem = String(name.dropLast(ending.utf8.count))
      if ending == ".gemspec" {
        self.init(gem: bytes)
      } else {
        self.init(dotNet: bytes, stem: stem)
      }
    }
  }
}
