import GitStore

/// Which commits of a history take others back.
///
/// A reverted merge takes back all that it brought in.
struct RevertIndex {
  /// How many takings-back of takings-back are followed.
  static let depth = 16
  /// How many merges are looked into, and how much of what they brought; each costs a walk.
  private static let mostMerges = 200

  /// The places of the commits that take a commit back, by its place.
  private(set) var reverters: [Int: [Int]] = [:]

  init(
    _ graph: HistoryGraph, _ trunk: TrunkLandings, in repository: Repository
  ) throws(GitError) {
    var named: [(position: Int, targets: [String])] = []
    for position in 0..<graph.count
    where graph.marks[position] & SecurityFixSearch.Mark.revert != 0 {
      let message = try repository.commit(graph.ids[position]).displayMessage
      let targets = OriginLines.reverted(in: message)
      if !targets.isEmpty { named.append((position, targets)) }
    }
    let isShort = named.contains { $0.targets.contains { $0.utf8.count < 40 } }
    let sorted = isShort ? graph.ids.sorted() : []
    var mergesLeft = RevertIndex.mostMerges
    for (position, targets) in named {
      for text in targets {
        let id = ObjectID(hex: text) ?? RevertIndex.only(text, in: sorted)
        guard let id, let target = graph.position(of: id), target > position else { continue }
        reverters[target, default: []].append(position)
        if graph.parents(of: target).count > 1, mergesLeft > 0 {
          mergesLeft -= 1
          for brought in trunk.brought(by: target, in: graph) {
            reverters[brought, default: []].append(position)
          }
        }
      }
    }
  }

  /// The first id that begins with some digits.
  private static func only(_ text: String, in sorted: [ObjectID]) -> ObjectID? {
    var (low, high) = (0, sorted.count)
    while low < high {
      let middle = (low + high) / 2
      if sorted[middle].description.utf8.lexicographicallyPrecedes(text.utf8) {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < sorted.count, sorted[low].description.utf8.starts(with: text.utf8) else {
      return nil
    }
    return sorted[low]
  }

  /// Whether a commit is taken back in the history of the trunk, and that was not taken back again.
  func isTakenBack(_ position: Int, on trunk: TrunkLandings, depth: Int = depth) -> Bool {
    guard depth > 0, let reverters = reverters[position] else { return false }
    return reverters.contains { reverter in
      trunk.landing[reverter] >= 0 && !isTakenBack(reverter, on: trunk, depth: depth - 1)
    }
  }
}
