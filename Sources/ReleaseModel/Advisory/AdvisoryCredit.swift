/// Somebody who is thanked, in the way that they chose.
public struct AdvisoryCredit: Hashable, Sendable {
  /// What they did, as in OSV (<https://ossf.github.io/osv-schema/#creditstype-field>).
  public enum Kind: String, Sendable, CaseIterable {
    case finder = "FINDER"
    case reporter = "REPORTER"
    case analyst = "ANALYST"
    case coordinator = "COORDINATOR"
    case remediationDeveloper = "REMEDIATION_DEVELOPER"
    case remediationReviewer = "REMEDIATION_REVIEWER"
    case remediationVerifier = "REMEDIATION_VERIFIER"
    case tool = "TOOL"
    case sponsor = "SPONSOR"
    case other = "OTHER"

    /// The kind that the words name, in any case, with blanks, hyphens or underscores.
    public init?(parsing text: String) {
      let word = text.uppercased().split { "-_ ".contains($0) }.joined(separator: "_")
      guard let kind = Kind(rawValue: word) else { return nil }
      self = kind
    }

    /// The words of CVE 5.1.
    var spaced: String { rawValue.lowercased().split(separator: "_").joined(separator: " ") }

    /// Whether the person told of the flaw, and did not repair it.
    public var isReport: Bool { [.finder, .reporter, .analyst].contains(self) }
  }

  /// The name; nil for somebody who does not want to be named.
  public var name: String?
  /// Addresses, such as `mailto:ada@example.net` or a page.
  public var contacts: [String]
  /// What they did.
  public var kind: Kind

  /// Makes a credit.
  public init(name: String?, contacts: [String] = [], kind: Kind = .reporter) {
    self.name = name
    self.contacts = contacts
    self.kind = kind
  }

  /// Reads a name with an optional contact and type; nil when there is no name.
  ///
  /// The form is `NAME[ <CONTACT>][:TYPE]`; `anonymous` names nobody. A mail address becomes a `mailto:`; `@login` is an account on GitHub.
  public init?(parsing text: String) {
    var rest = text[...]
    var kind = Kind.reporter
    if let colon = rest.lastIndex(of: ":"),
      let found = Kind(parsing: String(rest[colon...].dropFirst()))
    {
      kind = found
      rest = rest[..<colon]
    }
    var contacts: [String] = []
    if rest.hasSuffix(">"), let open = rest.lastIndex(of: "<") {
      let address = String(rest[open...].dropFirst().dropLast())
      contacts = [address.contains(":") ? address : "mailto:" + address]
      rest = rest[..<open]
    }
    while rest.first?.isWhitespace == true { rest.removeFirst() }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    guard !rest.isEmpty else { return nil }
    if rest.hasPrefix("@"), rest.count > 1 {
      contacts.append("https://github.com/" + rest.dropFirst())
    }
    self.init(
      name: rest.lowercased() == "anonymous" ? nil : String(rest), contacts: contacts, kind: kind)
  }

  /// The name, or the word for somebody without one.
  var shownName: String { name ?? "Anonymous" }

  /// The account on GitHub; nil when none is known.
  var gitHubLogin: String? {
    for contact in contacts where contact.hasPrefix("https://github.com/") {
      let login = contact.dropFirst("https://github.com/".count)
      if !login.isEmpty, !login.contains("/") { return String(login) }
    }
    return nil
  }
}
