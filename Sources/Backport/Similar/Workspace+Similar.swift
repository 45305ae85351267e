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

extension Workspace {
  /// Looks for code like that which the fix of a plan repairs: on the trunk, and on each of the plan's
  /// lines as it will be with the fix.
  ///
  /// `leastLikeness` is from 0 to 1. Costs the reading of every file that is written in a language of
  /// the fix, once for all lines together.
  public func similar(
    to plan: BackportPlan, leastLikeness: Double = 0.75
  ) throws(BackportError) -> SimilarDocument {
    let fix = try FixResolver(repository: repository)
      .resolve(plan.options.fix, mainline: plan.options.mainline)
    let patterns = try store { () throws(GitError) in
      try FlawPattern.patterns(of: fix, in: repository)
    }
    var search = SimilarSearch(patterns, leastLikeness: leastLikeness, in: repository)
    let touched = Set(patterns.map(\.path))
    var places: [SimilarDocument.Place] = []
    for (line, commit, hasFix) in searched(by: plan) {
      let found = try store { () throws(GitError) in
        try search.hits(in: try repository.commit(commit).tree)
          // Without the fix, what it repairs stands where it repairs it.
          .filter { hasFix || !touched.contains($0.path) }
          .map { (hit) throws(GitError) in try describe(hit) }
      }
      places.append(.init(line: line, commit: commit, hasFix: hasFix, hits: found))
    }
    var warnings: [Warning] = []
    if patterns.isEmpty {
      warnings.append(
        Warning(
          "nothing-to-look-for",
          "the fix changes no code that says enough to be looked for elsewhere"))
    }
    return SimilarDocument(
      repository: description, asOf: plan.asOf, fixes: plan.fixes,
      patterns: patterns.map { pattern in
        .init(
          path: String(decoding: pattern.path, as: UTF8.self), line: pattern.line,
          text: pattern.text.map { $0.displayLine })
      }, places: places, filesRead: search.filesRead, warnings: warnings)
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

  private func describe(_ hit: SimilarSearch.Hit) throws(GitError) -> SimilarDocument.Hit {
    let lines =
      try repository.text(hit.blob)?
      .split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false) ?? []
    let range = hit.match.lines.clamped(to: 1...max(1, lines.count))
    return SimilarDocument.Hit(
      path: String(decoding: hit.path, as: UTF8.self), startLine: range.lowerBound,
      endLine: range.upperBound,
      likeness: (hit.match.likeness * 1000).rounded() / 1000, pattern: hit.match.pattern,
      text: lines.isEmpty
        ? [] : lines[(range.lowerBound - 1)..<range.upperBound].map { Array($0).displayLine })
  }
}

extension [UInt8] {
  /// A line for display, without its end.
  fileprivate var displayLine: String {
    String(
      decoding: self.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }, as: UTF8.self)
  }
}
