import GitStore
import ReleaseModel

/// What a person should know about the fix itself before it is landed anywhere.
struct FixWarnings {
  private static let shown = 10

  let workspace: Workspace
  let survey: LineSurvey
  let request: PlanRequest

  private var repository: Repository { workspace.repository }

  /// The warnings, in a stable order; `ids` are the CVE and GHSA ids of the fix.
  func warnings(
    of fix: FixSet, ids: [String], chosen: [TargetChoice.Chosen]
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
    warnings += followUps(of: fix, ids)
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
    let search = ThirdPartySearch(
      repository: repository, paths: paths, submodules: workspace.submodules)
    return try search.modules(touchedBy: fix).prefix(FixWarnings.shown).map {
      Warning("third-party", $0.message)
    }
  }

  private func followUps(of fix: FixSet, _ ids: [String]) -> [Warning] {
    let found: [FollowUps.FollowUp]
    do throws(GitError) {
      found = try FollowUps(of: fix, ids: ids, in: repository).found(
        on: workspace.trunk.tip, after: fix, limit: FixWarnings.shown)
    } catch {
      // Not worth ending a run for: the history that a plan needs is checked where it is needed.
      return []
    }
    let asked = request.options.fix.map(ShellWord.quoted).joined(separator: " ")
    return found.map { followUp in
      let name = followUp.commit.id.abbreviated()
      let advice =
        followUp.isRevert
        ? "the trunk no longer has what is backported"
        : "to take it along: git backport \(asked) \(name)"
      return Warning(
        "follow-up",
        "\(name) on \(workspace.trunk.name) (\(followUp.commit.subject)) \(followUp.claim) and is "
          + "not part of the fix; \(advice)")
    }
  }
}
