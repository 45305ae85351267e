import GitStore
import ReleaseModel

/// The commits by which a line has a fix, for the next older line to try where the trunk's conflict.
struct CascadeSource {
  /// The line.
  let line: LineName
  /// Its commit, by the commit of the fix; one that holds the whole fix stands for several.
  let commits: [ObjectID: ObjectID]

  /// The commits of a planned line; nil when it does not have all of the fix.
  init?(_ line: LineName, _ target: Target) {
    switch target.status {
    case .picked, .unreleased, .alreadyApplied: break
    case .notAffected, .conflict, .empty, .blocked, .skipped: return nil
    }
    self.line = line
    commits = Dictionary(
      target.commits.compactMap { commit in commit.id.map { (commit.source, $0) } }
    ) { first, _ in first }
    guard commits.contains(where: { $0.key != $0.value }) else { return nil }
  }
}

extension TargetPlanner {
  /// Picks what a line lacks of the fix, by its own patch, the trunk's commits, or a newer line's.
  func pick(
    _ line: ReleaseLine, _ base: TargetBase, _ findings: Findings, _ target: Target,
    _ newer: CascadeSource?, _ picker: inout Picker
  ) throws(BackportError) -> Result {
    var target = target
    let presences = findings.presences
    target.evidence += presences.values.map(\.evidence).sorted()
    if presences.isEmpty {
      target.evidence.append(
        "not there: of \(findings.history.commits.count) commits of \(base.tip.abbreviated()) none "
          + "is the fix, names it, or makes the same change")
    }
    target.evidence += findings.flaw
    let partOfFix = Set(presences.values.map(\.commit))
    if let revisions = patches[line.name] {
      target.evidence.append("gets a patch of its own: \(revisions.joined(separator: " "))")
      let outcome = try ownPatch(revisions, base, line.name)
      target.commits = outcome.commits.map { TargetCommit($0.source, $0, otherwise: nil) }
      return try finish(outcome, line, base, target, partOfFix: partOfFix)
    }
    let there = Set(presences.keys)
    picker.byHand = byHand[line.name.description] ?? [:]
    var resolver = ConflictResolver(
      released: line.newest.version, entryIsWritten: options.release && options.changelog)
    resolver.recorded = RecordedResolutions(workspace)
    let outcome = try store { () throws(GitError) in
      try picker.pick(fix.sources, onto: base.commit, skipping: there, resolver: resolver)
    }
    if !outcome.isClean, let newer,
      let cascaded = try cascade(from: newer, onto: base, skipping: there, resolver, &picker)
    {
      target.settled.append(SettledPath(cascaded.resolution))
      target.commits = commits(cascaded.outcome, from: newer, presences)
      return try finish(cascaded.outcome, line, base, target, partOfFix: partOfFix)
    }
    target.commits = outcome.commits.map { commit in
      TargetCommit(commit.source, commit, otherwise: presences[commit.source]?.commit)
    }
    return try finish(outcome, line, base, target, partOfFix: partOfFix, newer: newer)
  }

  /// Picks the commits of a newer line; nil when they do not apply as they stand either.
  ///
  /// Where a rename had to be followed the newer line is too far away: on real backports half of
  /// those picks were not what people made.
  private func cascade(
    from newer: CascadeSource, onto base: TargetBase, skipping there: Set<ObjectID>,
    _ resolver: ConflictResolver, _ picker: inout Picker
  ) throws(BackportError) -> (outcome: PickOutcome, resolution: Resolution)? {
    try store { () throws(GitError) in
      var series: [PickSource] = []
      for source in fix.sources where !there.contains(source.commit.id) {
        guard let id = newer.commits[source.commit.id], id != source.commit.id else {
          series.append(source)
          continue
        }
        if series.contains(where: { $0.commit.id == id }) { continue }
        let commit = try repository.commit(id)
        series.append(
          PickSource(commit: commit, parent: commit.parents.first, origin: source.origin))
      }
      let outcome = try picker.pick(series, onto: base.commit, resolver: resolver)
      guard outcome.isClean, outcome.tip != base.commit,
        outcome.commits.allSatisfy({ $0.renames.isEmpty })
      else { return nil }
      let resolution = Resolution(
        path: [], method: .cascade,
        detail: "the trunk's commits do not apply; those of \(newer.line) do")
      return (outcome, resolution)
    }
  }

  /// Warns of names that a clean pick uses and the line does not know.
  func unknownNames(
    _ outcome: PickOutcome, _ base: TargetBase, _ line: ReleaseLine
  ) throws(BackportError) -> [Warning] {
    try store { () throws(GitError) in
      guard let parent = fix.sources.first?.parent else { return [] }
      let names = UnknownNames(
        repository: repository, trunk: try repository.commit(parent).tree)
      let found = try names.found(
        from: try repository.commit(base.commit).tree, to: outcome.tree)
      return found.prefix(5).map { Warning("unknown-name", "\(line.name): \($0.description)") }
    }
  }

  /// Warns of files that a clean pick leaves worse than they were, and of entries in old sections.
  func damage(
    _ outcome: PickOutcome, _ base: TargetBase, _ line: ReleaseLine
  ) throws(BackportError) -> [Warning] {
    let misplaced = outcome.commits.flatMap(\.misplaced).map { path in
      Warning(
        "old-section",
        "\(line.name): what the fix adds to \(String(decoding: path, as: UTF8.self)) stands below its "
          + "newest section")
    }
    let found = try store { () throws(GitError) in
      let damage = PickDamage(repository: repository, trees: fix.commits.map(\.tree))
      return try damage.warnings(
        from: try repository.commit(base.commit).tree, to: outcome.tree)
    }
    return misplaced + found.map { Warning($0.code, "\(line.name): \($0.message)") }
  }

  /// Says which commits the conflicts of a pick come from, what the sides are, and what may help.
  func explain(
    _ outcome: PickOutcome, _ base: TargetBase, _ target: inout Target, newer: CascadeSource?
  ) throws(BackportError) {
    guard let failed = outcome.commits.last?.source,
      let index = fix.sources.firstIndex(where: { $0.commit.id == failed }),
      let trunk = fix.sources[index].parent
    else { return }
    let cause = ConflictCause(
      repository: repository, own: Set(fix.commits.map(\.id) + fix.named + fix.unchanged))
    var picker = Picker(repository: repository, options: pickOptions)
    let paths = outcome.conflicts.map(\.path)
    let (prerequisite, changes) = try store { () throws(GitError) in
      var changes: [Commit?] = []
      for conflict in outcome.conflicts {
        changes.append(try cause.branchChange(at: conflict, tip: base.commit, notIn: trunk))
      }
      return (
        try cause.prerequisite(
          of: Array(fix.sources[index...]), onto: outcome.tip, paths: paths, &picker), changes
      )
    }
    for (number, change) in changes.enumerated() {
      target.conflicts[number].prerequisites = prerequisite.map { [Conflict.Cause($0)] } ?? []
      target.conflicts[number].branchChange = change.map(Conflict.Cause.init)
    }
    let source = newer.flatMap { newer in
      newer.commits[failed].map { (line: newer.line.description, commit: $0) }
    }
    let explanation = ConflictExplanation(
      repository: repository, newer: source?.commit == failed ? nil : source)
    for (number, conflict) in outcome.conflicts.enumerated() {
      try store { () throws(GitError) in
        try explanation.complete(&target.conflicts[number], from: conflict)
      }
    }
    if let prerequisite {
      target.evidence.append(
        "it would apply with \(prerequisite.id.abbreviated()) (\(prerequisite.subject)), which the "
          + "line lacks")
    }
  }

  /// What became of each commit of the fix when a newer line's commits were picked.
  private func commits(
    _ outcome: PickOutcome, from newer: CascadeSource, _ presences: [ObjectID: Presence]
  ) -> [TargetCommit] {
    let made = Dictionary(outcome.commits.map { ($0.source, $0) }) { first, _ in first }
    return fix.commits.map { commit in
      let source = newer.commits[commit.id] ?? commit.id
      return TargetCommit(commit.id, made[source], otherwise: presences[commit.id]?.commit)
    }
  }
}
