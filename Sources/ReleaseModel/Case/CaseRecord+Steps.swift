extension CaseRecord {
  /// The record with one event more.
  ///
  /// What the step says is taken into account before it is judged; a refusal names everything that
  /// is still missing, and leaves the record as it was.
  public func adding(_ step: CaseStep) throws(CaseRefusal) -> CaseRecord {
    var next = self
    step.facts.apply(to: &next)
    for change in step.lines { next.apply(change) }
    let missing = next.missing(for: step)
    guard missing.isEmpty, let state = state.after(step.kind) else {
      throw CaseRefusal(id: id, kind: step.kind, state: self.state, missing: missing)
    }
    next.apply(step)
    next.events.append(
      CaseEvent(at: step.at, by: step.by, event: step.kind, data: step.data))
    next.state = state
    return next
  }

  /// Everything without which a step cannot be taken, that of the steps before it first.
  public func missing(for step: CaseStep) -> [CaseRequirement] {
    guard let before = state.steps(before: step.kind) else { return [.tooLate(state)] }
    var missing: [CaseRequirement] = []
    for kind in before {
      missing += guards(of: kind, in: CaseStep(kind, at: step.at, by: step.by))
      missing.append(.step(kind))
    }
    missing += guards(of: step.kind, in: step)
    var seen: Set<CaseRequirement> = []
    return missing.filter { seen.insert($0).inserted }
  }

  /// What one kind of step needs (release.md 4.3), whatever the state.
  private func guards(of kind: CaseEvent.Kind, in step: CaseStep) -> [CaseRequirement] {
    let isOwn = kind == step.kind
    switch kind {
    case .assign: return isOwn && step.handlers.count != 1 ? [.handler] : []
    case .confirm: return confirmationGuards
    case .audit, .revise: return (step.what ?? "").isEmpty ? [.what] : []
    case .ready: return readinessGuards
    case .embargo:
      let until = step.until ?? embargo?.until
      return until.map { $0 > step.at } ?? false ? [] : [.until]
    case .release:
      guard let until = embargo?.until, step.at < until, (step.breaksEmbargo ?? "").isEmpty
      else { return [] }
      return [.time(until)]
    case .publish:
      return lines.filter { $0.isOwedRelease && $0.status != .released }
        .map { .released($0.line) } + step.advisoryProblems.map { .advisory($0) }
    case .reject, .duplicate, .upstream:
      var missing: [CaseRequirement] = []
      if kind == .duplicate, (step.original ?? "").isEmpty { missing.append(.original) }
      if kind == .upstream, (step.project ?? "").isEmpty { missing.append(.project) }
      if (step.reason ?? "").isEmpty { missing.append(.reason) }
      if (step.message ?? "").isEmpty { missing.append(.message) }
      return missing
    case .inform:
      let isPaused = clock.last.map { $0.resume == nil } ?? false
      if step.waitingFor != nil, isPaused { return [.clock(isRunning: true)] }
      return step.isAnswered && !isPaused ? [.clock(isRunning: false)] : []
    case .withdraw: return (step.reason ?? "").isEmpty ? [.reason] : []
    case .receive, .acknowledge, .line, .respond, .close, .note: return []
    }
  }

  private var confirmationGuards: [CaseRequirement] {
    var missing: [CaseRequirement] = []
    let introduced = assessment.introduced
    if introduced?.commit == nil, introduced?.version == nil { missing.append(.introduced) }
    if lines.isEmpty { missing.append(.lines) }
    return missing + lines.filter { $0.affected == nil }.map { .affected($0.line) }
  }

  private var readinessGuards: [CaseRequirement] {
    var missing: [CaseRequirement] = []
    if assessment.audit.isEmpty { missing.append(.audit) }
    if trunkFix == nil { missing.append(.trunkFix) }
    missing += lines.filter {
      $0.isOwedRelease && ![.tested, .released].contains($0.status)
    }.map { .tested($0.line) }
    if !reporter.isCreditSettled { missing.append(.credit) }
    if assessment.cvss.isEmpty, assessment.severity == nil { missing.append(.severity) }
    return missing
  }

  private mutating func apply(_ change: CaseLineChange) {
    guard let index = lines.firstIndex(where: { $0.line == change.line }) else {
      lines.append(change.applied(to: nil))
      return
    }
    lines[index] = change.applied(to: lines[index])
  }

  /// What a step changes besides facts and lines.
  private mutating func apply(_ step: CaseStep) {
    switch step.kind {
    case .assign: handler = step.handlers.first
    case .confirm: assessment.confirmed = true
    case .audit:
      assessment.audit.append(
        CaseAssessment.Audit(
          what: step.what ?? "", by: step.by, at: step.at, found: step.found))
    case .embargo:
      if let until = step.until ?? embargo?.until {
        let told = step.told.map { CaseEmbargo.Told(who: $0, at: step.at) }
        embargo = CaseEmbargo(until: until, told: (embargo?.told ?? []) + told)
      }
    case .inform:
      if let why = step.waitingFor {
        clock.append(CasePause(pause: step.at, resume: nil, why: why))
      } else if step.isAnswered, !clock.isEmpty {
        clock[clock.count - 1].resume = step.at
      }
    case .duplicate: assessment.duplicateOf = step.original
    case .upstream:
      assessment.thirdParty = CaseAssessment.ThirdParty(
        project: step.project ?? "", reportedAt: step.at)
    case .receive, .acknowledge, .line, .ready, .respond, .reject, .release, .publish,
      .withdraw, .revise, .close, .note:
      break
    }
  }
}
