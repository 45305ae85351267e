/// How git reads values, see `git_parse_maybe_bool` and `git_parse_signed` in git's `parse.c`.
enum GitConfigurationValue {
  /// True, false, or nil when the value is neither.
  static func bool(_ value: [UInt8]?) -> Bool? {
    guard let value else { return true }
    switch String(decoding: value, as: UTF8.self).lowercased() {
    case "true", "yes", "on": return true
    case "false", "no", "off", "": return false
    default: break
    }
    // Git takes Booleans as 32-bit integers.
    return int(value).flatMap { Int32(exactly: $0) }.map { $0 != 0 }
  }

  /// A decimal, octal (0…) or hexadecimal (0x…) integer with an optional unit k, m or g.
  static func int(_ value: [UInt8]) -> Int? {
    var rest = value[...].drop { $0 == 0x20 || (0x09...0x0d).contains($0) }
    var sign: UInt8?
    if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
      sign = rest.removeFirst()
    }
    let radix = removeRadix(&rest)
    let digits = rest.prefix { digit($0).map { $0 < radix } ?? false }
    rest = rest.dropFirst(digits.count)
    guard !digits.isEmpty, let unit = unit(rest) else { return nil }

    var result = 0
    for byte in digits {
      guard let digit = digit(byte) else { return nil }
      let (product, overflow) = result.multipliedReportingOverflow(by: radix)
      let signed = sign == UInt8(ascii: "-") ? -digit : digit
      let (sum, carry) = product.addingReportingOverflow(signed)
      if overflow || carry { return nil }
      result = sum
    }
    let (scaled, overflow) = result.multipliedReportingOverflow(by: unit)
    return overflow ? nil : scaled
  }

  /// Removes `0x`; a leading 0 stays, it is a digit of an octal number.
  private static func removeRadix(_ bytes: inout ArraySlice<UInt8>) -> Int {
    guard bytes.first == UInt8(ascii: "0") else { return 10 }
    let second = bytes.dropFirst().first
    guard second == UInt8(ascii: "x") || second == UInt8(ascii: "X") else { return 8 }
    bytes = bytes.dropFirst(2)
    return 16
  }

  private static func unit(_ bytes: ArraySlice<UInt8>) -> Int? {
    switch String(decoding: bytes, as: UTF8.self).lowercased() {
    case "": 1
    case "k": 1 << 10
    case "m": 1 << 20
    case "g": 1 << 30
    default: nil
    }
  }

  private static func digit(_ byte: UInt8) -> Int? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0"))
    case UInt8(ascii: "a")...UInt8(ascii: "f"): Int(byte - UInt8(ascii: "a")) + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): Int(byte - UInt8(ascii: "A")) + 10
    default: nil
    }
  }
}
