/// One dot-separated identifier of a pre-release, as in SemVer 2.0.0 §9.
public enum PrereleaseIdentifier: Hashable, Sendable, CustomStringConvertible {
  /// Only digits: compared by value, below every text.
  case number(VersionNumber)
  /// Anything else: compared in ASCII order.
  case text(String)

  /// The identifier as it is written.
  public var description: String {
    switch self {
    case .number(let number): number.description
    case .text(let text): text
    }
  }
}

extension PrereleaseIdentifier: Comparable {
  /// Compares by SemVer 2.0.0 §11.4.
  public static func < (left: PrereleaseIdentifier, right: PrereleaseIdentifier) -> Bool {
    switch (left, right) {
    case (.number(let left), .number(let right)): left < right
    case (.number, .text): true
    case (.text, .number): false
    case (.text(let left), .text(let right)):
      left.utf8.lexicographicallyPrecedes(right.utf8)
    }
  }
}
