import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Lands plans and reports what came of it.
struct Landing {
  let options: LandingOptions

  init(_ options: LandingOptions) { self.options = options }

  private var applyOptions: ApplyOptions {
    var result = ApplyOptions()
    result.isOffline = options.offline
    result.updatesWorktrees = options.updateWorktree
    return result
  }

  /// Makes the plan, shows it, asks where somebody can be asked, and lands it.
  func apply(_ planning: Planning, _ run: Run) async throws(BackportError) -> ExitStatus {
    if !options.yes, !run.isInteractive {
      throw BackportError(.notConfirmed, detail: "there is no terminal to ask on")
    }
    let planned = try await planning.plan(run)
    run.known["plan"] = planned.plan
    show(planned, run)
    var applyOptions = applyOptions
    if !options.yes, !planned.plan.refUpdates.isEmpty {
      guard Terminal.confirms("land this?") else {
        throw BackportError(.notConfirmed, detail: "the answer was no")
      }
      let inUse = planned.plan.warnings.filter { $0.code == "checked-out" }.map(\.message)
      if !inUse.isEmpty, !applyOptions.updatesWorktrees {
        let places = inUse.map { TextEscape.line($0) }.joined(separator: "; ")
        applyOptions.updatesWorktrees = Terminal.confirms(
          "\(places); move the worktree along?")
      }
    }
    return try await land(run, isShown: true) { () throws(BackportError) in
      try await planned.workspace.apply(planned.plan, applyOptions)
    }
  }

  /// Lands a saved plan.
  func apply(saved file: String, _ run: Run) async throws(BackportError) -> ExitStatus {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw BackportError(.usage, ["--plan \(file)"], detail: "the file cannot be read")
    }
    let plan = try DocumentCoding.decode(BackportPlan.self, from: Array(data), named: file)
    run.known["plan"] = plan
    let workspace = try await run.open(plan.options)
    let applyOptions = applyOptions
    return try await land(run, isShown: false) { () throws(BackportError) in
      try await workspace.apply(saved: plan, applyOptions)
    }
  }

  /// The plan goes before the question, and before what became of it.
  private func show(_ planned: Planned, _ run: Run) {
    guard !run.output.quiet, !run.output.json || !options.yes else { return }
    let stream: Terminal.Stream = run.output.json ? .errors : .output
    let text = PlanText(plan: planned.plan, style: run.style(stream))
    try? Terminal.send(Array((text.text() + "\n").utf8), to: stream)
  }

  private func land(
    _ run: Run, isShown: Bool, _ work: () async throws(BackportError) -> OperationDocument
  ) async throws(BackportError) -> ExitStatus {
    var document = try await run.progress.during("landing", work)
    let status = ExitStatus(document.plan.targets.map(\.status))
    let isBlocked = status == .precondition
    if isBlocked { document.error = ErrorText(BackportError(.everyTargetBlocked)).document }
    try run.report(document) { style in
      let text = OperationText(document: document, style: style)
      return run.output.quiet ? text.summary : text.outcome(listsRefs: !isShown)
    }
    if isBlocked {
      Terminal.note(ErrorText(BackportError(.everyTargetBlocked)).rendered(run.style(.errors)))
    }
    return status
  }
}
