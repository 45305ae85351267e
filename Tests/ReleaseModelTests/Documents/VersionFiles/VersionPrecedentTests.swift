import ReleaseModel
import TestSupport
import Testing

@Suite struct VersionPrecedentTests {
  /// Learns from 1.1.0 → 1.1.1 in one file and applies it for 1.1.2 to a text.
  private func apply(
    _ release: MarkedText, path: String, to text: String
  ) -> VersionFileOutcome? {
    let precedent = VersionPrecedent(
      changes: [
        VersionPrecedent.Change(
          path: path, old: Array(release.before.utf8), new: Array(release.after.utf8))
      ], from: "1.1.0", to: "1.1.1")
    return precedent.rules[path].map {
      versionOutcome(path, text, from: "1.1.1", to: "1.1.2", rule: $0)
    }
  }

  private func text(_ outcome: VersionFileOutcome?) -> String? {
    guard case .edited(let bytes, _) = outcome else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  @Test func `the lines that the last release changed are changed again`() {
    let release = MarkedText(
      """
       Walrus, a client.
      -Install walrus==1.1.0, see v1.1.0.
      +Install walrus==1.1.1, see v1.1.1.
       Since 1.1.0 it can swim.
      -Needs otter 1.1.0, walrus-1.1.0.tar.gz
      +Needs otter 1.1.0, walrus-1.1.1.tar.gz
      """)
    let next = release.after + "New in 1.1.1: whiskers.\n"
    let expected =
      release.after.replacing("walrus==1.1.1, see v1.1.1", with: "walrus==1.1.2, see v1.1.2")
      .replacing("walrus-1.1.1.tar.gz", with: "walrus-1.1.2.tar.gz") + "New in 1.1.1: whiskers.\n"
    #expect(text(apply(release, path: "README.md", to: next)) == expected)
  }

  @Test func `lines in which more than the version changed are no precedent`() {
    let release = MarkedText(
      """
      -The release 1.1.0 is slow.
      +The release 1.1.1 is fast.
       Since 1.1.0 it can swim.
      +Since 1.1.1 it can dive.
      """)
    #expect(apply(release, path: "README.md", to: release.after) == nil)
  }

  @Test func `a built-in kind that did the same is preferred to its lines`() throws {
    let release = MarkedText(
      """
       {
      -  "version": "1.1.0",
      +  "version": "1.1.1",
         "packages": {
           "": {
      -      "version": "1.1.0"
      +      "version": "1.1.1"
           },
           "node_modules/otter": {
             "version": "1.0.0"
           }
         }
       }
      """)
    let next = release.after.replacing("1.0.0", with: "1.1.1")
    let precedent = VersionPrecedent(
      changes: [
        VersionPrecedent.Change(
          path: "package-lock.json", old: Array(release.before.utf8),
          new: Array(release.after.utf8))
      ], from: "1.1.0", to: "1.1.1")
    #expect(precedent.rules == ["package-lock.json": .kind(.jsonLock)])
    let otter = try #require(next.split(separator: "otter").last)
    let result = text(apply(release, path: "package-lock.json", to: next))
    #expect(result?.hasSuffix(otter) == true)
    #expect(result?.contains("1.1.2") == true)
  }

  @Test func `a kind and further lines go together`() {
    let release = MarkedText(
      """
       # Docs of walrus:
      -# see https://example.org/1.1.0/
      +# see https://example.org/1.1.1/
       [project]
      -version = "1.1.0"
      +version = "1.1.1"
      """)
    #expect(
      text(apply(release, path: "pyproject.toml", to: release.after))
        == release.after.replacing("1.1.1", with: "1.1.2"))
  }

  @Test func `derived numbers follow where the last release changed them`() {
    let release = MarkedText(
      """
      -#define WALRUS_VERSION "1.1.0"
      +#define WALRUS_VERSION "1.1.1"
       #define WALRUS_MAJOR 1
       #define WALRUS_MINOR 1
      -#define WALRUS_PATCH 0
      +#define WALRUS_PATCH 1
      """)
    #expect(
      text(apply(release, path: "walrus.h", to: release.after))
        == release.after.replacing("1.1.1", with: "1.1.2").replacing("PATCH 1", with: "PATCH 2"))
  }

  @Test func `a pre-release that every tag holds stays`() {
    let release = MarkedText(
      """
      -#define WALRUS_VERSION "1.1.0-DEV"
      +#define WALRUS_VERSION "1.1.1-DEV"
      -#define WALRUS_VERSION_NUM 0x010100
      +#define WALRUS_VERSION_NUM 0x010101
      -/* walrus 1.1.0-DEV */
      +/* walrus 1.1.1-DEV */
      """)
    #expect(
      text(apply(release, path: "walrus.h", to: release.after))
        == release.after.replacing("1.1.1", with: "1.1.2").replacing("101\n", with: "102\n"))
  }

  @Test func `a line that says something else now stops the release`() {
    let release = MarkedText(
      """
      -Install walrus==1.1.0
      +Install walrus==1.1.1
      """)
    #expect(
      apply(release, path: "README.md", to: "Install walrus==1.3.0\n")
        == .refused(.mismatch(found: "1.3.0", expected: "1.1.1")))
    #expect(apply(release, path: "README.md", to: "Install it\n") == .refused(.notFound))
    #expect(
      apply(release, path: "README.md", to: "Install walrus==1.1.1\nInstall walrus==1.1.1\n")
        == .refused(.matches(2, expected: 1)))
    #expect(
      text(apply(release, path: "README.md", to: "Install walrus==1.1.2.dev0\r\n"))
        == "Install walrus==1.1.2\r\n")
  }

  @Test func `the name of a line is not the version of its first release`() {
    let precedent = VersionPrecedent(
      changes: [
        VersionPrecedent.Change(
          path: "a.adoc", old: Array("the 1.2 line: 1.1.9\n".utf8),
          new: Array("the 1.2 line: 1.2.0\n".utf8))
      ], from: "1.1.9", to: "1.2.0")
    let outcome = precedent.rules["a.adoc"].map {
      versionOutcome("a.adoc", "the 1.2 line: 1.2.0\n", from: "1.2.0", to: "1.2.1", rule: $0)
    }
    #expect(text(outcome) == "the 1.2 line: 1.2.1\n")
  }

  @Test func `many lines of the same kind take linear time`() {
    let old = String(repeating: "walrus 1.1.0 and 1.1.0\n", count: 20_000)
    let release = VersionPrecedent.Change(
      path: "a.adoc", old: Array(old.utf8),
      new: Array(old.replacing("and 1.1.0", with: "and 1.1.1").utf8))
    let precedent = VersionPrecedent(changes: [release], from: "1.1.0", to: "1.1.1")
    guard case .lines(let lines) = precedent.rules["a.adoc"] else {
      Issue.record("no lines")
      return
    }
    #expect(lines.count == 20_000)
  }

  @Test(arguments: [
    ("CHANGELOG.md", true), ("docs/changelog/1.1.rst", true), ("NEWS", true),
    ("debian/changelog", true), ("CHANGES.txt", true), ("Release-Notes.md", true),
    ("src/newsletter.md", false), ("lib/changes_of_state.rb", false), ("README.md", false),
  ])
  func `changelogs are told by their names`(path: String, expected: Bool) {
    #expect(VersionPrecedent.isChangelog(path) == expected)
  }
}

@Suite struct VersionBumpTests {
  private let change = VersionChange(from: "1.1.1", to: "1.1.2")

  private func bump(
    _ files: [String: VersionBump.Content], configured: [VersionBump.Configured] = [],
    precedent: [String]? = nil
  ) -> VersionBump {
    let changes = precedent?.map { path in
      VersionPrecedent.Change(
        path: path, old: Array("v 1.1.0\n".utf8), new: Array("v 1.1.1\n".utf8))
    }
    return VersionBump(
      change: change, configured: configured,
      precedent: changes.map { VersionPrecedent(changes: $0, from: "1.1.0", to: "1.1.1") },
      candidates: files.keys.sorted(), content: { files[$0] ?? .missing })
  }

  private func file(_ text: String) -> VersionBump.Content { .file(Array(text.utf8)) }

  @Test func `configuration goes before precedent and precedent before built-in kinds`() throws {
    let pattern = try VersionPattern(parsing: "w {version}")
    let result = bump(
      ["VERSION": file("1.1.1\n"), "a.adoc": file("v 1.1.1\n"), "b.adoc": file("w 1.1.1\n")],
      configured: [VersionBump.Configured(path: "b.adoc", rule: .pattern(pattern))],
      precedent: ["a.adoc", "b.adoc"])
    #expect(result.edits.map(\.path) == ["b.adoc", "a.adoc"])
    #expect(result.edits.map(\.source) == [.configured, .precedent])
    #expect(
      result.edits.map { String(decoding: $0.bytes, as: UTF8.self) } == ["w 1.1.2\n", "v 1.1.2\n"])
    #expect(result.disagreements.map(\.path) == ["VERSION"])
    #expect(result.blocked.isEmpty && result.drift.isEmpty)
  }

  @Test func `without a precedent the built-in kinds decide`() {
    let result = bump([
      "VERSION": file("1.1.1\n"), "package.json": file(#"{"version":"1.0.0"}"#),
      "composer.json": file("{}"), "Cargo.toml": .symbolicLink, "go.mod": file("module m\n"),
    ])
    #expect(result.edits.map(\.path) == ["VERSION"])
    #expect(
      result.drift.map { "\($0.path) \($0.reason)" } == [
        "Cargo.toml symbolic link", "package.json mismatch: found 1.0.0, tag says 1.1.1",
      ])
    #expect(result.blocked.isEmpty)
  }

  @Test(arguments: [
    (VersionBump.Content.missing, "file missing on this branch"),
    (.submodule, "submodule"), (.symbolicLink, "symbolic link"), (.generated, "generated file"),
    (
      .file(Array("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 3\n".utf8)),
      "Git LFS pointer"
    ),
    (.file(Array("// @generated by walrus\nv 1.1.1\n".utf8)), "generated file"),
    (
      .file(Array("// Code generated by walrus. DO NOT EDIT.\nv 1.1.1\n".utf8)), "generated file"
    ),
  ])
  func `what is no source file stops a configured rule and a precedent`(
    content: VersionBump.Content, reason: String
  ) {
    let configured = bump(
      ["a.adoc": content], configured: [VersionBump.Configured(path: "a.adoc", rule: .automatic)])
    #expect(configured.blocked.map(\.reason.description) == [reason])
    let precedent = bump(["a.adoc": content], precedent: ["a.adoc"])
    #expect(precedent.blocked.map(\.reason.description) == [reason])
    #expect(configured.edits.isEmpty && precedent.edits.isEmpty)
  }

  @Test func `an optional rule may find nothing but not a contradiction`() throws {
    let pattern = try VersionPattern(parsing: "v {version}")
    let rules = ["a.adoc", "b.adoc", "c.adoc"].map {
      VersionBump.Configured(path: $0, rule: .pattern(pattern), isOptional: true)
    }
    let result = bump(
      ["b.adoc": file("nothing\n"), "c.adoc": file("v 1.0.0\n")], configured: rules)
    #expect(result.blocked.map(\.path) == ["c.adoc"])
  }
}
