import Backport
import ReleaseModel

// A build machine's output is read by others, and a case is nobody's business before it is public.
extension Run {
  /// From here on the run is about a case, of which nothing is known yet.
  func beginCase() { isHidden = isReadByOthers }

  /// The case is this one: what is public may be seen.
  func showsCase(_ record: CaseRecord) {
    isHidden = isReadByOthers && record.visibility != .public
  }

  /// The case as it may be shown.
  func shown(_ document: CaseDocument) throws(BackportError) -> CaseDocument {
    showsCase(document.record)
    guard isHidden else { return document }
    try refuseFiles()
    return try mask.hide(in: document.withoutSeverity, keeping: CaseMask.plainKeys)
  }

  /// The list as it may be shown.
  func shown(_ document: CaseListDocument) throws(BackportError) -> CaseListDocument {
    isHidden = isReadByOthers && document.cases.contains { $0.visibility != .public }
    guard isHidden else { return document }
    try refuseFiles()
    return try mask.hide(in: document, keeping: CaseMask.plainKeys)
  }
}

/// What of a case tells nothing of the flaw.
private enum CaseMask {
  static let plainKeys: Set<String> = [
    "channel", "credit", "due", "event", "id", "lacking", "metAt", "pause", "receivedAt",
    "reportedAt", "resume", "timer", "until", "visibility",
  ]
}
