import Backport
import ReleaseModel

/// One case for a person.
struct CaseText {
  let document: CaseDocument
  let style: TextStyle

  private var record: CaseRecord { document.record }

  /// What came of a step: where the case stands, what is due, and what comes next.
  var outcome: String {
    var page = TextPage(style)
    page.line(headline)
    if !document.lacking.isEmpty, record.events.count == 1 { writeLacking(to: &page) }
    if record.events.count == 1 { writePromises(to: &page) }
    writeDeadlines(to: &page, all: false)
    writeNext(to: &page)
    return page.text
  }

  /// Everything.
  var whole: String {
    var page = TextPage(style)
    page.line(headline)
    if let title = record.title { page.line(StyledText(title)) }
    page.space()
    page.labelled("received", received)
    page.labelled("reporter", reporter)
    page.labelled("handler", StyledText(handler))
    writeLacking(to: &page)
    if let severity { page.labelled("severity", StyledText(severity)) }
    if let introduced = record.assessment.introduced {
      page.labelled(
        "since",
        StyledText(
          [introduced.version, introduced.commit].compactMap(\.self).joined(separator: ", ")))
    }
    if !record.ids.isEmpty { page.labelled("ids", StyledText(record.ids.joined(separator: ", "))) }
    page.labelled("audit", record.assessment.audit.map { StyledText(audit($0)) })
    if let embargo = record.embargo {
      page.labelled("embargo", StyledText("until \(embargo.until)", .caution))
      page.labelled("told", embargo.told.map { StyledText("\($0.who), \($0.at)") })
    }
    page.space()
    writeLines(to: &page)
    page.space()
    writePromises(to: &page)
    writeDeadlines(to: &page, all: true)
    writeEvents(to: &page)
    page.space()
    writeNext(to: &page)
    return page.text
  }

  private var headline: StyledText {
    let state: StyledText.Meaning =
      record.state.isEnded ? .faint : record.state == .published ? .good : .caution
    return StyledText(record.id.description, .heading) + "  "
      + StyledText(record.state.rawValue, state) + "  " + StyledText(record.visibility.rawValue)
  }

  private var received: StyledText {
    let channel = record.received.channel.map { " by \($0)" } ?? ""
    return StyledText("\(record.received.at)\(channel)")
  }

  private var reporter: StyledText {
    let reporter = record.reporter
    let name = reporter.name ?? "not named"
    let contact = reporter.contact.map { " <\($0)>" } ?? ""
    let credit =
      switch reporter.credit {
      case .name: "is credited by name"
      case .alias: "is credited as \(reporter.alias ?? "an alias")"
      case .anonymous: "is credited without a name"
      case .some(.none): "is not credited"
      case nil: "has not said how to be credited"
      }
    return StyledText("\(name)\(contact), \(credit)")
  }

  private var handler: String {
    record.handler.map { $0.name + ($0.email.map { " <\($0)>" } ?? "") } ?? "nobody yet"
  }

  private var severity: String? {
    let texts = [record.rating?.rawValue].compactMap(\.self) + record.assessment.cvss
    return texts.isEmpty ? nil : texts.joined(separator: ", ")
  }

  private func audit(_ audit: CaseAssessment.Audit) -> String {
    let found =
      audit.found.isEmpty ? "nothing found" : "found " + audit.found.joined(separator: "; ")
    return "\(audit.what): \(found) (\(audit.by), \(audit.at))"
  }

  private func writeLacking(to page: inout TextPage) {
    page.labelled(
      "lacking", document.lacking.map { StyledText($0.words, .caution) })
  }

  private func writePromises(to page: inout TextPage) {
    page.labelled("promised", record.policy.origins.map { StyledText($0, .faint) })
  }

  private func writeLines(to page: inout TextPage) {
    var table = TextTable(["line", "flaw", "status", "fixed", "fix", ""])
    for line in record.lines {
      let isOpen = line.isOwedRelease && line.status != .released
      let notes = [
        line.trunk ? "trunk" : line.maintained ? nil : "not maintained",
        line.lastAffected.map { "up to \($0)" }, line.advice,
      ].compactMap(\.self)
      table.add([
        StyledText(line.line),
        StyledText(line.affected.map { $0 ? "yes" : "no" } ?? "not known"),
        StyledText(line.status.rawValue, isOpen ? .caution : .plain),
        StyledText(line.fixed ?? ""), StyledText(String((line.fix ?? "").prefix(7))),
        StyledText(notes.joined(separator: "; "), .faint),
      ])
    }
    if !record.lines.isEmpty { table.write(to: &page) }
  }

  private func writeDeadlines(to page: inout TextPage, all: Bool) {
    let shown = document.deadlines.filter {
      all || [.running, .paused, .overdue].contains($0.state)
    }
    page.labelled("due", shown.map { CaseDeadlineText($0).text })
  }

  private func writeEvents(to page: inout TextPage) {
    let events = record.events.map { event in
      let data = event.data.sorted { $0.key < $1.key }.map { "\($0): \(Self.text($1))" }
      return StyledText("\(event.at)  \(event.event.rawValue)  \(event.by)")
        + StyledText(data.isEmpty ? "" : "  " + data.joined(separator: ", "), .faint)
    }
    page.space()
    page.labelled("events", style.isVerbose ? events : Array(events.suffix(5)))
  }

  private static func text(_ tree: JSONTree) -> String {
    switch tree {
    case .string(let text), .number(let text): text
    case .boolean(let flag): flag ? "yes" : "no"
    case .null: "-"
    case .array(let list): list.map(text).joined(separator: "; ")
    case .object(let object):
      object.sorted { $0.key < $1.key }.map { "\($0) \(text($1))" }.joined(separator: "; ")
    }
  }

  /// What lets the releases of a prepared case out, which records the step; nil when something else is
  /// next.
  private var landing: [String]? {
    let open = record.lines.filter { $0.isOwedRelease && $0.status != .released }
    guard record.state.next == .release, !open.isEmpty else { return nil }
    if open.contains(where: { $0.tag == nil }) {
      return ["git backport apply --case \(ShellWord.quoted(record.id.description))"]
    }
    return record.state == .embargoed
      ? ["git backport disclose"] : ["git backport push", "git backport disclose"]
  }

  /// The next step of the way, with what it still needs.
  private func writeNext(to page: inout TextPage) {
    guard let kind = record.state.next else { return }
    let step = CaseStep(kind, at: document.asOf, by: "")
    let missing = record.missing(for: step)
    let verb = CaseRequirementText.verb(kind)
    let command = "git backport case \(verb) \(ShellWord.quoted(record.id.description))"
    let refusal = CaseRefusal(id: record.id, kind: kind, state: record.state, missing: missing)
    // Who is in charge is you, unless somebody is named.
    let open = missing.filter { $0 != .handler }
    page.labelledCommands("next", (landing ?? [command]).map { StyledText($0) })
    page.labelled(
      "it lacks", open.map { StyledText(CaseRequirementText($0, of: refusal).line, .caution) })
  }
}

/// One deadline on a line.
struct CaseDeadlineText {
  let deadline: CaseDeadline

  init(_ deadline: CaseDeadline) { self.deadline = deadline }

  var text: StyledText {
    let start = StyledText("\(deadline.timer.rawValue) by \(deadline.due)")
    return start + ", " + standing
      + (deadline.isLatest ? StyledText(", at the latest", .faint) : "")
  }

  /// How it stands.
  var standing: StyledText {
    let time = CaseDeadlineText.words(deadline.seconds)
    switch deadline.state {
    case .met:
      let late = deadline.seconds > 0 ? ", \(time) late" : ""
      return StyledText(
        "met \(deadline.metAt?.description ?? "")\(late)", late.isEmpty ? .good : .caution)
    case .running: return StyledText("\(time) left")
    case .paused: return StyledText("stands still, \(time) left", .faint)
    case .overdue: return StyledText("OVERDUE by \(time)", .bad)
    case .ended: return StyledText("ended", .faint)
    }
  }

  /// `3 d 4 h`, `25 min`.
  static func words(_ seconds: Int64) -> String {
    let (days, hours, minutes) = (seconds / 86_400, seconds / 3600 % 24, seconds / 60 % 60)
    if days > 0 { return hours > 0 ? "\(days) d \(hours) h" : "\(days) d" }
    return hours > 0 ? "\(hours) h \(minutes) min" : "\(minutes) min"
  }
}

/// Several cases for a person.
struct CaseListText {
  let document: CaseListDocument
  let style: TextStyle

  /// One line for each case.
  var list: String {
    var page = TextPage(style)
    var table = TextTable(["case", "state", "handler", "next due", "flaw"])
    for entry in document.cases {
      let next = entry.next.map {
        StyledText("\($0.timer.rawValue) ") + CaseDeadlineText($0).standing
      }
      table.add([
        StyledText(entry.id.description, .heading), StyledText(entry.state.rawValue),
        StyledText(entry.handler ?? "nobody", entry.handler == nil ? .caution : .plain),
        next ?? StyledText(""), StyledText(entry.title ?? ""),
      ])
    }
    if document.cases.isEmpty {
      page.line("no case is open")
    } else {
      table.write(to: &page)
    }
    return page.text
  }

  /// Everything that is due, the nearest first.
  var due: String { text(document.due, ifNone: "nothing is due") }

  /// What is late; nothing at all when nothing is, so that cron sends no mail.
  var late: String { text(document.due.filter { $0.deadline.state == .overdue }, ifNone: nil) }

  private func text(_ list: [CaseListDocument.Due], ifNone: String?) -> String {
    var page = TextPage(style)
    for due in list {
      page.line(
        StyledText(due.id.description, .heading) + "  " + CaseDeadlineText(due.deadline).text,
        hanging: 4)
    }
    if list.isEmpty, let ifNone { page.line(StyledText(ifNone)) }
    return page.text
  }
}

/// A letter as it is copied into a mail.
struct CaseLetterText {
  let letter: CaseLetter?
  let style: TextStyle

  init(_ letter: CaseLetter?, style: TextStyle) {
    self.letter = letter
    self.style = style
  }

  var text: String {
    guard let letter else { return "" }
    var page = TextPage(TextStyle())
    if let to = letter.to { page.line(StyledText("To: \(to)")) }
    page.line(StyledText("Subject: \(letter.subject)"))
    page.space()
    for line in letter.body.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
      page.verbatim(StyledText(verbatim: line), indent: 0)
    }
    return page.text
  }
}
