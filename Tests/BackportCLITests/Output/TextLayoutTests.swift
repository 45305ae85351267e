import Backport
import Testing

@testable import BackportCLI

@Suite("Layout")
struct TextLayoutTests {
  @Test(
    "counts columns, not characters",
    arguments: [("abc", 3), ("日本", 4), ("e\u{301}", 1), ("한글", 4), ("🎉", 2), ("", 0)])
  func width(text: String, columns: Int) {
    #expect(DisplayWidth.of(text) == columns)
  }

  @Test("breaks lines at blanks and nowhere else")
  func wrapping() {
    let text: StyledText = "one two three-and-more four"
    #expect(
      text.wrapped(to: 9).map { $0.rendered(inColor: false) }
        == ["one two", "three-and-more", "four"])
  }

  @Test("keeps the colour of a stretch on both sides of a break")
  func wrappingInColor() {
    let text = StyledText("red words", .bad)
    #expect(
      text.wrapped(to: 5).map { $0.rendered(inColor: true) }
        == ["\u{1b}[31mred\u{1b}[m", "\u{1b}[31mwords\u{1b}[m"])
  }

  @Test("cuts a line to its width, dots included")
  func truncation() {
    #expect(StyledText("abcdefgh").truncated(to: 6).rendered(inColor: false) == "abc...")
    #expect(StyledText("日本日本").truncated(to: 7).rendered(inColor: false) == "日本...")
    #expect(StyledText("abc").truncated(to: 3).rendered(inColor: false) == "abc")
  }

  @Test("aligns a table by columns and leaves out what is empty")
  func table() {
    var table = TextTable(["name", "gone", "why"])
    table.add(["日本", "", "first"])
    table.add(["a", "", "second"])
    var page = TextPage(TextStyle())
    table.write(to: &page)
    #expect(page.text == "name  why\n日本  first\na     second\n")
  }

  @Test("puts the last column below when there is no room beside")
  func narrowTable() {
    var table = TextTable(["name", "why"])
    table.add(["a-very-long-name", "because of this and that"])
    var page = TextPage(TextStyle(width: 30))
    table.write(to: &page)
    #expect(page.text == "name\n    why\na-very-long-name\n    because of this and that\n")
  }

  @Test(
    "gives the command that lands what a plan showed",
    arguments: [
      (["plan", "abc"], ["abc"]),
      (["abc", "-q", "--json", "-o", "x", "--color=never"], ["abc"]),
      (["-C", "plan", "plan", "abc"], ["-C", "plan", "abc"]),
      (["abc", "plan"], ["abc", "plan"]),
      (["--", "plan"], ["--", "plan"]),
      (["apply", "-n", "abc", "--to", "1.1"], ["abc", "--to", "1.1"]),
    ])
  func commandWords(arguments: [String], words: [String]) {
    #expect(CommandWords.withoutOutput(arguments) == words)
  }

  @Test(
    "quotes a word for the shell only where it has to",
    arguments: [
      ("v1.1.0..HEAD", "v1.1.0..HEAD"), ("a b", "'a b'"), ("it's", "'it'\\''s'"), ("", "''"),
    ])
  func quoting(word: String, quoted: String) {
    #expect(ShellWord.quoted(word) == quoted)
  }
}
