import Backport

/// Tells everybody who asked what a job came to: the log, the summary, later steps, the artifacts.
struct JobReport {
  let outcome: CIOutcome
  let service: BuildService
  let job: JobOptions
  let run: Run

  /// Writes all of it and gives the status to end with.
  func publish() async throws(BackportError) -> ExitStatus {
    let document = try run.shown(complete)
    let annotations = JobAnnotations(service: service.kind)
    let summary = JobMarkdown(
      document: document, comparisons: run.isHidden ? [:] : outcome.comparisons
    ).text
    if let folder = job.artifacts {
      try await JobArtifacts(document: document, folder: folder, run: run).write(summary: summary)
    }
    if let file = job.summary ?? service.summaryFile {
      try JobFiles.append(Array(summary.utf8), to: file)
    }
    let outputs = JobResults(document: document)
    if let file = service.outputFile { try JobFiles.append(outputs.delimited(), to: file) }
    if let file = job.outputs {
      try ReplacedFile.save(outputs.dotenv, to: file, mode: 0o600)
    }
    for line in annotations.lines(of: document) { Terminal.note(line + "\n") }
    if let matrix = job.matrix {
      let bytes = try VerificationMatrix(document).text(matrix.form)
      try Terminal.send(TextEscape.document(bytes), to: .output)
      return outcome.failures.isEmpty ? .done : status
    }
    try run.report(document) { style in
      annotations.fenced(
        JobText(document: document, style: style).text(isQuiet: run.output.quiet))
    }
    return status
  }

  /// The document with the errors in words.
  private var complete: CIDocument {
    var document = outcome.document
    for (index, error) in outcome.failures {
      document.fixes[index].error =
        ErrorText(error, remote: document.repository.remote).document
    }
    return document
  }

  /// How the job ends: red when anything is owed and was not delivered.
  private var status: ExitStatus {
    let failures = Set(outcome.failures.values.map { ErrorText($0).status })
    for status in [ExitStatus.remoteUnknown, .lostRace, .locked, .pending, .refused]
    where failures.contains(status) {
      return status
    }
    let isNothingDone = !outcome.document.fixes.contains { fix in
      fix.lines.contains { $0.state == .delivered || $0.state == .proposed }
    }
    if failures == [.precondition], isNothingDone, outcome.failures.count == unsettled {
      return .precondition
    }
    return outcome.document.state.isGood ? .done : .needsPerson
  }

  private var unsettled: Int { outcome.document.fixes.count { $0.state != .settled } }
}

extension JobReport {
  /// Says beside the run why it could not be done at all.
  static func fail(
    _ error: BackportError, _ service: BuildService, _ job: JobOptions, isHidden: Bool
  ) {
    let words = isHidden ? ErrorText(hiding: error) : ErrorText(error)
    if let line = JobAnnotations(service: service.kind).line(.error, words.message) {
      Terminal.note(line + "\n")
    }
    if let file = job.summary ?? service.summaryFile {
      try? JobFiles.append(Array(ErrorMarkdown.text(words.document).utf8), to: file)
    }
  }
}
