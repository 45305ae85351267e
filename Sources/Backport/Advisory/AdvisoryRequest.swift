public import ReleaseModel

/// The forms in which an advisory is written.
public enum AdvisoryFormat: String, Codable, Sendable, CaseIterable {
  case osv
  case markdown
  case announcement
  case github
  case cve
  case csaf
}

/// What an advisory is asked for: of which work, and what people have to say of it.
public struct AdvisoryRequest: Sendable {
  /// An operation's id or its beginning, or the revisions of a fix; none takes the newest operation.
  public var subject: [String] = []
  /// The parent to take a merge against, counted from 1.
  public var mainline: Int?
  /// Ids; one that is neither CVE nor GHSA becomes the home id.
  public var ids: [String] = []
  /// The title; nil takes the fix's.
  public var title: String?
  /// What the flaw lets somebody do, in Markdown; nil says no more than the title.
  public var impact: String?
  /// What to do besides an update, in Markdown.
  public var workaround: String?
  /// The rating, where no CVSS vector gives it.
  public var severity: SeverityRating?
  /// CVSS vectors.
  public var vectors: [SeverityVector] = []
  /// Kinds of mistake.
  public var weaknesses: [Weakness] = []
  /// Who is thanked, besides the authors of the fix.
  public var credits: [AdvisoryCredit] = []
  /// Further addresses.
  public var references: [AdvisoryReference] = []
  /// The commits that introduced the flaw; none reads the operation, then the fix's trailers.
  public var introduced: [String] = []
  /// Commits each of which is the fix in another form, on whatever branch.
  public var equivalents: [String] = []
  /// Commits that complete the fix, by the release line on which they do.
  public var lineFixes: [String: String] = [:]
  /// The case that it tells of; nil for none.
  public var record: CaseRecord?
  /// The package; nil reads it from the project's own files.
  public var purl: AdvisoryPackage?
  /// The package of a monorepo.
  public var package: String?
  /// The public address of the repository; nil takes the upstream remote's.
  public var repository: WebRepository?
  /// The name of whoever publishes; nil takes the project's.
  public var publisher: String?
  /// An address of the publisher's own.
  public var namespace: String?
  /// Where problems are reported.
  public var contact: String?
  /// When it is published; nil takes the date of the release.
  public var date: Moment?
  /// The forms; none takes those that suit.
  public var formats: [AdvisoryFormat] = []
  /// The folder that it is written to, absolute; nil chooses one.
  public var folder: String?
  /// The day for which the policy is asked whether a line is maintained.
  public var asOf: CalendarDate
  /// What happened when, before the release.
  public var timeline: [AdvisoryEvent] = []

  /// A request about the newest operation.
  public init(asOf: CalendarDate) { self.asOf = asOf }
}
