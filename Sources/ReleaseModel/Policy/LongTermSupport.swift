/// Which lines have long-term support: one value of the policy's `lts`.
///
/// Written `4.2`, `minor 4 since 3.0`, `last minor of major` or `even majors`.
public enum LongTermSupport: Sendable, Hashable {
  /// Releases that start with these numbers.
  case line([VersionNumber])
  /// Every `X.N`, from a version on when one is given.
  case minor(VersionNumber, since: Version?)
  /// The last minor of each major, known once the next major is released.
  case lastMinorOfMajor
  /// Every major with an even number, without 0.
  case evenMajors

  /// What one value of the policy's `lts` says; nil when it is none of the forms.
  public init?(parsing text: String) {
    let words = text.lowercased().split { $0.isWhitespace }.map(String.init)
    switch words {
    case ["last", "minor", "of", "major"], ["last", "minor", "of", "each", "major"]:
      self = .lastMinorOfMajor
    case ["even", "majors"]:
      self = .evenMajors
    case _ where words.first == "minor" && words.count >= 2:
      guard let number = VersionNumber(digits: words[1].utf8) else { return nil }
      if words.count == 2 {
        self = .minor(number, since: nil)
        return
      }
      guard words.count == 4, words[2] == "since", let version = SentenceValues.version(words[3])
      else { return nil }
      self = .minor(number, since: version)
    default:
      guard words.count == 1, let word = words.first, let numbers = LineNumbers.parse(word) else {
        return nil
      }
      self = .line(numbers)
    }
  }

  /// What a value that may list several by commas says; nil when one of them is wrong.
  public static func list(parsing text: String) -> [LongTermSupport]? {
    var result: [LongTermSupport] = []
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      guard let one = LongTermSupport(parsing: String(part)) else { return nil }
      result.append(one)
    }
    return result
  }
}

extension LongTermSupport: CustomStringConvertible {
  /// The value as it is written.
  public var description: String {
    switch self {
    case .line(let numbers): LineNumbers.text(numbers)
    case .minor(let number, since: nil): "minor \(number)"
    case .minor(let number, since: let version?): "minor \(number) since \(version)"
    case .lastMinorOfMajor: "last minor of major"
    case .evenMajors: "even majors"
    }
  }
}

/// The numbers that name a line.
enum LineNumbers {
  /// The numbers of `4`, `4.2`, `v4.2` and `4.2.x`; nil for anything else.
  static func parse(_ text: String) -> [VersionNumber]? {
    var word = text.lowercased()[...]
    if word.hasPrefix("v") { word = word.dropFirst() }
    while word.hasSuffix(".x") || word.hasSuffix(".*") { word = word.dropLast(2) }
    let pieces = word.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard pieces.count <= 4 else { return nil }
    let numbers = pieces.compactMap(VersionNumber.init(digits:))
    return numbers.count == pieces.count ? numbers : nil
  }

  static func text(_ numbers: [VersionNumber]) -> String {
    numbers.map(\.description).joined(separator: ".")
  }
}
