import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Lands plans and reports what came of it.
struct Landing {
  let options: LandingOptions
  let pushing: PushingOptions
  let verifying: VerifyingOptions

  init(
    _ options: LandingOptions, _ pushing: PushingOptions, _ verifying: VerifyingOptions
  ) {
    self.options = options
    self.pushing = pushing
    self.verifying = verifying
  }

  /// The remote that was named for the push; nil for the upstream one.
  private var remote: String? { options.push.flatMap { $0.isEmpty ? nil : $0 } }

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
    var planned = try await planning.plan(run)
    try planned.workspace.refusePending()
    if !options.yes, let choices = askAboutFiles(of: planned.plan) {
      planned = try await planning.plan(run, choices: choices)
    }
    run.known["plan"] = try run.shown(planned.plan)
    if options.push != nil { try planned.workspace.checkRemote(remote) }
    var applyOptions = applyOptions
    applyOptions.verification = try verifying.verification(planned.workspace, run)
    try show(planned, run)
    if !options.yes, !planned.plan.refUpdates.isEmpty {
      guard Terminal.confirms("land this?") else {
        throw BackportError(.notConfirmed, detail: "the answer was no")
      }
      let inUse = planned.plan.warnings.filter { $0.code == "checked-out" }.map(\.message)
      let habit = try planned.workspace.worktreeHabit()
      if habit == .ask, !inUse.isEmpty, !applyOptions.updatesWorktrees {
        let places = inUse.map { TextEscape.line($0) }.joined(separator: "; ")
        applyOptions.updatesWorktrees = Terminal.confirms(
          "\(places); move the worktree along?")
      }
    }
    let options = applyOptions
    return try await land(planned.workspace, run, isShown: true) { () throws(BackportError) in
      if options.verification != nil { Interruption.hold() }
      defer { Interruption.release() }
      return try await planned.workspace.apply(planned.plan, options)
    }
  }

  /// Asks about version files that nothing else decides on; nil where there are none.
  private func askAboutFiles(of plan: BackportPlan) -> [String]? {
    var choices: [String: String] = [:]
    for target in plan.targets {
      for file in target.undecidedFiles where choices[file.path] == nil {
        let isRaised = Terminal.confirms(
          TextEscape.line(
            "\(target.line): \(file.path) states \(file.from), and the last release left it alone; "
              + "raise it to \(file.to)?"))
        choices[file.path] = "\(file.path)=\(isRaised ? "raise" : "leave")"
      }
    }
    return choices.isEmpty ? nil : choices.values.sorted()
  }

  /// Lands a saved plan.
  func apply(saved file: String, _ run: Run) async throws(BackportError) -> ExitStatus {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw BackportError(.usage, ["--plan \(file)"], detail: "the file cannot be read")
    }
    let plan = try DocumentCoding.decode(BackportPlan.self, from: Array(data), named: file)
    if plan.options.embargo { try run.beginEmbargo() }
    run.known["plan"] = try run.shown(plan)
    let workspace = try await run.open(plan.options)
    if options.push != nil { try workspace.checkRemote(remote) }
    var applyOptions = applyOptions
    applyOptions.verification = try verifying.verification(workspace, run)
    let options = applyOptions
    return try await land(workspace, run, isShown: false) { () throws(BackportError) in
      if options.verification != nil { Interruption.hold() }
      defer { Interruption.release() }
      return try await workspace.apply(saved: plan, options)
    }
  }

  /// The plan goes before the question, and before what became of it.
  private func show(_ planned: Planned, _ run: Run) throws(BackportError) {
    guard !run.output.quiet, !run.printsDocument || !options.yes else { return }
    let stream: Terminal.Stream = run.printsDocument ? .errors : .output
    let text = PlanText(plan: try run.shown(planned.plan), style: run.style(stream))
    try? Terminal.send(Array((text.text() + "\n").utf8), to: stream)
  }

  private func land(
    _ workspace: Workspace, _ run: Run, isShown: Bool,
    _ work: () async throws(BackportError) -> OperationDocument
  ) async throws(BackportError) -> ExitStatus {
    var document = try run.shown(try await run.progress.during("landing", work))
    let status = ExitStatus(document.plan)
    let isBlocked = status == .precondition
    if options.push != nil, let id = document.id {
      return try await publish(id, document, workspace, run, isShown: isShown)
    }
    if isBlocked { document.error = ErrorText(BackportError(.everyTargetBlocked)).document }
    try run.report(document, in: workspace) { style in
      let text = OperationText(document: document, style: style)
      return run.output.quiet ? text.summary : text.outcome(listsRefs: !isShown)
    }
    if isBlocked {
      Terminal.note(ErrorText(BackportError(.everyTargetBlocked)).rendered(run.style(.errors)))
    }
    return status
  }

  /// Pushes what has just landed; what keeps it from being pushed does not unland it.
  private func publish(
    _ id: String, _ landed: OperationDocument, _ workspace: Workspace, _ run: Run, isShown: Bool
  ) async throws(BackportError) -> ExitStatus {
    if !run.printsDocument {
      let text = OperationText(document: landed, style: run.style())
      let shown =
        run.output.quiet ? text.summary : text.outcome(listsRefs: !isShown, advises: false)
      try Terminal.send(Array(shown.utf8), to: .output)
    }
    var pushOptions = PushOptions()
    pushOptions.remote = remote
    pushOptions.grouping = pushing.groups.grouping
    let publishing = Publishing(
      options: pushOptions, isConfirmed: options.yes || options.plan != nil)
    let outcome: PushOutcome
    do {
      outcome = try await publishing.send(id, in: workspace, run)
    } catch {
      let words = ErrorText(error, remote: workspace.remote)
      var document = landed
      document.error = words.document
      if run.printsDocument || run.output.file != nil {
        try run.report(document, in: workspace) { _ in "" }
      }
      Terminal.note(words.rendered(run.style(.errors)))
      return words.status
    }
    return try publishing.report(outcome, in: workspace, run)
  }
}
