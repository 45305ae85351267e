import Backport
import Testing

@testable import BackportCLI

@Suite("Text from a repository")
struct TextEscapeTests {
  @Test(
    "shows what a terminal would obey or hide",
    arguments: [
      ("plain text, ünï\u{301}côdé, 日本", "plain text, ünï\u{301}côdé, 日本"),
      ("\u{1b}]0;PWN\u{07}", "\\x1b]0;PWN\\x07"),
      ("a\nb\tc\r\u{7f}", "a\\x0ab\\x09c\\x0d\\x7f"),
      ("\u{9b}31m", "\\x9b31m"),
      ("user\u{202e}txt.exe", "user\\u202etxt.exe"),
      ("\u{2066}x\u{2069}\u{200b}\u{200d}\u{feff}", "\\u2066x\\u2069\\u200b\\u200d\\ufeff"),
      ("\u{2028}\u{2029}\u{ad}", "\\u2028\\u2029\\xad"),
      ("tag\u{e0041}", "tag\\u{e0041}"),
      ("\u{3164}blank", "\\u3164blank"),
      ("x ##vso[task.setvariable]1 ##[group]", "x #\\x23vso[task.setvariable]1 #\\x23[group]"),
      ("###teamcity[x]\u{1b}##vso[", "##\\x23teamcity[x]\\x1b#\\x23vso["),
      ("# [1] ## [1.0] ##x y[", "# [1] ## [1.0] ##x y["),
    ])
  func escapes(text: String, shown: String) {
    #expect(TextEscape.line(text) == shown)
  }

  @Test("keeps the indentation of a line of a file")
  func tabs() {
    #expect(TextEscape.verbatim("\tx\u{1b}") == "    x\\x1b")
  }

  @Test("is spelled out in JSON, and means the same there")
  func document() throws {
    let text = "a\u{202e}b\u{9b}c\u{e0041}d\u{7f}ü"
    let bytes = try DocumentCoding.encode([text])
    let escaped = TextEscape.document(bytes)
    #expect(
      String(decoding: escaped, as: UTF8.self).contains(
        #""a\u202eb\u009bc\udb40\udc41d\u007fü""#))
    #expect(try DocumentCoding.decode([String].self, from: escaped, named: "x") == [text])
  }

  @Test("is no command to a build machine, in a line, at its start or in JSON")
  func commands() throws {
    let blank = "\u{a0}"
    for text in ["::error::x", "a b ::set-output name=v::1", blank + "::add-mask::x"] {
      var page = TextPage(TextStyle(width: 22))
      page.line(StyledText(text), indent: 2, hanging: 2)
      let starts = page.text.split(separator: "\n").map { $0.drop(while: \.isWhitespace) }
      #expect(!starts.contains { $0.hasPrefix("::") }, "\(page.text)")
    }
    var page = TextPage(TextStyle())
    page.line("std::string")
    #expect(page.text == "std::string\n")
    let escaped = TextEscape.document(try DocumentCoding.encode(["##vso[x]"]))
    #expect(!String(decoding: escaped, as: UTF8.self).contains("##"))
    #expect(
      try DocumentCoding.decode([String].self, from: escaped, named: "x") == ["##vso[x]"])
  }

  @Test("is escaped wherever it is interpolated")
  func interpolation() {
    let name = "\u{1b}[2J"
    let text: StyledText = "branch \(name) of \(StyledText(name, .bad))"
    #expect(text.rendered(inColor: false) == "branch \\x1b[2J of \\x1b[2J")
    #expect(text.rendered(inColor: true) == "branch \\x1b[2J of \u{1b}[31m\\x1b[2J\u{1b}[m")
  }
}
