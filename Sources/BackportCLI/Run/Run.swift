import Backport

/// One run of a verb, from opening the repository to its exit status.
///
/// Errors are printed here and nowhere else: as text on standard error and, with `--json`, as the
/// verb's own document on standard output.
final class Run {
  let document: DocumentName
  let output: OutputOptions
  /// The other forms of the result; nil for verbs that have none.
  let pages: PageOptions?
  let surroundings: Surroundings
  /// What is known when the run fails, by key of its document.
  var known: [String: any Encodable] = [:]
  private var remote: String?
  /// Whether what the run is about must not be seen, and others can see its output.
  var isHidden = false
  /// Hides it, one name by the same word throughout.
  var mask = EmbargoMask()

  private init(
    _ document: DocumentName, _ output: OutputOptions, _ pages: PageOptions?,
    _ surroundings: Surroundings
  ) {
    self.document = document
    self.output = output
    self.pages = pages
    self.surroundings = surroundings
  }

  /// Does a verb's work; ends with its status by throwing it.
  static func perform(
    _ document: DocumentName, at location: LocationOptions, _ output: OutputOptions,
    pages: PageOptions? = nil, _ work: (Run) async throws(BackportError) -> ExitStatus
  ) async throws(ExitStatus) {
    let surroundings: Surroundings
    do {
      surroundings = try location.surroundings()
    } catch {
      let nowhere = Surroundings(
        environment: [:], directory: "/", now: 0, offsetMinutes: 0, tool: Program.description)
      throw Run(document, output, pages, nowhere).fail(error)
    }
    let run = Run(document, output, pages, surroundings)
    let status: ExitStatus
    do throws(BackportError) {
      if output.json, run.printsMarkdown {
        throw BackportError(.usage, ["--json"], detail: "it excludes --markdown")
      }
      status = try await work(run)
    } catch {
      throw run.fail(error)
    }
    if status != .done { throw status }
  }

  /// Whether standard output is a page of Markdown.
  var printsMarkdown: Bool { pages?.markdown ?? false }

  /// Whether standard output is one document, beside which nothing may stand there.
  var printsDocument: Bool { output.json || printsMarkdown }

  /// The same for a verb that has no options of its own about where and what.
  static func perform(
    _ document: DocumentName, _ common: CommonOptions, pages: PageOptions? = nil,
    _ work: (Run) async throws(BackportError) -> ExitStatus
  ) async throws(ExitStatus) {
    try await perform(document, at: common.location, common.output, pages: pages, work)
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
    _ options: PlanOptions = PlanOptions(), policy: PolicySource = .project,
    readsProject: Bool = true
  ) async throws(BackportError) -> Workspace {
    let workspace = try await progress.during("opening the repository") {
      () throws(BackportError) in
      try await Workspace.open(
        surroundings, options: options, policy: policy, readsProject: readsProject)
    }
    known["repository"] = workspace.description
    remote = workspace.remote
    return workspace
  }

  /// Prints a document, as JSON, as Markdown where the verb has it, or as the text that is made for
  /// it, and saves it, and the page that is made of it, where asked to.
  func report(
    _ result: some Encodable, markdown: (() -> String)? = nil,
    page: (() throws(BackportError) -> ReportPage)? = nil, text: (TextStyle) -> String
  ) throws(BackportError) {
    if let file = pages?.htmlFile, let page {
      if isHidden { throw Run.hiddenFile("--html") }
      let drawing = progress.begin("drawing the page")
      defer { drawing.end() }
      try PrivateFile.save(try page().bytes, to: file)
    }
    if output.json || output.file != nil {
      let bytes = TextEscape.document(try DocumentCoding.encode(result))
      if let file = output.file { try PrivateFile.save(bytes, to: file) }
      if output.json { return try Terminal.send(bytes, to: .output) }
    }
    let shown = printsMarkdown ? markdown?() : nil
    try Terminal.send(Array((shown ?? text(style())).utf8), to: .output)
  }

  /// Prints an operation in the form that was asked for.
  func report(
    _ operation: OperationDocument, in workspace: Workspace, text: (TextStyle) -> String
  ) throws(BackportError) {
    let comparisons =
      printsMarkdown ? try comparisons(in: operation.plan, workspace.reopened()) : [:]
    try report(
      operation,
      markdown: { OperationMarkdown(document: operation, comparisons: comparisons).text },
      page: { () throws(BackportError) in
        ReportPage(operation: operation, facts: try workspace.facts(of: operation))
      }, text: text)
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
    if printsMarkdown, !output.json {
      try? Terminal.send(Array(ErrorMarkdown.text(words.document).utf8), to: .output)
    }
    return words.status
  }
}
