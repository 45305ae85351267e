/// What an advisory in somebody's format says of versions, read so that it can be compared with tags.
public struct AdvisoryClaims: Sendable {
  /// The formats that are read.
  public enum Format: String, Codable, Sendable {
    case osv
    case gitHub = "github"
    case cve
    case csaf
  }

  /// One statement about versions.
  public struct Rule: Hashable, Sendable {
    /// Which versions it is about.
    public enum Scope: Hashable, Sendable {
      /// This version, or the tag of that name.
      case version(String)
      /// A range in OSV's form.
      case events(VersionEvents)
      /// An interval.
      case bounds(VersionBounds)
    }

    /// Which versions it is about.
    public var scope: Scope
    /// Whether it says that they have the flaw.
    public var isAffected: Bool
  }

  /// A range of commits.
  public struct CommitRange: Hashable, Sendable {
    /// The commits, full hex, that bring the flaw; `0` is the beginning of history.
    public var introduced: [String] = []
    /// The commits that end it.
    public var fixed: [String] = []
    /// The last commits that have it.
    public var lastAffected: [String] = []
  }

  /// What is said of one package.
  public struct Product: Sendable {
    /// The name as it is written; nil where the advisory names none.
    public var name: String?
    /// The package, where its ecosystem is one that is known.
    public var package: AdvisoryPackage?
    /// The statements; the first that is about a version decides.
    public var rules: [Rule] = []
    /// What is said of a version that no statement is about; nil for "unknown".
    public var isAffectedOtherwise: Bool? = false
    /// The ranges of commits.
    public var commits: [CommitRange] = []
    /// Versions that are said to be the first with the flaw of a range; `0` is the beginning.
    public var starts: [String] = []
    /// Versions that are said to have the fix.
    public var fixed: [String] = []
    /// What is odd about the statements themselves, in words.
    public var oddities: [String] = []
  }

  /// The format.
  public var format: Format
  /// The id; nil when it has none yet.
  public var id: String?
  /// Other ids.
  public var aliases: [String] = []
  /// What is said of each package.
  public var products: [Product] = []
  /// Commits that the addresses of the advisory call fixes, full or abbreviated hex.
  public var fixCommits: [String] = []

  init(_ format: Format) { self.format = format }

  /// Reads an advisory; nil for a document of another form.
  public init?(_ document: JSONTree) {
    if document["schema_version"] != nil || document["affected"]?.hasRanges == true {
      self.init(osv: document)
    } else if document["vulnerabilities"]?.elements.contains(where: { $0["package"] != nil })
      == true
    {
      self.init(gitHub: document)
    } else if let container = document["containers"]?["cna"] {
      self.init(cve: container, id: document["cveMetadata"]?["cveId"]?.text)
    } else if document["affected"]?.elements.contains(where: { $0["vendor"] != nil }) == true {
      self.init(cve: document, id: nil)
    } else if document["document"]?["csaf_version"] != nil {
      self.init(csaf: document)
    } else {
      return nil
    }
  }
}

extension AdvisoryClaims.Product {
  /// What is said of a tagged version: nil when nothing is, or when it cannot be compared.
  public func isAffected(_ version: TaggedVersion, in order: VersionOrder) -> Bool? {
    for rule in rules {
      switch rule.scope {
      case .version(let text):
        guard Self.isSame(text, version, order) else { continue }
        return rule.isAffected
      case .events(let events):
        guard let isInside = events.contains(version.text, in: order) else { return nil }
        if isInside { return rule.isAffected }
      case .bounds(let bounds):
        guard let isInside = bounds.contains(version.text, in: order) else { return nil }
        if isInside { return rule.isAffected }
      }
    }
    return isAffectedOtherwise
  }

  /// The statements without the list of affected versions beside ranges; nil where there is no such list.
  public var withoutList: Self? {
    let isListed = rules.contains { rule in
      if case .version = rule.scope { rule.isAffected } else { false }
    }
    let ranges = rules.filter { rule in if case .version = rule.scope { false } else { true } }
    guard isListed, !ranges.isEmpty else { return nil }
    var other = self
    other.rules = ranges
    return other
  }

  /// Whether a text means a tagged version: the version in any spelling, or the tag.
  public static func isSame(_ text: String, _ version: TaggedVersion, _ order: VersionOrder)
    -> Bool
  {
    if text == version.text || text == version.tag { return true }
    return order.precedes(text, version.text) == false
      && order.precedes(version.text, text) == false
  }
}

extension JSONTree {
  /// The elements of an array; none for anything else.
  var elements: [JSONTree] { if case .array(let elements) = self { elements } else { [] } }

  /// The strings of an array.
  var texts: [String] { elements.compactMap(\.text) }

  fileprivate var hasRanges: Bool {
    elements.contains { $0["ranges"] != nil || ($0["versions"] != nil && $0["vendor"] == nil) }
  }
}
