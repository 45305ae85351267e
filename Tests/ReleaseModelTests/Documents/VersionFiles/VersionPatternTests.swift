import ReleaseModel
import Testing

@Suite struct VersionPatternTests {
  /// A text with marks and the pattern that has to find them.
  struct Sample: Sendable, CustomTestStringConvertible {
    var pattern: String
    var count = 1
    var text: VersionFileSample

    var testDescription: String { text.name }

    init(
      _ name: String, _ pattern: String, count: Int = 1, from: String = "1.1.0",
      to: String = "1.1.1", _ text: String
    ) {
      self.pattern = pattern
      self.count = count
      self.text = VersionFileSample(name, "notes.adoc", from: from, to: to, text)
    }
  }

  static let samples = [
    Sample(
      "a version inside a longer one is no match", "v{version}",
      "11.1.0, 1.1.01, 1.1.0.4, v1.1.0-rc1, dev1.1.0, v1.1.0.dev2, v«1.1.0→1.1.1».\n"),
    Sample(
      "a version alone", "{version}",
      "11.1.0, 1.1.01, 1.1.0.4, 1.1.0-rc1, v1.1.0, otter-«1.1.0→1.1.1»-linux.tar.gz\n"),
    Sample(
      "text on both sides", "otter=={version};", "otter==1.1.0.1; otter==«1.1.0→1.1.1»;\n"),
    Sample(
      "several places", "={version}", count: 2, "a=«1.1.0→1.1.1» b=1.1.0-rc1 c=«1.1.0→1.1.1»\n"),
    Sample(
      "parts", "V({major}, {minor}, {patch})", from: "2.9.9", to: "2.9.10",
      "V(2, 8, 9) V(2, 9, «9→10»)\n"),
    Sample(
      "a version with its day", "{version} ({date})", "«1.1.0→1.1.1» («2024/02/29→2026/11/21»)\n"),
    Sample("two lines", "x:\n  {version}", "x:\n  «1.1.0→1.1.1»\n"),
    Sample("braces that are no placeholder", "{v}{version}", "{v}«1.1.0→1.1.1»\n"),
  ]

  @Test(arguments: samples, VersionFileSample.Storage.allCases)
  func `a pattern replaces its placeholders and nothing else`(
    sample: Sample, storage: VersionFileSample.Storage
  ) throws {
    let pattern = try VersionPattern(parsing: sample.pattern)
    #expect(pattern.description == sample.pattern)
    let outcome = VersionFile.edit(
      path: sample.text.path, bytes: storage.bytes(of: sample.text.before),
      change: sample.text.change, rule: .pattern(pattern, count: sample.count))
    guard case .edited(let bytes, let spans) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(bytes == storage.bytes(of: sample.text.after))
    #expect(spans.count == sample.text.marks)
    let again = VersionFile.edit(
      path: sample.text.path, bytes: bytes, change: sample.text.change,
      rule: .pattern(pattern, count: sample.count))
    #expect(again == .edited(bytes, spans: []))
  }

  @Test(arguments: [
    (
      "VERSION = '{version}'", 1, "A_VERSION = '1.1.0'\nB_VERSION = '1.1.0'\n",
      "ambiguous: pattern matches 2 times, 1 expected"
    ),
    (
      "VERSION = '{version}'", 2, "VERSION = '1.1.0'\n",
      "ambiguous: pattern matches once, 2 expected"
    ),
    ("VERSION = '{version}'", 1, "export default 1;\n", "not found"),
    ("VERSION = '{version}'", 1, "VERSION = '1.2.0'\n", "mismatch: found 1.2.0, tag says 1.1.0"),
    ("{major}.{minor}:{patch}", 1, "1.0:4\n", "mismatch: found 1.0.4, tag says 1.1.0"),
    ("{version}", 1, "1.2.0\n", "not found"),
  ])
  func `a pattern that does not fit is refused`(
    pattern: String, count: Int, text: String, reason: String
  ) throws {
    let rule = VersionFileRule.pattern(try VersionPattern(parsing: pattern), count: count)
    guard case .refused(let refusal) = versionOutcome("x.js", text, rule: rule) else {
      Issue.record("\(versionOutcome("x.js", text, rule: rule))")
      return
    }
    #expect(refusal.description == reason)
  }

  @Test func `a pattern finds the pre-release of a branch opened early`() throws {
    let rule = VersionFileRule.pattern(try VersionPattern(parsing: "VERSION = '{version}'"))
    #expect(
      versionOutcome("x.js", "VERSION = '1.1.1-DEV'\n", rule: rule)
        == .edited(
          Array("VERSION = '1.1.1'\n".utf8),
          spans: [
            VersionSpan(
              range: 11..<20, found: Array("1.1.1-DEV".utf8), replacement: Array("1.1.1".utf8))
          ]))
  }

  @Test(arguments: ["", "VERSION", "{date}", "{ version }"])
  func `a pattern needs a placeholder for the version`(text: String) {
    #expect(throws: VersionPatternError.self) { try VersionPattern(parsing: text) }
  }

  @Test func `a file of no known kind has to spell the version once`() {
    let text = "install walrus 1.1.0 or 1.0.9\n"
    guard case .edited(let bytes, _) = versionOutcome("README.adoc", text) else {
      Issue.record("not edited")
      return
    }
    #expect(String(decoding: bytes, as: UTF8.self) == "install walrus 1.1.1 or 1.0.9\n")
    #expect(
      versionOutcome("README.adoc", "1.1.0, 1.1.0\n") == .refused(.patternMatches(2, expected: 1)))
  }
}
