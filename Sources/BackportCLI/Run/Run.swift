import Backport

/// One run of a verb, from opening the repository to its exit status.
///
/// Errors are printed here and nowhere else: as text on standard error and, with `--json`, as the
/// verb's own document on standard output.
final class Run {
  let document: DocumentName
  let output: OutputOptions
  let surroundings: Surroundings
  /// What is known when the run fails, by key of its document.
  var known: [String: any Encodable] = [:]
  private var remote: String?
  /// Whether what the run is about must not be seen, and others can see its output.
  var isHidden = false
  /// Hides it, one name by the same word throughout.
  var mask = EmbargoMask()

  private init(
    _ document: DocumentName, _ output: OutputOptions, _ surroundings: Surroundings
  ) {
    self.document = document
    self.output = output
    self.surroundings = surroundings
  }

  /// Does a verb's work; ends with its status by throwing it.
  static func perform(
    _ document: DocumentName, at location: LocationOptions, _ output: OutputOptions,
    _ work: (Run) async throws(BackportError) -> ExitStatus
  ) async throws(ExitStatus) {
    let surroundings: Surroundings
    do {
      surroundings = try location.surroundings()
    } catch {
      let nowhere = Surroundings(
        environment: [:], directory: "/", now: 0, offsetMinutes: 0, tool: Program.description)
      throw Run(document, output, nowhere).fail(error)
    }
    let run = Run(document, output, surroundings)
    let status: ExitStatus
    do {
      status = try await work(run)
    } catch {
      throw run.fail(error)
    }
    if status != .done { throw status }
  }

  /// The moment of the run in the local zone.
  var now: Moment {
    Moment(seconds: surroundings.now, offsetMinutes: surroundings.offsetMinutes)
  }

  /// Whether a person sits at the terminal and can be asked.
  var isInteractive: Bool {
    Terminal.Stream.input.isTerminal && Terminal.Stream.errors.isTerminal
  }

  /// Tells a person what takes long; a machine is told nothing.
  var progress: Progress {
    Progress(
      isShown: !output.noProgress && !output.quiet && Terminal.Stream.errors.isTerminal)
  }

  /// How text looks on a stream.
  func style(_ stream: Terminal.Stream = .output) -> TextStyle {
    TextStyle(
      inColor: Terminal.isColored(
        stream, output.color, environment: surroundings.environment),
      width: Terminal.width(of: stream, environment: surroundings.environment),
      isVerbose: output.verbose)
  }

  /// Opens the repository.
  func open(
    _ options: PlanOptions = PlanOptions(), policy: PolicySource = .project
  ) async throws(BackportError) -> Workspace {
    let workspace = try await Workspace.open(surroundings, options: options, policy: policy)
    known["repository"] = workspace.description
    remote = workspace.remote
    return workspace
  }

  /// Prints a document, as JSON or as the text that is made for it, and saves it where asked to.
  func report(
    _ result: some Encodable, text: (TextStyle) -> String
  ) throws(BackportError) {
    if output.json || output.file != nil {
      let bytes = TextEscape.document(try DocumentCoding.encode(result))
      if let file = output.file { try PrivateFile.save(bytes, to: file) }
      if output.json { return try Terminal.send(bytes, to: .output) }
    }
    try Terminal.send(Array(text(style()).utf8), to: .output)
  }

  /// Prints a document whose text is data, with what a person should know beside it.
  func report(
    _ result: some Encodable, notes: [Warning], text: (TextStyle) -> String
  ) throws(BackportError) {
    if !output.json, !notes.isEmpty {
      var page = TextPage(style(.errors))
      WarningText.write(notes, to: &page)
      Terminal.note(page.text)
    }
    try report(result, text: text)
  }

  /// Prints an error and gives the status to end with.
  private func fail(_ error: BackportError) -> ExitStatus {
    let words =
      isHidden ? ErrorText(hiding: error) : ErrorText(error, remote: remote)
    Terminal.note(words.rendered(style(.errors)))
    if output.json {
      let failed = FailedDocument(name: document, known: known, error: words.document)
      if let bytes = try? DocumentCoding.encode(failed) {
        try? Terminal.send(TextEscape.document(bytes), to: .output)
      }
    }
    return words.status
  }
}
