import GitStore

/// Makes sure that a clone of a build machine holds the history that the job needs.
struct CheckoutDepth {
  let workspace: Workspace
  let service: BuildService.Kind

  /// The remote that objects of a partial clone are on; nil for a whole clone.
  private var promisor: String? {
    let settings = workspace.settings.section("remote").filter { $0.key.name == "promisor" }
    return settings.last?.key.subsection.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Fetches what a shallow or partial clone lacks; whether anything was fetched.
  ///
  /// Without permission a shallow clone is an error that names the remedy of the service. A partial
  /// one is only refused when an object is really missing.
  func complete(isAllowed: Bool) async throws(BackportError) -> Bool {
    var isFetched = false
    let boundary = workspace.repository.shallowBoundary
    if !boundary.isEmpty {
      guard isAllowed, let remote = workspace.remote else { throw shallow(boundary) }
      try await CheckoutDepth.fetch(remote, .unshallow, workspace)
      isFetched = true
    }
    if isAllowed, let promisor {
      try await CheckoutDepth.fetch(promisor, .whole, workspace)
      isFetched = true
    }
    return isFetched
  }

  /// The same error with the service, whose own remedy is then shown.
  func naming(_ error: BackportError) -> BackportError {
    switch error.code {
    case .shallow where error.operands.count < 3:
      return BackportError(
        error.code, error.operands + [service.rawValue], detail: error.detail)
    case .missingObject where promisor != nil && error.operands.count < 3:
      return BackportError(
        error.code, error.operands + [service.rawValue], detail: error.detail)
    case .noReleases where error.operands.count < 2:
      return BackportError(error.code, error.operands + [service.rawValue], detail: error.detail)
    default: return error
    }
  }

  private func shallow(_ boundary: Set<ObjectID>) -> BackportError {
    BackportError(
      .shallow, [workspace.remote ?? "origin", "\(boundary.count)", service.rawValue],
      detail: "history ends at \(boundary.sorted()[0].abbreviated())")
  }

  /// Fetches from a remote.
  static func fetch(
    _ remote: String, _ depth: Fetch.Depth, _ workspace: Workspace
  ) async throws(BackportError) {
    do {
      try await Fetch(from: remote, depth: depth).run(
        with: workspace.git, at: workspace.location)
    } catch {
      throw BackportError(
        .remoteUnreachable, [remote, "fetch"],
        detail: Redaction.hidingCredentials(in: error.errors))
    }
  }
}
