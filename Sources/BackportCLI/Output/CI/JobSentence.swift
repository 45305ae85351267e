import Backport

/// What a job came to for one fix, in one sentence.
struct JobSentence {
  let fix: CIDocument.FixReport

  /// As in `would apply to 1.1, conflicts on 0.9`.
  var text: String {
    if fix.lines.isEmpty {
      return fix.error.map { "failed: \($0.message)" } ?? "no line is owed it"
    }
    var groups: [(phrase: String, names: [String])] = []
    for line in fix.lines {
      let phrase = phrase(of: line)
      if let index = groups.firstIndex(where: { $0.phrase == phrase }) {
        groups[index].names.append(name(of: line))
      } else {
        groups.append((phrase, [name(of: line)]))
      }
    }
    return groups.map { "\($0.phrase) \($0.names.joined(separator: ", "))" }
      .joined(separator: ", ")
  }

  private func phrase(of line: CIDocument.Line) -> String {
    switch line.state {
    case .delivered: return "released on"
    case .proposed: return line.request == nil ? "waits to be merged into" : "proposed for"
    case .held: return "held back on"
    case .failed: return "failed on"
    case .settled, .wouldApply, .owed: break
    }
    if line.failsVerification { return "fails verification on" }
    return switch line.status {
    case .picked: line.state == .wouldApply ? "would apply to" : "owed to"
    case .unreleased: "unreleased on"
    case .alreadyApplied: "already on"
    case .notAffected: "does not concern"
    case .conflict: "conflicts on"
    case .empty: "leaves nothing to apply on"
    case .blocked: "is blocked on"
    case .skipped: "skipped on"
    }
  }

  private func name(of line: CIDocument.Line) -> String {
    if let tag = line.tag { return "\(line.line) (\(tag))" }
    return line.request?.number.map { "\(line.line) (#\($0))" } ?? line.line
  }
}
