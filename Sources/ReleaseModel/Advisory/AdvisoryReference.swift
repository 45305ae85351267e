/// An address that tells more.
public struct AdvisoryReference: Hashable, Sendable {
  /// What is found there, as in OSV.
  public enum Kind: String, Sendable, CaseIterable {
    case advisory = "ADVISORY"
    case article = "ARTICLE"
    case detection = "DETECTION"
    case discussion = "DISCUSSION"
    case evidence = "EVIDENCE"
    case fix = "FIX"
    case introduced = "INTRODUCED"
    case package = "PACKAGE"
    case report = "REPORT"
    case web = "WEB"

    /// The tags of CVE 5.1.
    var tags: [String] {
      switch self {
      case .advisory: ["vendor-advisory"]
      case .fix: ["patch"]
      case .report: ["issue-tracking"]
      case .package: ["product"]
      case .evidence: ["exploit"]
      case .article, .detection, .discussion, .introduced, .web: ["related"]
      }
    }
  }

  /// What is found there.
  public var kind: Kind
  /// The address.
  public var url: String
  /// What it is about, for formats that name each; nil for nothing to add.
  public var label: String?

  /// Makes a reference.
  public init(_ kind: Kind, _ url: String, label: String? = nil) {
    self.kind = kind
    self.url = url
    self.label = label
  }

  /// Reads `URL` or `TYPE=URL`; nil for anything that is no address.
  public init?(parsing text: String) {
    var kind = Kind.web
    var url = text[...]
    if let equals = text.firstIndex(of: "="),
      let found = Kind(rawValue: text[..<equals].uppercased())
    {
      kind = found
      url = text[text.index(after: equals)...]
    }
    guard WebRepository.isAddress(url) else { return nil }
    self.init(kind, String(url))
  }
}
