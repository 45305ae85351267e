import Testing

@testable import BackportCLI

@Suite("Text from a repository in Markdown")
struct MarkdownEscapeTests {
  private static let hostile = [
    "plain text, ünïcode, 日本", "a <b>bold</b> & <script>alert(1)</script>", "[x](http://evil/)",
    "![x](http://evil/x.png)", "`code` ``more``", "*a* __b__ ~~c~~", "| a | b |",
    "@team and a@b.co",
    "#12 !3 %4 ~5 ^6 &7 $8", "GH-26 and user/repo#1", "https://evil.example/x www.evil.example",
    "ftp://x mailto:a@b.co", "# heading", "- item", "+ item", "1. item", "2) item", "=== ---",
    ":tada: :+1:", "{+ in +} {- out -}", "$x$ $`y`$", "<!-- x", "[[_TOC_]]", "[^1] [x]: http://y",
    "a\\`b\\", "&copy; &#64;x", "\"quoted\" 'too'", "    indented", "> quote", "trailing  ",
    "<details><summary>x", "</details>", "~~~", "```", "---", "***", "1.2.3 is out", "\\", "",
  ]

  @Test(
    "means itself and nothing else in a paragraph, a list, a heading and a table",
    arguments: hostile)
  func inert(text: String) throws {
    let shown = TextEscape.line(text).trimmed
    var page = MarkdownPage(limit: 100_000)
    page.heading(3, MarkdownText(text))
    page.paragraph("x \(text)")
    page.paragraph(MarkdownText(text))
    page.list([MarkdownText(text), "**x** \(code: text) y"])
    page.table(["a", "b", "c"], [[MarkdownText(text), .code(text), "z"]])
    page.details("<code>\(TextEscape.html(text))</code>", [["- " + MarkdownText(text).source]])
    let rendered = try RenderedMarkdown(page.text)
    let ours: Set = [
      "h3", "p", "ul", "li", "table", "thead", "tbody", "tr", "th", "td", "code", "details",
      "summary", "strong", "span",
    ]
    #expect(rendered.elements.isSubset(of: ours), "\(rendered.html)")
    #expect(rendered.html.matches(of: /<td>/).count == 3)
    #expect(rendered.html.matches(of: /<li>/).count == 3, "\(rendered.html)")
    if !shown.isEmpty {
      #expect(rendered.text.split(separator: shown).count >= 8, "\(rendered.html)")
    }
  }

  @Test("is no mention, reference or address to a forge", arguments: hostile)
  func noReference(text: String) throws {
    let rendered = try RenderedMarkdown("x \(MarkdownText(text).source)\n")
    for node in rendered.textNodes {
      let found = node.firstMatch(
        of: /@[A-Za-z]|[#!%~^&$][A-Za-z0-9"]|GH-[0-9]|:\/\/|www\.|:[a-z0-9+_-]+:|\{[+-]/)
      #expect(found == nil, "\(node)")
    }
  }

  @Test("stands in a fence that it cannot close, never at the start of a line")
  func fence() throws {
    let lines = ["````", "``` x", "/close", "::error::x", "\u{1b}[2J", "</details>", "~~~"]
    let block = MarkdownPage.code(lines, prefix: " ")
    let rendered = try RenderedMarkdown(block.joined(separator: "\n") + "\n\nafter\n")
    #expect(rendered.html.hasPrefix("<pre><code>"))
    #expect(rendered.html.hasSuffix("</code></pre>\n<p>after</p>\n"))
    #expect(rendered.text.contains("/close"))
    #expect(!block.contains { $0.hasPrefix("/") || $0.hasPrefix("::") || $0.hasPrefix(" ::") })
    #expect(!block.joined().contains("\u{1b}"))
  }

  @Test("is only letters and entities in a label of a picture")
  func mermaid() {
    let text = "x\"]; click a href \"javascript:x\" <b> #quot; `a` & | {} () \u{202e}"
    let label = TextEscape.mermaid(text)
    let rest = label.replacing(/#[0-9]+;/, with: "")
    #expect(!rest.contains { "\"'`[](){}<>|&;#:".contains($0) }, "\(label)")
    #expect(label.hasPrefix("x#34;#93;#59; click a href #34;javascript#58;x#34;"))
  }
}

@Suite("A page of Markdown")
struct MarkdownPageTests {
  @Test(
    "stays below its limit, whole in every part, and says what was left out",
    arguments: [900, 2_000, 20_000])
  func limit(limit: Int) throws {
    var page = MarkdownPage(limit: limit)
    page.heading(2, "Title")
    page.table(["n"], (0..<5_000).map { [MarkdownText("row \($0)")] })
    for number in 0..<50 {
      page.details(
        "part \(number)",
        [MarkdownPage.code((0..<40).map { "line \($0)" }, language: "diff", limit: page.room)])
    }
    let text = page.text
    #expect(text.utf8.count <= limit)
    #expect(text.contains("parts were left out"))
    #expect(text.contains("more rows"))
    #expect(text.matches(of: /<details>/).count == text.matches(of: /<\/details>/).count)
    #expect(text.matches(of: /```/).count % 2 == 0 || text.matches(of: /(?m)^```/).count % 2 == 0)
  }

  @Test("says nothing of a limit that it does not reach")
  func small() {
    var page = MarkdownPage(limit: 10_000)
    page.paragraph("x")
    page.table(["n"], [["1"]])
    #expect(page.text == "x\n\n| n |\n| --- |\n| 1 |\n")
  }
}

extension String {
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
