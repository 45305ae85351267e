import GitStore
import ReleaseModel

/// Asks the remote, before anything is landed, whether what we know of it is still true.
struct RemoteCheck {
  let workspace: Workspace

  init(_ workspace: Workspace) { self.workspace = workspace }

  /// Refuses a plan whose tags, branches or versions differ on the remote.
  ///
  /// One `ls-remote`; without a remote nothing is asked.
  func check(_ plan: BackportPlan) async throws(BackportError) {
    guard let remote = workspace.remote else { return }
    let listed = try await list(remote)
    for update in plan.refUpdates {
      let there = listed[update.ref]
      if update.ref.tagName != nil, there != nil {
        throw stale(remote, "\(remote) has the tag \(update.ref.shorthand) already")
      }
      guard let name = update.ref.branchName, let there else { continue }
      if update.old == there || update.tip == there || update.replaces == there { continue }
      // What is there goes on into what we make: also for a branch that is only on the remote.
      let isKnown = update.tip.map { isAncestor(there, of: $0) } ?? false
      if !isKnown {
        throw stale(remote, "\(name) on \(remote) is at \(there.abbreviated()), which is not here")
      }
    }
    try checkVersions(plan, listed, remote)
  }

  /// Refuses when the remote has a release of a line that is newer than the newest one here.
  private func checkVersions(
    _ plan: BackportPlan, _ listed: [RefName: ObjectID], _ remote: String
  ) throws(BackportError) {
    let known = Set(workspace.repository.references(under: "refs/tags/").map(\.name))
    let foreign = listed.keys.filter { !known.contains($0) }.compactMap(\.tagName)
    guard !foreign.isEmpty else { return }
    let survey = try workspace.survey(
      asOf: Moment(seconds: workspace.surroundings.now, offsetMinutes: 0).day,
      package: plan.options.package, extraTagNames: foreign)
    for target in plan.targets {
      guard let release = target.release,
        let line = survey.inventory.lines.first(where: { $0.name.description == target.line })
      else { continue }
      if line.nextVersion.description != release.version {
        throw stale(
          remote,
          "\(remote) has newer releases of \(target.line): the next would be "
            + line.nextVersion.description)
      }
    }
  }

  private func list(_ remote: String) async throws(BackportError) -> [RefName: ObjectID] {
    do {
      return try await RemoteListing.read(remote, with: workspace.git, at: workspace.location)
        .references
    } catch {
      throw BackportError(
        .remoteUnreachable, [remote], detail: Redaction.hidingCredentials(in: error.errors))
    }
  }

  private func isAncestor(_ id: ObjectID, of other: ObjectID) -> Bool {
    (try? workspace.repository.isAncestor(id, of: other)) == true
  }

  private func stale(_ remote: String, _ reason: String) -> BackportError {
    BackportError(.staleRefs, [remote], detail: reason)
  }
}
