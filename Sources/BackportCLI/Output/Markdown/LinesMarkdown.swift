package import Backport

/// The release lines in Markdown.
package struct LinesMarkdown {
  let document: LinesDocument
  let level: Int
  let limit: Int

  /// Prepares the page of the lines; see ``PlanMarkdown``.
  package init(
    document: LinesDocument, level: Int = 2, limit: Int = PlanMarkdown.summaryLimit
  ) {
    self.document = document
    self.level = level
    self.limit = limit
  }

  /// The page.
  package var text: String {
    var page = MarkdownPage(limit: limit)
    page.heading(level, "Release lines as of \(document.asOf)")
    let policy = document.policy
    let origin: MarkdownText =
      policy.assumed ? "**assumed**, as nobody states one" : "from \(code: policy.source)"
    page.list(["**Policy**: \(policy.rules.joined(separator: "; ")) (\(origin))"])
    page.alert(.warning, document.warnings.map { MarkdownText($0.message) })
    page.block(LinesDiagram(document: document).markdown)
    page.table(
      ["Line", "Supported", "Until", "Latest", "Next", "Branch", "Why"], document.lines.map(row))
    return page.text
  }

  private func row(_ line: LinesDocument.Line) -> [MarkdownText] {
    let supported: MarkdownText =
      switch line.supported {
      case "yes": "✅ yes\(line.level.map { $0 == "full" ? "" : ", \($0)" } ?? "")"
      case "no": "no"
      default: "⚠️ unknown"
      }
    let date: MarkdownText = line.latest.date.map { " (\($0))" } ?? ""
    var branch: MarkdownText = line.branch?.name.map { "\(code: $0)" } ?? "none"
    switch line.branch?.state {
    case "create": branch = branch + " (new)"
    case "remote": branch = branch + " (remote)"
    case "trunk": branch = branch + " (trunk)"
    default: break
    }
    if let count = line.unreleased, count > 0 { branch = branch + ", \(count) unreleased" }
    return [
      "**\(line.line)**", supported, MarkdownText(line.until ?? ""),
      "\(line.latest.version)\(date)", MarkdownText(line.next), branch, MarkdownText(line.reason),
    ]
  }
}
