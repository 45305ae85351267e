#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// A JSON document of any shape.
///
/// The three forges describe the same things by other names; only what is used of an answer is read.
enum JSONValue: Equatable, Sendable {
  case object([String: JSONValue])
  case array([JSONValue])
  case string(String)
  case integer(Int)
  case number(Double)
  case boolean(Bool)
  case null

  /// Reads a document; what is none is null.
  init(_ bytes: [UInt8]) {
    self = (try? JSONDecoder().decode(JSONValue.self, from: Data(bytes))) ?? .null
  }

  /// The document, keys in order.
  var bytes: [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return (try? encoder.encode(self)).map { Array($0) } ?? []
  }

  /// A member of an object; null where there is none.
  subscript(_ name: String) -> JSONValue {
    if case .object(let members) = self { members[name] ?? .null } else { .null }
  }

  /// The text of a string.
  var text: String? { if case .string(let text) = self { text } else { nil } }

  /// The value of a whole number.
  var integer: Int? { if case .integer(let number) = self { number } else { nil } }

  /// The elements of an array.
  var array: [JSONValue]? { if case .array(let elements) = self { elements } else { nil } }

  /// What an answer says of an error: `message`, `error`, and the messages of `errors`.
  var errorText: String {
    var parts: [String] = []
    for value in [self["message"], self["error"]] {
      switch value {
      case .string(let text): parts.append(text)
      // GitLab gives one list of words for each field.
      case .array(let list): parts += list.compactMap(\.text)
      case .object(let fields):
        for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
          parts += (value.array ?? [value]).compactMap(\.text).map { "\(name) \($0)" }
        }
      default: continue
      }
    }
    for error in self["errors"].array ?? [] {
      if let text = error.text ?? error["message"].text { parts.append(text) }
    }
    return String(parts.joined(separator: "; ").prefix(1_000))
  }
}

extension JSONValue: Codable {
  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .boolean(value)
    } else if let value = try? container.decode(Int.self) {
      self = .integer(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .object(let members): try container.encode(members)
    case .array(let elements): try container.encode(elements)
    case .string(let text): try container.encode(text)
    case .integer(let number): try container.encode(number)
    case .number(let number): try container.encode(number)
    case .boolean(let flag): try container.encode(flag)
    case .null: try container.encodeNil()
    }
  }
}

extension JSONValue: ExpressibleByStringLiteral {
  init(stringLiteral value: String) { self = .string(value) }
}
