/// Completes tables that cut all versions in two.
///
/// `2.5.0 yes`, `< 2.5.0 no` means 2.5.0 and whatever comes after it; so does `> 2.6 yes`,
/// `< 2.6 no` with 2.6 itself.
enum RulePartition {
  /// Widens the one positive rule of each package, when one negative rule ends where it begins.
  static func complete(_ rules: inout [SecurityRule]) {
    for package in Set(rules.map(\.package)) {
      let indices = rules.indices.filter { rules[$0].package == package }
      complete(&rules, indices)
    }
  }

  private static func complete(_ rules: inout [SecurityRule], _ indices: [Int]) {
    let ranged = indices.compactMap { index in rules[index].range.map { (index, $0) } }
    let positive = ranged.filter { rules[$0.0].level?.isSupported == true }
    let negative = ranged.filter { rules[$0.0].level == SupportLevel.none }
    guard positive.count == 1, negative.count == 1, let (index, range) = positive.first,
      let low = range.intervals.first?.lower.version, let limit = negative.first?.1,
      let end = limit.intervals.last?.upper, limit.intervals.first?.lower == .start
    else { return }
    let open = ranged.first { rules[$0.0].level == nil }
    if let open, range.isUnbounded {
      // `> 2.6` and `< 2.6`: the line between belongs to the upper part.
      let both = open.1.union(range)
      guard limit == .below(Version(numbers: open.1.intervals.first?.lower.version.numbers ?? []))
      else { return }
      rules[index].subject = .lines(.range(both))
      rules.remove(at: open.0)
      return
    }
    guard range == .exactly(low) || range == .above(low), low.isPlain else { return }
    let isAdjacent = limit == .below(low) || (end.side == .after && precedes(end.version, low))
    if isAdjacent { rules[index].subject = .lines(.range(.atLeast(low))) }
  }

  /// Whether nothing lies between: 2.4.1 and 2.4.2.
  private static func precedes(_ one: Version, _ other: Version) -> Bool {
    guard one.isPlain, one.numbers.count == other.numbers.count, let last = one.numbers.last else {
      return false
    }
    return Version(numbers: one.numbers.dropLast() + [last.successor]) == other
  }
}

extension SecurityRule {
  /// The range of a rule for a range.
  var range: VersionRange? {
    if case .lines(.range(let range)) = subject { range } else { nil }
  }
}
