import GitStore
import ReleaseModel

extension PlanOptions {
  /// What `--case` says when a plan has nothing to do with any case.
  public static let noCase = "none"
}

extension Workspace {
  /// Takes from a case what was not given: the fix, what brought the flaw, the ids, the changelog
  /// text and the embargo.
  ///
  /// What stands in the options wins.
  public func fill(_ options: inout PlanOptions) throws(BackportError) {
    guard let text = options.case, text != PlanOptions.noCase else { return }
    let record = try record(ofCase: text)
    options.case = record.id.description
    if options.fix.isEmpty, options.lines.isEmpty {
      guard let fix = record.trunkFix else {
        throw BackportError(
          .caseNotReady, [record.id.description],
          refusal: CaseRefusal(
            id: record.id, kind: .ready, state: record.state, missing: [.trunkFix]))
      }
      options.fix = [fix]
    }
    if options.introduced.isEmpty { options.introduced = record.introducedCommits }
    if options.ids.isEmpty { options.ids = record.ids }
    if options.entry == nil { options.entry = record.texts.entry }
    if record.isUnderEmbargo {
      options.embargo = true
      options.notBefore = options.notBefore ?? record.embargo?.until.description
    }
  }

  /// Refuses to land releases of a case that is not ready, or in the open while it is under embargo.
  ///
  /// A case is concerned when the plan names it, when one of its fixes is landed, or when the
  /// release of a line is asked for that it says to be affected.
  func refuseUnreadyCases(_ plan: BackportPlan) throws(BackportError) {
    guard plan.options.case != PlanOptions.noCase, plan.options.topic == nil,
      plan.targets.contains(where: { $0.release != nil })
    else { return }
    let store = CaseStore(repository)
    for id in store.ids {
      let isNamed = plan.options.case == id.description
      let record: CaseRecord
      do throws(BackportError) {
        record = try store.record(id)
      } catch {
        if isNamed { throw error }
        continue
      }
      guard !record.state.isEnded, isNamed || record.isConcerned(by: plan) else { continue }
      var missing: [CaseRequirement] = []
      if !record.state.mayRelease {
        missing = record.missing(for: CaseStep(.ready, at: instant, by: "")) + [.step(.ready)]
      } else if record.isUnderEmbargo, !plan.options.embargo, let until = record.embargo?.until {
        missing = [.time(until)]
      }
      if !missing.isEmpty {
        throw BackportError(
          .caseNotReady, [id.description],
          refusal: CaseRefusal(id: id, kind: .ready, state: record.state, missing: missing))
      }
    }
  }
}

extension CaseRecord {
  /// Whether nothing of it may be seen yet.
  var isUnderEmbargo: Bool { visibility == .embargoed && state != .released }

  /// Whether a plan lands one of its fixes, or releases a line that it says to be affected.
  fileprivate func isConcerned(by plan: BackportPlan) -> Bool {
    let own = Set(lines.compactMap(\.fix))
    let commits = plan.fixes.flatMap { fix in
      (fix.commits.map(\.id) + [fix.merge].compactMap(\.self)).map(\.description) + fix.requested
    }
    if commits.contains(where: own.contains) { return true }
    if plan.fixes.contains(where: { !Set($0.ids).isDisjoint(with: ids) }) { return true }
    guard plan.options.case == nil, !plan.options.lines.isEmpty else { return false }
    return plan.targets.contains { target in
      target.release != nil && line(target.line)?.affected == true
    }
  }
}
