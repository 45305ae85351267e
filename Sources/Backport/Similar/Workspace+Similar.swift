import GitStore
public import ReleaseModel

extension PlanRequest {
  /// Asks for the picks alone: no release, and nobody's name is needed, since nothing is landed.
  public static func picks(
    _ options: PlanOptions, asOf: CalendarDate, in workspace: Workspace
  ) throws(BackportError) -> PlanRequest {
    var options = options
    options.release = false
    options.changelog = false
    options.versionFiles = false
    options.forwardPort = false
    options.signing = false
    let now = Moment(seconds: workspace.surroundings.now, offsetMinutes: 0)
    do throws(SignatureError) {
      let nobody = try Signature(
        name: "git-backport", email: "git-backport@localhost", seconds: now.seconds,
        offsetMinutes: 0)
      return PlanRequest(options: options, asOf: asOf, releaseDate: now, committer: nobody)
    } catch {
      throw BackportError(.noIdentity, [error.field], detail: error.text)
    }
  }
}

/// How much of what is similar is reported.
public struct SimilarOptions: Equatable, Sendable {
  /// How much alike a place has to be, from 0 to 1.
  public var leastLikeness = 0.75
  /// Whether every place of the fix is looked for, and everything that is found is listed.
  public var isComplete = false

  /// What is usual.
  public init() {}
}

extension Workspace {
  /// Looks for code like that which the fix of a plan repairs: on the trunk, and on each of the plan's
  /// lines as it will be with the fix.
  ///
  /// Costs the reading of every file that is written in a language of the fix, once for all lines
  /// together, on all processors; later runs read only what is new and what may hold a place, by the names
  /// in each file, which are kept in `backport/cache` of the common git directory.
  public func similar(
    to plan: BackportPlan, _ options: SimilarOptions = SimilarOptions()
  ) async throws(BackportError) -> SimilarDocument {
    let fix = try FixResolver(repository: repository)
      .resolve(plan.options.fix, mainline: plan.options.mainline)
    let found = try store { () throws(GitError) in
      try FlawPatterns(
        of: fix,
        thirdParty: ThirdPartyPaths(repository: repository, configured: project.thirdPartyPaths),
        isBounded: !options.isComplete, in: repository)
    }
    var report = SimilarReport(patterns: found, isComplete: options.isComplete, repository)
    let searched = searched(by: plan)
    do throws(GitError) {
      let cache = BlobCache(
        "names", version: WordFilter.version, now: surroundings.now, in: repository)
      var search = SimilarSearch(
        found.patterns, leastLikeness: options.leastLikeness, cache: cache, in: repository)
      let trees = try searched.map { (place) throws(GitError) in
        try repository.commit(place.commit).tree
      }
      let hits = try await search.hits(in: trees)
      for ((line, commit, hasFix), (tree, hits)) in zip(searched, zip(trees, hits)) {
        try report.add(hits, of: tree, at: commit, line: line, hasFix: hasFix)
      }
      return SimilarDocument(
        repository: description, asOf: plan.asOf, fixes: plan.fixes,
        patterns: report.describedPatterns, places: report.places, filesRead: search.filesRead,
        warnings: report.warnings)
    } catch {
      throw BackportError(error)
    }
  }

  /// The trunk, and each line that can be looked at, with the pick where there is one.
  private func searched(by plan: BackportPlan) -> [(line: String?, commit: ObjectID, hasFix: Bool)]
  {
    var places: [(line: String?, commit: ObjectID, hasFix: Bool)] = [
      (nil, trunk.tip, plan.trunk.state == .containsFix)
    ]
    for target in plan.targets {
      guard let base = target.base else { continue }
      switch target.status {
      case .picked:
        let picked = target.commits.last { $0.status == .picked }
        places.append((target.line, picked?.id ?? picked?.unsignedId ?? base, true))
      case .unreleased, .alreadyApplied: places.append((target.line, base, true))
      case .notAffected, .conflict, .empty, .blocked, .skipped:
        places.append((target.line, base, false))
      }
    }
    return places
  }
}
