import Backport

/// The frame of a page: one file that needs no network and no script, and may load neither.
struct PageFrame {
  let title: String
  /// What kind of page it is.
  let kind: String
  let heading: HTML
  /// What stands below the heading.
  let lead: HTML
  /// The sections, by the names of their anchors.
  let sections: [(anchor: String, title: String, content: HTML)]
  let footer: HTML

  /// Nothing may be loaded, sent or run; of styles only that of the page itself.
  private var policy: String {
    "default-src 'none'; style-src 'sha256-\(PageStyle.hash)'; base-uri 'none'; form-action 'none'"
  }

  /// The whole file.
  var html: HTML {
    let shown = sections.filter { !$0.content.isEmpty }
    let links = shown.map { section -> HTML in
      "<li><a href=\"#\(section.anchor)\">\(section.title)</a></li>"
    }
    let blocks = shown.map { section -> HTML in
      """
      <section aria-labelledby="\(section.anchor)">
      <h2 id="\(section.anchor)">\(section.title)</h2>
      \(section.content)
      </section>

      """
    }
    let style = HTML(trusted: PageStyle.css)
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="\(policy)">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <meta name="referrer" content="no-referrer">
      <title>\(title)</title>
      <style>\(style)</style>
      </head>
      <body>
      <a class="skip" href="#main">Skip to the content</a>
      <header>
      <p class="kind">\(kind)</p>
      <h1>\(heading)</h1>
      \(lead)
      </header>
      <nav aria-label="On this page"><ul>\(links.joined())</ul></nav>
      <main id="main" tabindex="-1">
      \(blocks.joined())</main>
      <footer>\(footer)</footer>
      </body>
      </html>

      """
  }
}

/// Pieces of which pages are made.
enum PagePart {
  /// A table that scrolls by itself where the page is narrow.
  static func table(_ label: String, _ header: [String], _ rows: [[HTML]]) -> HTML {
    guard !rows.isEmpty else { return "" }
    let names = header.map { "<th scope=\"col\">\($0)</th>" as HTML }
    let lines = rows.map { row -> HTML in
      let cells = row.enumerated().map { index, cell -> HTML in
        index == 0 ? "<th scope=\"row\">\(cell)</th>" : "<td>\(cell)</td>"
      }
      return "<tr>\(cells.joined())</tr>\n"
    }
    return """
      <div class="scroll" role="region" tabindex="0" aria-label="\(label)"><table>
      <thead><tr>\(names.joined())</tr></thead>
      <tbody>
      \(lines.joined())</tbody></table></div>

      """
  }

  /// Labelled facts.
  static func facts(_ facts: [Fact]) -> HTML {
    guard !facts.isEmpty else { return "" }
    var last = ""
    let items = facts.map { fact -> HTML in
      defer { last = fact.label }
      let label = fact.label == last ? "" : "<dt>\(fact.label)</dt>" as HTML
      return label + "<dd>\(HTML(fact.phrase))</dd>\n"
    }
    return "<dl>\n\(items.joined())</dl>\n"
  }

  /// A verdict with its sign.
  static func chip(_ words: String, _ meaning: StyledText.Meaning) -> HTML {
    """
    <span class="chip \(meaning.pageClass)"><span aria-hidden="true">\(meaning.glyph)</span>\
    \(words)</span>
    """
  }

  /// Something that should be seen.
  static func note(_ title: String, _ items: [HTML], isBad: Bool = false) -> HTML {
    guard !items.isEmpty else { return "" }
    let list = items.map { "<li>\($0)</li>" as HTML }
    return """
      <div class="note\(isBad ? " bad" : "")" role="note"><p><strong>\(title)</strong></p>\
      <ul>\(list.joined())</ul></div>

      """
  }

  /// What is shown when it is asked for.
  static func details(_ summary: HTML, isOpen: Bool = false, _ content: HTML) -> HTML {
    if content.isEmpty { return "" }
    return "<details\(isOpen ? " open" : "")><summary>\(summary)</summary>\n\(content)</details>\n"
  }

  /// Lines of a file, each of its own kind.
  static func code(_ label: String, _ lines: [(text: String, kind: String)]) -> HTML {
    guard !lines.isEmpty else { return "" }
    let content = lines.map { line -> HTML in
      "<span class=\"\(line.kind)\">\(HTML.verbatim(line.text))\n</span>"
    }
    return """
      <pre tabindex="0" role="region" aria-label="\(label)"><code>\(content.joined())</code></pre>

      """
  }

  /// A change.
  static func patch(_ label: String, _ patch: ReportFacts.Patch) -> HTML {
    var lines = patch.lines.map { ($0, kind(ofPatchLine: $0)) }
    if patch.omitted > 0 { lines.append(("… \(patch.omitted) more lines", "meta")) }
    return code(label, lines)
  }

  private static func kind(ofPatchLine line: String) -> String {
    for prefix in ["+++ ", "--- ", "diff ", "index ", "@@", "new file", "deleted", "similarity"]
    where line.hasPrefix(prefix) {
      return "meta"
    }
    return line.hasPrefix("+") ? "add" : line.hasPrefix("-") ? "del" : "same"
  }
}
