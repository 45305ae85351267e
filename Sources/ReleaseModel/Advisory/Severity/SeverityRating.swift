/// How bad a flaw is, in words.
public enum SeverityRating: String, Codable, Sendable, CaseIterable, Comparable {
  case none
  case low
  case medium
  case high
  case critical

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
