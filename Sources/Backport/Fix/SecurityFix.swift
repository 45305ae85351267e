public import GitStore

/// One security fix that the trunk holds.
public struct SecurityFix: Sendable {
  /// By what a commit is known to be a fix.
  public enum Sign: String, Codable, Sendable, CaseIterable {
    /// A trailer that the configuration names, such as `CVE:`.
    case trailer
    /// A subject with a word that the configuration names, such as `[security]`.
    case subject
    /// The subject of a merge from an advisory's private fork.
    case mergeSubject = "merge-subject"
    /// A CVE or GHSA id in the message of a commit that changes code.
    case id
    /// A file of the advisories folder names it.
    case advisory
  }

  /// Why a commit belongs to the fix.
  public struct Reason: Sendable, Equatable {
    /// The commit, or the merge.
    public let commit: ObjectID
    /// By what it is known.
    public let sign: Sign
    /// The finding, for people.
    public let text: String
  }

  /// CVE and GHSA ids, each once, CVE ids first.
  public var ids: [String]
  /// The commits and merges, oldest first: what a plan is asked for.
  public var commits: [ObjectID]
  /// The subject of the first of them that a person wrote.
  public var subject: String
  /// When the last of them came onto the trunk, in seconds since 1970.
  public var landed: Int64
  /// Why each belongs to it.
  public var reasons: [Reason]
  /// Commits that an advisory says brought the flaw.
  public var introducers: [ObjectID] = []
  /// Commits that an advisory says are the fix on other branches.
  public var elsewhere: [ObjectID] = []

  /// The revisions by which a plan is asked for it.
  public var revisions: [String] { commits.map(\.description) }

  /// The id by which decisions on it are filed: a CVE or GHSA id, else its last commit's.
  public var name: String { ids.first ?? commits.last?.description ?? "" }
}

/// Which security fixes are looked for.
public struct SecurityFixScope: Sendable {
  /// Only those of which a part came onto the trunk at or after this moment, in seconds since 1970.
  public var since: Int64?
  /// Only what these commits do not hold, as in `A..`.
  public var excluded: [ObjectID] = []
  /// Only what this commit holds; nil for the trunk's tip.
  public var tip: ObjectID?
  /// What makes a commit a fix.
  public var signs = Set(SecurityFix.Sign.allCases)

  /// All fixes there have ever been on the trunk.
  public init() {}
}

/// The security fixes that were found, newest first.
public struct SecurityFixes: Sendable {
  /// The fixes.
  public var fixes: [SecurityFix]
  /// What a person should know, such as advisories without a commit.
  public var warnings: [Warning]
}

extension Workspace {
  /// Finds the security fixes of the trunk, by the `[fix]` section, by CVE and GHSA ids, and by the
  /// advisories folder of its tree (contract.md 6).
  ///
  /// Commits that name the same vulnerability are one fix, unless one does so months later. One that
  /// was reverted later is none. A window costs what it holds; without one every commit of the trunk
  /// is read.
  public func securityFixes(
    _ scope: SecurityFixScope = SecurityFixScope()
  ) throws(BackportError) -> SecurityFixes {
    let tip = scope.tip ?? trunk.tip
    var hidden = scope.excluded
    if let since = scope.since {
      hidden += try store { () throws(GitError) in
        try repository.boundary(before: since, on: tip).map { [$0] } ?? []
      }
    }
    let search = SecurityFixSearch(self, signs: scope.signs)
    let graph = try store { () throws(GitError) in
      try HistoryGraph(from: [tip], notIn: hidden, scanner: search.scanner, in: repository)
    }
    var found = try search.fixes(of: tip, in: graph)
    if let since = scope.since { found.fixes.removeAll { $0.landed < since } }
    return found
  }

  /// The commits of a security fix, in the order in which they are picked.
  public func fixSet(of fix: SecurityFix) throws(BackportError) -> FixSet {
    try FixResolver(repository: repository).resolve(fix.revisions, mainline: nil)
  }
}

extension Repository {
  /// How many older commits in a row end the walk; dates of neighbours may be out of order.
  private static let boundarySlack = 64

  /// The newest commit of a first-parent chain with nothing behind it that is as new as a moment.
  fileprivate func boundary(before since: Int64, on tip: ObjectID) throws(GitError) -> ObjectID? {
    let shallow = shallowBoundary
    var older: ObjectID?
    var count = 0
    var next: ObjectID? = tip
    while let id = next, count < Repository.boundarySlack {
      let commit = try self.commit(id)
      if commit.committer.seconds < since {
        older = older ?? id
        count += 1
      } else {
        older = nil
        count = 0
      }
      next = shallow.contains(id) ? nil : commit.parents.first
    }
    return older
  }
}
