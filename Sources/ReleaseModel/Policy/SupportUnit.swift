/// A unit that the subject of a rule counts in.
///
/// `line` stands for the unit of a release line that the policy itself declares (`lines = …`).
public enum SupportUnit: String, Sendable, Hashable, CaseIterable {
  /// A single release.
  case patch
  /// All releases that share `X.Y`.
  case minor
  /// All releases that share `X`.
  case major
  /// All releases that Cargo takes for compatible: `0.y` before 1.0, `X` from then on.
  case compat
  /// One release line, whatever the policy's `lines` says it is.
  case line

  /// Reads the singular or plural word; case does not matter.
  public init?(word: String) {
    let lowered = word.lowercased()
    for unit in Self.allCases where lowered == unit.rawValue || lowered == unit.plural {
      self = unit
      return
    }
    return nil
  }

  /// The word for several of them.
  public var plural: String {
    switch self {
    case .patch: "patches"
    case .compat: "compats"
    case .minor, .major, .line: rawValue + "s"
    }
  }

  /// The word that agrees with a number.
  public func word(for count: Int) -> String { count == 1 ? rawValue : plural }
}
