import ArgumentParser
import Backport
import ReleaseModel

/// `request [OP]`: one merge request for each topic branch of an operation.
struct RequestCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "request",
    abstract: "Open or update one merge request for each topic branch of an operation.",
    usage: "git backport request [<operation>] [<options>]",
    discussion: """
      For operations of apply --topic that were pushed. The work is done by git-backport-forge; the \
      token comes from the environment (GITHUB_TOKEN, GITLAB_TOKEN, FORGEJO_TOKEN or \
      BACKPORT_TOKEN). A rerun updates what is there.

        git backport apply --topic --push --yes 12bd53e && git backport request

      GitLab also makes them by itself as it takes the branches, without a token:

        git backport apply --topic --yes 12bd53e && git backport request --push-options --yes
      """)

  @Argument(
    help: "The operation's id or its beginning; else the newest one with topic branches.",
    completion: NameCompletion.operations)
  var operation: String?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "The remote of the branches; else upstream, else origin.", valueName: "remote"),
    completion: NameCompletion.remotes)
  var remote: String?

  @Flag(
    name: [.customShort("n"), .customLong("dry-run")], help: "Only show what would be asked for.")
  var dryRun = false

  @Flag(
    name: .customLong("push-options"),
    help: "Push the branches with options by which GitLab makes the requests; needs no token.")
  var pushOptions = false

  @Flag(help: "With --push-options: send without asking.")
  var yes = false

  @OptionGroup(title: "Repository") var location: LocationOptions
  @OptionGroup(title: "Output") var output: OutputOptions

  func run() async throws {
    try await Run.perform(.request, at: location, output) { run throws(BackportError) in
      let workspace = try await run.open()
      let operation = try workspace.topicOperation(operation)
      run.hideEmbargo(of: operation.id, in: workspace)
      let service = BuildService(run.surroundings.environment, payload: JobFiles.contents)
      let maker = MergeRequests(service: service, run: run, remote: remote)
      let requests = try await maker.requests(operation.plan, in: workspace)
      if pushOptions, !dryRun {
        return try await push(operation.id, requests, in: workspace, run)
      }
      guard !dryRun else {
        let choice = try await choice(service, in: workspace)
        let document = RequestDocument(
          repository: workspace.description, operation: operation.id,
          forge: choice.forge.rawValue, api: choice.api, project: choice.project,
          requests: requests.map { RequestDocument.Entry($0, action: "planned") })
        try run.report(document) { style in
          RequestText(document: document, style: style).text
            + (run.output.verbose ? requests.map { "\n" + $0.body }.joined() : "")
        }
        return .done
      }
      var document = try await run.progress.during("asking the forge") { () throws(BackportError) in
        try await maker.make(requests, in: workspace)
      }
      document.operation = operation.id
      let result = document
      try run.report(result) { RequestText(document: result, style: $0).text }
      return .done
    }
  }

  private func choice(
    _ service: BuildService, in workspace: Workspace
  ) async throws(BackportError) -> ForgeChoice {
    pushOptions
      ? try await workspace.pushedForge(remote: remote)
      : try await workspace.forge(service, remote: remote)
  }

  /// Sends the branches, with what makes their requests.
  private func push(
    _ id: String, _ requests: [MergeRequest], in workspace: Workspace, _ run: Run
  ) async throws(BackportError) -> ExitStatus {
    if !yes, !run.isInteractive {
      throw BackportError(.notConfirmed, ["push"], detail: "there is no terminal to ask on")
    }
    var options = PushOptions()
    options.remote = remote
    options.isPartial = true
    options.requests = requests
    let outcome = try await Publishing(options: options, isConfirmed: yes)
      .send(id, in: workspace, run)
    if let failure = outcome.failure { throw failure }
    try outcome.refuseMissingRequests()
    let choice = try await workspace.pushedForge(remote: remote)
    let document = RequestDocument(
      repository: workspace.description, operation: id, forge: choice.forge.rawValue,
      api: choice.api, project: choice.project,
      requests: requests.map { request in
        let made = outcome.requests.first { $0.request.head == request.head }
        return RequestDocument.Entry(
          request, number: made?.number, url: made?.url,
          action: (made?.action ?? .unchanged).rawValue)
      })
    try run.report(document) { RequestText(document: document, style: $0).text }
    return .done
  }
}

extension RequestDocument.Entry {
  /// A request and what became of it.
  init(_ request: MergeRequest, number: Int? = nil, url: String? = nil, action: String) {
    self.init(
      line: request.line, head: request.head, base: request.base, title: request.title,
      isDraft: request.isDraft, number: number, url: url, action: action)
  }
}

/// Merge requests, one a line.
struct RequestText {
  let document: RequestDocument
  let style: TextStyle

  var text: String {
    var page = TextPage(style)
    for request in document.requests {
      let place = request.url ?? "\(request.head) into \(request.base)"
      let draft: StyledText = request.isDraft ? StyledText(" draft", .caution) : ""
      page.line(
        StyledText(request.action, .good) + draft + StyledText("  \(request.title)  ")
          + StyledText(place, .faint), hanging: 2)
    }
    if document.requests.isEmpty { page.line("nothing to ask for") }
    return page.text
  }
}
