import Backport

/// Publishes operations and reports what came of it.
struct Publishing {
  var options: PushOptions
  /// Whether the person has agreed already.
  let isConfirmed: Bool

  /// Pushes an operation, after showing what is sent.
  func push(
    _ id: String?, in workspace: Workspace, _ run: Run
  ) async throws(BackportError) -> ExitStatus {
    let outcome = try await send(id, in: workspace, run)
    return try report(outcome, in: workspace, run)
  }

  /// Shows, asks where somebody can be asked, and sends.
  func send(
    _ id: String?, in workspace: Workspace, _ run: Run
  ) async throws(BackportError) -> PushOutcome {
    var options = options
    options.asksAtTerminal = run.isInteractive
    run.hideEmbargo(of: id, in: workspace)
    let asking = run.progress.begin("asking the remote")
    var sending: Activity?
    defer {
      asking.end()
      sending?.end()
    }
    return try await workspace.push(id, options) { preview throws(BackportError) in
      asking.end()
      try confirm(preview, run, "push this?")
      sending = run.progress.begin("pushing")
    }
  }

  /// Shows what would be sent and asks, where that is needed.
  func confirm(_ preview: PushPreview, _ run: Run, _ question: String) throws(BackportError) {
    show(run.shown(preview), run)
    guard !isConfirmed, !options.isRehearsal else { return }
    guard Terminal.confirms(question) else {
      throw BackportError(.notConfirmed, ["push"], detail: "the answer was no")
    }
  }

  /// Prints what came of it and gives the status to end with.
  func report(
    _ outcome: PushOutcome, in workspace: Workspace, _ run: Run
  ) throws(BackportError) -> ExitStatus {
    var document = try run.shown(outcome.document)
    let words = outcome.failure.map { ErrorText($0, remote: outcome.preview.remote) }
    document.error = words?.document
    try run.report(document, in: workspace) { style in
      PushText(preview: run.shown(outcome.preview), document: document, style: style)
        .outcome(isRehearsal: options.isRehearsal)
    }
    if let words {
      Terminal.note(words.rendered(run.style(.errors)))
      return words.status
    }
    return ExitStatus(document.plan)
  }

  /// Prints what came of a disclosure and gives the status to end with.
  func report(
    _ outcome: DisclosureOutcome, in workspace: Workspace, _ run: Run
  ) throws(BackportError) -> ExitStatus {
    if let preview = outcome.preview {
      return try report(
        PushOutcome(document: outcome.document, preview: preview, failure: outcome.failure),
        in: workspace, run)
    }
    let document = try run.shown(outcome.document)
    try run.report(document) { style in
      OperationText(document: document, style: style).outcome()
    }
    return ExitStatus(document.plan)
  }

  /// What is sent is shown before the question, and before what became of it.
  private func show(_ preview: PushPreview, _ run: Run) {
    guard !run.output.quiet, !run.printsDocument || !isConfirmed else { return }
    let stream: Terminal.Stream = run.printsDocument ? .errors : .output
    let text = PushPreviewText(preview: preview, style: run.style(stream)).text
    try? Terminal.send(Array(text.utf8), to: stream)
  }
}
