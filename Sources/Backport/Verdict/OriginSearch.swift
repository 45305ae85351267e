import GitStore

/// Follows the lines by which commits name their origins, over several hands.
///
/// A pick of a pick names the pick; the fix itself may be a pick of what another branch had first.
struct OriginSearch {
  /// The commits of a branch by the commits that they say they were made from.
  struct Named {
    fileprivate var picks: [ObjectID: Presence] = [:]

    /// The commit that is a pick of one of the fix's.
    func pick(of source: ObjectID) -> Presence? { picks[source] }
  }

  /// How many hands are followed; a circle must not go on without end.
  private static let hands = 5

  private let fix: FixSet
  private let repository: Repository

  init(fix: FixSet, in repository: Repository) {
    self.fix = fix
    self.repository = repository
  }

  /// The commits from which a commit says it was made, at any hand, as far as they are here.
  func origins(of commit: Commit) throws(BackportError) -> [ObjectID] {
    var found: [ObjectID] = []
    var latest = OriginLines.origins(in: commit.displayMessage)
    for _ in 0..<OriginSearch.hands {
      var next: [String] = []
      for text in latest {
        guard let id = ObjectID(hex: text), !found.contains(id), id != commit.id else { continue }
        found.append(id)
        if let origin = try? repository.commit(id) {
          next += OriginLines.origins(in: origin.displayMessage)
        }
      }
      if next.isEmpty { break }
      latest = next
    }
    return found
  }

  /// Which of some commits name one of the fix's, or share an origin with it.
  func named(by candidates: [Commit]) throws(BackportError) -> Named {
    var wanted: [(id: ObjectID, names: [String])] = []
    for commit in fix.commits {
      wanted.append(
        (commit.id, [commit.id.description] + (try origins(of: commit)).map(\.description)))
    }
    if let merge = fix.merge, !wanted.contains(where: { $0.id == merge }) {
      wanted.append((merge, [merge.description]))
    }
    var result = Named()
    for candidate in candidates
    where OriginLines.marks(of: candidate) & OriginLines.Mark.origin != 0 {
      var names = OriginLines.origins(in: candidate.displayMessage)
      if names.isEmpty { continue }
      names += try origins(of: candidate).map(\.description)
      for (id, own) in wanted where result.picks[id] == nil {
        let match = names.first { name in own.contains { $0.utf8.starts(with: name.utf8) } }
        guard let match else { continue }
        result.picks[id] = Presence(
          commit: candidate.id,
          evidence: "\(candidate.id.abbreviated()) on the branch says it was picked from "
            + match.prefix(7))
      }
    }
    return result
  }
}
