import Backport

/// An audit as the reader of a build's log needs it: what is missing, where, and what to do.
struct AuditText {
  let document: AuditDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    let (rules, source) = PolicyText(document.policy, asOf: document.asOf).lines
    page.labelled("policy", rules.map { StyledText($0) } + [source])
    let trunk = document.repository.trunk?.shortRef ?? "the trunk"
    let (fixes, lines) = (document.fixes.count, document.lines.count)
    page.labelled(
      "audited",
      "\(fixes) security \(fixes == 1 ? "fix" : "fixes") of \(trunk), on "
        + "\(lines) \(lines == 1 ? "line" : "lines")")
    if fixes > 0, lines > 0 {
      page.space()
      writeLines(&page)
    }
    for fix in document.fixes { write(fix, to: &page) }
    writeNotes(&page)
    page.space()
    page.line(result)
    let commands = commands
    if !commands.isEmpty { page.labelledCommands("next", commands) }
    return page.text
  }

  /// One line for each fix that a line lacks; nothing when there is none.
  var summary: String {
    var page = TextPage(style)
    for fix in document.fixes {
      for verdict in fix.lines where verdict.status.isFinding {
        page.verbatim(
          StyledText(verdict.line, .heading) + "  " + word(verdict.status) + "  "
            + StyledText(name(of: fix)) + "  " + StyledText(fix.subject), indent: 0)
      }
    }
    return page.text
  }

  private func writeLines(_ page: inout TextPage) {
    let statuses: [AuditDocument.Status] = [
      .missing, .unproven, .unreleased, .skipped, .notAffected, .equivalent, .fixed,
    ]
    var table = TextTable(["line", "latest"] + statuses.map { word($0).plain } + [""])
    for line in document.lines {
      let counts = statuses.map { status in
        line.counts[status.rawValue].map { StyledText("\($0)", meaning(status)) } ?? ""
      }
      table.add(
        [StyledText(line.line, .heading), StyledText(line.latest.version)] + counts
          + [StyledText(line.note ?? "", .faint)])
    }
    table.write(to: &page)
  }

  private func write(_ fix: AuditDocument.Fix, to page: inout TextPage) {
    let shown = fix.lines.filter { verdict in
      style.isVerbose || verdict.status.isFinding || verdict.status == .unreleased
    }
    if shown.isEmpty { return }
    page.space()
    page.line(StyledText(name(of: fix), .heading) + "  " + StyledText(fix.subject), hanging: 2)
    let ids = fix.commits.map { ShortID($0.id).description }.joined(separator: ", ")
    let day = fix.landed.map { ", on the trunk since \($0.prefix(10))" } ?? ", not on the trunk"
    page.line(StyledText(ids + day, .faint), indent: 2)
    if style.isVerbose {
      for reason in fix.reasons { page.line(StyledText(reason, .faint), indent: 2, hanging: 2) }
    }
    let width = shown.map { DisplayWidth.of($0.line) }.max() ?? 0
    for verdict in shown {
      let since = verdict.since.map { " since \($0)" } ?? ""
      let lead =
        StyledText(verdict.line, .heading).padded(to: width + 2)
        + (word(verdict.status) + StyledText(since)).padded(to: 14) + "  "
      let isWhole = style.isVerbose || verdict.status.isFinding
      let evidence = isWhole ? verdict.evidence : verdict.evidence.suffix(1)
      for (number, finding) in evidence.enumerated() {
        let start = number == 0 ? lead : StyledText("").padded(to: lead.width)
        page.line(start + StyledText(finding), indent: 2, hanging: lead.width)
      }
    }
  }

  private func writeNotes(_ page: inout TextPage) {
    if style.isVerbose, !document.notAudited.isEmpty {
      page.space()
      page.labelled(
        "others", document.notAudited.map { StyledText("\($0.line): \($0.reason)") })
    }
    if !document.warnings.isEmpty {
      page.space()
      WarningText.write(document.warnings, to: &page)
    }
  }

  private var result: StyledText {
    if document.fixes.isEmpty { return "no security fix was found; see [fix] in the manual" }
    if document.lines.isEmpty { return "no line is supported, so nothing is owed" }
    if !document.hasFindings { return StyledText("nothing is missing", .good) }
    let words = [
      document.missing == 0 ? "" : "\(document.missing) missing",
      document.unproven == 0 ? "" : "\(document.unproven) not proven to be there",
    ].filter { !$0.isEmpty }.joined(separator: ", ")
    return StyledText(words, .bad)
      + StyledText(" of \(document.fixes.reduce(0) { $0 + $1.lines.count }) looked for")
  }

  /// How each fix is brought to the lines that lack it.
  private var commands: [StyledText] {
    document.fixes.compactMap { fix in
      let lines = fix.lines.filter { $0.status == .missing }.map(\.line)
      if lines.isEmpty { return nil }
      let commits = fix.commits.map { String("\($0.id)".prefix(12)) }
      return StyledText(
        "git backport \(commits.joined(separator: " ")) --to "
          + ShellWord.quoted(lines.joined(separator: ",")))
    }
  }

  private func name(of fix: AuditDocument.Fix) -> String {
    fix.ids.isEmpty
      ? ShortID.optional(fix.commits.last?.id)
      : fix.ids.prefix(style.isVerbose ? fix.ids.count : 2).joined(separator: ", ")
  }

  private func word(_ status: AuditDocument.Status) -> StyledText {
    let text =
      switch status {
      case .notAffected: "not affected"
      case .unproven: "unproven"
      default: status.rawValue
      }
    return StyledText(text, meaning(status))
  }

  private func meaning(_ status: AuditDocument.Status) -> StyledText.Meaning {
    switch status {
    case .fixed, .equivalent: .good
    case .unreleased, .unproven: .caution
    case .missing: .bad
    case .notAffected, .skipped: .faint
    }
  }
}

extension StyledText {
  /// The text without its colours.
  fileprivate var plain: String { spans.map(\.text).joined() }
}
