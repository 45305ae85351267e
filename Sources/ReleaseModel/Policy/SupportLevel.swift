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
