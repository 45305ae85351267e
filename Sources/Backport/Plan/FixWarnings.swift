import GitStore
import ReleaseModel

/// What a person should know about the fix itself before it is landed anywhere.
struct FixWarnings {
  /// How many later commits of the trunk are looked at for follow-ups.
  private static let longest = 5_000
  private static let shown = 10

  let workspace: Workspace
  let survey: LineSurvey
  let request: PlanRequest

  private var repository: Repository { workspace.repository }

  /// The warnings, in a stable order.
  func warnings(
    of fix: FixSet, chosen: [TargetChoice.Chosen]
  ) throws(BackportError) -> [Warning] {
    var warnings = fix.unchanged.map { id in
      Warning("empty-commit", "\(id.abbreviated()) changes nothing and is left out")
    }
    for source in fix.sources where source.parent == nil {
      warnings.append(
        Warning(
          "root-commit",
          "\(source.commit.id.abbreviated()) is a root commit: all of its files are picked"))
    }
    warnings += try followUps(of: fix)
    warnings += try thirdParty(fix)
    for target in chosen where target.skipReason == nil {
      guard let until = survey.verdict(on: target.line.name)?.until,
        until >= request.asOf, until < request.releaseDate.day
      else { continue }
      warnings.append(
        Warning(
          "line-ends",
          "\(target.line.name) is supported until \(until), before the release date "
            + "\(request.releaseDate.day)"))
    }
    return warnings
  }

  private func thirdParty(_ fix: FixSet) throws(BackportError) -> [Warning] {
    let paths = ThirdPartyPaths(
      repository: repository, configured: workspace.project.thirdPartyPaths)
    return try store { () throws(GitError) in
      try paths.touched(by: fix).prefix(FixWarnings.shown).map { path, reason in
        Warning(
          "third-party",
          "\(path) is code of others (\(reason)): the fix belongs upstream, to whoever maintains it"
        )
      }
    }
  }

  /// Commits of the trunk that repair or revert the fix and are not part of it.
  ///
  /// To forget them is the most common mistake of all backports (picking.md).
  private func followUps(of fix: FixSet) throws(BackportError) -> [Warning] {
    let own = Set(fix.commits.map(\.id) + fix.named + fix.unchanged)
    let names = (fix.commits.map(\.id) + fix.named).map(\.description)
    let later: [ObjectID]
    do throws(GitError) {
      later = try repository.history(
        from: [workspace.trunk.tip], notIn: fix.named, limit: FixWarnings.longest)
    } catch {
      // Not worth ending a run for: the history that a plan needs is checked where it is needed.
      return []
    }
    var found: [Warning] = []
    for id in later where !own.contains(id) && found.count < FixWarnings.shown {
      guard let commit = try? repository.commit(id) else { continue }
      let follows = OriginLines.followed(in: commit.displayMessage)
      guard follows.contains(where: { text in names.contains { $0.hasPrefix(text) } }) else {
        continue
      }
      found.append(
        Warning(
          "follow-up",
          "\(id.abbreviated()) on \(workspace.trunk.name) names the fix and is not part of it: "
            + commit.subject))
    }
    return found
  }
}
