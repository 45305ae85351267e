import Backport

/// What `doctor` found, each finding with its remedy.
struct DoctorText {
  let document: DoctorDocument
  let style: TextStyle

  /// The findings by section; `isQuiet` leaves out what is as it should be.
  func text(isQuiet: Bool) -> String {
    var page = TextPage(style)
    var section: DoctorDocument.Section?
    for finding in document.findings where !isQuiet || finding.status != .good {
      let label = finding.section == section ? "" : name(of: finding.section)
      section = finding.section
      page.labelled(label, mark(finding.status) + StyledText(finding.message))
      if let remedy = finding.remedy {
        page.labelledCommands("", [StyledText("         ") + StyledText(remedy)])
      }
    }
    // Without a repository the checks have hardly begun, and the error says so.
    if document.repository != nil { page.line(summary) }
    return page.text
  }

  /// Short enough for the column of labels.
  private func name(of section: DoctorDocument.Section) -> String {
    section == .repository ? "clone" : section.rawValue
  }

  private func mark(_ status: DoctorDocument.Status) -> StyledText {
    let word = StyledText(status.rawValue, meaning(status))
    return word.padded(to: 9)
  }

  private func meaning(_ status: DoctorDocument.Status) -> StyledText.Meaning {
    switch status {
    case .good: .good
    case .note: .faint
    case .warning: .caution
    case .problem: .bad
    }
  }

  private var summary: StyledText {
    let problems = document.findings.count { $0.status == .problem }
    let warnings = document.findings.count { $0.status == .warning }
    let words = [
      problems == 0 ? "" : problems == 1 ? "1 problem" : "\(problems) problems",
      warnings == 0 ? "" : warnings == 1 ? "1 warning" : "\(warnings) warnings",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    return words.isEmpty ? "nothing stands in the way" : StyledText(words)
  }
}
