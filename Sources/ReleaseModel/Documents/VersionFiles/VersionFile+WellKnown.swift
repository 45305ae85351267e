extension VersionFile {
  /// An entry of a folder.
  public struct FolderEntry: Sendable, Equatable {
    /// The name within the folder.
    public var name: String
    /// Whether the entry is a folder itself.
    public var isFolder: Bool

    /// Creates an entry from its parts.
    public init(name: String, isFolder: Bool) {
      self.name = name
      self.isFolder = isFolder
    }
  }

  /// The paths below a root at which projects of all kinds keep their version, as far as they exist.
  ///
  /// Looks at the root itself and at the few folders where languages keep a version in source, never
  /// at more than a hundred. That a path is in the list does not say that there is a version in it.
  ///
  /// - Parameters:
  ///   - root: The folder of the project or of one package: empty, or a path without a slash at its
  ///     end.
  ///   - entries: Lists a folder; an unreadable one is empty.
  /// - Returns: The paths from the top of the repository, in order of the search.
  public static func wellKnownPaths(
    under root: String = "", entries: (String) -> [FolderEntry]
  ) -> [String] {
    var found: [String] = []
    var folders: [(path: String, depth: Int)] = []
    for entry in entries(root) {
      let path = join(root, entry.name)
      if !entry.isFolder {
        if WellKnownName.isAtRoot(entry.name) { found.append(path) }
      } else if WellKnownName.sourceFolders.contains(entry.name) {
        folders.append((path, 0))
      } else if !WellKnownName.isUnrelated(entry.name) {
        folders.append((path, 2))
      }
    }
    // A package in a source folder may lie two levels deep, as in `lib/example/client/version.rb`.
    folders.sort { ($0.depth, $0.path) < ($1.depth, $1.path) }
    var index = 0
    while index < folders.count, index < 100 {
      let (folder, depth) = folders[index]
      for entry in entries(folder) {
        if !entry.isFolder {
          if WellKnownName.isSource(entry.name) { found.append(join(folder, entry.name)) }
        } else if depth < 2, !WellKnownName.isUnrelated(entry.name) {
          folders.append((join(folder, entry.name), depth + 1))
        }
      }
      index += 1
    }
    return found
  }

  private static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder + "/" + name
  }
}

/// Names under which versions are kept.
private enum WellKnownName {
  static let sourceFolders: Set<String> = ["include", "lib", "src"]

  static func isAtRoot(_ name: String) -> Bool {
    guard let kind = VersionFileKind(path: name) else { return false }
    switch kind {
    case .cargo, .cargoLock, .cmake, .autoconf, .elixir, .gradle, .ini, .jsonLock, .meson, .plain,
      .plist, .releaseManifest, .toml, .wordpress:
      return true
    case .fields, .xml:
      return name != "Directory.Packages.props" && !name.hasSuffix(".targets")
    case .json:
      return ["package.json", "composer.json", "lerna.json", "bower.json", "vcpkg.json"]
        .contains(name)
    case .yaml: return ["Chart.yaml", "pubspec.yaml", "galaxy.yml", "CITATION.cff"].contains(name)
    case .properties: return name == "gradle.properties"
    case .python: return name == "setup.py"
    case .ruby: return name.hasSuffix(".gemspec") || name.hasSuffix(".podspec")
    case .shell: return name == "GIT-VERSION-GEN"
    // The head of a WordPress plugin is in a file named like the plugin.
    case .php: return true
    case .c, .perl, .source, .tag: return false
    }
  }

  /// Whether the name says that the version is in this source file.
  static func isSource(_ name: String) -> Bool {
    let names: Set<String> = [
      "__about__.py", "__init__.py", "__version__.py", "_version.py", "version.py", "version.rb",
      "gem_version.rb", "version.h", "version.hpp", "version.php", "version.go", "version.js",
      "version.ts", "info.plist", "cargo.toml", "chart.yaml",
    ]
    return names.contains(name.lowercased())
      || [".csproj", ".fsproj", ".vbproj"].contains { name.hasSuffix($0) }
  }

  /// Whether a folder is none of the project's own source.
  static func isUnrelated(_ name: String) -> Bool {
    name.hasPrefix(".")
      || [
        "bench", "build", "contrib", "deps", "dist", "doc", "docs", "examples", "fixtures",
        "node_modules", "spec", "test", "tests", "third_party", "thirdparty", "vendor",
      ].contains(name)
  }
}
