import Backport

/// What a job came to in Markdown, for the summary of a run.
struct JobMarkdown {
  let document: CIDocument
  /// How picks differ from their originals, by the place of their fix in the document and by line.
  var comparisons: [Int: [String: [PickComparison]]] = [:]

  /// The page: one table of all fixes and lines, then each plan with its picture.
  var text: String {
    var page = MarkdownPage(limit: PlanMarkdown.summaryLimit)
    page.heading(2, "git backport: \(JobText(document: document, style: TextStyle()).summary)")
    page.alert(.warning, document.warnings.map { MarkdownText($0.message) })
    let fixes = document.fixes.filter { $0.state != .settled || document.isCheck }
    page.table(["Fix", "Line", "State", "Version", "Where", "Why"], fixes.flatMap(rows))
    for (index, fix) in document.fixes.enumerated()
    where fix.state != .settled || document.isCheck {
      let name: MarkdownText = fix.name.isEmpty ? "" : "\(code: fix.name) "
      page.heading(3, name + MarkdownText(fix.subject))
      page.paragraph(MarkdownText(JobSentence(fix: fix).text))
      if let error = fix.error {
        page.alert(.caution, ErrorMarkdown.items(error))
      }
      page.list(fix.reasons.map { MarkdownText($0) })
      guard let plan = fix.plan else { continue }
      PlanMarkdown(
        plan: plan, comparisons: comparisons[index] ?? [:], level: 4, limit: page.limit
      ).write(to: &page)
    }
    let settled = document.fixes.count - fixes.count
    if settled > 0 {
      page.paragraph(
        "\(settled == 1 ? "1 more fix is" : "\(settled) more fixes are") on every line that is due."
      )
    }
    return page.text
  }

  private func rows(_ fix: CIDocument.FixReport) -> [[MarkdownText]] {
    fix.lines.map { line in
      [
        MarkdownText.code(fix.name), "**\(line.line)**",
        "\(line.state.isGood ? "✅" : "❌") \(line.state.rawValue)",
        MarkdownText(line.version ?? ""), place(line), MarkdownText(line.reason),
      ]
    }
  }

  private func place(_ line: CIDocument.Line) -> MarkdownText {
    if let number = line.request?.number, let url = line.request?.url {
      return "request \(number), \(url)"
    }
    if let name = line.tag ?? line.topic ?? line.branch { return MarkdownText.code(name) }
    return ""
  }
}
