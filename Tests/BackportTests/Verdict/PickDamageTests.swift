import GitStore
import TestSupport
import Testing

@testable import Backport

/// Clean picks that leave a file worse than it was.
struct PickDamageTests {
  private static let settings = """
    [net]
    host = "localhost"
    port = 80

    [disk]
    path = "/tmp"
    size = 10

    [log]
    level = "info"

    """

  /// What is warned of when a line and the fix change a file in different places.
  private func warnings(
    _ path: String, start: String, line: String, trunk: String
  ) async throws -> [String] {
    var history = TwoLines.history(files: [path: .text(start)])
    history.commit("Own work", on: "1.0", files: [path: .text(line)])
    let fix = history.commit(
      "Check three", files: ["code.txt": .text(TwoLines.fixed), path: .text(trunk)])
    let plan = try await PlanFixture(history).plan(fix)
    #expect(try PlanFixture.target("1.0", of: plan).status == .picked)
    // On 1.1 the file is the trunk's very own.
    #expect(!plan.warnings.contains { $0.message.hasPrefix("1.1: ") })
    return plan.warnings.filter { $0.message.hasPrefix("1.0: ") }.map(\.code)
  }

  @Test func `a key that the line has elsewhere and the fix adds is warned of`() async throws {
    let start = Self.settings
    let codes = try await warnings(
      "settings.toml", start: start,
      line: start.replacing("host =", with: "timeout = 5\nhost ="),
      trunk: start.replacing("port = 80\n", with: "port = 80\ntimeout = 3\n"))
    #expect(codes == ["unreadable-file"])
  }

  @Test func `a file that could not be read before is not`() async throws {
    let start = Self.settings + "broken\n"
    let codes = try await warnings(
      "settings.toml", start: start,
      line: start.replacing("host =", with: "timeout = 5\nhost ="),
      trunk: start.replacing("size = 10\n", with: "size = 10\nsize = 11\n"))
    #expect(codes.isEmpty)
  }

  @Test func `what stays readable is not`() async throws {
    let start = Self.settings
    let codes = try await warnings(
      "settings.toml", start: start,
      line: start.replacing("host =", with: "timeout = 5\nhost ="),
      trunk: start.replacing("size = 10\n", with: "size = 11\n"))
    #expect(codes.isEmpty)
  }

  @Test func `conflict markers that the fix brings are warned of`() async throws {
    let start = (1...9).map { "line \($0)\n" }.joined()
    let codes = try await warnings(
      "list.txt", start: start, line: start.replacing("line 1\n", with: "first\n"),
      trunk: start + "<<<<<<< ours\na\n=======\nb\n>>>>>>> theirs\n")
    #expect(codes == ["conflict-markers"])
  }

  @Test func `an entry that goes to a released section is warned of`() async throws {
    var history = TwoLines.history()
    let log = TwoLines.log("1.1.0", "1.0.0")
    guard case .bytes(let bytes) = log else {
      Issue.record("the changelog is no text")
      return
    }
    history.commit(
      "Own heading", on: "1.1",
      files: [
        "CHANGELOG.md": .text(
          String(decoding: bytes, as: UTF8.self).replacing("# Changelog", with: "# Changes"))
      ])
    let lines = String(decoding: bytes, as: UTF8.self).split(
      separator: "\n", omittingEmptySubsequences: false)
    let place = try #require(lines.firstIndex { $0.hasPrefix("-") })
    let entry = (lines[...place] + ["- Three is checked"] + lines[(place + 1)...])
      .joined(separator: "\n")
    let fix = history.commit(
      "Check three",
      files: ["code.txt": .text(TwoLines.fixed), "CHANGELOG.md": .text(entry)])
    let fixture = try PlanFixture(history)
    let picked = try await fixture.plan(fix) {
      $0.release = false
      $0.to = ["1.1"]
      $0.releaseOn = "branch"
    }
    #expect(try PlanFixture.target("1.1", of: picked).status == .picked)
    #expect(picked.warnings.contains { $0.code == "old-section" && $0.message.hasPrefix("1.1: ") })
    let released = try await fixture.plan(fix) { $0.to = ["1.1"] }
    #expect(!released.warnings.contains { $0.code == "old-section" })
  }
}

/// The checks of texts by themselves.
struct TextSyntaxTests {
  @Test(arguments: [
    ("a.json", "{\"a\": [1, 2, {\"b\": null}]}", true), ("a.json", "{\"a\": 1,}", false),
    ("a.json", "{\"a\": 1", false), ("a.json", "[1 2]", false), ("a.json", "\"text\"", true),
    ("a.toml", "a = 1\n[t]\na = 2\n[t.u]\na = 3\n", true), ("a.toml", "a = 1\na = 2\n", false),
    ("a.toml", "[t]\n[u]\n[t]\n", false), ("a.toml", "[[t]]\na = 1\n[[t]]\na = 2\n", true),
    ("a.toml", "a = [\n 1, # one ]\n 2\n]\nb = 3\n", true), ("a.toml", "a = [\n 1\n", false),
    ("a.toml", "a = \"\"\"\nb = 1\n# c\n\"\"\"\nb = 2\n", true), ("a.toml", "a = \"x\n", false),
    ("a.toml", "\"a = b\" = 'c # d'\n# e\n", true), ("a.toml", "text\n", false),
    ("a.toml", "a = { b = 1, c = [2] }\r\n", true), ("a.toml", "a = \"\\\"\"\n", true),
    ("a.xml", "<?xml version='1.0'?>\n<!-- <x> -->\n<a b='>'><c/><![CDATA[<d>]]></a>\n", true),
    ("a.xml", "<a><b></a></b>", false), ("a.xml", "<a>", false), ("a.xml", "<a/><b/>", false),
    ("a.xml", "<a", false), ("a.xml", "</a>", false), ("a.xml", "<a><!-- </a>", false),
    ("a.svg", "<svg><g/></svg>", true), ("pom.xml", "", true),
  ])
  func `a text is read or refused`(path: String, text: String, isReadable: Bool) throws {
    let syntax = try #require(TextSyntax(path: Array(path.utf8)))
    #expect((syntax.fault(in: Array(text.utf8)) == nil) == isReadable)
  }

  @Test(arguments: ["a.txt", "json", "a.json5", "a", "a.py"])
  func `other files are not looked at`(path: String) {
    #expect(TextSyntax(path: Array(path.utf8)) == nil)
  }

  @Test func `no bytes end the program`() {
    var generator = SeededGenerator(seed: 7)
    let signs = Array("<>/\"'=[]{}#!-\\ \n\0ab".utf8)
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 0...40, using: &generator)).map { _ in
        signs[Int.random(in: 0..<signs.count, using: &generator)]
      }
      for kind in [TextSyntax.json, .toml, .xml] { _ = kind.fault(in: text) }
    }
  }
}
