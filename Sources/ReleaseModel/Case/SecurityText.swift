/// A `security.txt`: where a project is told of flaws (RFC 9116).
public struct SecurityText: Sendable, Hashable {
  /// Something about it that is wrong, or not as advised.
  public enum Problem: Sendable, Hashable {
    /// It is not UTF-8.
    case encoding
    /// A line, counted from 1, is neither a field nor a comment.
    case line(Int)
    /// There is no `Contact`.
    case noContact
    /// A `Contact` is neither `mailto:`, `tel:` nor `https:`.
    case contact(String)
    /// There is no `Expires`, or more than one.
    case expiresCount(Int)
    /// `Expires` is no moment with its zone.
    case expires(String)
    /// It is over since that moment.
    case expired(Instant)
    /// `Expires` is a year or more ahead, which is advised against.
    case farExpiry(Instant)
    /// There is more than one `Preferred-Languages`.
    case languages(Int)
    /// A web address is not `https:`.
    case insecure(String)
    /// No `Policy` leads to the security policy of the project.
    case policy
    /// The signature is cut off.
    case signature
  }

  private struct Field: Hashable {
    var name: String
    var value: String
  }

  private var fields: [Field] = []
  private var early: [Problem] = []
  /// Whether it carries an OpenPGP signature, which is not verified here.
  public private(set) var isSigned = false

  /// Reads a file's bytes.
  public init(_ bytes: [UInt8]) {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      early = [.encoding]
      return
    }
    var isHeader = false
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline)
      .enumerated()
    {
      var line = line
      if line.hasPrefix("-----BEGIN PGP SIGNED MESSAGE-----") {
        (isSigned, isHeader) = (true, true)
        continue
      }
      if line.hasPrefix("-----BEGIN PGP SIGNATURE-----") {
        if !text.contains("-----END PGP SIGNATURE-----") { early.append(.signature) }
        return
      }
      if isHeader {
        isHeader = !line.allSatisfy(\.isWhitespace)
        continue
      }
      if isSigned, line.hasPrefix("- ") { line = line.dropFirst(2) }
      if line.hasPrefix("#") || line.allSatisfy(\.isWhitespace) { continue }
      let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let value = parts.last?.trimmedSpaces ?? ""
      guard parts.count == 2, !value.isEmpty, !parts[0].isEmpty,
        parts[0].utf8.allSatisfy({ $0.isASCIILetter || $0.isASCIIDigit || $0 == 0x2d })
      else {
        early.append(.line(index + 1))
        continue
      }
      fields.append(Field(name: parts[0].lowercased(), value: String(value)))
    }
    if isSigned { early.append(.signature) }
  }

  /// The values of a field, whose name's case does not matter.
  public func values(_ name: String) -> [String] {
    fields.filter { $0.name == name.lowercased() }.map(\.value)
  }

  /// Everything that is wrong at a moment; `policy` is the path of the project's security policy.
  public func problems(at now: Instant, policy: String?) -> [Problem] {
    if early == [.encoding] { return early }
    var problems = early
    let contacts = values("contact")
    if contacts.isEmpty { problems.append(.noContact) }
    for contact in contacts
    where !["mailto:", "tel:", "https:", "http:"].contains(where: contact.lowercased().hasPrefix) {
      problems.append(.contact(contact))
    }
    problems += expiry(at: now)
    let languages = values("preferred-languages").count
    if languages > 1 { problems.append(.languages(languages)) }
    for field in fields where field.value.lowercased().hasPrefix("http:") {
      problems.append(.insecure(field.value))
    }
    if let policy, !values("policy").contains(where: { leads($0, to: policy) }) {
      problems.append(.policy)
    }
    return problems
  }

  private func expiry(at now: Instant) -> [Problem] {
    let values = values("expires")
    guard let text = values.first, values.count == 1 else { return [.expiresCount(values.count)] }
    let upper = text.uppercased()
    let hasZone = upper.hasSuffix("Z") || upper.dropFirst(19).contains { "+-".contains($0) }
    guard upper.contains("T"), hasZone, let end = Instant(parsing: SecurityText.whole(upper))
    else { return [.expires(text)] }
    if end <= now { return [.expired(end)] }
    return now.adding(seconds: 366 * 86_400) < end ? [.farExpiry(end)] : []
  }

  /// A moment of RFC 3339 without its fractions of a second.
  private static func whole(_ text: String) -> String {
    guard let dot = text.firstIndex(of: ".") else { return text }
    let rest = text[text.index(after: dot)...].drop { $0.isASCII && $0.isNumber }
    return String(text[..<dot] + rest)
  }

  /// Whether an address ends in the policy's file, or in the page that a forge makes of it.
  private func leads(_ address: String, to policy: String) -> Bool {
    let path = address.lowercased().prefix { $0 != "#" && $0 != "?" }
    let file = policy.lowercased().split(separator: "/").last ?? ""
    return path.hasSuffix("/" + file) || path.hasSuffix("/security/policy")
      || path.hasSuffix("/security")
  }
}
