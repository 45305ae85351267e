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
      """)

  @Argument(help: "The operation's id or its beginning; else the newest one with topic branches.")
  var operation: String?

  @Option(
    name: .customLong("to"),
    help: ArgumentHelp(
      "The remote of the branches; else upstream, else origin.", valueName: "remote"))
  var remote: String?

  @Flag(
    name: [.customShort("n"), .customLong("dry-run")], help: "Only show what would be asked for.")
  var dryRun = false

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
      guard !dryRun else {
        let choice = try await workspace.forge(service, remote: remote)
        let document = RequestDocument(
          repository: workspace.description, operation: operation.id,
          forge: choice.forge.rawValue, api: choice.api, project: choice.project,
          requests: requests.map { request in
            RequestDocument.Entry(
              line: request.line, head: request.head, base: request.base, title: request.title,
              isDraft: request.isDraft, number: nil, url: nil, action: "planned")
          })
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
