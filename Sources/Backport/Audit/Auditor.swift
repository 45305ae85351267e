import GitStore
public import ReleaseModel

extension Workspace {
  /// Finds out which security fixes of the trunk each line's releases hold; nothing is written.
  ///
  /// The history of the trunk and of the lines is read once, whatever the number of fixes.
  public func audit(
    _ request: AuditRequest, asOf: CalendarDate
  ) throws(BackportError) -> AuditDocument {
    do {
      return try Auditor(workspace: self, request: request, asOf: asOf).audit()
    } catch {
      // libgit2 reports the end of a shallow clone as an object that is missing.
      if error.code == .missingObject { try refuseShallow() }
      throw error
    }
  }
}

/// Puts an audit together.
struct Auditor {
  let workspace: Workspace
  let request: AuditRequest
  let asOf: CalendarDate

  private var repository: Repository { workspace.repository }

  func audit() throws(BackportError) -> AuditDocument {
    try workspace.refuseShallow()
    let survey = try workspace.survey(asOf: asOf, package: request.lines.package)
    let choice = TargetChoice(
      survey: survey, options: request.lines, decidedSkips: [:], trunk: workspace.trunk.name,
      remote: workspace.remote)
    let (chosen, others) = try choice.choose()
    let marks = SecurityFixSearch(workspace)
    let wanted = try AuditSubjects(request.subjects, in: workspace)
    let sources = try chosen.map { (line) throws(BackportError) in
      try source(of: line, survey, marks)
    }
    let trunkTip = workspace.trunk.tip
    let graph = try store { () throws(GitError) in
      try HistoryGraph(
        from: [trunkTip] + sources.flatMap { $0.tips + $0.releases } + wanted.commits,
        scanner: marks.scanner, in: repository)
    }
    let found = try marks.fixes(of: trunkTip, in: graph)
    var fixes = try wanted.select(from: found.fixes, in: workspace)
    if let since = request.since { fixes.removeAll { $0.landed < since } }
    let histories = sources.map { LineHistory($0, in: graph) }
    var warnings = workspace.warnings + survey.warnings + found.warnings
    let audited = try judge(fixes, histories, graph, survey, &warnings)
    return document(audited, histories, survey, others, warnings)
  }

  /// The commits of a line; the trunk counts as its branch only while it is released there.
  private func source(
    of chosen: TargetChoice.Chosen, _ survey: LineSurvey, _ marks: SecurityFixSearch
  ) throws(BackportError) -> AuditedLine {
    let line = chosen.line
    let releases = try line.releases.map { (release) throws(BackportError) in
      try workspace.tagCommit(of: release)
    }
    let newest = try workspace.tagCommit(of: line.newest)
    var tips: [ObjectID] = []
    var note: String?
    switch survey.branches[line.name]?.state {
    case .exists(let name):
      for reference in [RefName.branch(name), workspace.reference(for: .remote(name))] {
        if let tip = reference.flatMap({ repository.target(of: $0) }), !tips.contains(tip) {
          tips.append(tip)
        }
      }
    case .remote(let name):
      tips = [workspace.reference(for: .remote(name)).flatMap { repository.target(of: $0) }]
        .compactMap(\.self)
    case .trunk:
      let marked = try MarkedFixes(workspace, FixCriteria(workspace.project), since: newest)
      note = try TrunkWork(workspace: workspace, fix: .named(marked.all))
        .obstacle(toReleasing: line, since: newest)
        .map { "\(workspace.trunk.name) does not count as its branch: \($0)" }
      if note == nil { tips = [workspace.trunk.tip] }
    case .create, nil: break
    }
    return AuditedLine(
      line: line, isOnRequest: chosen.isOnRequest, releases: releases, tips: tips, newest: newest,
      note: note)
  }

  private func judge(
    _ fixes: [SecurityFix], _ histories: [LineHistory], _ graph: HistoryGraph,
    _ survey: LineSurvey, _ warnings: inout [Warning]
  ) throws(BackportError) -> [AuditDocument.Fix] {
    guard let trunk = graph.position(of: workspace.trunk.tip) else { return [] }
    let landings = TrunkLandings(of: trunk, in: graph)
    let reverts = try store { () throws(GitError) in
      try RevertIndex(graph, landings, in: repository)
    }
    let search = PresenceSearch(
      repository: repository, graph: graph,
      index: try PresenceIndex(graph, landings, histories, in: repository), reverts: reverts)
    let audits = histories.map { history in
      LineAudit(repository: repository, graph: graph, search: search, line: history)
    }
    var unknown: Set<LineName> = []
    let result = try fixes.map { (fix) throws(BackportError) in
      let audited = try AuditedFix(fix, in: graph, workspace, survey.inventory)
      unknown.formUnion(audited.decisions.unknownLines)
      return AuditDocument.Fix(
        ids: fix.ids, subject: fix.subject,
        landed: fix.landed == 0 ? nil : Moment(seconds: fix.landed, offsetMinutes: 0).description,
        commits: audited.parts.map { .init(id: $0.commit.id, subject: $0.commit.subject) },
        reasons: fix.reasons.map(\.text),
        lines: try audits.map { (audit) throws(BackportError) in try audit.verdict(on: audited) })
    }
    warnings += unknown.sorted().map { line in
      Warning("unknown-line", "[fix] in .gitbackport decides on \(line), which is no line")
    }
    return result
  }

  private func document(
    _ fixes: [AuditDocument.Fix], _ histories: [LineHistory], _ survey: LineSurvey,
    _ others: [NotTargeted], _ warnings: [Warning]
  ) -> AuditDocument {
    let verdicts = fixes.flatMap(\.lines)
    let byLine = Dictionary(grouping: verdicts, by: \.line)
    var seen: Set<Warning> = []
    return AuditDocument(
      repository: workspace.description, asOf: asOf.description,
      policy: PolicyDescription(survey.policy),
      lines: histories.map { history in
        let name = history.line.name
        return AuditDocument.Line(
          line: name.description, package: name.package, tip: history.tip,
          latest: AuditDocument.Latest(
            version: history.line.newest.version.description, tag: history.line.newest.tagName,
            commit: history.newestCommit),
          onRequest: history.isOnRequest, note: history.note,
          counts: Dictionary(
            (byLine[name.description] ?? []).map { ($0.status.rawValue, 1) }, uniquingKeysWith: +))
      },
      notAudited: others, fixes: fixes, missing: verdicts.count { $0.status == .missing },
      unproven: verdicts.count { $0.status == .unproven },
      warnings: warnings.filter { seen.insert($0).inserted })
  }
}
