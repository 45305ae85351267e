/// An interval of versions as GitHub, CVE and CSAF write it.
public struct VersionBounds: Hashable, Sendable {
  /// The lower end; nil for none.
  public var lower: String?
  /// Whether the lower end belongs to it.
  public var includesLower = true
  /// The upper end; nil for none.
  public var upper: String?
  /// Whether the upper end belongs to it.
  public var includesUpper = false

  /// An interval from one version to another; nil is no limit.
  init(from lower: String?, to upper: String?, includesUpper: Bool) {
    self.lower = lower
    self.upper = upper
    self.includesUpper = includesUpper
  }

  /// Reads comparators such as `>= 1.0.0, < 1.1.1`, all of which hold; nil for anything else.
  init?(parsing text: Substring) {
    self.init(comparators: text.split(separator: ",").map(String.init))
  }

  /// The interval in which all comparators hold.
  init?(comparators: [String]) {
    self.init(from: nil, to: nil, includesUpper: false)
    guard !comparators.isEmpty else { return nil }
    for comparator in comparators {
      let text = comparator.filter { $0 != " " }
      let sign = text.prefix { "<>=".contains($0) }
      let version = String(text.dropFirst(sign.count))
      guard !version.isEmpty else { return nil }
      switch sign {
      case ">=": (lower, includesLower) = (version, true)
      case ">": (lower, includesLower) = (version, false)
      case "<": (upper, includesUpper) = (version, false)
      case "<=": (upper, includesUpper) = (version, true)
      case "=", "==": (lower, includesLower, upper, includesUpper) = (version, true, version, true)
      default: return nil
      }
    }
  }

  /// Whether a version is in it; nil when it cannot be compared.
  public func contains(_ version: String, in order: VersionOrder) -> Bool? {
    if let lower {
      guard let isBelow = order.precedes(version, lower),
        let isAbove = order.precedes(lower, version)
      else { return nil }
      if isBelow || (!includesLower && !isAbove) { return false }
    }
    if let upper {
      guard let isBelow = order.precedes(version, upper),
        let isAbove = order.precedes(upper, version)
      else { return nil }
      if isAbove || (!includesUpper && !isBelow) { return false }
    }
    return true
  }
}
