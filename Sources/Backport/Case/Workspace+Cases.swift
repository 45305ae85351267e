import GitStore
public import ReleaseModel

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// What a new case begins with.
public struct CaseOpening: Sendable {
  /// The id that was chosen; nil makes one.
  public var id: String?
  /// How the report came in; nil means now.
  public var receivedAt: Instant?
  /// By what it came in.
  public var channel: String?
  /// The id of the mail.
  public var messageID: String?
  /// What it says.
  public var facts = CaseFacts()
  /// The revision or version that brought the flaw.
  public var introduced: String?

  /// Nothing yet.
  public init() {}
}

extension Workspace {
  /// The present moment.
  var instant: Instant { Instant(seconds: surroundings.now) }

  /// Who works here, as the commits say it.
  public func person() throws(BackportError) -> CaseHandler {
    let identity = try identity()
    return CaseHandler(
      name: String(decoding: identity.name, as: UTF8.self),
      email: String(decoding: identity.email, as: UTF8.self))
  }

  /// Opens a case on a report: with the lines that the policy covers, and the trunk.
  public func openCase(_ opening: CaseOpening) throws(BackportError) -> CaseDocument {
    let at = opening.receivedAt ?? instant
    try refuseFuture(at)
    let policy = try casePolicy()
    _ = try zone(of: policy)
    var facts = opening.facts
    if let introduced = opening.introduced { try resolve(introduced: introduced, into: &facts) }
    let (lines, warnings) = try maintainedLines()
    let by = try person().name
    var given: CaseID?
    if let text = opening.id {
      guard let id = CaseID(parsing: text) else {
        throw BackportError(
          .usage, ["--id \(text)"],
          detail: "the id of a case is of letters, digits, '.', '_' and '-'")
      }
      given = id
    }
    let project = projectName
    let record = try CaseStore(repository).open { (taken) throws(BackportError) in
      let year = Moment(seconds: at.seconds, offsetMinutes: 0).day.year
      return CaseRecord(
        id: given ?? CaseID(project: project, year: year, taken: taken),
        received: CaseReceipt(at: at, channel: opening.channel, messageId: opening.messageID),
        policy: policy, lines: lines, by: by, facts: facts)
    }
    return try document(of: record, at: instant, warnings: warnings)
  }

  /// Adds one event to a case; `fill` says what it tells of the case as it is found.
  ///
  /// The reading, the judgement and the writing happen under one lock.
  public func addToCase(
    _ text: String, _ kind: CaseEvent.Kind, at moment: Instant? = nil,
    _ fill: (inout CaseStep, CaseRecord) throws(BackportError) -> Void = { _, _ in }
  ) throws(BackportError) -> CaseDocument {
    let at = moment ?? instant
    try refuseFuture(at)
    let store = CaseStore(repository)
    let id = try store.id(text)
    let by = try person().name
    var warnings: [Warning] = []
    let record = try store.change(id) { (record) throws(BackportError) in
      if kind == .release, let moment = record.releaseOnRecord {
        warnings.append(
          Warning(
            "already-recorded",
            "the release is on record since \(moment), when the last line went out"))
        return record
      }
      var step = CaseStep(kind, at: at, by: by)
      try fill(&step, record)
      if kind == .publish { try judgeAdvisory(of: record, in: &step, &warnings) }
      do throws(CaseRefusal) {
        return try record.adding(step)
      } catch {
        throw BackportError(.caseRefused, [id.description], refusal: error)
      }
    }
    return try document(of: record, at: instant, warnings: warnings)
  }

  /// A case as it stands at a moment; the only one that is open when none is named.
  public func showCase(
    _ text: String?, at moment: Instant? = nil
  ) throws(BackportError) -> CaseDocument {
    try document(of: try record(ofCase: text), at: moment ?? instant)
  }

  /// The record of a case; the only one that is open when none is named.
  public func record(ofCase text: String?) throws(BackportError) -> CaseRecord {
    let store = CaseStore(repository)
    if let text { return try store.record(try store.id(text)) }
    var open: [CaseRecord] = []
    for id in store.ids {
      let record = try store.record(id)
      if !record.state.isEnded { open.append(record) }
    }
    guard let only = open.first, open.count == 1 else {
      throw BackportError(
        .noCase, [], detail: open.map(\.id.description).joined(separator: ", "))
    }
    return only
  }

  /// A letter on a case, filled from its record.
  public func letter(
    _ kind: CaseLetter.Kind, onCase text: String
  ) throws(BackportError) -> CaseDocument {
    var document = try showCase(text)
    document.letter = CaseLetter(
      kind, of: document.record, deadlines: document.deadlines, project: projectName,
      sender: try person())
    return document
  }

  /// All cases, those that have ended only when asked for, and what is due at a moment.
  public func cases(
    includingEnded: Bool, at moment: Instant? = nil
  ) throws(BackportError) -> CaseListDocument {
    let store = CaseStore(repository)
    let now = moment ?? instant
    var list = CaseListDocument(
      repository: description, asOf: now, cases: [], due: [], warnings: [])
    for id in store.ids {
      let record: CaseRecord
      let deadlines: [CaseDeadline]
      do throws(BackportError) {
        record = try store.record(id)
        deadlines = record.deadlines(at: now, zone: try zone(of: record.policy))
      } catch {
        list.warnings.append(
          Warning(error.code.rawValue, "case \(id) cannot be read: \(error.detail)"))
        continue
      }
      if record.state.isEnded, !includingEnded { continue }
      let pending = deadlines.filter { [.running, .paused, .overdue].contains($0.state) }
      list.cases.append(
        .init(
          id: id, state: record.state, visibility: record.visibility,
          receivedAt: record.received.at, handler: record.handler?.name, title: record.title,
          next: pending.first))
      list.due += pending.map { .init(id: id, deadline: $0) }
    }
    list.due.sort {
      ($0.deadline.due, $0.id.description) < ($1.deadline.due, $1.id.description)
    }
    return list
  }

  func document(
    of record: CaseRecord, at moment: Instant, warnings: [Warning] = []
  ) throws(BackportError) -> CaseDocument {
    CaseDocument(
      repository: description, record: record, asOf: moment,
      deadlines: record.deadlines(at: moment, zone: try zone(of: record.policy)),
      lacking: record.missingFromReport, letter: nil, warnings: warnings)
  }

  func zone(of policy: CasePolicy) throws(BackportError) -> ZoneRules {
    try TimeZoneFile.rules(of: policy.timezone, namedIn: CaseSettings.document)
  }

  private func refuseFuture(_ at: Instant) throws(BackportError) {
    if at > instant {
      throw BackportError(
        .usage, ["--at \(at)"], detail: "what is recorded has happened; this is in the future")
    }
  }
}
