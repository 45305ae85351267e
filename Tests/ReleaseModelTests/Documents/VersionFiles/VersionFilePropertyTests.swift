import ReleaseModel
import TestSupport
import Testing

/// What holds for every file, whatever is in it.
@Suite struct VersionFilePropertyTests {
  private static let paths = [
    "package.json", "package-lock.json", ".release-please-manifest.json", "pyproject.toml",
    "Cargo.toml", "Cargo.lock", "setup.cfg", "pom.xml", "Info.plist", "Chart.yaml",
    "pubspec.yaml", "CITATION.cff", "VERSION", "a.py", "a.rb", "a.gemspec", "mix.exs",
    "build.gradle", "gradle.properties", "CMakeLists.txt", "configure.ac", "meson.build", "a.php",
    "a.h", "a.pm", "a.sh", "a.go", "a.rs", "DESCRIPTION", "readme.txt", "README.md",
  ]

  private static let samples =
    ManifestVersionTests.samples + LineVersionTests.samples + SourceVersionTests.samples

  /// Checks that the spans say all that was changed.
  private func check(_ outcome: VersionFileOutcome, of bytes: [UInt8]) {
    guard case .edited(let edited, let spans) = outcome else { return }
    var rebuilt: [UInt8] = []
    var end = 0
    for span in spans {
      guard span.range.lowerBound >= end, span.range.upperBound <= bytes.count else {
        Issue.record("spans out of order")
        return
      }
      #expect(Array(bytes[span.range]) == span.found)
      rebuilt += bytes[end..<span.range.lowerBound] + span.replacement
      end = span.range.upperBound
    }
    rebuilt += bytes[end...]
    #expect(rebuilt == edited)
    let difference = spans.reduce(0) { $0 + $1.replacement.count - $1.found.count }
    #expect(edited.count - bytes.count == difference)
  }

  @Test(arguments: paths)
  func `random bytes never trap and never change beyond their spans`(path: String) throws {
    var generator = SeededGenerator(seed: 7)
    let pieces = [
      "version", "VERSION", "1.1.0", "1.1.1", "\"", "'", "=", ":", "{", "}", "[", "]", "(", ")",
      "<", ">", "</", "<!--", "-->", "/*", "*/", "//", "#", "\n", "\r\n", " ", "\\", ",", "\"\"\"",
      "project", "<project>", "<version>", "</version>", "[package]", "[[package]]", "define",
      "MAJOR", "MINOR", "PATCH", "0x", "99999999999999999999", "\u{FEFF}", "v", "-dev", "+", ".",
      "<<", "EOF", "AC_INIT(", "project(", "set(", "<![CDATA[", "]]>", "<?", "<!", "`", "$", "@",
      "\u{0}", "é",
    ]
    for round in 0..<60 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<60, using: &generator) {
        if round.isMultiple(of: 3) {
          bytes.append(UInt8.random(in: 0...255, using: &generator))
        } else if let piece = pieces.randomElement(using: &generator) {
          bytes += Array(piece.utf8)
        }
      }
      let change = VersionChange(from: "1.1.0", to: "1.1.1", date: "2026-11-21")
      check(VersionFile.edit(path: path, bytes: bytes, change: change), of: bytes)
      let pattern = try VersionPattern(parsing: "v{version}\n")
      check(
        VersionFile.edit(path: path, bytes: bytes, change: change, rule: .pattern(pattern)),
        of: bytes)
      let precedent = VersionPrecedent(
        changes: [VersionPrecedent.Change(path: path, old: bytes, new: bytes.reversed())],
        from: "1.1.0", to: "1.1.1")
      #expect(precedent.rules.count < 2)
    }
  }

  @Test(arguments: samples)
  func `a damaged file never traps and never changes beyond its spans`(sample: VersionFileSample) {
    var generator = SeededGenerator(seed: 11)
    let bytes = Array(sample.before.utf8)
    for _ in 0..<15 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !damaged.isEmpty {
        let index = Int.random(in: 0..<damaged.count, using: &generator)
        switch Int.random(in: 0..<3, using: &generator) {
        case 0: damaged.remove(at: index)
        case 1: damaged[index] = UInt8.random(in: 0...255, using: &generator)
        default: damaged.removeSubrange(index...)
        }
      }
      check(
        VersionFile.edit(path: sample.path, bytes: damaged, change: sample.change), of: damaged)
    }
  }

  @Test(arguments: ["", "v", "nonsense", "99999999999999999999.1", "1.", "-1", "1.1.0"])
  func `no version number is too odd`(version: String) {
    for sample in Self.samples {
      let bytes = Array(sample.before.utf8)
      for change in [
        VersionChange(from: version, to: sample.to), VersionChange(from: sample.from, to: version),
      ] {
        check(VersionFile.edit(path: sample.path, bytes: bytes, change: change), of: bytes)
      }
    }
  }
}

@Suite struct WellKnownPathTests {
  private func paths(_ files: [String], under root: String = "") -> [String] {
    VersionFile.wellKnownPaths(under: root) { folder in
      let prefix = folder.isEmpty ? "" : folder + "/"
      var seen: Set<String> = []
      return files.filter { $0.hasPrefix(prefix) }.compactMap { path in
        let rest = path.dropFirst(prefix.count).split(separator: "/")
        guard let name = rest.first.map(String.init), seen.insert(name).inserted else { return nil }
        return VersionFile.FolderEntry(name: name, isFolder: rest.count > 1)
      }
    }
  }

  @Test func `manifests at the root and version files in source folders are found`() {
    #expect(
      paths([
        "Cargo.lock", "Cargo.toml", "README.md", "RAILS_VERSION", "docs/version.py",
        "include/walrus/version.h", "lib/walrus/client/version.rb", "lib/walrus/deep/er/version.rb",
        "main.c", "package.json", "tsconfig.json", "vendor/otter/package.json",
        "walrus/__init__.py", "walrus/swim/__init__.py", "walrus.gemspec",
      ])
        == [
          "Cargo.lock", "Cargo.toml", "RAILS_VERSION", "package.json", "walrus.gemspec",
          "walrus/__init__.py", "include/walrus/version.h", "lib/walrus/client/version.rb",
        ])
  }

  @Test func `a package of a monorepo has a root of its own`() {
    #expect(
      paths(["package.json", "packages/a/package.json", "packages/b/VERSION"], under: "packages/a")
        == ["packages/a/package.json"])
  }

  @Test func `no more than a hundred folders are listed`() {
    var listed = 0
    let found = VersionFile.wellKnownPaths { folder in
      listed += 1
      guard folder.isEmpty else { return [] }
      return (0..<5000).map { VersionFile.FolderEntry(name: "d\($0)", isFolder: true) }
    }
    #expect(found.isEmpty)
    #expect(listed == 101)
  }
}
