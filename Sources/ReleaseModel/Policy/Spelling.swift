/// Finds the known word that was probably meant.
public enum Spelling {
  /// Words beyond this many bytes are never compared, so that the cost stays bounded.
  private static let longest = 48

  /// The candidate that is nearest to `word`, when one is near enough to be worth showing.
  ///
  /// Near enough is at most a third of the longer word, and at least one edit for short words.
  /// Ties go to the candidate listed first.
  public static func nearest(to word: String, among candidates: [String]) -> String? {
    let typed = Array(word.lowercased().utf8)
    guard !typed.isEmpty, typed.count <= longest else { return nil }
    var best: (candidate: String, distance: Int)?
    for candidate in candidates {
      let known = Array(candidate.lowercased().utf8)
      guard known.count <= longest else { continue }
      let limit = max(1, (max(typed.count, known.count) + 1) / 3)
      let distance = distance(typed, known)
      if distance <= limit, distance < best?.distance ?? .max {
        best = (candidate, distance)
      }
    }
    return best?.candidate
  }

  /// Optimal string alignment distance: insert, delete, replace, or swap two neighbours.
  static func distance<Unit: Equatable>(_ left: [Unit], _ right: [Unit]) -> Int {
    if left.isEmpty || right.isEmpty { return max(left.count, right.count) }
    var beforePrevious = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    var current = previous
    for row in 1...left.count {
      current[0] = row
      for column in 1...right.count {
        let isSame = left[row - 1] == right[column - 1]
        var cost = min(previous[column], current[column - 1]) + 1
        cost = min(cost, previous[column - 1] + (isSame ? 0 : 1))
        let isSwap =
          row > 1 && column > 1 && left[row - 1] == right[column - 2]
          && left[row - 2] == right[column - 1]
        if isSwap { cost = min(cost, beforePrevious[column - 2] + 1) }
        current[column] = cost
      }
      (beforePrevious, previous, current) = (previous, current, beforePrevious)
    }
    return previous[right.count]
  }
}
