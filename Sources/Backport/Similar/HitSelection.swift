/// Which of the places of one tree a person is shown.
///
/// A place whose surroundings are like those of the fix is one whatever else there is. What a fix changes
/// may also be a phrase that stands everywhere: in other surroundings it counts only while it is rare.
struct HitSelection {
  /// The share of the surroundings that makes a place count by itself.
  private static let leastSurroundings = 0.5
  /// In how many places with other surroundings a phrase is still rare, for each place that the fix
  /// repairs in the same way.
  private static let mostStrange = 3

  /// How many places of one kind a person is shown.
  private static let most = 10
  /// How many places of a tree.
  private static let mostTogether = 100

  /// The numbers of the places that count, ascending.
  let kept: [Int]
  /// How many others there are, by the first pattern of the kind.
  let common: [Int: Int]

  /// Chooses among the places of one tree; without a bound only what overlaps is left out.
  ///
  /// `files` tells the files of the matches apart, and `kinds` gives for each pattern the first one that
  /// repairs the same.
  init(
    _ matches: [PatternMatcher.Match], files: [Int], kinds: [Int], isBounded: Bool = true
  ) {
    var repaired: [Int: Int] = [:]
    for kind in kinds { repaired[kind, default: 0] += 1 }
    var strange: [Int: Int] = [:]
    let single = HitSelection.best(matches, files: files)
    for number in single where HitSelection.isStrange(matches[number]) {
      strange[kinds[matches[number].pattern], default: 0] += 1
    }
    var left: [Int: Int] = [:]
    var shown: [Int: Int] = [:]
    var kept: [Int] = []
    for number in single {
      let match = matches[number]
      let kind = kinds[match.pattern]
      let times = repaired[kind, default: 1]
      let isPhrase =
        HitSelection.isStrange(match)
        && strange[kind, default: 0] > HitSelection.mostStrange * times
      let isEnough =
        shown[kind, default: 0] >= HitSelection.most * times
        || kept.count >= HitSelection.mostTogether
      if isBounded, isPhrase || isEnough {
        left[kind, default: 0] += 1
      } else {
        shown[kind, default: 0] += 1
        kept.append(number)
      }
    }
    self.kept = kept.sorted()
    common = left
  }

  /// Of the matches that overlap in a file, the one that is most alike; the best first.
  private static func best(_ matches: [PatternMatcher.Match], files: [Int]) -> [Int] {
    var best: [Int] = []
    let order = matches.indices.sorted {
      (matches[$1].likeness, $0) < (matches[$0].likeness, $1)
    }
    var taken: [Int: [ClosedRange<Int>]] = [:]
    for number in order {
      let lines = matches[number].lines
      if taken[files[number], default: []].contains(where: { $0.overlaps(lines) }) { continue }
      taken[files[number], default: []].append(lines)
      best.append(number)
    }
    return best
  }

  private static func isStrange(_ match: PatternMatcher.Match) -> Bool {
    match.surroundings < leastSurroundings
  }
}
