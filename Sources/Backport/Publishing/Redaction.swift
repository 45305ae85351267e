/// Keeps secrets out of what people and logs see.
struct Redaction: Sendable {
  /// Texts that never appear, wherever they stand.
  var secrets: [String] = []

  /// Replaces the secrets, and the user and password of every address.
  func clean(_ text: String) -> String {
    // Longest first: one may be the beginning of another.
    var text = text
    for secret in secrets.sorted(by: { $0.utf8.count > $1.utf8.count }) where !secret.isEmpty {
      text = text.replacing(secret, with: "***")
    }
    return Redaction.hidingCredentials(in: text)
  }

  /// The same for the words of another program.
  func clean(_ bytes: [UInt8]) -> String { clean(String(decoding: bytes, as: UTF8.self)) }

  /// Replaces the user and password of every address.
  static func hidingCredentials(in bytes: [UInt8]) -> String {
    hidingCredentials(in: String(decoding: bytes, as: UTF8.self))
  }

  private static func hidingCredentials(in text: String) -> String {
    var result = ""
    var rest = text[...]
    while let scheme = rest.firstRange(of: "://") {
      result += rest[..<scheme.upperBound]
      rest = rest[scheme.upperBound...]
      let host = rest.prefix { !$0.isWhitespace && $0 != "/" && $0 != "'" && $0 != "\"" }
      if let at = host.lastIndex(of: "@") {
        result += "***"
        rest = rest[at...]
      }
    }
    return result + rest
  }
}
