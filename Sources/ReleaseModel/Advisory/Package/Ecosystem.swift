/// Where packages of a kind are published, and how the formats of advisories name it.
public enum Ecosystem: String, Sendable, CaseIterable {
  case packagist = "Packagist"
  case cargo = "crates.io"
  case pypi = "PyPI"
  case rubygems = "RubyGems"
  case maven = "Maven"
  case go = "Go"
  case hex = "Hex"
  case pub = "Pub"
  case swift = "SwiftURL"
  case nuget = "NuGet"
  case npm = "npm"

  /// The ecosystem that OSV, GitHub or a package URL names so, in any case; nil when none.
  public init?(named name: String) {
    let word = name.lowercased()
    let found = Ecosystem.allCases.first {
      $0.rawValue.lowercased() == word || $0.gitHubName == word || $0.packageType == word
    }
    guard let found else { return nil }
    self = found
  }

  /// The name in GitHub's repository advisories.
  var gitHubName: String {
    switch self {
    case .packagist: "composer"
    case .cargo: "rust"
    case .pypi: "pip"
    case .hex: "erlang"
    case .swift: "swift"
    case .rubygems, .maven, .go, .pub, .nuget, .npm: rawValue.lowercased()
    }
  }

  /// The type in a package URL (<https://github.com/package-url/purl-spec>).
  var packageType: String {
    switch self {
    case .packagist: "composer"
    case .cargo: "cargo"
    case .rubygems: "gem"
    case .go: "golang"
    case .swift: "swift"
    case .pypi, .maven, .hex, .pub, .nuget, .npm: rawValue.lowercased()
    }
  }

  /// How versions are compared there.
  public var order: VersionOrder {
    switch self {
    case .cargo, .go, .hex, .npm, .pub, .swift: .semantic
    case .packagist, .pypi, .rubygems, .maven, .nuget: .project
    }
  }

  /// The site of the packages.
  var site: String {
    switch self {
    case .packagist: "https://packagist.org"
    case .cargo: "https://crates.io"
    case .pypi: "https://pypi.org"
    case .rubygems: "https://rubygems.org"
    case .maven: "https://repo.maven.apache.org/maven2"
    case .go: "https://pkg.go.dev"
    case .hex: "https://hex.pm"
    case .pub: "https://pub.dev"
    case .swift: "https://swiftpackageindex.com"
    case .nuget: "https://www.nuget.org"
    case .npm: "https://www.npmjs.com"
    }
  }
}

extension Ecosystem {
  /// How a tagged version is spelled there.
  ///
  /// Maven keeps words such as `.Final`, which tags carry behind every version; where SemVer is the
  /// rule, numbers that are left out are zeros.
  public func spelling(of version: Version, tag: String) -> String {
    let text = version.description
    if self == .maven {
      let ending = tag.split(separator: ".").last.map { "." + $0 } ?? ""
      let isWord = [".final", ".ga", ".release"].contains(ending.lowercased())
      return isWord && !text.lowercased().hasSuffix(ending.lowercased()) ? text + ending : text
    }
    guard case .semantic = order, version.isPlain, version.numbers.count < 3 else { return text }
    return Version(version.major, version.minor, version.patch).description
  }
}
