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
    warnings += try largeFiles(fix)
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

  /// Pointers of Git LFS: the objects they name are not in the repository, and are not pushed with it.
  private func largeFiles(_ fix: FixSet) throws(BackportError) -> [Warning] {
    try store { () throws(GitError) in
      var paths: [String] = []
      for source in fix.sources {
        let before = try source.parent.map { (id) throws(GitError) in
          try repository.commit(id).tree
        }
        for change in try repository.changes(from: before, to: source.commit.tree) {
          guard let new = change.new, new.mode.isFile, paths.count < FixWarnings.shown,
            try repository.size(of: new.id) < VersionFile.largestPointer,
            VersionFile.isLargeFilePointer(try repository.blob(new.id))
          else { continue }
          if !paths.contains(change.displayPath) { paths.append(change.displayPath) }
        }
      }
      return paths.map { path in
        Warning(
          "large-file-pointer",
          "\(path) is a pointer of Git LFS: what it names has to be on the remote before the push")
      }
    }
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
