import GitStore

/// Finds commits of the trunk that repair, complete or revert a fix and are not part of it.
///
/// To forget them is the most common mistake of all backports (picking.md).
struct FollowUps {
  /// A commit and what it says of the fix, as a verb and its object.
  struct FollowUp: Equatable {
    let commit: Commit
    let claim: String
    /// Whether it takes the fix back.
    let isRevert: Bool
  }

  /// How a word of a message was found.
  private enum Mark {
    static let name: UInt32 = 1
    static let vulnerability: UInt32 = 2
    static let request: UInt32 = 4
    static let subject: UInt32 = 8
  }

  /// How many later commits of the trunk are looked at.
  private static let longest = 5_000
  /// How many digits of an id people write at least.
  private static let shortest = 7
  /// What a line says of a commit that it names, when it follows it up.
  private static let verbs = [
    "fix", "follow", "revert", "regress", "complete", "amend", "introduced", "broke", "caused by",
    "missed in", "forgot",
  ]

  private let repository: Repository
  private let own: Set<ObjectID>
  /// The ids of the fix's commits, in full.
  private let names: [String]
  private let vulnerabilities: Set<String>
  private let subjects: Set<String>
  /// The numbers of its merge requests, as in `#12`.
  private let requests: [String]

  /// Prepares the search; `ids` are the CVE and GHSA ids of the fix.
  init(of fix: FixSet, ids: [String], in repository: Repository) throws(GitError) {
    self.repository = repository
    own = Set(fix.commits.map(\.id) + fix.named + fix.unchanged).union(fix.ofMerge)
    names = own.sorted().map(\.description)
    vulnerabilities = Set(ids)
    var subjects = Set(fix.commits.map(\.subject))
    for id in fix.named { subjects.insert(try repository.commit(id).subject) }
    self.subjects = subjects.filter { !FixText.isBoilerplate($0) && $0.utf8.count > 3 }
    requests = Set(subjects.compactMap(SharedName.request)).sorted()
  }

  /// The commits that a tip holds and the fix's own history does not, newest first; at most `limit`.
  func found(
    on tip: ObjectID, after fix: FixSet, limit: Int
  ) throws(GitError) -> [FollowUp] {
    if names.isEmpty { return [] }
    let words =
      names.map { (String($0.prefix(FollowUps.shortest)), Mark.name) }
      + vulnerabilities.map { ($0.lowercased(), Mark.vulnerability) }
      + requests.map { ($0, Mark.request) } + subjects.map { ($0.lowercased(), Mark.subject) }
    let graph = try HistoryGraph(
      from: [tip], notIn: fix.named, limit: FollowUps.longest, scanner: MessageScanner(words),
      in: repository)
    var found: [FollowUp] = []
    for position in 0..<graph.count
    where graph.marks[position] != 0 && !own.contains(graph.ids[position]) && found.count < limit {
      let commit = try repository.commit(graph.ids[position])
      if let followUp = try followUp(commit) { found.append(followUp) }
    }
    return found
  }

  private func followUp(_ commit: Commit) throws(GitError) -> FollowUp? {
    let message = commit.displayMessage
    for text in OriginLines.reverted(in: message)
    where names.contains(where: { $0.hasPrefix(text) }) {
      return FollowUp(commit: commit, claim: "reverts \(text.prefix(7))", isRevert: true)
    }
    let subject = commit.subject
    for own in subjects {
      if subject == "Revert \"\(own)\"" {
        return FollowUp(commit: commit, claim: "reverts \"\(own)\"", isRevert: true)
      }
      if ["fixup! ", "squash! ", "amend! "].contains(where: { subject == $0 + own }) {
        return FollowUp(commit: commit, claim: "completes \"\(own)\"", isRevert: false)
      }
    }
    // A pick of the fix that was merged back is the fix again.
    let origins = OriginLines.origins(in: message)
    if origins.contains(where: { text in names.contains { $0.hasPrefix(text) } }) { return nil }
    for line in message.split(whereSeparator: \.isNewline) {
      if let claim = claim(in: line.lowercased()) {
        return FollowUp(commit: commit, claim: claim, isRevert: false)
      }
    }
    if let request = SharedName.request(in: subject), requests.contains(request) {
      return FollowUp(commit: commit, claim: "belongs to \(request) too", isRevert: false)
    }
    if commit.parents.count < 2,
      let id = FixText.ids(in: [message]).first(where: vulnerabilities.contains),
      try changesCode(commit)
    {
      return FollowUp(commit: commit, claim: "names \(id) too", isRevert: false)
    }
    return nil
  }

  /// What a line says of the fix, when it follows it up.
  private func claim(in line: String) -> String? {
    guard FollowUps.verbs.contains(where: { line.contains($0) }) else { return nil }
    let words = line.split { !($0.isLetter || $0.isNumber || $0 == "#") }
    for word in words {
      if word.utf8.count >= FollowUps.shortest, word.utf8.count <= 40,
        word.allSatisfy(\.isHexDigit), names.contains(where: { $0.hasPrefix(word) })
      {
        return "speaks of \(word.prefix(7)) (\"\(line.prefix(60))\")"
      }
      if requests.contains(String(word)), line.contains("follow") || line.contains("regress") {
        return "speaks of \(word) (\"\(line.prefix(60))\")"
      }
    }
    return nil
  }

  private func changesCode(_ commit: Commit) throws(GitError) -> Bool {
    let before = try commit.parents.first.map { (id) throws(GitError) in
      try repository.commit(id).tree
    }
    return try repository.changes(from: before, to: commit.tree).contains {
      PathRole.mayRun($0.path)
    }
  }
}
