import ReleaseModel
import TestSupport
import Testing

/// A job with the texts that most tests use.
func entryJob(
  _ version: String, after previous: String?, mode: ChangelogJob.Mode = .release
) throws -> ChangelogJob {
  ChangelogJob(
    mode: mode, version: try Version(parsing: version),
    previous: try previous.map { try Version(parsing: $0) },
    date: try #require(CalendarDate(year: 2026, month: 11, day: 21)),
    text: "Check the `size` field (CVE-2026-0001)", author: "Jane Doe <jane@example.org>")
}

/// Inserts into the first of the marked texts, expects the second, and that a second run changes
/// nothing.
func expectInsertion(
  _ literal: String, _ job: ChangelogJob, format: ChangelogFormat = .markdown,
  lineEnding: String = "\n", finalNewline: Bool = true,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let text = MarkedText(
    literal, lineEnding: lineEnding, finalNewline: finalNewline, sourceLocation: sourceLocation)
  let outcome = Changelog(Array(text.before.utf8), format: format).insert(job)
  guard case .edited(let revision) = outcome else {
    Issue.record("not edited: \(outcome)", sourceLocation: sourceLocation)
    return
  }
  let written = String(decoding: revision.bytes, as: UTF8.self)
  #expect(written == text.after, sourceLocation: sourceLocation)
  let again = Changelog(revision.bytes, format: format).insert(job)
  #expect(again == .unchanged, "a second run", sourceLocation: sourceLocation)
}

/// Expects that nothing is written for this reason.
func expectRefusal(
  _ text: String, _ job: ChangelogJob, format: ChangelogFormat = .markdown, reason: String,
  sourceLocation: SourceLocation = #_sourceLocation
) {
  let outcome = Changelog(Array(text.utf8), format: format).insert(job)
  guard case .refused(let refusal) = outcome else {
    Issue.record("not refused: \(outcome)", sourceLocation: sourceLocation)
    return
  }
  #expect(refusal.description == reason, sourceLocation: sourceLocation)
}
