public import GitStore

/// What a job came to: `ci/1`.
public struct CIDocument: Codable, Equatable, Sendable {
  /// What the whole run, one fix, or one line came to.
  public enum State: String, Codable, Sendable, CaseIterable {
    /// Nothing is owed: released already, not affected, or skipped with a reason.
    case settled
    /// The release is on the remote.
    case delivered
    /// The picks are on a topic branch of the remote, to be merged.
    case proposed
    /// It would apply, said of a merge request that is not merged yet.
    case wouldApply = "would-apply"
    /// It is ready, and held back since another line needs a person (`publish.partial`).
    case held
    /// It is owed and was not delivered.
    case owed
    /// The run failed at it.
    case failed

    /// Whether the job may be green with it.
    public var isGood: Bool {
      switch self {
      case .settled, .delivered, .proposed, .wouldApply: true
      case .held, .owed, .failed: false
      }
    }
  }

  /// The service that ran the job.
  public struct Service: Codable, Equatable, Sendable {
    /// `github`, `gitlab`, `forgejo`, `gitea`, `jenkins`, `buildkite`, `azure` or `plain`.
    public var kind: String
    /// `push`, `change`, `schedule`, `manual` or `other`.
    public var trigger: String
    /// The commit that the job is about.
    @ExplicitNull public var commit: ObjectID?
    /// The branch it runs for.
    @ExplicitNull public var branch: String?
    /// The number of the merge request it is about.
    @ExplicitNull public var change: Int?
    /// The page of the run.
    @ExplicitNull public var page: String?
  }

  /// The request by which a line's topic branch is to be merged.
  public struct Request: Codable, Equatable, Sendable {
    /// Its number.
    @ExplicitNull public var number: Int?
    /// Its page.
    @ExplicitNull public var url: String?
    /// `created`, `updated` or `unchanged`.
    public var action: String

    /// Makes a description.
    public init(number: Int?, url: String?, action: String) {
      self.number = number
      self.url = url
      self.action = action
    }
  }

  /// One line that a fix was, or is, owed to.
  public struct Line: Codable, Equatable, Sendable {
    /// The release line.
    public var line: String
    /// The verdict of the plan.
    public var status: Target.Status
    /// What the job came to.
    public var state: State
    /// The version that it is, or is to be, released in.
    @ExplicitNull public var version: String?
    /// The tag that was made; nil where none was.
    @ExplicitNull public var tag: String?
    /// The release branch.
    @ExplicitNull public var branch: String?
    /// The topic branch.
    @ExplicitNull public var topic: String?
    /// Whether the release is the newest version of the package.
    public var isLatest: Bool
    /// Why it is so, in one sentence.
    public var reason: String
    /// The merge request; nil without one.
    @ExplicitNull public var request: Request?
    /// What came of the commands that tried its tree; nil when none was run.
    @ExplicitNull public var verification: [Verification]? = nil

    /// Whether a command did not pass on the line.
    public var failsVerification: Bool {
      verification?.contains { $0.status != .passed } ?? false
    }
  }

  /// One security fix of the trunk.
  public struct FixReport: Codable, Equatable, Sendable {
    /// The id by which decisions on it are filed: a CVE or GHSA id, else a commit.
    public var name: String
    /// CVE and GHSA ids.
    public var ids: [String]
    /// The subject of its first commit.
    public var subject: String
    /// Its commits and merges, or the range that was asked about.
    public var requested: [String]
    /// By what it is known to be a security fix.
    public var reasons: [String]
    /// What the job came to, over all lines.
    public var state: State
    /// The operation that delivered it; nil when nothing was landed.
    @ExplicitNull public var operation: String?
    /// The lines, newest first.
    public var lines: [Line]
    /// What was planned; nil when the plan could not be made.
    @ExplicitNull public var plan: BackportPlan?
    /// What went wrong; nil when nothing did.
    @ExplicitNull public var error: DocumentError?
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.ci/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The service that ran the job.
  public var service: Service
  /// `direct`, `topic`, `request` or `report`.
  public var mode: String
  /// Whether it was only asked what would happen.
  public var isCheck: Bool
  /// The moment from which on the trunk was looked at, ISO 8601; nil when a fix was named.
  @ExplicitNull public var since: String?
  /// What the run came to.
  public var state: State
  /// The fixes that were looked at, oldest first; those of which nothing is owed are among them.
  public var fixes: [FixReport]
  /// What a person should know.
  public var warnings: [Warning]
}

extension CIDocument.Service {
  /// Describes a service.
  init(_ service: BuildService) {
    self.init(
      kind: service.kind.rawValue, trigger: service.trigger.rawValue, commit: service.commit,
      branch: service.branch, change: service.change?.number, page: service.page)
  }
}

extension CIDocument.Line {
  /// A line as the plan has it, before anything is delivered.
  init(_ target: Target) {
    self.init(
      line: target.line, status: target.status,
      state: target.status.isSettled ? .settled : .owed, version: target.release?.version,
      tag: nil, branch: target.branch, topic: target.topic,
      isLatest: target.release?.isLatest ?? false,
      reason: target.status == .picked
        ? target.reason : target.evidence.last ?? target.reason, request: nil,
      verification: target.verification)
  }
}

extension Target.Status {
  /// Whether nothing is left to be done on the line.
  var isSettled: Bool {
    switch self {
    case .alreadyApplied, .notAffected, .skipped: true
    case .picked, .unreleased, .conflict, .empty, .blocked: false
    }
  }
}

extension CIDocument.State {
  /// What several of them come to: the worst.
  static func worst(_ states: [CIDocument.State]) -> CIDocument.State {
    let order: [CIDocument.State] = [
      .failed, .owed, .held, .wouldApply, .proposed, .delivered, .settled,
    ]
    return order.first(where: states.contains) ?? .settled
  }
}
