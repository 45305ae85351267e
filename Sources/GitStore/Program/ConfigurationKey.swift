/// The name of a setting: section and name without regard to case, subsection byte for byte.
package struct ConfigurationKey: Sendable, Hashable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// In lower case.
  package let section: String
  package let subsection: [UInt8]?
  /// In lower case.
  package let name: String

  package init(_ section: String, _ subsection: String? = nil, _ name: String) {
    self.section = section.lowercased()
    self.subsection = subsection.map { [UInt8]($0.utf8) }
    self.name = name.lowercased()
  }

  /// Splits at the first and the last dot, as git does; nil without any dot.
  package init?(parsing bytes: some BidirectionalCollection<UInt8>) {
    let dot = UInt8(ascii: ".")
    guard let first = bytes.firstIndex(of: dot), let last = bytes.lastIndex(of: dot) else {
      return nil
    }
    section = String(decoding: bytes[..<first], as: UTF8.self).lowercased()
    name = String(decoding: bytes[bytes.index(after: last)...], as: UTF8.self).lowercased()
    subsection = first == last ? nil : [UInt8](bytes[bytes.index(after: first)..<last])
  }

  /// A key such as `user.name` or `remote.origin.url`.
  package init(stringLiteral value: String) {
    self = Self(parsing: Array(value.utf8)) ?? Self(value, nil, "")
  }

  /// The key as git prints it; a subsection that is not UTF-8 is repaired.
  package var description: String {
    guard let subsection else { return "\(section).\(name)" }
    return "\(section).\(String(decoding: subsection, as: UTF8.self)).\(name)"
  }
}
