import GitStore
import ReleaseModel

/// Sends the references of one operation to one remote, and believes only what that shows.
struct Publisher {
  /// Where our own branches are, which nobody merges into.
  private static let topicPrefix = "backport/"

  let workspace: Workspace
  let store: OperationStore
  let remote: PushRemote
  let options: PushOptions

  init(_ workspace: Workspace, _ remote: PushRemote, _ options: PushOptions) {
    self.workspace = workspace
    self.remote = remote
    self.options = options
    store = OperationStore(workspace.repository)
  }

  /// What is to be sent, checked as far as that goes without sending anything.
  struct Prepared {
    let plan: PushPlan
    let preview: PushPreview
  }

  /// Works out what is to be sent: asks the remote, classifies, and makes sure that nothing but the
  /// plan's own commits becomes visible.
  func prepare(_ operation: Operation) async throws(BackportError) -> Prepared {
    let listed = try await listing()
    let plan = PushPlan(
      operation.refUpdates, in: groups(of: operation.plan), remote: listed, contains: contains)
    if !plan.refusals.isEmpty { throw stale(plan.refusals) }
    let commits = try await Containment(workspace).check(operation, plan.edits, against: listed)
    let preview = PushPreview(
      operation: operation.id, remote: remote.name, address: remote.address.display,
      groups: plan.groups.filter { !$0.isEmpty }.map { group in
        group.map { .init(ref: $0.ref, old: $0.expected, new: $0.new) }
      },
      present: plan.present, commitCount: commits)
    return Prepared(plan: plan, preview: preview)
  }

  /// Lets git say what it would do, which must be the plan, no more and no less.
  func rehearse(_ plan: PushPlan) async throws(BackportError) {
    guard !plan.edits.isEmpty else { return }
    let report = try await push(plan.edits, isRehearsal: true)
    guard report.succeeded else { throw refusal(report) }
    let expected = plan.edits.map { edit in
      Said(
        source: edit.new.description, ref: edit.ref.description,
        verdict: edit.expected == nil ? .created : edit.isReplacing ? .forced : .moved)
    }
    let said = report.lines.map { Said(source: $0.source, ref: $0.ref, verdict: $0.verdict) }
    guard said.count == expected.count, Set(said) == Set(expected) else {
      let extra = Set(said).subtracting(expected).map(\.ref).sorted()
      throw BackportError(
        .pushMismatch, [remote.name],
        detail: extra.isEmpty ? "" : "git would also send \(extra.joined(separator: ", "))")
    }
  }

  private struct Said: Hashable {
    var source: String
    var ref: String
    var verdict: PushReport.Verdict
  }

  /// Sends group after group, each recorded before and after; stops at the first that fails.
  ///
  /// `answers` gets what the remote said of merge requests.
  func publish(
    _ operation: Operation, _ plan: PushPlan, _ answers: inout [PushedRequest]
  ) async throws(BackportError) {
    for (index, edits) in plan.groups.enumerated() {
      let before = store.pushes(operation.id).first {
        $0.group == index + 1 && $0.remote == remote.name
      }
      if edits.isEmpty {
        // The remote has all of it: sent by a run that did not come to note it, or by hand.
        if before?.state != .there {
          try store.record(
            record(refs(of: operation, index), index, .there), operation.id)
        }
        continue
      }
      let words = try await send(edits, index, operation)
      for edit in edits {
        guard let request = request(for: edit.ref) else { continue }
        answers.append(PushedRequest(request, isNew: edit.expected == nil, answer: words))
      }
    }
  }

  /// Sends a group and gives the words of the remote.
  private func send(
    _ edits: [PushEdit], _ index: Int, _ operation: Operation
  ) async throws(BackportError) -> String {
    let entries = edits.map { PushRecord.Entry(ref: $0.ref, old: $0.expected, new: $0.new) }
    let announced = record(entries, index, .sending)
    let isPublic = operation.state != .embargoed
    if isPublic, !store.has(.pushing, operation.id) { try store.mark(.pushing, operation.id) }
    try store.record(announced, operation.id)
    switch await result(of: edits) {
    case .there(let words):
      try store.record(
        record(refs(of: operation, index), index, .there), operation.id)
      return words
    case .refused(let error):
      try store.forget(announced, operation.id)
      let isFirst = store.pushes(operation.id).isEmpty
      if isFirst, isPublic { try store.unmark(.pushing, operation.id) }
      guard isFirst else {
        throw BackportError(
          .pushStopped, [operation.id, remote.name, "\(index)"],
          detail: ErrorSummary.of(error))
      }
      throw error
    case .unknown(let reason):
      throw BackportError(.pushUnknown, [operation.id, remote.name], detail: reason)
    }
  }

  /// What became of a group.
  private enum Result {
    /// With the words of the remote.
    case there(String)
    case refused(BackportError)
    case unknown(String)
  }

  /// Pushes, and then looks: what git said is only believed when nothing contradicts it.
  private func result(of edits: [PushEdit]) async -> Result {
    var report: PushReport?
    var words = ""
    do {
      let said = try await push(edits, isRehearsal: false)
      report = said
      words = remote.redaction.clean(said.errors)
    } catch {
      words = error.detail
    }
    let listed: [RefName: ObjectID]
    do {
      listed = try await listing()
    } catch {
      return .unknown([words, error.detail].filter { !$0.isEmpty }.joined(separator: "\n"))
    }
    switch PushPlan.standing(of: edits, on: listed, contains: contains) {
    case .all: return .there(words)
    case .some: return .unknown("the server has taken some of it and not all\n" + words)
    case .other(let ref):
      guard report?.isRefusal == true else { return .unknown(words) }
      return .refused(
        BackportError(
          .refMoved, [ref.description], detail: "it was moved on \(remote.name) meanwhile"))
    case .none:
      guard let report, report.isRefusal else { return .unknown(words) }
      return .refused(refusal(report))
    }
  }

  // MARK: - Talking to git

  private func listing() async throws(BackportError) -> [RefName: ObjectID] {
    var options = GitProgram.Options()
    options.sharesTerminal = self.options.asksAtTerminal
    if remote.visibility == .few { options.settings.append("http.followRedirects=false") }
    do {
      return try await RemoteListing.read(
        remote.listed, with: workspace.git, at: workspace.location, options: options
      ).references
    } catch {
      throw BackportError(
        .remoteUnreachable, [remote.name, "push"], detail: remote.redaction.clean(error.errors))
    }
  }

  private func push(
    _ edits: [PushEdit], isRehearsal: Bool
  ) async throws(BackportError) -> PushReport {
    var push = Push(edits, to: remote.name)
    push.isRehearsal = isRehearsal
    push.hooks = HookChoice(workspace).option
    push.sharesTerminal = options.asksAtTerminal
    push.followsRedirects = remote.visibility == .everyone
    // A rehearsal is of all groups at once; it shows whether there may be push options at all.
    push.options = edits.lazy.compactMap { request(for: $0.ref) }.first?.pushOptions ?? []
    do {
      return try await push.run(with: workspace.git, at: workspace.location)
    } catch {
      let reason = error.code == .deadlinePassed ? "it took too long" : "\(error.code)"
      throw BackportError(
        .git, ["push", remote.name], detail: reason + "\n" + remote.redaction.clean(error.errors))
    }
  }

  private func contains(_ id: ObjectID, _ other: ObjectID) -> Bool {
    (try? workspace.repository.isAncestor(id, of: other)) == true
  }

  // MARK: - Words and records

  /// Why git or the remote said no.
  private func refusal(_ report: PushReport) -> BackportError {
    let words = remote.redaction.clean(report.errors)
    if report.isAtomicMissing { return BackportError(.notAtomic, [remote.name]) }
    if report.lacksPushOptions { return BackportError(.noPushOptions, [remote.name]) }
    let lines = report.lines.filter { $0.verdict == .rejected }
    // With --atomic every other reference of the push is refused along with the one at fault.
    let atFault = lines.filter { !$0.summary.contains("atomic") }
    let reasons = (atFault.isEmpty ? lines : atFault).map { line in
      "\(line.ref): \(remote.redaction.clean(line.summary))"
    }
    if report.isOutdated {
      return BackportError(
        .refMoved, [atFault.first?.ref ?? remote.name],
        detail: "it is not what it was on \(remote.name)")
    }
    let branches = (atFault.isEmpty ? lines : atFault).compactMap { line in
      RefName(line.ref)?.branchName
    }.filter { !$0.hasPrefix(Publisher.topicPrefix) }
    let isProtected = report.isProtected && !branches.isEmpty
    return BackportError(
      isProtected ? .protectedBranch : .pushRejected,
      [remote.name] + (isProtected ? branches : []),
      detail: (reasons + [words]).filter { !$0.isEmpty }.joined(separator: "\n"))
  }

  private func stale(_ refusals: [PushPlan.Refusal]) -> BackportError {
    let reasons = refusals.map { refusal in
      switch refusal.obstacle {
      case .tagTaken(let id):
        "\(remote.name) has a tag \(refusal.ref.shorthand) already, at \(id.abbreviated())"
      case .branchMoved(let id):
        "\(refusal.ref.shorthand) on \(remote.name) is at \(id.abbreviated()), which ours lacks"
      }
    }
    return BackportError(
      .staleRefs, [remote.name, "push"], detail: reasons.joined(separator: "; "))
  }

  private func refs(of operation: Operation, _ index: Int) -> [PushRecord.Entry] {
    let group = groups(of: operation.plan)[index]
    let updates = Dictionary(operation.refUpdates.map { ($0.ref, $0) }) { first, _ in first }
    return group.compactMap { ref in
      updates[ref].flatMap { update in
        update.new.map { PushRecord.Entry(ref: ref, old: update.old, new: $0) }
      }
    }
  }

  /// The groups of a plan; a branch with a merge request is one by itself.
  private func groups(of plan: BackportPlan) -> [[RefName]] {
    PushGroups.make(plan, options.grouping).flatMap { group in
      let rest = group.filter { request(for: $0) == nil }
      return (rest.isEmpty ? [] : [rest]) + group.filter { request(for: $0) != nil }.map { [$0] }
    }
  }

  /// The merge request that the remote is to make of a branch; nil for every other reference.
  private func request(for ref: RefName) -> MergeRequest? {
    options.requests.first { RefName.branch($0.head) == ref }
  }

  private func record(
    _ refs: [PushRecord.Entry], _ index: Int, _ state: PushRecord.State
  ) -> PushRecord {
    PushRecord(
      remote: remote.name, address: remote.address.display, group: index + 1, state: state,
      at: Moment(seconds: workspace.surroundings.now, offsetMinutes: 0).description, refs: refs)
  }
}

/// An error in a few words, for the detail of another one.
enum ErrorSummary {
  static func of(_ error: BackportError) -> String {
    let subject = error.operands.first ?? ""
    return error.detail.isEmpty ? "\(error.code.rawValue) \(subject)" : error.detail
  }
}
