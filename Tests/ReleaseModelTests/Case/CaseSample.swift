import Foundation
import ReleaseModel

/// Files and values that tests of cases share.
enum CaseSample {
  /// The bytes of a file beside this one.
  static func file(_ name: String) throws -> Data {
    try Data(
      contentsOf: URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent(name))
  }

  /// A zone of the machine's time zone database.
  static func zone(_ name: String) -> ZoneRules? {
    if name == "UTC" { return .utc }
    guard let data = FileManager.default.contents(atPath: "/usr/share/zoneinfo/\(name)") else {
      return nil
    }
    return ZoneRules(tzif: Array(data))
  }

  static func instant(_ text: String) -> Instant {
    Instant(parsing: text) ?? Instant(seconds: 0)
  }

  static let received = "2026-11-10T09:30:00Z"

  /// A step `hours` after the report came in.
  static func step(_ kind: CaseEvent.Kind, _ hours: Int = 1) -> CaseStep {
    CaseStep(kind, at: instant(received).adding(seconds: Int64(hours) * 3600), by: "Jane Doe")
  }

  /// A case that was just opened: the lines 1.1 and 0.9, the unmaintained 1.0, and the trunk.
  static func opened(_ facts: CaseFacts = CaseFacts()) throws -> CaseRecord {
    CaseRecord(
      id: CaseID(project: "tokenkit", year: 2026, taken: []),
      received: CaseReceipt(at: instant(received), channel: "mail"), policy: CasePolicy(),
      lines: [
        CaseLine(line: "1.1", branch: "1.1", maintained: true),
        CaseLine(line: "1.0", branch: "1.0", maintained: false),
        CaseLine(line: "0.9", branch: "0.9", maintained: true),
        CaseLine(line: "main", branch: "main", maintained: true, trunk: true),
      ], by: "Jane Doe", facts: facts)
  }

  static func line(
    _ name: String, affected: Bool? = nil, status: CaseLine.Status? = nil, fix: String? = nil
  ) -> CaseLineChange {
    var change = CaseLineChange(line: name)
    change.affected = affected
    change.status = status
    change.fix = fix
    return change
  }

  /// A step that says everything that its kind asks for.
  static func whole(_ kind: CaseEvent.Kind, _ hours: Int = 1) -> CaseStep {
    var step = step(kind, hours)
    switch kind {
    case .assign: step.handlers = [CaseHandler(name: "Jane Doe", email: "jane@example.org")]
    case .confirm:
      step.facts.introducedVersion = "0.1.0"
      step.lines = [
        line("1.1", affected: true), line("1.0", affected: true), line("0.9", affected: true),
        line("main", affected: true),
      ]
    case .audit: step.what = "other unbounded counts"
    case .ready:
      step.facts.severity = .high
      step.facts.credit = .anonymous
      step.lines = [
        line("1.1", status: .tested), line("0.9", status: .tested),
        line("main", fix: String(repeating: "a", count: 40)),
      ]
    case .embargo: step.until = step.at.adding(seconds: 86_400)
    case .publish: step.lines = [line("1.1", status: .released), line("0.9", status: .released)]
    case .reject, .duplicate, .upstream, .withdraw:
      step.reason = "it is meant to be so"
      step.message = "Thank you."
      step.original = "CVE-2020-0001"
      step.project = "libfoo"
    case .revise: step.what = "another workaround"
    case .receive, .acknowledge, .line, .inform, .respond, .release, .close, .note: break
    }
    return step
  }

  /// A case that has come as far as these steps, each with everything it asks for.
  static func after(_ kinds: CaseEvent.Kind...) throws -> CaseRecord {
    var record = try opened()
    for (index, kind) in kinds.enumerated() { record = try record.adding(whole(kind, index + 1)) }
    return record
  }
}
