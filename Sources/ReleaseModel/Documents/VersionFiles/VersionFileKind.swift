/// The kinds of version files that need no configuration.
public enum VersionFileKind: String, Sendable, CaseIterable {
  /// A JSON document with a top-level `version`.
  case json
  /// `package-lock.json` and `npm-shrinkwrap.json`.
  case jsonLock = "json-lock"
  /// `.release-please-manifest.json`.
  case releaseManifest = "release-manifest"
  /// `pyproject.toml`.
  case toml
  /// `Cargo.toml`, of a package or a workspace.
  case cargo
  /// `Cargo.lock`, and `uv.lock`, which is like it.
  case cargoLock = "cargo-lock"
  /// `setup.cfg`.
  case ini
  /// `pom.xml`, MSBuild projects, `.nuspec`.
  case xml
  /// An Apple property list.
  case plist
  /// A YAML document with a `version` at column 0.
  case yaml
  /// A file that holds nothing but the version.
  case plain
  /// Python source and `setup.py`.
  case python
  /// Ruby source, `.gemspec`, `.podspec`.
  case ruby
  /// Elixir source and `mix.exs`.
  case elixir
  /// `build.gradle`, also in Kotlin.
  case gradle
  /// `gradle.properties` and other Java properties.
  case properties
  /// `CMakeLists.txt`.
  case cmake
  /// `configure.ac`.
  case autoconf
  /// `meson.build`.
  case meson
  /// PHP source, also the head of a WordPress plugin.
  case php
  /// C and C++ source.
  case c
  /// Perl source.
  case perl
  /// Shell scripts and makefiles.
  case shell
  /// Source in another language with constants like those of C.
  case source
  /// Fields like those of mail: R `DESCRIPTION`, RPM `.spec`, `.cabal`.
  case fields
  /// `readme.txt` of a WordPress plugin.
  case wordpress
  /// A file whose version is always the tag: `go.mod`, `Package.swift`.
  case tag

  /// The kind that the path implies, or nil if the path says nothing.
  public init?(path: String) {
    let name = path.split(separator: "/").last.map(String.init) ?? ""
    guard let kind = Self.byName(name) ?? Self.byExtension(name) ?? Self.plain(name) else {
      return nil
    }
    self = kind
  }

  /// Whether a program writes the file though it belongs to the sources, so that a mark of
  /// generated content is no reason to leave it alone.
  var isLockFile: Bool { self == .cargoLock || self == .jsonLock || self == .releaseManifest }

  private static func byName(_ name: String) -> VersionFileKind? {
    switch name {
    case "package-lock.json", "npm-shrinkwrap.json": .jsonLock
    case ".release-please-manifest.json": .releaseManifest
    case "Cargo.toml": .cargo
    case "Cargo.lock", "uv.lock": .cargoLock
    case "pyproject.toml": .toml
    case "setup.cfg", ".bumpversion.cfg": .ini
    case "pom.xml": .xml
    case "CMakeLists.txt": .cmake
    case "configure.ac", "configure.in": .autoconf
    case "meson.build": .meson
    case "CITATION.cff": .yaml
    case "DESCRIPTION": .fields
    case "readme.txt": .wordpress
    case "version.txt", "VERSION.txt", ".version", "version", "VERSION": .plain
    case "GIT-VERSION-GEN", "Makefile", "GNUmakefile", "Makefile.in", "configure": .shell
    case "go.mod", "Package.swift", "composer.lock": .tag
    default: nil
    }
  }

  private static func byExtension(_ name: String) -> VersionFileKind? {
    let words = name.split(separator: ".", omittingEmptySubsequences: false)
    guard words.count > 1, let last = words.last else { return nil }
    let ending =
      words.count > 2 && (last == "in" || last == "kts" || last == "tmpl")
      ? String(words[words.count - 2]) : String(last)
    return extensions[ending]
  }

  private static func plain(_ name: String) -> VersionFileKind? {
    name.hasSuffix("_VERSION") && !name.contains(".") ? .plain : nil
  }

  private static let extensions: [String: VersionFileKind] = {
    let table: [(VersionFileKind, String)] = [
      (.json, "json"), (.yaml, "yml yaml"), (.plist, "plist"),
      (.xml, "csproj fsproj vbproj props targets nuspec"),
      (.python, "py pyi"), (.ruby, "rb gemspec podspec"), (.elixir, "ex exs"),
      (.gradle, "gradle"), (.properties, "properties"), (.cmake, "cmake"),
      (.php, "php"), (.c, "h hh hpp hxx c cc cpp cxx"), (.perl, "pm pl PL"),
      (.shell, "sh bash mk"), (.fields, "spec cabal"),
      (.source, "js mjs cjs ts mts jsx tsx go rs swift java kt scala groovy cs dart zig lua sbt"),
    ]
    var extensions: [String: VersionFileKind] = [:]
    for (kind, endings) in table {
      for ending in endings.split(separator: " ") { extensions[String(ending)] = kind }
    }
    return extensions
  }()
}
