/// Addresses of an API.
enum ForgeAddress {
  /// Whether a token may be sent there: over TLS, or to this very machine.
  static func isSafe(_ address: String) -> Bool {
    guard let origin = origin(of: address), !origin.contains("@") else { return false }
    if origin.hasPrefix("https://") { return origin.utf8.count > 8 }
    guard origin.hasPrefix("http://") else { return false }
    let host = hostOnly(origin.dropFirst(7))
    return ["127.0.0.1", "[::1]", "localhost"].contains(host)
  }

  /// Scheme, host and port; nil for what is no address.
  static func origin(of address: String) -> String? {
    guard let scheme = address.firstRange(of: "://") else { return nil }
    let host = address[scheme.upperBound...].prefix { !"/?#\\".contains($0) }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return nil }
    return String(address[..<scheme.upperBound]).lowercased() + host.lowercased()
  }

  private static func hostOnly(_ authority: Substring) -> String {
    if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
      return String(authority[...end])
    }
    return String(authority.prefix { $0 != ":" })
  }

  /// A query string; empty for none.
  static func query(_ parts: [(String, String)]) -> String {
    if parts.isEmpty { return "" }
    return "?" + parts.map { "\(encoded($0.0))=\(encoded($0.1))" }.joined(separator: "&")
  }

  /// A text as one segment of a path, or one part of a query (RFC 3986, 2.3).
  static func encoded(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      let isPlain =
        (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
        || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        || "-._~".utf8.contains(byte)
      if isPlain {
        result.unicodeScalars.append(UnicodeScalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
      }
    }
    return result
  }

  /// The address of the next page in `Link` headers (RFC 8288); nil for the last one.
  static func next(in headers: [String]) -> String? {
    for header in headers {
      var rest = header[...]
      while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
        let address = rest[rest.index(after: open)..<close]
        rest = rest[rest.index(after: close)...]
        let parameters = rest.prefix { $0 != "<" }
        let relation = parameters.split { ";,".contains($0) }.map { part in
          part.filter { !" \"".contains($0) }.lowercased()
        }
        if relation.contains("rel=next") { return String(address) }
      }
    }
    return nil
  }
}
