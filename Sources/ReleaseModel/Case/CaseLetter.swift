/// A letter on a case, filled from its record; it is only shown, sending it is somebody's decision.
///
/// What the record does not know yet stands in angle brackets, and is listed.
public struct CaseLetter: Codable, Hashable, Sendable {
  /// What it says.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// To the reporter: it came in.
    case acknowledgement
    /// To the reporter: what was found, and what happens next.
    case nextSteps = "next-steps"
    /// To the reporter: it is no flaw, or known already.
    case rejection
    /// To the maintainers of another project: it is theirs.
    case upstreamReport = "upstream-report"
    /// To those who are told before everybody.
    case preNotification = "pre-notification"
    /// To everybody.
    case announcement
  }

  /// What it says.
  public var kind: Kind
  /// To whom it goes; nil where that is not known.
  public var to: String?
  /// The subject.
  public var subject: String
  /// The text, in paragraphs.
  public var body: String
  /// What the record does not know yet.
  public var gaps: [String]

  /// Fills a letter.
  ///
  /// `deadlines` are those of the case today, `project` is the project's name, and `sender` signs.
  public init(
    _ kind: Kind, of record: CaseRecord, deadlines: [CaseDeadline], project: String,
    sender: CaseHandler
  ) {
    var writer = CaseLetterWriter(
      record: record, deadlines: deadlines, project: project, sender: sender)
    let (to, subject, paragraphs) = writer.write(kind)
    self.kind = kind
    self.to = to
    self.subject = subject
    body = paragraphs.joined(separator: "\n\n") + "\n"
    gaps = writer.gaps
  }

  /// Writes every key.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(kind, forKey: .kind)
    try container.encode(to, forKey: .to)
    try container.encode(subject, forKey: .subject)
    try container.encode(body, forKey: .body)
    try container.encode(gaps, forKey: .gaps)
  }
}

/// The words of letters.
struct CaseLetterWriter {
  let record: CaseRecord
  let deadlines: [CaseDeadline]
  let project: String
  let sender: CaseHandler
  private(set) var gaps: [String] = []

  init(record: CaseRecord, deadlines: [CaseDeadline], project: String, sender: CaseHandler) {
    self.record = record
    self.deadlines = deadlines
    self.project = project
    self.sender = sender
  }

  mutating func write(
    _ kind: CaseLetter.Kind
  ) -> (to: String?, subject: String, paragraphs: [String]) {
    switch kind {
    case .acknowledgement: (reporter, "Your report \(record.id)", acknowledgement())
    case .nextSteps: (reporter, "Your report \(record.id): next steps", nextSteps())
    case .rejection: (reporter, "Your report \(record.id)", rejection())
    case .upstreamReport:
      (
        record.assessment.thirdParty?.project, "A security problem in \(thirdParty())",
        upstreamReport()
      )
    case .preNotification:
      (
        told, "[embargoed] \(project): fixes on \(until())", preNotification()
      )
    case .announcement: (nil, headline(), announcement())
    }
  }

  private mutating func known(_ value: String?, _ name: String) -> String {
    if let value, !value.isEmpty { return value }
    if !gaps.contains(name) { gaps.append(name) }
    return "<\(name)>"
  }

  private var reporter: String? {
    switch (record.reporter.name, record.reporter.contact) {
    case (let name?, let contact?): "\(name) <\(Self.address(contact))>"
    case (let name, let contact): contact.map { Self.address($0) } ?? name
    }
  }

  private static func address(_ contact: String) -> String {
    contact.hasPrefix("mailto:") ? String(contact.dropFirst(7)) : contact
  }

  private var told: String? {
    let names = record.embargo?.told.map(\.who) ?? []
    return names.isEmpty ? nil : names.joined(separator: ", ")
  }

  private var greeting: String { "Dear \(record.reporter.name ?? "reporter")," }

  private var signature: String {
    "\(sender.name)\nfor \(project)" + (sender.email.map { "\n\($0)" } ?? "")
  }

  private func deadline(_ timer: CaseDeadline.Timer) -> CaseDeadline? {
    deadlines.first { $0.timer == timer }
  }

  private mutating func title() -> String { known(record.title, "what the flaw is") }

  private mutating func until() -> String {
    known(record.embargo?.until.description, "the day of publication")
  }

  private mutating func thirdParty() -> String {
    known(record.assessment.thirdParty?.project, "the project")
  }

  private var handling: String {
    record.handler.map { "\($0.name) is in charge of it and is who you hear from." }
      ?? "We will name somebody who is in charge of it and who you hear from."
  }
}

extension CaseLetterWriter {
  private mutating func acknowledgement() -> [String] {
    var texts = [
      greeting,
      "thank you for your report, which reached us at \(record.received.at). We track it as "
        + "\(record.id); please name that when you write to us.",
      handling,
    ]
    if let respond = deadline(.respond), respond.state != .met {
      texts.append("You get a more detailed answer with the next steps by \(respond.due).")
    }
    if !record.missingFromReport.isEmpty {
      let parts = record.missingFromReport.map { "  - \($0.words)" }
      texts.append("It would help us to know:\n" + parts.joined(separator: "\n"))
    }
    texts.append(
      "Please tell nobody else until a fix is published. Tell us how you would like to be thanked: "
        + "by name, by an alias, anonymously, or not at all.")
    return texts + [signature]
  }

  private mutating func nextSteps() -> [String] {
    var texts = [greeting]
    if record.assessment.confirmed {
      texts.append("we have confirmed your report \(record.id): \(title()).")
      texts.append(affected())
    } else {
      texts.append("we are looking into your report \(record.id).")
    }
    texts.append(handling)
    var steps = ["determine every affected version"]
    if record.assessment.confirmed { steps = [] }
    if record.assessment.audit.isEmpty { steps.append("search our code for similar problems") }
    if !record.state.mayRelease {
      steps.append("prepare fixes for every release that is still maintained")
    }
    steps.append("release them, publish an advisory, and thank you in it")
    texts.append("Next we\n" + steps.map { "  - \($0)" }.joined(separator: "\n"))
    if let until = record.embargo?.until {
      texts.append("We mean to publish on \(until).")
    } else if let disclose = deadline(.disclose) {
      texts.append("We mean to publish by \(disclose.due) at the latest.")
    }
    if record.reporter.credit == nil {
      texts.append(
        "Please tell us how you would like to be thanked: by name, by an alias, anonymously, or not "
          + "at all.")
    }
    return texts + [signature]
  }

  private mutating func rejection() -> [String] {
    let event = record.events.last {
      [.reject, .duplicate, .upstream].contains($0.event)
    }
    let reason = known(event?.data["reason"]?.text, "the reason")
    var texts = [greeting, "thank you for your report \(record.id)."]
    if let original = record.assessment.duplicateOf {
      texts.append("It was reported before, as \(original): \(reason).")
    } else if record.assessment.thirdParty != nil {
      texts.append("It belongs to \(thirdParty()), whom we have told: \(reason).")
    } else {
      texts.append("We do not treat it as a security problem: \(reason).")
    }
    if let message = event?.data["message"]?.text { texts.append(message) }
    texts.append("If we have missed something, please answer; we look at it again.")
    return texts + [signature]
  }

  private mutating func upstreamReport() -> [String] {
    var texts = [
      "Dear maintainers of \(thirdParty()),",
      "we were told of a security problem that we believe to be in your code: \(title()).",
    ]
    if let impact = record.texts.impact { texts.append(impact) }
    texts.append("How to see it happen: \(known(record.report.steps, "steps to reproduce"))")
    texts.append("Seen with: \(known(record.report.environment, "version and environment"))")
    if let name = record.reporter.publicName, record.reporter.credit != .anonymous {
      texts.append("It was found by \(name).")
    }
    texts.append(
      "Nobody else was told by us. Please tell us when you mean to publish, so that we can do the "
        + "same at that time; our own reference is \(record.id).")
    return texts + [signature]
  }

  private mutating func preNotification() -> [String] {
    var texts = [
      "This is under embargo until \(until()). Please tell nobody, and publish nothing, before.",
      "\(project): \(title()).",
    ]
    if let impact = record.texts.impact { texts.append(impact) }
    texts.append(severity())
    texts.append(affected())
    texts.append(fixes())
    if !record.ids.isEmpty {
      texts.append("Identifiers: \(record.ids.joined(separator: ", "))")
    }
    return texts + [signature]
  }

  private mutating func headline() -> String {
    let ids = record.ids.first.map { " (\($0))" } ?? ""
    return "\(project): \(title())\(ids)"
  }

  private mutating func announcement() -> [String] {
    var texts = ["\(title()).", known(record.texts.impact, "what somebody can do with it")]
    texts.append(severity())
    texts.append(affected())
    texts.append(fixes())
    if let workaround = record.texts.workaround {
      texts.append("Who cannot update: \(workaround)")
    }
    if let name = record.reporter.publicName {
      texts.append(
        name == "anonymous"
          ? "We thank the reporter, who wishes to stay anonymous."
          : "We thank \(name) for the report.")
    }
    if !record.ids.isEmpty {
      texts.append("Identifiers: \(record.ids.joined(separator: ", "))")
    }
    return texts + [signature]
  }

  private mutating func severity() -> String {
    let vectors = record.assessment.cvss.joined(separator: ", ")
    let word = record.rating?.rawValue
    return "Severity: " + known(word ?? (vectors.isEmpty ? nil : vectors), "severity")
      + (word != nil && !vectors.isEmpty ? " (\(vectors))" : "")
  }

  private mutating func affected() -> String {
    let rows = record.lines.filter { $0.affected == true && !$0.trunk }.map { line in
      "  \(line.line)" + (line.lastAffected.map { " up to \($0)" } ?? "")
    }
    let introduced = record.assessment.introduced
    let start = introduced?.version ?? introduced?.commit.map { "commit \($0)" }
    let since = start.map { " since \($0)" } ?? ""
    return "Affected\(since):\n"
      + (rows.isEmpty
        ? "  " + known(nil, "affected release lines") : rows.joined(separator: "\n"))
  }

  private mutating func fixes() -> String {
    var rows: [String] = []
    for line in record.lines where line.affected == true && !line.trunk {
      if let fixed = line.fixed {
        rows.append("  \(line.line): update to \(fixed)")
      } else if line.isOwedRelease {
        rows.append("  \(line.line): update to \(known(nil, "fixed version of \(line.line)"))")
      } else {
        rows.append(
          "  \(line.line): \(line.advice ?? "gets no fix; move to a line that is maintained")")
      }
    }
    return "Fixed:\n" + rows.joined(separator: "\n")
  }
}
