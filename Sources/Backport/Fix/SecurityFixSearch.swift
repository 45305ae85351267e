import GitStore

/// Finds the security fixes in a history that was read into memory.
struct SecurityFixSearch {
  /// What words of messages are for.
  enum Mark {
    /// The message may say that its commit is a fix.
    static let criteria: UInt32 = 1
    /// It may hold a CVE or GHSA id.
    static let id: UInt32 = 2
    /// It may take another commit back.
    static let revert: UInt32 = 4
    /// It may name the commit it was made from.
    static let origin: UInt32 = 8
    /// It has a Gerrit id.
    static let changeID: UInt32 = 16
  }

  /// A commit or merge that is a fix or a part of one.
  struct Unit {
    let position: Int
    let commit: Commit
    var signs: [SecurityFix.Sign]
    var ids: [String]
    /// Advisories that name it.
    var advisories: [String] = []
    /// What a merge brought in.
    var brought: Set<Int> = []
  }

  private let workspace: Workspace
  private let criteria: FixCriteria
  private let signs: Set<SecurityFix.Sign>
  private var repository: Repository { workspace.repository }

  init(_ workspace: Workspace, signs: Set<SecurityFix.Sign> = Set(SecurityFix.Sign.allCases)) {
    self.workspace = workspace
    self.signs = signs
    criteria = FixCriteria(workspace.project)
  }

  /// What the messages of the history have to be looked through for.
  var scanner: MessageScanner {
    MessageScanner(
      criteria.words.map { ($0, Mark.criteria) }
        + [("cve-", Mark.id), ("ghsa-", Mark.id), ("this reverts commit ", Mark.revert)]
        + OriginLines.words.map { ($0, Mark.origin) } + [("change-id: i", Mark.changeID)])
  }

  /// The fixes that a commit's history holds, newest first.
  func fixes(of tip: ObjectID, in graph: HistoryGraph) throws(BackportError) -> SecurityFixes {
    guard let start = graph.position(of: tip) else {
      return SecurityFixes(fixes: [], warnings: [])
    }
    let trunk = TrunkLandings(of: start, in: graph)
    var units = try store { () throws(GitError) in try candidates(on: trunk, in: graph) }
    var warnings: [Warning] = []
    var advisories: [FiledAdvisory] = []
    if signs.contains(.advisory) {
      advisories = try store { () throws(GitError) in
        try AdvisoryFolder(repository: repository).advisories(in: repository.commit(tip).tree)
      }
      try store { () throws(GitError) in
        try name(&units, by: advisories, on: trunk, in: graph)
      }
    }
    let reverts = try store { () throws(GitError) in
      try RevertIndex(graph, trunk, in: repository)
    }
    let kept = units.values.filter { !reverts.isTakenBack($0.position, on: trunk) }
      .sorted { $0.position > $1.position }
    let groups = UnitGroups(kept) { graph.times[Int(trunk.landing[$0])] }
    var fixes = groups.groups.map { fix(of: $0, on: trunk, in: graph) }
    for index in fixes.indices { complete(&fixes[index], by: advisories, in: graph) }
    let known = Set(fixes.flatMap(\.ids))
    for advisory in advisories where !advisory.ids.contains(where: known.contains) {
      let named = advisory.fixes.contains { id in
        graph.position(of: id).map { trunk.landing[$0] >= 0 } ?? false
      }
      if !named {
        warnings.append(
          Warning(
            "advisory-without-fix", "\(advisory.path) names no fix that the trunk holds"))
      }
    }
    fixes.sort { ($0.landed, $0.name) > ($1.landed, $1.name) }
    return SecurityFixes(fixes: fixes, warnings: warnings)
  }

  // MARK: - Candidates

  private func candidates(
    on trunk: TrunkLandings, in graph: HistoryGraph
  ) throws(GitError) -> [Int: Unit] {
    var units: [Int: Unit] = [:]
    let wanted = Mark.criteria | (signs.contains(.id) ? Mark.id : 0)
    for position in 0..<graph.count
    where trunk.landing[position] >= 0 && graph.marks[position] & wanted != 0 {
      let commit = try repository.commit(graph.ids[position])
      var found = criteria.signs(of: commit).filter(signs.contains)
      let ids = FixText.ids(in: [commit.displayMessage])
      if signs.contains(.id), !ids.isEmpty { found.append(.id) }
      if found.isEmpty { continue }
      if commit.parents.count < 2, found == [.id], try !changesCode(commit) { continue }
      units[position] = Unit(position: position, commit: commit, signs: found, ids: ids)
    }
    for position in units.keys.sorted() {
      if let unit = units[position], unit.commit.parents.count > 1 {
        try settle(unit, &units, on: trunk, in: graph)
      }
    }
    dropReverts(&units, in: graph)
    return units
  }

  /// The most commits that a merge without a mark of its own may bring in and still be one fix.
  private static let mostBrought = 50

  /// Decides whether a merge is a fix as a whole, or only what it brought in.
  private func settle(
    _ merge: Unit, _ units: inout [Int: Unit], on trunk: TrunkLandings, in graph: HistoryGraph
  ) throws(GitError) {
    let brought = trunk.brought(by: merge.position, in: graph)
    let marked = brought.filter { units[$0] != nil }
    var unit = merge
    unit.brought = brought
    if merge.signs.contains(.mergeSubject) {
      for position in marked {
        if let inner = units.removeValue(forKey: position) { unit.ids += inner.ids }
      }
      units[merge.position] = unit
      return
    }
    if marked.isEmpty, !brought.isEmpty, brought.count <= SecurityFixSearch.mostBrought {
      let isFix = if merge.signs == [.id] { try changesCode(merge.commit) } else { true }
      units[merge.position] = isFix ? unit : nil
      return
    }
    units[merge.position] = nil
    for position in marked where units[position]?.ids.isEmpty == true {
      units[position]?.ids = merge.ids
    }
  }

  /// A commit that takes a fix back quotes what says so, and is none itself.
  private func dropReverts(_ units: inout [Int: Unit], in graph: HistoryGraph) {
    let names = units.keys.map { graph.ids[$0].description }
    for (position, unit) in units where graph.marks[position] & Mark.revert != 0 {
      let targets = OriginLines.reverted(in: unit.commit.displayMessage)
      if targets.contains(where: { target in names.contains { $0.hasPrefix(target) } }) {
        units[position] = nil
      }
    }
  }

  /// Whether a commit changes more than documentation, tests and the project's own version.
  private func changesCode(_ commit: Commit) throws(GitError) -> Bool {
    if repository.shallowBoundary.contains(commit.id) { return true }
    let before = try commit.parents.first.map { (id) throws(GitError) in
      try repository.commit(id).tree
    }
    return try repository.changes(from: before, to: commit.tree).contains { change in
      guard PathRole.mayRun(change.path) else { return false }
      let name = change.displayPath.split(separator: "/").last?.lowercased() ?? ""
      let stem = name.prefix { $0 != "." }
      return !["version", "_version", "versions"].contains(stem)
    }
  }

  // MARK: - Advisories

  /// Makes units of commits that advisories name, and files their ids with those that are units.
  private func name(
    _ units: inout [Int: Unit], by advisories: [FiledAdvisory], on trunk: TrunkLandings,
    in graph: HistoryGraph
  ) throws(GitError) {
    for advisory in advisories {
      for id in advisory.fixes {
        guard let position = graph.position(of: id), trunk.landing[position] >= 0 else { continue }
        let owner = units.values.first { $0.brought.contains(position) }?.position ?? position
        if units[owner] == nil {
          let commit = try repository.commit(id)
          units[owner] = Unit(position: owner, commit: commit, signs: [], ids: [])
          if commit.parents.count > 1 {
            units[owner]?.brought = trunk.brought(by: owner, in: graph)
          }
        }
        units[owner]?.ids += advisory.ids
        units[owner]?.advisories.append(advisory.path)
      }
    }
  }

  private func complete(
    _ fix: inout SecurityFix, by advisories: [FiledAdvisory], in graph: HistoryGraph
  ) {
    let known = Set(fix.ids)
    for advisory in advisories where advisory.ids.contains(where: known.contains) {
      fix.introducers += advisory.introducers.filter { !fix.introducers.contains($0) }
      fix.elsewhere += advisory.fixes.filter { id in
        !fix.commits.contains(id) && !fix.elsewhere.contains(id)
      }
    }
  }

  // MARK: - Results

  private func fix(
    of units: [Unit], on trunk: TrunkLandings, in graph: HistoryGraph
  ) -> SecurityFix {
    var ids: [String] = []
    for id in units.flatMap(\.ids) where !ids.contains(id) { ids.append(id) }
    ids = ids.filter { $0.hasPrefix("CVE-") } + ids.filter { !$0.hasPrefix("CVE-") }
    let written = units.first { !FixText.isBoilerplate($0.commit.subject) } ?? units.first
    let landed = units.map { graph.times[Int(trunk.landing[$0.position])] }.max() ?? 0
    return SecurityFix(
      ids: ids, commits: units.map(\.commit.id), subject: subject(of: written, in: graph),
      landed: landed,
      reasons: units.flatMap { unit in
        unit.signs.map { reason(unit, $0) }
          + unit.advisories.map {
            SecurityFix.Reason(
              commit: unit.commit.id, sign: .advisory,
              text: "\($0) names \(unit.commit.id.abbreviated())")
          }
      })
  }

  /// What a merge brought says more than the name that a program gave it.
  private func subject(of unit: Unit?, in graph: HistoryGraph) -> String {
    guard let unit else { return "" }
    guard FixText.isBoilerplate(unit.commit.subject) else { return unit.commit.subject }
    let inner = unit.brought.sorted(by: >).lazy
      .compactMap { try? repository.commit(graph.ids[$0]) }
      .first { $0.parents.count < 2 }
    if let inner { return inner.subject }
    let line = CommitMessage.body(of: unit.commit.displayMessage).split(separator: "\n").first
    return line.map(String.init) ?? unit.commit.subject
  }

  private func reason(_ unit: Unit, _ sign: SecurityFix.Sign) -> SecurityFix.Reason {
    let name = unit.commit.id.abbreviated()
    let text =
      switch sign {
      case .trailer: "\(name) has a trailer of security fixes"
      case .subject: "the subject of \(name) says that it is a security fix"
      case .mergeSubject: "\(name) came from the fork of an advisory"
      case .id: "\(name) names \(unit.ids.joined(separator: ", "))"
      case .advisory: "an advisory names \(name)"
      }
    return SecurityFix.Reason(commit: unit.commit.id, sign: sign, text: text)
  }
}

/// By which commit of the trunk's first-parent chain each commit came onto it.
struct TrunkLandings {
  /// The place of that commit; -1 for one that is not on the trunk.
  let landing: [Int32]

  init(of tip: Int, in graph: HistoryGraph) {
    var chain: [Int] = []
    var next: Int? = tip
    while let position = next {
      chain.append(position)
      next = graph.firstParent(of: position)
    }
    var landing = [Int32](repeating: -1, count: graph.count)
    for position in chain.reversed() {
      var waiting = [position]
      while let current = waiting.popLast() {
        guard landing[current] < 0 else { continue }
        landing[current] = Int32(position)
        for parent in graph.parents(of: current) where parent >= 0 && landing[Int(parent)] < 0 {
          waiting.append(Int(parent))
        }
      }
    }
    self.landing = landing
  }

  /// What a merge brought into its first parent's history.
  func brought(by merge: Int, in graph: HistoryGraph) -> Set<Int> {
    let group = landing[merge]
    let parents = graph.parents(of: merge)
    let isWithin = { (position: Int) in landing[position] == group }
    return graph.reachable(from: parents.dropFirst(), among: isWithin)
      .subtracting(graph.reachable(from: parents.prefix(1), among: isWithin))
  }
}

/// Units that name the same vulnerability, put together.
private struct UnitGroups {
  /// More vulnerabilities than one fix repairs: a release that lists them.
  private static let mostIDs = 2

  /// How long after a fix, in seconds, a commit that only names its vulnerability is another fix:
  /// what follows up a year later was in no release of the first.
  private static let longestPause: Int64 = 90 * 86_400

  /// Each group, its units oldest first.
  private(set) var groups: [[SecurityFixSearch.Unit]] = []

  /// Puts units together; `landed` tells when the unit at a place came onto the trunk.
  init(_ units: [SecurityFixSearch.Unit], landed: (Int) -> Int64) {
    var owner: [String: Int] = [:]
    var later: [SecurityFixSearch.Unit] = []
    for unit in units {
      let kinds = Dictionary(grouping: Set(unit.ids)) { $0.hasPrefix("CVE-") }
      if kinds.values.contains(where: { $0.count > UnitGroups.mostIDs }) {
        later.append(unit)
        continue
      }
      let known = Set(unit.ids.compactMap { owner[$0] }).sorted()
      guard let first = known.first else {
        for id in unit.ids { owner[id] = groups.count }
        groups.append([unit])
        continue
      }
      groups[first].append(unit)
      for other in known.dropFirst() {
        groups[first] += groups[other]
        groups[other] = []
      }
      for id in groups[first].flatMap(\.ids) { owner[id] = first }
    }
    for var unit in later {
      unit.ids.removeAll { owner[$0] != nil }
      if unit.ids.isEmpty, unit.signs == [.id] { continue }
      groups.append([unit])
    }
    groups = groups.filter { !$0.isEmpty }.flatMap { group in
      var parts: [[SecurityFixSearch.Unit]] = []
      var last: Int64 = 0
      for unit in group.sorted(by: { $0.position > $1.position }) {
        let time = landed(unit.position)
        if parts.isEmpty || (unit.signs == [.id] && time - last > UnitGroups.longestPause) {
          parts.append([])
        }
        parts[parts.count - 1].append(unit)
        last = max(last, time)
      }
      return parts
    }
  }
}
