/// A set of versions: disjoint intervals in ascending order, in one canonical form.
///
/// Equal sets are equal values, however they were written. A pre-release lies below its own line
/// (`<1.0.0` does not reach 1.0.0-rc.1) and is contained in no range unless asked for.
public struct VersionRange: Sendable, CustomStringConvertible {
  /// A place between versions.
  struct Cut: Hashable, Comparable {
    /// On which side of the version the place is.
    enum Side: Int {
      /// Below every version with these numbers, pre-releases too.
      case floor
      /// Just below the version itself.
      case before
      /// Just above the version itself.
      case after
    }

    var version: Version
    var side: Side

    /// Below all versions.
    static let start = Cut(version: Version(0, 0, 0), side: .floor)

    /// Where `>=` and `<` cut: a release takes its pre-releases along.
    static func below(_ version: Version) -> Cut {
      Cut(version: version, side: version.isPlain ? .floor : .before)
    }

    static func above(_ version: Version) -> Cut {
      Cut(version: version, side: .after)
    }

    static func < (left: Cut, right: Cut) -> Bool {
      if let order = Version.numbersPrecede(left.version, right.version) { return order }
      if (left.side == .floor) != (right.side == .floor) { return left.side == .floor }
      if left.side == .floor { return false }
      if left.version.suffix < right.version.suffix { return true }
      if right.version.suffix < left.version.suffix { return false }
      return left.side.rawValue < right.side.rawValue
    }
  }

  /// Everything from one cut to another; no upper cut is no limit.
  struct Interval: Hashable {
    var lower: Cut
    var upper: Cut?

    var isEmpty: Bool { upper.map { $0 <= lower } ?? false }
  }

  let intervals: [Interval]
  private let spelling: String?

  /// The range of these intervals in any order, overlapping or not.
  ///
  /// `spelling` is what `description` is to show instead of the canonical form.
  init(_ intervals: [Interval], spelling: String? = nil) {
    var merged: [Interval] = []
    for interval in intervals.filter({ !$0.isEmpty }).sorted(by: { $0.lower < $1.lower }) {
      guard let last = merged.last, last.upper.map({ interval.lower <= $0 }) ?? true else {
        merged.append(interval)
        continue
      }
      merged[merged.count - 1].upper = Self.higher(last.upper, interval.upper)
    }
    self.intervals = merged
    self.spelling = spelling
  }

  /// Every version.
  public static let all = VersionRange([Interval(lower: .start, upper: nil)])
  /// No version.
  public static let none = VersionRange([])

  /// This release alone, without its pre-releases.
  public static func exactly(_ version: Version) -> VersionRange {
    VersionRange([
      Interval(lower: Cut(version: version, side: .before), upper: .above(version))
    ])
  }

  /// `>= version`.
  public static func atLeast(_ version: Version) -> VersionRange {
    VersionRange([Interval(lower: .below(version), upper: nil)])
  }

  /// `> version`.
  public static func above(_ version: Version) -> VersionRange {
    VersionRange([Interval(lower: .above(version), upper: nil)])
  }

  /// `< version`.
  public static func below(_ version: Version) -> VersionRange {
    VersionRange([Interval(lower: .start, upper: .below(version))])
  }

  /// `<= version`.
  public static func atMost(_ version: Version) -> VersionRange {
    VersionRange([Interval(lower: .start, upper: .above(version))])
  }

  /// Every version that starts with these numbers: `[1, 2]` is `1.2.x`; without any, all.
  public static func line(_ numbers: [VersionNumber]) -> VersionRange {
    let numbers = numbers.prefix(4)
    guard let last = numbers.last else { return all }
    let first = Version(numbers: Array(numbers))
    let next = Version(numbers: numbers.dropLast() + [last.successor])
    return VersionRange([Interval(lower: .below(first), upper: .below(next))])
  }

  /// Whether the range holds no version.
  public var isEmpty: Bool { intervals.isEmpty }

  /// Whether the range goes on without an upper end.
  public var isUnbounded: Bool { intervals.last.map { $0.upper == nil } ?? false }

  /// Whether the version is in the range.
  ///
  /// With `includingPrereleases`, one belongs where its release does: 1.0.0-rc.1 is in `1.0.x` and
  /// `>=1.0.0`, not in `<1.0.0` nor in `=1.0.0`.
  public func contains(_ version: Version, includingPrereleases: Bool = false) -> Bool {
    guard includingPrereleases || !version.isPrerelease else { return false }
    let place = Cut(version: version, side: .before)
    return intervals.contains { $0.lower <= place && ($0.upper.map { place < $0 } ?? true) }
  }

  /// What is in either.
  public func union(_ other: VersionRange) -> VersionRange {
    VersionRange(intervals + other.intervals)
  }

  /// What is in both.
  public func intersection(_ other: VersionRange) -> VersionRange {
    var result: [Interval] = []
    var (mine, others) = (intervals[...], other.intervals[...])
    while let one = mine.first, let two = others.first {
      result.append(
        Interval(lower: max(one.lower, two.lower), upper: Self.lower(one.upper, two.upper)))
      if Self.lower(one.upper, two.upper) == one.upper {
        mine = mine.dropFirst()
      } else {
        others = others.dropFirst()
      }
    }
    return VersionRange(result)
  }

  /// Whether every version of this range is in the other.
  public func isSubset(of other: VersionRange) -> Bool {
    intersection(other) == self
  }

  /// As it was written, else in the canonical form; parsing it gives an equal range.
  public var description: String { spelling ?? canonicalDescription }

  private static func higher(_ one: Cut?, _ other: Cut?) -> Cut? {
    guard let one, let other else { return nil }
    return max(one, other)
  }

  private static func lower(_ one: Cut?, _ other: Cut?) -> Cut? {
    guard let one, let other else { return one ?? other }
    return min(one, other)
  }
}

extension VersionRange: Hashable {
  /// Whether both hold the same versions.
  public static func == (left: VersionRange, right: VersionRange) -> Bool {
    left.intervals == right.intervals
  }

  /// Hashes the canonical form.
  public func hash(into hasher: inout Hasher) {
    hasher.combine(intervals)
  }
}
