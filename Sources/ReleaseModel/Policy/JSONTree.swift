/// A decoded JSON document of any shape.
///
/// The model reads no bytes: whoever has a decoder builds this tree.
public enum JSONTree: Sendable, Hashable {
  /// The members by name; of equal names the last one counts.
  case object([String: JSONTree])
  /// The elements in order.
  case array([JSONTree])
  /// A string without its escapes.
  case string(String)
  /// A number as it is written.
  case number(String)
  /// `true` or `false`.
  case boolean(Bool)
  /// `null`.
  case null

  /// The member of an object; nil when there is none or it is null.
  public subscript(_ name: String) -> JSONTree? {
    guard case .object(let members) = self, let member = members[name], member != .null else {
      return nil
    }
    return member
  }

  /// The text of a string or a number.
  public var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .object, .array, .boolean, .null: nil
    }
  }
}

extension JSONTree: Decodable {
  /// Reads any JSON document.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let members = try? container.decode([String: JSONTree].self) {
      self = .object(members)
    } else if let elements = try? container.decode([JSONTree].self) {
      self = .array(elements)
    } else if let flag = try? container.decode(Bool.self) {
      self = .boolean(flag)
    } else if let text = try? container.decode(String.self) {
      self = .string(text)
    } else if let number = try? container.decode(Int.self) {
      self = .number(String(number))
    } else {
      self = .number(String(try container.decode(Double.self)))
    }
  }
}

extension JSONTree: Encodable {
  /// Writes the value; a number that is none is written as a string.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let members): try container.encode(members)
    case .array(let elements): try container.encode(elements)
    case .string(let text): try container.encode(text)
    case .boolean(let flag): try container.encode(flag)
    case .null: try container.encodeNil()
    case .number(let text):
      if let number = Int(text) {
        try container.encode(number)
      } else if let number = Double(text) {
        try container.encode(number)
      } else {
        try container.encode(text)
      }
    }
  }
}
