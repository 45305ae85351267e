/// The name of a case: letters, digits, `.`, `_` and `-`, as in `TOKENKIT-SA-2026-0001`.
///
/// It is the name of a directory beside a file `lock`, so it can be neither hidden, nor lead elsewhere,
/// nor be that name.
public struct CaseID: Hashable, Sendable, CustomStringConvertible {
  /// The name.
  public let description: String

  /// Takes a name of 1 to 100 characters that begins with a letter or digit; nil for any other.
  public init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard 1...100 ~= bytes.count, let first = bytes.first, let last = bytes.last,
      Self.isWord(first), Self.isWord(last), text.lowercased() != "lock",
      !text.lowercased().hasSuffix(".lock"),
      bytes.allSatisfy({ Self.isWord($0) || "._-".utf8.contains($0) })
    else { return nil }
    description = text
  }

  /// The next id of a project in a year: `PROJECT-SA-2026-0001`, above all that there are.
  ///
  /// Of the project's name letters and digits are taken; `taken` may hold any other ids too.
  public init(project: String, year: Int, taken: some Sequence<CaseID>) {
    let name = String(
      decoding: project.utf8.filter(Self.isWord).prefix(40), as: UTF8.self
    ).uppercased()
    let start = (name.isEmpty ? "" : name + "-") + "SA-\(year)-"
    let numbers = taken.compactMap { id in
      id.description.uppercased().hasPrefix(start)
        ? Int(id.description.dropFirst(start.count)) : nil
    }
    let number = String((numbers.max() ?? 0) + 1)
    description = start + String(repeating: "0", count: max(0, 4 - number.count)) + number
  }

  /// Whether it is written as the ids that are made: a project, `SA`, a year and a number.
  public var isNumbered: Bool {
    let parts = description.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count > 3, parts[parts.count - 3] == "SA" else { return false }
    let isNumber = { (text: Substring) in text.utf8.allSatisfy(\.isASCIIDigit) }
    return parts[parts.count - 2].utf8.count == 4 && parts.suffix(2).allSatisfy(isNumber)
      && parts.allSatisfy { !$0.isEmpty }
  }

  private static func isWord(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte.isASCIIDigit
  }
}

extension CaseID: Codable {
  /// Reads one string as `init(parsing:)` does.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = CaseID(parsing: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' cannot be the id of a case")
    }
    self = id
  }

  /// Writes the description.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
