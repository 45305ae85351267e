/// Which lines a rule is about.
public enum SupportSubject: Sendable, Hashable {
  /// The newest of a unit: `latest 2 majors`, `previous minor`.
  case latest(LatestSelection)
  /// Lines whose newest release is in a range: `<1.0.0`, `4.2.x`.
  case range(VersionRange)
  /// Lines with long-term support, all of them or only the newest so many.
  case lts(newest: Int?)
  /// The line that is released from a branch; the name has no white space and no colon.
  case branch(String)
}

/// The newest so many of a unit.
public struct LatestSelection: Sendable, Hashable {
  /// How many are selected, from 1.
  public var count: Int
  /// What is counted.
  public var unit: SupportUnit
  /// Counts anew in each of these.
  public var group: SupportUnit?
  /// Counts only releases in this range.
  public var range: VersionRange?
  /// How many of the newest are passed over first.
  public var skipping: Int
  /// Whether numbers are counted instead of what exists, so that a gap selects nothing.
  public var isAdjacent: Bool

  /// The selection of the newest so many.
  public init(
    _ count: Int = 1, _ unit: SupportUnit, ofEach group: SupportUnit? = nil,
    within range: VersionRange? = nil, skipping: Int = 0, adjacent: Bool = false
  ) {
    self.count = count
    self.unit = unit
    self.group = group
    self.range = range
    self.skipping = skipping
    self.isAdjacent = adjacent
  }

  /// The one before the newest: `previous minor`.
  public static func previous(_ unit: SupportUnit) -> LatestSelection {
    LatestSelection(1, unit, skipping: 1)
  }
}

extension SupportSubject: CustomStringConvertible {
  /// The words of the sentence.
  public var description: String {
    switch self {
    case .latest(let selection): selection.description
    case .range(let range): range.description
    case .lts(nil): "lts"
    case .lts(1): "lts latest"
    case .lts(let count?): "lts latest \(count)"
    case .branch(let name): "branch \(name)"
    }
  }
}

extension LatestSelection: CustomStringConvertible {
  /// The words of the sentence.
  public var description: String {
    if self == .previous(unit) { return "previous \(unit.rawValue)" }
    var words = count == 1 ? "latest \(unit.rawValue)" : "latest \(count) \(unit.plural)"
    if let group { words += " of each \(group.rawValue)" }
    if let range { words += " within \(range)" }
    if skipping > 0 { words += " skipping \(skipping)" }
    if isAdjacent { words += " adjacent" }
    return words
  }
}
