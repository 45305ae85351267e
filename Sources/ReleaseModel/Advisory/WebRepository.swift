/// A repository that anybody may fetch, and the pages that its host shows of it.
public struct WebRepository: Hashable, Sendable {
  /// The kinds of hosts whose pages are known.
  enum Host { case gitHub, gitLab, gitea, other }

  /// The address to fetch from.
  public let url: String
  private let place: String

  /// The public address of a remote: `https` whatever it is fetched by, without user and password.
  ///
  /// Nil for a path, a `file:` address and whatever else only this machine reaches.
  public init?(remote address: String) {
    var rest = address[...]
    var isWeb = false
    if let scheme = rest.firstRange(of: "://") {
      let name = rest[..<scheme.lowerBound].lowercased()
      guard ["https", "http", "ssh", "git", "git+ssh", "git+https"].contains(name) else {
        return nil
      }
      isWeb = name == "https" || name == "http"
      rest = rest[scheme.upperBound...]
    } else {
      // `user@host:path`, which is ssh unless a slash comes before the colon.
      guard let colon = rest.firstIndex(of: ":"), !rest[..<colon].contains("/") else { return nil }
      rest = rest[..<colon] + "/" + rest[rest.index(after: colon)...]
    }
    var host = rest.prefix { $0 != "/" }
    let path = rest.dropFirst(host.count).drop { $0 == "/" }
    if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
    // A port other than the web's own is that of another protocol.
    if !isWeb, let colon = host.firstIndex(of: ":") { host = host[..<colon] }
    let isLocal = !host.contains(".") || host == "127.0.0.1"
    guard !host.isEmpty, !isLocal, !path.isEmpty, Self.isAddress("https://\(host)/\(path)") else {
      return nil
    }
    var trimmed = path
    while trimmed.hasSuffix("/") { trimmed.removeLast() }
    url = "https://\(host.lowercased())/\(trimmed)"
    place = trimmed.hasSuffix(".git") ? String(url.dropLast(4)) : url
  }

  /// Whether a text is an `https` or `http` address without blanks or signs that end one.
  static func isAddress(_ text: some StringProtocol) -> Bool {
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      (0x21...0x7e).contains(scalar.value) && !"\"<>\\^`{|}".unicodeScalars.contains(scalar)
    }
  }

  /// The page of the repository.
  var page: String { place }

  /// Host and path, as Swift and Go name packages.
  public var withoutScheme: String { String(place.dropFirst("https://".count)) }

  /// The last part of the path.
  public var name: String { place.split(separator: "/").last.map(String.init) ?? place }

  /// The page of the owner, where the path has one.
  var ownerPage: String {
    guard let slash = place.lastIndex(of: "/"), place[..<slash].count > "https://".count else {
      return place
    }
    return String(place[..<slash])
  }

  var host: Host {
    let name = withoutScheme.prefix { $0 != "/" }
    if name == "github.com" { return .gitHub }
    if name.hasPrefix("gitlab.") { return .gitLab }
    if name == "codeberg.org" || name.hasPrefix("gitea.") || name.hasPrefix("forgejo.") {
      return .gitea
    }
    return .other
  }

  /// The package URL of a tag of a project that publishes no package; nil where its host has no type of
  /// its own (<https://github.com/package-url/purl-spec/blob/main/types/github-definition.json>).
  func purl(ofTag tag: String) -> String? {
    guard isOnGitHub else { return nil }
    let parts = place.dropFirst("https://github.com/".count).split(separator: "/")
    guard parts.count == 2 else { return nil }
    let path = parts.map { AdvisoryPackage.escaped($0.lowercased()) }.joined(separator: "/")
    return "pkg:github/\(path)@\(AdvisoryPackage.escaped(tag))"
  }

  /// Whether GitHub hosts it.
  public var isOnGitHub: Bool { host == .gitHub }

  /// The page of a commit; on a host that is not known, where most hosts have it.
  func page(ofCommit id: String) -> String {
    host == .gitLab ? "\(place)/-/commit/\(id)" : "\(place)/commit/\(id)"
  }

  /// The page of a release; nil for a host whose pages are not known.
  func page(ofTag tag: String) -> String? {
    guard Self.isAddress("https://x/\(tag)") else { return nil }
    return switch host {
    case .gitHub, .gitea: "\(place)/releases/tag/\(tag)"
    case .gitLab: "\(place)/-/tags/\(tag)"
    case .other: nil
    }
  }

  /// The address of a file of the default branch.
  func address(ofFile path: String) -> String {
    host == .gitLab ? "\(place)/-/raw/HEAD/\(path)" : "\(place)/raw/HEAD/\(path)"
  }

  /// The page of an advisory of the repository; nil elsewhere than on GitHub.
  func page(ofAdvisory id: String) -> String? {
    isOnGitHub && id.hasPrefix("GHSA-") ? "\(place)/security/advisories/\(id)" : nil
  }
}
