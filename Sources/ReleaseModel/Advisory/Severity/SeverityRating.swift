/// How bad a flaw is, in words.
public enum SeverityRating: String, Codable, Sendable, CaseIterable, Comparable {
  /// CVSS 0.
  case none
  /// CVSS 0.1 to 3.9.
  case low
  /// CVSS 4.0 to 6.9.
  case medium
  /// CVSS 7.0 to 8.9.
  case high
  /// CVSS 9.0 to 10.
  case critical

  /// The ratings of what is a flaw at all, the mildest first.
  public static let ofFlaws: [SeverityRating] = [.low, .medium, .high, .critical]

  /// The rating that the word names, in any case; `moderate` is GitHub's word for medium.
  public init?(parsing text: String) {
    let word = text.lowercased()
    guard let rating = word == "moderate" ? .medium : SeverityRating(rawValue: word) else {
      return nil
    }
    self = rating
  }

  /// The rating of a score in tenths, by the table that CVSS 3.1 (§5) and 4.0 (§6) share.
  public init(tenths: Int) {
    switch tenths {
    case ..<1: self = .none
    case ..<40: self = .low
    case ..<70: self = .medium
    case ..<90: self = .high
    default: self = .critical
    }
  }

  /// Compares by how bad it is.
  public static func < (left: SeverityRating, right: SeverityRating) -> Bool {
    (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
  }

  /// The word with a capital.
  var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
}
