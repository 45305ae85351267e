/// The address of a remote, taken apart as far as it takes to compare it and to show it.
struct RemoteAddress: Equatable, Sendable {
  /// The address as git uses it; may hold a password.
  let text: String

  init(_ text: String) { self.text = text }

  /// The address without user and password.
  var display: String { Redaction(secrets: secrets).clean(text) }

  /// Host and path in one spelling, whatever the transport, the user and the usual endings.
  ///
  /// Two addresses with the same place lead to the same repository as far as a text can tell.
  var place: String {
    let (host, path) = parts
    var trimmed = path[...]
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    if trimmed.hasSuffix(".git") { trimmed.removeLast(4) }
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    while trimmed.hasPrefix("/") { trimmed.removeFirst() }
    return host.lowercased() + "/" + trimmed
  }

  /// What stands in the address and must never be shown: the password, and a user that is long
  /// enough to be a token, as in `https://<token>:x-oauth-basic@host`.
  var secrets: [String] {
    guard let user = userPart else { return [] }
    let halves = user.split(separator: ":", maxSplits: 1).map(String.init)
    let name = halves.first.map { $0.utf8.count >= 16 ? [$0] : [] } ?? []
    let password = halves.count == 2 ? [halves[1], halves[1].withoutPercentEncoding] : []
    return name + password.filter { $0.utf8.count >= 4 }
  }

  /// What follows the scheme; nil for a path and for `host:path`.
  private var afterScheme: Substring? {
    text.firstRange(of: "://").map { text[$0.upperBound...] }
  }

  private var userPart: Substring? {
    guard let rest = afterScheme else { return nil }
    let authority = rest.prefix { $0 != "/" }
    return authority.lastIndex(of: "@").map { authority[..<$0] }
  }

  /// The host, with a port that is not the usual one, and the path; no host for a local path.
  private var parts: (host: String, path: String) {
    if let rest = afterScheme {
      let authority = rest.prefix { $0 != "/" }
      let path = String(rest.dropFirst(authority.count))
      let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
      return (RemoteAddress.withoutUsualPort(String(host ?? authority)), path)
    }
    // `user@host:path`, which is ssh unless a slash comes before the colon.
    if let colon = text.firstIndex(of: ":"), !text[..<colon].contains("/") {
      let authority = text[..<colon]
      let host = authority.lastIndex(of: "@").map { authority[authority.index(after: $0)...] }
      return (String(host ?? authority), String(text[text.index(after: colon)...]))
    }
    return ("", text)
  }

  private static func withoutUsualPort(_ host: String) -> String {
    for port in [":443", ":80", ":22", ":9418"] where host.hasSuffix(port) {
      return String(host.dropLast(port.count))
    }
    return host
  }
}

extension String {
  /// The text with each `%XX` replaced by its byte; the text itself when that is not UTF-8.
  fileprivate var withoutPercentEncoding: String {
    var bytes: [UInt8] = []
    var rest = utf8[...]
    while let byte = rest.popFirst() {
      let digits = String(rest.prefix(2)) ?? ""
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let value = UInt8(digits, radix: 16) {
        bytes.append(value)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(validating: bytes, as: UTF8.self) ?? self
  }
}
