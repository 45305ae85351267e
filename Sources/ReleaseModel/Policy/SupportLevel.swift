/// How much a line is promised.
public enum SupportLevel: String, Sendable, Hashable, CaseIterable {
  /// Bug fixes and security fixes.
  case full
  /// Security fixes only.
  case security
  /// Critical security fixes only.
  case critical
  /// Fixes when somebody finds the time.
  case bestEffort = "best-effort"
  /// Nothing: the rule says no.
  case none

  /// Reads the word of a sentence; case does not matter.
  public init?(word: String) {
    self.init(rawValue: word.lowercased())
  }

  /// Whether a line at this level is owed anything.
  public var isSupported: Bool { self != .none }
}

/// The severity of a flaw, from the mildest up.
public enum SupportSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
  /// CVSS 0.1 to 3.9.
  case low
  /// CVSS 4.0 to 6.9.
  case medium
  /// CVSS 7.0 to 8.9.
  case high
  /// CVSS 9.0 to 10.
  case critical

  /// Reads the word of a sentence; case does not matter.
  public init?(word: String) {
    self.init(rawValue: word.lowercased())
  }

  private var rank: Int {
    switch self {
    case .low: 0
    case .medium: 1
    case .high: 2
    case .critical: 3
    }
  }

  /// Orders by how bad it is.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }
}
