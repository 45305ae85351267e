import GitStore
import ReleaseModel

/// Which releases of a line, and whether its branch, hold each commit.
struct LineHistory {
  /// The line.
  let line: ReleaseLine
  /// Whether it is audited although the policy does not cover it.
  let isOnRequest: Bool
  /// The commit at the tip of its branch; nil when it has none of its own.
  let tip: ObjectID?
  /// The commit of its newest release.
  let newestCommit: ObjectID
  /// Why the branch does not count, for people; nil when it does, or there is none.
  let note: String?
  private let wordCount: Int
  private let held: [UInt64]

  /// Carries the releases of a line, oldest first, and its tips down the history.
  ///
  /// Costs one pass over the history, whatever the number of releases up to 63.
  init(_ source: AuditedLine, in graph: HistoryGraph) {
    line = source.line
    isOnRequest = source.isOnRequest
    tip = source.tips.first
    newestCommit = source.newest
    note = source.note
    let words = (source.releases.count + 64) / 64
    var carried = [UInt64](repeating: 0, count: graph.count * words)
    func mark(_ id: ObjectID, _ place: Int) {
      guard let position = graph.position(of: id) else { return }
      carried[position * words + place / 64] |= 1 << UInt64(place % 64)
    }
    for (place, id) in source.releases.enumerated() { mark(id, place) }
    for id in source.tips { mark(id, source.releases.count) }
    for position in 0..<graph.count {
      let start = position * words
      guard carried[start..<(start + words)].contains(where: { $0 != 0 }) else { continue }
      for parent in graph.parents(of: position) where parent >= 0 {
        for word in 0..<words { carried[Int(parent) * words + word] |= carried[start + word] }
      }
    }
    wordCount = words
    held = carried
  }

  /// The place of the newest release.
  var newest: Int { line.releases.count - 1 }
  /// The place that stands for the branch.
  var branch: Int { line.releases.count }
  /// No release.
  var none: ReleaseSet { ReleaseSet(words: repeatElement(0, count: wordCount)) }

  /// Which releases hold a commit.
  func holders(of position: Int) -> ReleaseSet {
    ReleaseSet(words: held[(position * wordCount)..<((position + 1) * wordCount)])
  }

  /// Whether the line holds a commit at all.
  func holds(_ position: Int) -> Bool {
    held[(position * wordCount)..<((position + 1) * wordCount)].contains { $0 != 0 }
  }

  /// The lowest release from which on all of them are in a set; nil when the newest is not.
  func first(in set: ReleaseSet) -> ReleaseModel.Release? {
    var place = newest
    guard set.contains(place) else { return nil }
    while place > 0, set.contains(place - 1) { place -= 1 }
    return line.releases[place]
  }
}

/// A line that is to be audited, with its commits.
struct AuditedLine {
  let line: ReleaseLine
  let isOnRequest: Bool
  /// The commits of its releases, oldest first.
  let releases: [ObjectID]
  /// The tips of its branch, here and on the remote.
  let tips: [ObjectID]
  /// The commit of its newest release.
  let newest: ObjectID
  /// Why the trunk does not count as its branch.
  let note: String?
}

extension RevertIndex {
  /// The releases that hold a commit and nothing that takes it back.
  func holders(of position: Int, on line: LineHistory, depth: Int = depth) -> ReleaseSet {
    var set = line.holders(of: position)
    guard depth > 0, let reverters = reverters[position], !set.isEmpty else { return set }
    for reverter in reverters {
      set.subtract(holders(of: reverter, on: line, depth: depth - 1))
    }
    return set
  }
}
