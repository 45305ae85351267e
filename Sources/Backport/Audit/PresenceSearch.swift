import GitStore

/// What a line holds of one part of a fix.
struct PartPresence {
  /// The releases that hold the commit itself, or one that names it.
  var certain: ReleaseSet
  /// The releases that hold it in any proven form.
  var all: ReleaseSet
  /// The commits of the line that are it.
  var commits: [ObjectID] = []
  /// Why, for people.
  var evidence: [String] = []
}

/// Looks for the parts of fixes on lines: an index of the lines first, patch-ids where that is silent.
struct PresenceSearch {
  let repository: Repository
  let graph: HistoryGraph
  let index: PresenceIndex
  let reverts: RevertIndex
  let changes: ChangedPaths
  private let candidates: CandidatePaths

  init(
    repository: Repository, graph: HistoryGraph, index: PresenceIndex, reverts: RevertIndex
  ) {
    self.repository = repository
    self.graph = graph
    self.index = index
    self.reverts = reverts
    changes = ChangedPaths(in: repository)
    candidates = CandidatePaths(index.candidates, in: graph, changes, repository)
  }

  /// What a line holds of a part; `stated` are commits that an advisory says are the fix elsewhere.
  func presence(
    of part: FixPart, on line: LineHistory, stated: [ObjectID] = []
  ) throws(BackportError) -> PartPresence {
    var found = try cheapPresence(of: part.commit, at: part.position, part.origins, on: line)
    for id in stated {
      if let position = graph.position(of: id) {
        add(
          [position], to: &found, line, isCertain: true,
          "\(id.abbreviated()), which an advisory names as the fix, is in its history")
      }
    }
    if isSettled(found, line) { return found }
    if part.commit.parents.count > 1 {
      try addBrought(of: part, to: &found, line)
      if isSettled(found, line) { return found }
    }
    try addEqualChanges(of: part, to: &found, line)
    return found
  }

  private func isSettled(_ found: PartPresence, _ line: LineHistory) -> Bool {
    found.all.contains(line.newest) || found.all.contains(line.branch)
  }

  /// By ids, names and dates alone.
  private func cheapPresence(
    of commit: Commit, at position: Int?, _ origins: [ObjectID], on line: LineHistory
  ) throws(BackportError) -> PartPresence {
    var found = PartPresence(certain: line.none, all: line.none)
    let name = commit.id.abbreviated()
    if let position {
      add([position], to: &found, line, isCertain: true, "\(name) is in its history")
    }
    for origin in origins {
      guard let place = graph.position(of: origin) else { continue }
      add(
        [place], to: &found, line, isCertain: true,
        "\(origin.abbreviated()), from which \(name) was picked, is in its history")
    }
    add(index.naming([commit.id] + origins), to: &found, line, isCertain: true) { pick in
      "\(pick) says it was picked from \(name)"
    }
    add(index.sharingChangeID(with: commit), to: &found, line, isCertain: false) { twin in
      "\(twin) has the Change-Id of \(name)"
    }
    let shared = SharedName(of: commit)
    for position in index.relatives(of: commit) where line.holds(position) {
      let other = try store { () throws(GitError) in
        try repository.commit(graph.ids[position])
      }
      if other.id != commit.id, let evidence = shared.evidence(of: other) {
        add([position], to: &found, line, isCertain: false, evidence)
      }
    }
    return found
  }

  /// A merge is there when all that it brought in is.
  private func addBrought(
    of part: FixPart, to found: inout PartPresence, _ line: LineHistory
  ) throws(BackportError) {
    guard let set = try part.set(), set.merge != nil, set.commits.count > 0 else { return }
    var whole: PartPresence?
    for commit in set.commits {
      let origins = try OriginSearch(fix: .none, in: repository).origins(of: commit)
      let one = try cheapPresence(
        of: commit, at: graph.position(of: commit.id), origins, on: line)
      if var sum = whole {
        sum.certain.formIntersection(one.certain)
        sum.all.formIntersection(one.all)
        sum.commits += one.commits
        sum.evidence += one.evidence
        whole = sum
      } else {
        whole = one
      }
    }
    guard let whole, !whole.all.isEmpty else { return }
    found.certain.formUnion(whole.certain)
    found.all.formUnion(whole.all)
    found.commits += whole.commits
    found.evidence += whole.evidence
  }

  /// Commits of the line that make the same change, per commit and cumulative.
  private func addEqualChanges(
    of part: FixPart, to found: inout PartPresence, _ line: LineHistory
  ) throws(BackportError) {
    let (traits, whole) = try part.traits()
    if traits.isEmpty { return }
    if let whole {
      for position in try positions(making: whole, since: part.since, on: line) {
        add(
          [position], to: &found, line, isCertain: false,
          "\(graph.ids[position].abbreviated()) makes the same change as the whole of "
            + "\(part.commit.id.abbreviated()) (cumulative patch-id)")
      }
    }
    let equal = try traits.map { (trait) throws(BackportError) in
      try positions(making: trait, since: part.since, on: line)
    }
    if equal.contains(where: \.isEmpty) { return }
    var sum: ReleaseSet?
    for positions in equal {
      var set = line.none
      for position in positions { set.formUnion(reverts.holders(of: position, on: line)) }
      if sum == nil { sum = set } else { sum?.formIntersection(set) }
    }
    guard let sum, !sum.isEmpty else { return }
    found.all.formUnion(sum)
    for position in equal.compactMap(\.first) {
      let id = graph.ids[position]
      found.commits.append(id)
      found.evidence.append(
        "\(id.abbreviated()) makes the same change as \(part.commit.id.abbreviated()) (patch-id)")
    }
  }

  /// The line's own commits that make a change, newest first.
  private func positions(
    making trait: ChangeTrait, since seconds: Int64, on line: LineHistory
  ) throws(BackportError) -> [Int] {
    guard let path = trait.paths.first else { return [] }
    var found: [Int] = []
    for commit in try candidates.commits(changing: path, since: seconds) {
      guard let position = graph.position(of: commit.id), line.holds(position),
        try changes.makes(commit, trait)
      else { continue }
      found.append(position)
    }
    return found
  }

  private func add(
    _ positions: [Int], to found: inout PartPresence, _ line: LineHistory, isCertain: Bool,
    _ evidence: String
  ) {
    add(positions, to: &found, line, isCertain: isCertain) { _ in evidence }
  }

  private func add(
    _ positions: [Int], to found: inout PartPresence, _ line: LineHistory, isCertain: Bool,
    evidence: (String) -> String
  ) {
    for position in positions {
      let set = reverts.holders(of: position, on: line)
      let id = graph.ids[position]
      guard !set.isEmpty else {
        if line.holds(position) {
          found.evidence.append("\(id.abbreviated()) was there and was reverted")
        }
        continue
      }
      // A twin of a pick that is known already adds nothing.
      if found.commits.contains(id) { continue }
      if isCertain { found.certain.formUnion(set) }
      found.all.formUnion(set)
      found.commits.append(id)
      found.evidence.append(evidence(id.abbreviated()))
    }
  }
}
