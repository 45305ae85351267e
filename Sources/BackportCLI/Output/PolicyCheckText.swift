import Backport

/// What is wrong with a policy, one finding below the other.
struct PolicyCheckText {
  let document: PolicyCheckDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    page.labelled("policy", PolicyText(document.policy, asOf: document.asOf).lines.source)
    if document.findings.isEmpty {
      page.labelled("found", StyledText("nothing", .good))
    }
    for finding in document.findings {
      page.space()
      page.line(
        StyledText(finding.code, .caution) + "  " + StyledText(finding.message), hanging: 4)
      if let source = finding.source { page.line(PlaceText.text(source), indent: 4, hanging: 4) }
    }
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    return page.text
  }
}
