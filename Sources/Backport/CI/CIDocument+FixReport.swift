import GitStore

extension CIDocument.FixReport {
  /// The report of a fix of which nothing is known yet.
  init(_ candidate: OwedFixes.Candidate) {
    let fix = candidate.fix
    self.init(
      name: fix.name, ids: fix.ids, subject: fix.subject, requested: candidate.revisions,
      reasons: candidate.reasons, state: .settled, operation: nil, lines: [], plan: nil,
      error: nil)
  }

  /// Notes what became of some lines.
  mutating func mark(_ targets: [Target], _ state: CIDocument.State) {
    for target in targets {
      guard let index = lines.firstIndex(where: { $0.line == target.line }) else { continue }
      lines[index].state = state
      if state == .delivered { lines[index].tag = target.release?.tag }
    }
  }

  /// Takes over what landing found of some lines.
  mutating func replace(_ targets: [Target]) {
    for target in targets {
      if let index = lines.firstIndex(where: { $0.line == target.line }) {
        lines[index] = CIDocument.Line(target)
      }
      if let index = plan?.targets.firstIndex(where: { $0.line == target.line }) {
        plan?.targets[index] = target
      }
    }
  }
}
