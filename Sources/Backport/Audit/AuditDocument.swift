public import GitStore

/// Which past security fixes are missing on which supported line: `audit/1`.
public struct AuditDocument: Codable, Equatable, Sendable {
  /// What became of one fix on one line.
  public enum Status: String, Codable, Sendable, CaseIterable {
    /// A release holds the very commits, or commits that name them as their origin.
    case fixed
    /// A release holds the same change in another form.
    case equivalent
    /// The branch holds it, no release of the line does.
    case unreleased
    /// The line never had what the fix repairs.
    case notAffected = "not-affected"
    /// The project decided to leave the line out.
    case skipped
    /// Something of it is there, and nothing proves that it is all.
    case unproven
    /// Nothing shows that it is there.
    case missing

    /// Whether a person has to look at it.
    public var isFinding: Bool {
      switch self {
      case .missing, .unproven: true
      case .fixed, .equivalent, .unreleased, .notAffected, .skipped: false
      }
    }
  }

  /// One line that was audited.
  public struct Line: Codable, Equatable, Sendable {
    /// The name of the line.
    public var line: String
    /// The package in a monorepo.
    @ExplicitNull public var package: String?
    /// The commit of the branch that was looked at beside the releases; nil when there is none.
    @ExplicitNull public var tip: ObjectID?
    /// Its newest release.
    public var latest: Latest
    /// Whether it was asked for although the policy does not cover it.
    public var onRequest: Bool
    /// Why the trunk does not count as its branch; nil when it does, or the line has its own.
    @ExplicitNull public var note: String?
    /// How many fixes came out how, by status; those without a fix are left out.
    public var counts: [String: Int]
  }

  /// The newest release of a line.
  public struct Latest: Codable, Equatable, Sendable {
    /// The version.
    public var version: String
    /// Its tag.
    public var tag: String
    /// The tagged commit.
    public var commit: ObjectID
  }

  /// One security fix of the trunk.
  public struct Fix: Codable, Equatable, Sendable {
    /// CVE and GHSA ids; may be empty.
    public var ids: [String]
    /// What it says of itself.
    public var subject: String
    /// When the last of it came onto the trunk, ISO 8601; nil when it is not there.
    @ExplicitNull public var landed: String?
    /// Its commits and merges, oldest first: what a plan is asked for.
    public var commits: [Commit]
    /// Why it counts as a security fix, one finding each.
    public var reasons: [String]
    /// What became of it on each line, newest line first.
    public var lines: [Verdict]
  }

  /// A commit of a fix.
  public struct Commit: Codable, Equatable, Sendable {
    /// The commit.
    public var id: ObjectID
    /// Its subject, repaired to UTF-8.
    public var subject: String
  }

  /// What became of a fix on one line.
  public struct Verdict: Codable, Equatable, Sendable {
    /// The name of the line.
    public var line: String
    /// The verdict.
    public var status: Status
    /// The lowest version from which on all releases hold it; nil when the newest does not.
    @ExplicitNull public var since: String?
    /// The tag of that version.
    @ExplicitNull public var tag: String?
    /// The commits of the line that are the fix, as far as single commits are.
    public var commits: [ObjectID]
    /// Why this verdict, one finding each.
    public var evidence: [String]
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.audit/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The day for which the policy was asked.
  public var asOf: String
  /// The policy that chose the lines.
  public var policy: PolicyDescription
  /// The lines that were audited, newest first.
  public var lines: [Line]
  /// The lines that were not, and why.
  public var notAudited: [NotTargeted]
  /// The fixes, newest first.
  public var fixes: [Fix]
  /// How many pairs of a fix and a line came out `missing`.
  public var missing: Int
  /// How many came out `unproven`.
  public var unproven: Int
  /// What a person should know.
  public var warnings: [Warning]

  /// Whether a person has to look at something.
  public var hasFindings: Bool { missing + unproven > 0 }
}

/// What is to be audited.
public struct AuditRequest: Sendable {
  /// CVE or GHSA ids, revisions, and ranges as `A..B`; none means every fix.
  public var subjects: [String] = []
  /// Only fixes of which a part came onto the trunk since, in seconds since 1970.
  public var since: Int64?
  /// Lines named by `--to` and branches named by `-b`, as a plan takes them.
  public var lines = PlanOptions()

  /// Every fix on every supported line.
  public init() {}
}
