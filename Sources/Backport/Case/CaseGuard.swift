import GitStore
public import ReleaseModel

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

  /// Refuses to let releases be seen of a case that is not ready, or whose embargo is not over.
  ///
  /// What is landed under embargo cannot be seen: that is how the fixes of a case are picked, and
  /// tested, before it is ready. `isDisclosure` says that this ends now.
  func refuseUnreadyCases(
    _ plan: BackportPlan, isDisclosure: Bool = false
  ) throws(BackportError) {
    guard plan.options.topic == nil, isDisclosure || !plan.options.embargo,
      plan.targets.contains(where: { $0.release != nil })
    else { return }
    for record in try cases(concernedBy: plan) where !record.state.isEnded {
      var missing: [CaseRequirement] = []
      if !record.state.mayRelease {
        missing = record.missing(for: CaseStep(.ready, at: instant, by: "")) + [.step(.ready)]
      } else if record.isUnderEmbargo, let until = record.embargo?.until, until > instant {
        missing = [.time(until)]
      }
      if !missing.isEmpty {
        throw BackportError(
          .caseNotReady, [record.id.description],
          refusal: CaseRefusal(
            id: record.id, kind: isDisclosure ? .release : .ready, state: record.state,
            missing: missing))
      }
    }
  }

  /// The cases that a plan has to do with: the one that it names, and those of which one of the fixes
  /// is landed, or a line released that they say to be affected.
  ///
  /// A record that cannot be read is an error where the plan names it, and else passed over.
  func cases(concernedBy plan: BackportPlan) throws(BackportError) -> [CaseRecord] {
    guard plan.options.case != PlanOptions.noCase else { return [] }
    let store = CaseStore(repository)
    var concerned: [CaseRecord] = []
    for id in store.ids {
      let isNamed = plan.options.case == id.description
      do throws(BackportError) {
        let record = try store.record(id)
        if isNamed || record.isConcerned(by: plan) { concerned.append(record) }
      } catch {
        if isNamed { throw error }
      }
    }
    return concerned
  }

  /// Whether a case of an operation says that its embargo ended before its time.
  func isEmbargoBroken(on operation: Operation) throws(BackportError) -> Bool {
    try cases(concernedBy: operation.plan).contains { record in
      record.events.contains { $0.event == .release && $0.data["breaksEmbargo"] != nil }
    }
  }
}

extension CaseRecord {
  /// Whether nothing of it may be seen yet.
  var isUnderEmbargo: Bool { visibility == .embargoed && state != .released }

  /// Whether its advisory may be seen: the releases are out.
  public var mayBeTold: Bool { state == .released || visibility == .public }

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
