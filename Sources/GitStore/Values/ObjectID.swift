/// The name of an object: the SHA-1 of its header and contents.
///
/// Never the zero id: absence is an `Optional`, or the expectation `absent` of a `RefEdit`.
public struct ObjectID: Hashable, Sendable {
  let high: UInt64
  let middle: UInt64
  let low: UInt32

  /// Reads 20 raw bytes, as in a tree entry; nil for any other count and for the zero id.
  public init?(bytes: some Collection<UInt8>) {
    guard bytes.count == 20 else { return nil }
    var high: UInt64 = 0
    var middle: UInt64 = 0
    var low: UInt32 = 0
    for (index, byte) in bytes.enumerated() {
      switch index {
      case ..<8: high = high << 8 | UInt64(byte)
      case ..<16: middle = middle << 8 | UInt64(byte)
      default: low = low << 8 | UInt32(byte)
      }
    }
    guard high != 0 || middle != 0 || low != 0 else { return nil }
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Puts the parts together again; nil for the zero id.
  init?(high: UInt64, middle: UInt64, low: UInt32) {
    guard high != 0 || middle != 0 || low != 0 else { return nil }
    self.high = high
    self.middle = middle
    self.low = low
  }

  /// Reads exactly 40 hexadecimal digits, in either case; nil for anything else and for zero.
  public init?(hex: some StringProtocol) {
    self.init(hexDigits: hex.utf8)
  }

  init?(hexDigits: some Collection<UInt8>) {
    guard hexDigits.count == 40 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(20)
    var half: UInt8?
    for digit in hexDigits {
      let value: UInt8
      switch digit {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = digit - UInt8(ascii: "0")
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = digit - UInt8(ascii: "a") + 10
      case UInt8(ascii: "A")...UInt8(ascii: "F"): value = digit - UInt8(ascii: "A") + 10
      default: return nil
      }
      if let first = half {
        bytes.append(first << 4 | value)
        half = nil
      } else {
        half = value
      }
    }
    self.init(bytes: bytes)
  }

  /// The 20 raw bytes, in the order in which git prints them.
  public var bytes: [UInt8] {
    withUnsafeBytes(of: (high.bigEndian, middle.bigEndian, low.bigEndian)) {
      Array($0.prefix(20))
    }
  }

  /// The first hexadecimal digits, for display only: 7 unless told.
  public func abbreviated(to length: Int = 7) -> String {
    String(description.prefix(max(0, length)))
  }
}

extension ObjectID {
  /// Eight bytes suffice: they are a hash already, and a dictionary compares the rest.
  public func hash(into hasher: inout Hasher) { hasher.combine(high) }
}

extension ObjectID: CustomStringConvertible {
  /// The 40 hexadecimal digits in lower case.
  public var description: String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(40)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

extension ObjectID: Comparable {
  /// Orders as the hexadecimal digits do.
  public static func < (left: ObjectID, right: ObjectID) -> Bool {
    (left.high, left.middle, left.low) < (right.high, right.middle, right.low)
  }
}

extension ObjectID: Codable {
  /// Reads the 40 hexadecimal digits.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let text = try container.decode(String.self)
    guard let id = ObjectID(hex: text) else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "'\(text)' is not a full object id")
    }
    self = id
  }

  /// Writes the 40 hexadecimal digits.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
