/// A JSON document to be written, whose members stay in the order in which they are given.
///
/// Formats for other programs have an order that their readers are used to, which no encoder of
/// sorted or unordered keys gives.
public enum OrderedJSON: Equatable, Sendable {
  /// One member of an object.
  public struct Member: Equatable, Sendable {
    /// The key.
    public var name: String
    /// The value.
    public var value: OrderedJSON
  }

  /// The members in order; no name occurs twice.
  case object([Member])
  /// The elements in order.
  case array([OrderedJSON])
  /// A string, not escaped yet.
  case string(String)
  /// A number as it is to be written.
  case number(String)
  /// `true` or `false`.
  case boolean(Bool)
  /// `null`.
  case null

  /// An object without the members that have no value.
  static func members(_ members: KeyValuePairs<String, OrderedJSON?>) -> OrderedJSON {
    .object(members.compactMap { name, value in value.map { Member(name: name, value: $0) } })
  }

  /// A string; nil for none.
  static func text(_ text: String?) -> OrderedJSON? { text.map { .string($0) } }

  /// An array; nil for an empty one, which a format would rather leave out.
  static func list(_ elements: [OrderedJSON]) -> OrderedJSON? {
    elements.isEmpty ? nil : .array(elements)
  }

  /// An array of strings; nil for an empty one.
  static func texts(_ texts: [String]) -> OrderedJSON? { list(texts.map { .string($0) }) }

  /// The same document with the members of every object sorted by name, as CSAF 2.0 asks (6.2.13).
  var sorted: OrderedJSON {
    switch self {
    case .object(let members):
      .object(
        members.map { Member(name: $0.name, value: $0.value.sorted) }
          .sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) })
    case .array(let elements): .array(elements.map(\.sorted))
    case .string, .number, .boolean, .null: self
    }
  }

  /// The document, indented by two blanks, with a line feed at its end.
  public var text: String {
    var text = ""
    write(to: &text, indent: 0)
    return text + "\n"
  }

  private func write(to text: inout String, indent: Int) {
    switch self {
    case .object(let members) where members.isEmpty: text += "{}"
    case .array(let elements) where elements.isEmpty: text += "[]"
    case .object(let members):
      text += "{"
      for (index, member) in members.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent + 2)
        Self.write(member.name, to: &text)
        text += ": "
        member.value.write(to: &text, indent: indent + 2)
      }
      text += "\n" + String(repeating: " ", count: indent) + "}"
    case .array(let elements):
      text += "["
      for (index, element) in elements.enumerated() {
        text += (index == 0 ? "\n" : ",\n") + String(repeating: " ", count: indent + 2)
        element.write(to: &text, indent: indent + 2)
      }
      text += "\n" + String(repeating: " ", count: indent) + "]"
    case .string(let string): Self.write(string, to: &text)
    case .number(let number): text += number
    case .boolean(let value): text += value ? "true" : "false"
    case .null: text += "null"
    }
  }

  private static func write(_ string: String, to text: inout String) {
    text += "\""
    for scalar in string.unicodeScalars {
      switch scalar {
      case "\"": text += "\\\""
      case "\\": text += "\\\\"
      case "\n": text += "\\n"
      case "\r": text += "\\r"
      case "\t": text += "\\t"
      default:
        if scalar.value < 0x20 {
          let digits = String(scalar.value, radix: 16)
          text += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
    text += "\""
  }
}

extension OrderedJSON {
  /// The object with one more member at its end.
  func adding(_ name: String, _ value: OrderedJSON) -> OrderedJSON {
    guard case .object(let members) = self else { return self }
    return .object(members + [Member(name: name, value: value)])
  }
}
