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
  var text: String? {
    switch self {
    case .string(let text), .number(let text): text
    case .object, .array, .boolean, .null: nil
    }
  }
}
