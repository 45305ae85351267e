public import GitStore
public import ReleaseModel

/// Where an advisory and the tags part: `advisory-check/1`.
public struct AdvisoryCheckDocument: Codable, Equatable, Sendable {
  /// A version of which something wrong is said.
  public struct Finding: Codable, Equatable, Sendable {
    /// The version.
    public var version: String
    /// Its tag.
    public var tag: String
    /// Its release line.
    public var line: String
    /// Which statement is wrong: `versions`, `commits`, or `fixed` for a version named as fixed.
    public var part: AdvisoryFinding.Part
    /// Whether the advisory says that it has the flaw; nil when it says nothing.
    @ExplicitNull public var stated: Bool?
    /// What git says.
    public var actual: TaggedVersion.State

    init(_ finding: AdvisoryFinding) {
      version = finding.version
      tag = finding.tag
      line = finding.line
      part = finding.part
      stated = finding.stated
      actual = finding.actual
    }

    /// What is wrong, as a sentence that begins with its verb.
    public var words: String {
      let truth =
        switch actual {
        case .affected: "is affected"
        case .fixed: "has the fix"
        case .unaffected: "does not have the flaw"
        }
      switch (part, stated) {
      case (.fixed, _): return "\(truth), but is named as fixed"
      case (.commits, let stated?):
        return "\(truth), but the commits say that it is \(stated ? "" : "not ")affected"
      case (_, let stated?):
        return "\(truth), but the advisory says that it is \(stated ? "" : "not ")affected"
      default: return "\(truth), but the advisory does not say so"
      }
    }
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.advisory-check/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The file, as it was named.
  public var file: String
  /// Its format.
  public var format: AdvisoryClaims.Format
  /// The advisory's id; nil when it has none.
  @ExplicitNull public var id: String?
  /// The package that was looked at, as the advisory names it; nil when it names none.
  @ExplicitNull public var package: String?
  /// The commits that were taken for the fix.
  public var fix: [ObjectID]
  /// The commits that were taken for what introduced the flaw; empty when it is in all history.
  public var introduced: [ObjectID]
  /// How many tagged versions were compared.
  public var checked: Int
  /// What is wrong, in ascending order of the versions.
  public var findings: [Finding]
  /// What a person should know.
  public var warnings: [Warning]
}

/// An advisory to be compared with the tags.
public struct AdvisoryCheckRequest: Sendable {
  /// The file, as it was named.
  public var file: String
  /// What it holds.
  public var bytes: [UInt8]
  /// The fix; none takes the commits that the advisory names, else its fixed versions.
  public var fix: [String] = []
  /// Commits each of which is the fix in another form, on whatever branch.
  public var equivalents: [String] = []
  /// The parent to take a merge against.
  public var mainline: Int?
  /// What introduced the flaw; none takes what the advisory says.
  public var introduced: [String] = []
  /// The package to look at in an advisory on several.
  public var purl: AdvisoryPackage?
  /// The package of a monorepo.
  public var package: String?
  /// The day for which the policy is asked.
  public var asOf: CalendarDate

  /// A request about a file.
  public init(file: String, bytes: [UInt8], asOf: CalendarDate) {
    self.file = file
    self.bytes = bytes
    self.asOf = asOf
  }
}
