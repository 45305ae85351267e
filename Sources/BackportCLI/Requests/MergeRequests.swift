import Backport
import ReleaseModel

/// Makes the merge requests of the topic branches of a plan.
struct MergeRequests {
  let service: BuildService
  let run: Run
  /// The remote that holds the branches; nil for the upstream one.
  var remote: String?

  /// The requests as they should be, one for each line with a topic branch, then that of the
  /// changelogs.
  func requests(
    _ plan: BackportPlan, in workspace: Workspace
  ) async throws(BackportError) -> [MergeRequest] {
    var requests: [MergeRequest] = []
    for target in plan.targets where target.topic != nil && !target.status.needsPerson {
      let difference = try await workspace.rangeDifference(of: target)
      let text = MergeRequestText(plan: plan, target: target, difference: difference)
      if let request = text.request { requests.append(request) }
    }
    if let request = ForwardPortRequest(plan: plan).request { requests.append(request) }
    return requests
  }

  /// Makes them and gives what became of each line's; those of branches that are not on the remote
  /// are an error.
  func propose(
    _ plan: BackportPlan, in workspace: Workspace
  ) async throws(BackportError) -> [String: CIDocument.Request] {
    let requests = try await requests(plan, in: workspace)
    let document = try await make(requests, in: workspace)
    var made: [String: CIDocument.Request] = [:]
    for request in document.requests where !request.line.isEmpty {
      made[request.line] = CIDocument.Request(
        number: request.number, url: request.url, action: request.action)
    }
    return made
  }

  /// Makes requests.
  func make(
    _ requests: [MergeRequest], in workspace: Workspace
  ) async throws(BackportError) -> RequestDocument {
    let choice = try await workspace.forge(service, remote: remote)
    for request in requests where !workspace.isPublished(request.head) {
      throw BackportError(
        .notPublished, [request.head, remote ?? workspace.remote ?? "the remote"])
    }
    let report = try await workspace.hand(requests, to: choice)
    if let failure = report.failure {
      throw BackportError(.forge, [failure.message, failure.hint], detail: failure.code)
    }
    for note in report.notes {
      Terminal.note(StyledText("note: \(note)\n").rendered(inColor: false))
    }
    return RequestDocument(
      repository: workspace.description, operation: nil, forge: choice.forge.rawValue,
      api: choice.api, project: choice.project,
      requests: report.entries.map { entry in
        let request = requests.first { $0.head == entry.head }
        return RequestDocument.Entry(
          line: request?.line ?? "", head: entry.head, base: request?.base ?? "",
          title: request?.title ?? "", isDraft: request?.isDraft ?? false, number: entry.number,
          url: entry.url, action: entry.action.rawValue)
      })
  }
}
