import Backport

/// The release lines as a table.
struct LinesText {
  let document: LinesDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    let (rules, source) = PolicyText(document.policy, asOf: document.asOf).lines
    page.labelled("policy", rules.map { StyledText($0) } + [source])
    page.space()
    var table = TextTable(["line", "supported", "until", "latest", "next", "branch", "why"])
    for line in document.lines { table.add(row(line)) }
    table.write(to: &page)
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    return page.text
  }

  /// One line for each release line.
  var summary: String {
    var page = TextPage(style)
    for line in document.lines {
      page.verbatim(StyledText(line.line, .heading) + "  " + supported(line), indent: 0)
    }
    return page.text
  }

  private func row(_ line: LinesDocument.Line) -> [StyledText] {
    let date = line.latest.date.map { " " + StyledText("(\($0))", .faint) } ?? ""
    var why = StyledText(line.reason)
    if style.isVerbose, let change = line.whatWouldChange {
      why = why + StyledText("; \(change)", .faint)
    }
    return [
      StyledText(line.line, .heading), supported(line), StyledText(line.until ?? ""),
      StyledText(line.latest.version) + date, StyledText(line.next), LinesText.branch(line), why,
    ]
  }

  private func supported(_ line: LinesDocument.Line) -> StyledText {
    switch line.supported {
    case "yes":
      let level = line.level.map { $0 == "full" ? "" : ", \($0)" } ?? ""
      return StyledText("yes\(level)", .good)
    case "no": return StyledText("no", .faint)
    default: return StyledText("unknown", .caution)
    }
  }

  /// The branch of a line, and what it holds beyond the newest release.
  static func branch(_ line: LinesDocument.Line) -> StyledText {
    guard let branch = line.branch else { return StyledText("none", .faint) }
    var text = StyledText(branch.name ?? "none")
    switch branch.state {
    case "create": text = text + StyledText(" (new)", .faint)
    case "remote": text = text + StyledText(" (remote)", .faint)
    case "trunk": text = text + StyledText(" (trunk)", .faint)
    default: break
    }
    if let count = line.unreleased, count > 0 {
      text = text + StyledText(" +\(count)", .caution)
    }
    return text
  }
}
