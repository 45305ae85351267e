import GitStore
import ReleaseModel

/// Judges fixes on one line.
struct LineAudit {
  /// The share of a fix's added lines that, standing there, makes its absence doubtful: on real
  /// backports 93 % of applied fixes have it, and 1.8 % of those that are not (picking.md).
  private static let doubtfulShare = 0.8

  let repository: Repository
  let graph: HistoryGraph
  let search: PresenceSearch
  let line: LineHistory

  /// The verdict on a fix.
  func verdict(on fix: AuditedFix) throws(BackportError) -> AuditDocument.Verdict {
    if let reason = fix.decisions.skips[line.line.name] {
      return result(.skipped, evidence: [reason + " (.gitbackport)"])
    }
    var notes: [String] = []
    if let revision = fix.decisions.fixed[line.line.name] {
      let (verdict, note) = stated(revision)
      if let verdict { return verdict }
      notes.append(note)
    }
    var presences: [PartPresence] = []
    for part in fix.parts {
      presences.append(try search.presence(of: part, on: line, stated: fix.fix.elsewhere))
    }
    let verdict = try proven(presences, of: fix)
    if var verdict {
      verdict.evidence = notes + verdict.evidence
      return verdict
    }
    var absent = try unproven(presences, of: fix)
    absent.evidence = notes + absent.evidence
    return absent
  }

  private func result(
    _ status: AuditDocument.Status, since: ReleaseModel.Release? = nil, commits: [ObjectID] = [],
    evidence: [String]
  ) -> AuditDocument.Verdict {
    var seen: Set<ObjectID> = []
    var said: Set<String> = []
    return AuditDocument.Verdict(
      line: line.line.name.description, status: status, since: since?.version.description,
      tag: since?.tagName, commits: commits.filter { seen.insert($0).inserted },
      evidence: evidence.filter { said.insert($0).inserted })
  }

  /// The verdict that a decision in the configuration gives; else what is wrong with it.
  private func stated(_ revision: String) -> (AuditDocument.Verdict?, note: String) {
    let claim = ".gitbackport states that \(revision) is the fix in another form"
    guard let id = try? repository.resolve(revision), let position = graph.position(of: id) else {
      return (nil, claim + ", but it is not in the line's history")
    }
    let set = line.holders(of: position)
    if let release = line.first(in: set) {
      return (result(.fixed, since: release, commits: [id], evidence: [claim]), "")
    }
    if set.contains(line.branch) {
      return (
        result(.unreleased, commits: [id], evidence: [claim, "no release of the line holds it"]), ""
      )
    }
    return (nil, claim + ", but it is not in the line's history")
  }

  // MARK: - It is there

  /// The verdict when all parts are on the line; nil otherwise.
  private func proven(
    _ presences: [PartPresence], of fix: AuditedFix
  ) throws(BackportError) -> AuditDocument.Verdict? {
    var certain = presences.first?.certain ?? line.none
    var all = presences.first?.all ?? line.none
    for presence in presences.dropFirst() {
      certain.formIntersection(presence.certain)
      all.formIntersection(presence.all)
    }
    if let found = verdict(
      certain, all, presences.flatMap(\.commits), presences.flatMap(\.evidence))
    {
      return found
    }
    if let named = try namedPresence(of: fix, beside: presences),
      let found = verdict(line.none, named.all, named.commits, named.evidence)
    {
      return found
    }
    return try unchanging(fix)
  }

  private func verdict(
    _ certain: ReleaseSet, _ all: ReleaseSet, _ commits: [ObjectID], _ evidence: [String]
  ) -> AuditDocument.Verdict? {
    if let release = line.first(in: all) {
      let isCertain = certain.contains(line.newest)
      let place = release == line.line.first ? ", the line's first release" : ""
      return result(
        isCertain ? .fixed : .equivalent, since: release, commits: commits,
        evidence: evidence + ["in \(release.version) (tag \(release.tagName)\(place)) and later"])
    }
    guard all.contains(line.branch) else { return nil }
    return result(
      .unreleased, commits: commits,
      evidence: evidence + ["on the branch; no release of the line holds it"])
  }

  /// Commits of the line that name the vulnerability and change code that the fix changes, for
  /// every part that was not found otherwise.
  private func namedPresence(
    of fix: AuditedFix, beside presences: [PartPresence]
  ) throws(BackportError) -> (all: ReleaseSet, commits: [ObjectID], evidence: [String])? {
    let positions = try naming(fix)
    if positions.isEmpty { return nil }
    var sum: ReleaseSet?
    var commits: [ObjectID] = []
    var evidence: [String] = []
    for (part, presence) in zip(fix.parts, presences) {
      var set = presence.all
      commits += presence.commits
      evidence += presence.evidence
      let code = try Set(part.changedCode())
      for position in positions {
        let commit = try store { () throws(GitError) in
          try repository.commit(graph.ids[position])
        }
        guard let path = try search.changes.paths(of: commit)?.first(where: code.contains) else {
          continue
        }
        set.formUnion(search.reverts.holders(of: position, on: line))
        commits.append(commit.id)
        evidence.append(
          "\(commit.id.abbreviated()) names \(fix.fix.ids.joined(separator: ", ")) and changes "
            + "\(String(decoding: path, as: UTF8.self)), as the fix does")
      }
      if sum == nil { sum = set } else { sum?.formIntersection(set) }
    }
    guard let sum else { return nil }
    if sum.contains(line.newest) || sum.contains(line.branch) { return (sum, commits, evidence) }
    return try declaredPresence(of: fix, among: positions)
  }

  /// As many commits of the line that declare themselves to be the fix as it has parts, whatever
  /// files they change: the line may keep its code elsewhere.
  private func declaredPresence(
    of fix: AuditedFix, among positions: [Int]
  ) throws(BackportError) -> (all: ReleaseSet, commits: [ObjectID], evidence: [String])? {
    var sum: ReleaseSet?
    var commits: [ObjectID] = []
    var evidence: [String] = []
    for position in positions {
      let commit = try store { () throws(GitError) in
        try repository.commit(graph.ids[position])
      }
      guard FixText.isDeclared(fix.fix.ids, in: commit.displayMessage),
        try search.changes.paths(of: commit)?.contains(where: PathRole.mayRun) == true
      else { continue }
      let set = search.reverts.holders(of: position, on: line)
      if fix.parts.count > 1, var both = sum {
        both.formIntersection(set)
        sum = both
      } else {
        var either = sum ?? line.none
        either.formUnion(set)
        sum = either
      }
      commits.append(commit.id)
      evidence.append(
        "\(commit.id.abbreviated()) declares to fix \(fix.fix.ids.joined(separator: ", ")), in other "
          + "files than the trunk's")
    }
    guard let sum, commits.count >= fix.parts.count else { return nil }
    return (sum, commits, evidence)
  }

  /// The line's own commits that name the vulnerability and are not older than the fix.
  private func naming(_ fix: AuditedFix) throws(BackportError) -> [Int] {
    let since = fix.parts.map(\.since).min() ?? 0
    return search.index.naming(vulnerabilities: fix.fix.ids).filter { position in
      line.holds(position) && graph.times[position] >= since
    }
  }

  /// Re-applying the fix to a release, or to the branch, changes nothing.
  private func unchanging(_ fix: AuditedFix) throws(BackportError) -> AuditDocument.Verdict? {
    guard let set = try fix.set(), let proof = try fix.texts()?.proof else { return nil }
    if let evidence = try proof.evidence(at: line.newestCommit),
      try isUnchanged(line.newestCommit, by: set)
    {
      let newest = line.line.newest
      return result(
        .equivalent, since: newest,
        evidence: [evidence, "in \(newest.version) (tag \(newest.tagName)) at the latest"])
    }
    guard let tip = line.tip, tip != line.newestCommit, let evidence = try proof.evidence(at: tip),
      try isUnchanged(tip, by: set)
    else { return nil }
    return result(
      .unreleased, evidence: [evidence, "on the branch; no release of the line holds it"])
  }

  private func isUnchanged(_ commit: ObjectID, by set: FixSet) throws(BackportError) -> Bool {
    try store { () throws(GitError) in
      var tree = try repository.commit(commit).tree
      let before = tree
      for source in set.sources {
        let base = try source.parent.map { (id) throws(GitError) in
          try repository.commit(id).tree
        }
        var merge = try TreeMerge(repository: repository, base: base, theirs: source.commit.tree)
        guard let merged = try merge.merge(onto: tree).cleanTree else { return false }
        tree = merged
      }
      return tree == before
    }
  }

  // MARK: - It is not

  private func unproven(
    _ presences: [PartPresence], of fix: AuditedFix
  ) throws(BackportError) -> AuditDocument.Verdict {
    let newest = line.line.newest
    var there: [String] = []
    var commits: [ObjectID] = []
    var lacking: [FixPart] = []
    for (part, presence) in zip(fix.parts, presences) {
      let isThere = presence.all.contains(line.newest) || presence.all.contains(line.branch)
      if isThere {
        there += presence.evidence
        commits += presence.commits
      } else {
        there += presence.evidence.filter { $0.hasSuffix("was reverted") }
        lacking.append(part)
      }
    }
    if lacking.count < fix.parts.count {
      there += lacking.map { "it lacks \($0.commit.id.abbreviated()) (\($0.commit.subject))" }
      return result(.unproven, commits: commits, evidence: there)
    }
    let (affected, sighting) = try affectedness(by: fix)
    if affected.isAffected == false { return result(.notAffected, evidence: affected.evidence) }
    let tree = try store { () throws(GitError) in try repository.commit(line.newestCommit).tree }
    if let added = try fix.texts()?.added {
      let text = try store { () throws(GitError) in try added.sighting(in: tree) }
      if let text, text.share >= LineAudit.doubtfulShare {
        return result(
          .unproven,
          evidence: there + [
            "\(text.present) of the \(text.total) lines of code that the fix adds stand in "
              + "\(newest.tagName), which proves nothing"
          ] + affected.evidence)
      }
    }
    let named = try naming(fix)
    if !named.isEmpty {
      return result(
        .unproven, commits: named.map { graph.ids[$0] },
        evidence: there
          + named.map { position in
            "\(graph.ids[position].abbreviated()) names the vulnerability, but nothing shows that it is "
              + "all of the fix"
          } + affected.evidence)
    }
    if let sighting, sighting.present == 0, affected.isAffected == nil {
      return result(
        .unproven,
        evidence: there + affected.evidence + [
          "so the line may never have had what the fix repairs, and nothing proves that"
        ])
    }
    return result(
      .missing,
      evidence: there + [
        "not in \(newest.tagName): no commit of the line is the fix, names it, or makes the same "
          + "change"
      ] + affected.evidence)
  }

  /// Whether the line has what the fix repairs, by the commits that are said to have brought it.
  private func affectedness(
    by fix: AuditedFix
  ) throws(BackportError) -> (AffectedVerdict, FlawText.Sighting?) {
    var evidence: [String] = []
    guard let texts = try fix.texts() else {
      return (AffectedVerdict(isAffected: nil, evidence: []), nil)
    }
    let sighting = try store { () throws(GitError) in
      try texts.flaw.sighting(in: try repository.commit(line.newestCommit).tree)
    }
    if fix.introducers.isEmpty {
      let text = sighting.map { [$0.description] } ?? []
      return (AffectedVerdict(isAffected: nil, evidence: text), sighting)
    }
    for introducer in fix.introducers {
      let name = "\(introducer.part.commit.id.abbreviated()) (\(introducer.source))"
      let presence = try search.presence(of: introducer.part, on: line)
      if presence.all.contains(line.newest) || presence.all.contains(line.branch) {
        let claim = "affected: \(name), which introduced the flaw, is there"
        return (AffectedVerdict(isAffected: true, evidence: [claim]), sighting)
      }
      evidence.append("\(name), which introduced the flaw, is not there, and no pick of it is")
    }
    if let sighting, sighting.isWhole {
      evidence.append("yet \(sighting); so it counts as affected")
      return (AffectedVerdict(isAffected: nil, evidence: evidence), sighting)
    }
    return (AffectedVerdict(isAffected: false, evidence: evidence), sighting)
  }
}
