/// One number of a version: a natural number of any size.
public struct VersionNumber: Hashable, Sendable, CustomStringConvertible {
  /// What does not fit 64 bits is kept as ASCII digits without leading zeros.
  private enum Magnitude: Hashable, Sendable {
    case small(UInt64)
    case large([UInt8])
  }

  private let magnitude: Magnitude

  /// The number with this value.
  public init(_ value: UInt64) {
    magnitude = .small(value)
  }

  /// The number that these ASCII digits spell; nil when there is none or another byte.
  ///
  /// Leading zeros are ignored.
  public init?(digits: some Collection<UInt8>) {
    self.init(slice: Array(digits)[...])
  }

  /// The same for the common case, which the compiler need not specialise.
  init?(digits: ArraySlice<UInt8>) {
    self.init(slice: digits)
  }

  private init?(slice digits: ArraySlice<UInt8>) {
    guard !digits.isEmpty, digits.allSatisfy(\.isASCIIDigit) else { return nil }
    let significant = digits.drop { $0 == UInt8(ascii: "0") }
    var value: UInt64 = 0
    for digit in significant {
      let (shifted, overflowed) = value.multipliedReportingOverflow(by: 10)
      let (sum, carried) = shifted.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
      guard !overflowed, !carried else {
        magnitude = .large(Array(significant))
        return
      }
      value = sum
    }
    magnitude = .small(value)
  }

  /// The next number.
  public var successor: VersionNumber {
    switch magnitude {
    case .small(let value) where value < .max:
      return VersionNumber(value + 1)
    case .small, .large:
      return VersionNumber(large: Self.incremented(Array(description.utf8)))
    }
  }

  // swiftc 6.3.1 -O ends with an ownership error (pass CopyPropagation) where this is inlined.
  /// The value, when it fits.
  @inline(never)
  public var uint64: UInt64? {
    guard case .small(let value) = magnitude else { return nil }
    return value
  }

  /// Decimal digits without leading zeros.
  public var description: String {
    switch magnitude {
    case .small(let value): String(value)
    case .large(let digits): String(decoding: digits, as: UTF8.self)
    }
  }

  private init(large digits: [UInt8]) {
    magnitude = .large(digits)
  }

  private static func incremented(_ digits: [UInt8]) -> [UInt8] {
    var result = digits
    for index in result.indices.reversed() {
      if result[index] < UInt8(ascii: "9") {
        result[index] += 1
        return result
      }
      result[index] = UInt8(ascii: "0")
    }
    return [UInt8(ascii: "1")] + result
  }
}

extension VersionNumber: Comparable {
  /// Compares by value.
  public static func < (left: VersionNumber, right: VersionNumber) -> Bool {
    switch (left.magnitude, right.magnitude) {
    case (.small(let left), .small(let right)): left < right
    case (.small, .large): true
    case (.large, .small): false
    case (.large(let left), .large(let right)):
      left.count != right.count ? left.count < right.count : left.lexicographicallyPrecedes(right)
    }
  }
}

extension VersionNumber: ExpressibleByIntegerLiteral {
  /// The number that the literal spells.
  public init(integerLiteral value: UInt64) {
    self.init(value)
  }
}

extension UInt8 {
  /// Whether the byte is one of `0` to `9`.
  var isASCIIDigit: Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= self }

  /// Whether the byte is one of `a` to `z` or `A` to `Z`.
  var isASCIILetter: Bool { UInt8(ascii: "a")...UInt8(ascii: "z") ~= self | 0x20 }

  /// The same byte, an upper-case ASCII letter made lower-case.
  var lowercasedASCII: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
