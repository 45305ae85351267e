import Backport
import ReleaseModel

/// An advisory that was written, for a person.
struct AdvisoryText {
  let document: AdvisoryDocument
  let style: TextStyle

  /// What it says of which versions, and where the files are.
  var text: String {
    var page = TextPage(style)
    let others = document.aliases.isEmpty ? "" : " (\(document.aliases.joined(separator: ", ")))"
    page.labelled("advisory", StyledText(document.id, .heading) + StyledText(others))
    if let id = document.case { page.labelled("case", StyledText(id)) }
    page.labelled("title", StyledText(document.title))
    if let severity = document.severity {
      page.labelled("severity", StyledText(severity.rawValue))
    }
    if let package = document.package { page.labelled("package", StyledText(package.purl)) }
    page.space()
    var table = TextTable(["LINE", "AFFECTED", "FIXED IN", "COMMIT", "STATE"])
    for line in document.lines { table.add(row(line)) }
    table.write(to: &page)
    page.space()
    page.labelled(
      "checked",
      StyledText(
        "what the files say of \(document.checked) tagged versions is what git says", .good))
    page.labelledCommands("wrote", document.files.map { StyledText($0.path) })
    if document.embargoed {
      let end =
        document.operation == nil
        ? "the case is released; then write it again" : "git backport disclose"
      page.labelled(
        "embargo", StyledText("the files are for you alone until \(end)", .caution))
    }
    return page.text
  }

  private func row(_ line: AdvisoryDocument.Line) -> [StyledText] {
    let range =
      line.introduced == line.lastAffected
      ? line.introduced : "\(line.introduced) to \(line.lastAffected)"
    return [
      StyledText(line.line), StyledText(range),
      line.fixed.map { StyledText($0, .good) }
        ?? StyledText("none", line.maintained ? .bad : .faint),
      line.commit.map { "\(ShortID($0))" as StyledText } ?? "",
      StyledText(line.maintained ? "maintained" : "not maintained"),
    ]
  }
}

/// Where an advisory and the tags part, for a person.
struct AdvisoryCheckText {
  let document: AdvisoryCheckDocument
  let style: TextStyle

  /// The findings by version, and what was compared.
  var text: String {
    var page = TextPage(style)
    let package = document.package.map { ", \($0)" } ?? ""
    page.labelled("advisory", StyledText("\(document.id ?? document.file)\(package)"))
    page.labelled("truth", truth)
    page.space()
    for finding in document.findings {
      page.line(
        StyledText(finding.version, .bad) + StyledText(" (\(finding.tag)): \(finding.words)"),
        hanging: 2)
    }
    let summary =
      document.findings.isEmpty
      ? StyledText("right for all \(document.checked) tagged versions", .good)
      : StyledText(
        "wrong for \(Set(document.findings.map(\.version)).count) of \(document.checked) tagged "
          + "versions", .bad)
    page.line(summary)
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
    return page.text
  }

  private var truth: StyledText {
    let fix = document.fix.map { ShortID($0).description }.joined(separator: ", ")
    let origin = document.introduced.map { ShortID($0).description }.joined(separator: ", ")
    return StyledText(
      "fixed by \(fix.isEmpty ? "nothing that is here" : fix); introduced by "
        + (origin.isEmpty ? "nothing that is known: it was always there" : origin))
  }
}
