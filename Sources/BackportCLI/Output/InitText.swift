import Backport

/// What `init` found, assumed and did.
struct InitText {
  let document: InitDocument
  let style: TextStyle
  let use: InitUse

  var text: String {
    var page = TextPage(style)
    if use == .check {
      for problem in document.problems {
        page.line(StyledText("\(problem.code): ", .bad) + StyledText(problem.message), hanging: 4)
      }
      if document.problems.isEmpty {
        page.line(
          StyledText("\(document.path) says what the project shows", .good))
      }
      return page.text
    }
    for finding in document.found {
      page.labelled("found", StyledText(finding.text) + StyledText("  \(finding.source)", .faint))
    }
    for assumption in document.assumed {
      page.labelled(
        "assumed",
        StyledText("\(assumption.key) = \(assumption.value)", .caution)
          + StyledText("  \(assumption.reason)", .faint))
    }
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    if document.written {
      page.space()
      page.line(
        StyledText("wrote \(document.path)", .good) + "; read it, then commit it to the trunk")
    }
    return page.text
  }
}
