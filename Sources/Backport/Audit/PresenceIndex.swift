import GitStore

/// What the commits of the audited lines say of themselves, looked up by what a fix is known by.
///
/// Looked at are the commits that a line holds and that did not come to it from the trunk: its own
/// picks, also those that were merged into the trunk later.
struct PresenceIndex {
  /// The places of such commits, newest first.
  let candidates: [Int]
  private var named: [ObjectID: [Int]] = [:]
  /// Abbreviated ids that commits name as their origin.
  private var abbreviated: [(name: String, position: Int)] = []
  private var authored: [Signature: [Int]] = [:]
  private var requests: [String: [Int]] = [:]
  private var changeIDs: [String: [Int]] = [:]
  private var vulnerabilities: [String: [Int]] = [:]

  init(
    _ graph: HistoryGraph, _ trunk: TrunkLandings, _ lines: [LineHistory],
    in repository: Repository
  ) throws(BackportError) {
    var own: [Int] = []
    for position in 0..<graph.count {
      let landing = Int(trunk.landing[position])
      if landing == position { continue }
      if lines.contains(where: { $0.holds(position) && (landing < 0 || !$0.holds(landing)) }) {
        own.append(position)
      }
    }
    candidates = own.sorted { graph.times[$0] > graph.times[$1] }
    let origins = OriginSearch(fix: .none, in: repository)
    for position in candidates {
      let commit = try store { () throws(GitError) in
        try repository.commit(graph.ids[position])
      }
      authored[commit.author, default: []].append(position)
      if commit.message.contains(UInt8(ascii: "#")) {
        for number in PresenceIndex.numbers(in: commit.displayMessage) {
          requests[number, default: []].append(position)
        }
      }
      let marks = graph.marks[position]
      if marks & SecurityFixSearch.Mark.origin != 0 {
        let message = commit.displayMessage
        for text in OriginLines.origins(in: message) where text.utf8.count < 40 {
          abbreviated.append((text, position))
        }
        for id in try origins.origins(of: commit) { named[id, default: []].append(position) }
      }
      if marks & SecurityFixSearch.Mark.changeID != 0,
        let id = OriginLines.changeID(in: commit.displayMessage)
      {
        changeIDs[id, default: []].append(position)
      }
      if marks & SecurityFixSearch.Mark.id != 0 {
        for id in FixText.ids(in: [commit.displayMessage]) {
          vulnerabilities[id, default: []].append(position)
        }
      }
    }
  }

  /// The commits that name one of some as their origin, at any hand.
  func naming(_ ids: [ObjectID]) -> [Int] {
    var found = ids.flatMap { named[$0] ?? [] }
    if !abbreviated.isEmpty {
      let names = ids.map(\.description)
      found += abbreviated.filter { entry in names.contains { $0.hasPrefix(entry.name) } }
        .map(\.position)
    }
    return found
  }

  /// The commits with the author and author date of another, or with the number of its merge
  /// request.
  func relatives(of commit: Commit) -> [Int] {
    let number = SharedName.request(in: commit.subject)
    let naming = number.flatMap { requests[$0] } ?? []
    let twins = authored[commit.author] ?? []
    return twins + naming.filter { !twins.contains($0) }
  }

  /// The words of a message that look like `#12`.
  private static func numbers(in message: String) -> Set<String> {
    var found: Set<String> = []
    for word in message.split(whereSeparator: { !($0 == "#" || $0.isNumber) })
    where word.first == "#" && word.count > 1 && word.dropFirst().allSatisfy(\.isNumber) {
      found.insert(String(word))
    }
    return found
  }

  /// The commits with the Gerrit id of another.
  func sharingChangeID(with commit: Commit) -> [Int] {
    OriginLines.changeID(in: commit.displayMessage).flatMap { changeIDs[$0] } ?? []
  }

  /// The commits that name one of some vulnerabilities.
  func naming(vulnerabilities ids: [String]) -> [Int] {
    ids.flatMap { vulnerabilities[$0] ?? [] }
  }
}
