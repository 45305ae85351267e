import Backport

/// What a job came to, as somebody reads it in its log.
struct JobText {
  let document: CIDocument
  let style: TextStyle

  /// The fixes of which something is owed or was delivered, and what became of each line.
  func text(isQuiet: Bool) -> String {
    var page = TextPage(style)
    for fix in document.fixes where fix.state != .settled || document.isCheck {
      page.space()
      let name = fix.name.isEmpty ? "" : fix.name + "  "
      page.line(StyledText(name, .heading) + StyledText(fix.subject), hanging: 2)
      page.line(
        StyledText(JobSentence(fix: fix).text, meaning(fix.state)), indent: 2, hanging: 2)
      if isQuiet { continue }
      for reason in fix.reasons { page.line(StyledText(reason, .faint), indent: 2, hanging: 2) }
      for line in fix.lines { write(line, &page) }
      if let error = fix.error {
        page.line(StyledText("error: ", .bad) + StyledText(error.message), indent: 2, hanging: 7)
        if let hint = error.hint {
          page.line(StyledText("hint: ", .caution) + StyledText(hint), indent: 2, hanging: 6)
        }
      }
    }
    page.space()
    if !document.warnings.isEmpty, !isQuiet {
      WarningText.write(document.warnings, to: &page)
      page.space()
    }
    page.line(StyledText(summary, meaning(document.state)))
    return page.text
  }

  private func write(_ line: CIDocument.Line, _ page: inout TextPage) {
    let version = line.version.map { " \($0)" } ?? ""
    page.line(
      StyledText(line.line, .heading) + StyledText("  ")
        + StyledText(line.state.rawValue + version, meaning(line.state))
        + StyledText("  \(line.request?.url ?? line.reason)", .faint), indent: 4, hanging: 6)
    guard let results = line.verification else { return }
    VerificationText(results: results).write(to: &page, indent: 6)
  }

  /// The whole run in one sentence.
  var summary: String {
    let settled = document.fixes.count { $0.state == .settled }
    let others = document.fixes.filter { $0.state != .settled }
    if document.isCheck {
      return document.fixes.isEmpty ? "nothing to check" : "nothing was written"
    }
    let looked =
      document.since.map { "since \($0.prefix(10))" } ?? "as named"
    if others.isEmpty, document.state.isGood {
      return settled == 0
        ? "nothing is owed: no security fix came onto the trunk \(looked)"
        : "nothing is owed: \(count(settled, "fix", "fixes")) \(looked), on every line that is due"
    }
    let good = others.count { $0.state.isGood }
    let bad = others.count - good
    let delivered = good == 0 ? "" : "\(count(good, "fix", "fixes")) delivered"
    let owed =
      bad == 0 ? "" : "\(count(bad, "fix is", "fixes are")) still owed (mode \(document.mode))"
    let parts = [delivered, owed].filter { !$0.isEmpty }
    return parts.isEmpty ? "an earlier operation is not published" : parts.joined(separator: ", ")
  }

  private func count(_ number: Int, _ one: String, _ several: String) -> String {
    "\(number) \(number == 1 ? one : several)"
  }

  private func meaning(_ state: CIDocument.State) -> StyledText.Meaning {
    switch state {
    case .settled, .delivered, .proposed, .wouldApply: .good
    case .held: .caution
    case .owed, .failed: .bad
    }
  }
}
