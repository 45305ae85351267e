/// Why a text is not a version or not a range of versions.
public struct VersionParseError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What is wrong with it.
  public enum Reason: String, Hashable, Sendable {
    /// There is nothing.
    case empty
    /// A number is missing where one has to be.
    case missingNumber = "missing-number"
    /// Strict SemVer has exactly three numbers, the lenient form one to four.
    case wrongCount = "wrong-count"
    /// Strict SemVer allows no leading zero in a number.
    case leadingZero = "leading-zero"
    /// An identifier of a pre-release or of build metadata is empty or has another character.
    case badIdentifier = "bad-identifier"
    /// What follows the numbers is not known as a pre-release or a revision.
    case unknownSuffix = "unknown-suffix"
    /// The text is not a range.
    case badRange = "bad-range"
  }

  /// The text that was read.
  public let text: String
  /// What is wrong with it.
  public let reason: Reason

  /// The reason and the text.
  public var description: String { "\(reason.rawValue): \(text)" }

  init(_ text: String, _ reason: Reason) {
    self.text = text
    self.reason = reason
  }
}
