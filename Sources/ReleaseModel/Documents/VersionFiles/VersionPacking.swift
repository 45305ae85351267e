/// A way to pack a version into one number.
struct VersionPacking: Sendable {
  let isHexadecimal: Bool
  /// How many digits the minor and every later part take.
  let width: Int
  let parts: Int

  /// The packings in use, the more usual first: PHP and Symfony, SQLite and nginx, curl.
  static let all = [
    VersionPacking(isHexadecimal: false, width: 2, parts: 3),
    VersionPacking(isHexadecimal: false, width: 3, parts: 3),
    VersionPacking(isHexadecimal: false, width: 2, parts: 4),
    VersionPacking(isHexadecimal: true, width: 2, parts: 3),
    VersionPacking(isHexadecimal: true, width: 2, parts: 4),
  ]

  /// The digits of the version, as long and in the letter case of an example; nil if it does not fit.
  func digits(of version: VersionSpelling, like example: ArraySlice<UInt8>) -> [UInt8]? {
    var text = String(version.part(0), radix: radix)
    for index in 1..<parts {
      let part = String(version.part(index), radix: radix)
      guard part.utf8.count <= width else { return nil }
      text += String(repeating: "0", count: width - part.utf8.count) + part
    }
    // Decimal numbers drop their leading zeros; hexadecimal ones are padded to a whole width.
    if !isHexadecimal { text = String(text.drop { $0 == "0" }) }
    guard !text.isEmpty, text.utf8.count <= 16 else { return nil }
    if isHexadecimal, example.count > text.utf8.count {
      text = String(repeating: "0", count: min(example.count, 16) - text.utf8.count) + text
    }
    let isUppercase = example.contains { $0 >= 0x41 && $0 <= 0x46 }
    return Array((isUppercase ? text.uppercased() : text).utf8)
  }

  private var radix: Int { isHexadecimal ? 16 : 10 }
}
