public import GitStore

/// What happens on one release line.
public struct Target: Codable, Equatable, Sendable {
  /// The verdict on a line (contract.md 4).
  public enum Status: String, Codable, Sendable, CaseIterable {
    case picked
    case unreleased
    case alreadyApplied = "already-applied"
    case notAffected = "not-affected"
    case conflict
    case empty
    case blocked
    case skipped

    /// Whether a person has to do something before the line has what it is owed.
    public var needsPerson: Bool {
      switch self {
      case .conflict, .empty, .blocked: true
      case .picked, .unreleased, .alreadyApplied, .notAffected, .skipped: false
      }
    }
  }

  /// Which commit the picks are put on.
  public enum BaseKind: String, Codable, Sendable {
    /// The tip of the branch.
    case tip
    /// The newest tag of the line.
    case tag
  }

  /// The release line.
  public var line: String
  /// The package in a monorepo.
  @ExplicitNull public var package: String?
  /// The branch without `refs/heads/`; nil when no branch is left behind.
  @ExplicitNull public var branch: String?
  /// The topic branch, without `refs/heads/`, on which the new commits wait to be merged into that
  /// branch; nil when the branch itself moves.
  @ExplicitNull public var topic: String?
  /// The commit the picks are put on.
  @ExplicitNull public var base: ObjectID?
  /// What that commit is.
  public var baseKind: BaseKind
  /// The verdict.
  public var status: Status
  /// What the policy says of the line, for people.
  public var reason: String
  /// Whether the line is done on request although the policy does not cover it.
  public var onRequest: Bool
  /// Why this verdict, one finding each.
  public var evidence: [String]
  /// The commit that brought the flaw to the line; nil when it is not known.
  @ExplicitNull public var introduced: ObjectID?
  /// The lowest release of the line that has the flaw; nil when that is not known.
  @ExplicitNull public var firstAffected: String?
  /// What becomes of each commit of the fix.
  public var commits: [TargetCommit]
  /// What does not apply.
  public var conflicts: [Conflict]
  /// What was settled by a rule where a plain merge conflicts or puts lines where they are wrong.
  public var settled: [SettledPath]
  /// Unreleased commits that would be released along.
  public var riders: [Rider]
  /// Files that state the version and that the line's last release left alone: somebody has to say
  /// whether they follow.
  public var undecidedFiles: [PlannedRelease.VersionFileChange] = []
  /// The release to be made; nil when none is.
  @ExplicitNull public var release: PlannedRelease?
  /// Where a person goes on with a pick that does not apply; nil when all of it does.
  @ExplicitNull public var stopped: StoppedPick?
  /// What came of the commands that tried its tree; nil when none was run.
  @ExplicitNull public var verification: [Verification]?
}

/// The pick at which a series came to a stop.
public struct StoppedPick: Codable, Equatable, Sendable {
  /// The commit that does not apply.
  public var commit: ObjectID
  /// The parent it is taken against, counted from 1; nil for the only one.
  @ExplicitNull public var mainline: Int?
  /// The commit that it was to be put on: the base, or the last pick before it.
  public var onto: ObjectID
}

/// What becomes of one commit of the fix on one line.
public struct TargetCommit: Codable, Equatable, Sendable {
  /// The verdict on one commit.
  public enum Status: String, Codable, Sendable {
    case picked
    case already
    case empty
    case conflict
  }

  /// Which fix of the plan it belongs to.
  public var fix: Int
  /// The original.
  public var source: ObjectID
  /// What becomes of it.
  public var status: Status
  /// The pick; nil when there is none, or while a signature is still to be made.
  @ExplicitNull public var id: ObjectID?
  /// The pick without its signature; nil when it is not signed.
  @ExplicitNull public var unsignedId: ObjectID?
  /// The pick's tree.
  @ExplicitNull public var tree: ObjectID?
  /// How near the pick is to the original: `identical`, `context` or `adapted`.
  @ExplicitNull public var fidelity: String?
}

/// Something that a rule settled without a person.
public struct SettledPath: Codable, Equatable, Sendable {
  /// The path, repaired to UTF-8; nil when the rule settled the whole pick.
  @ExplicitNull public var path: String?
  /// The rule: `changelog-placement`, `absent-file` or `cascade`.
  public var method: String
  /// What was done.
  public var detail: String
  /// How often the rule gave what people made by hand.
  public var trust: String

  /// Whether it comes from people, now or before.
  public var isFromHands: Bool {
    [Resolution.Method.byHand, .recorded, .cascade].contains { $0.rawValue == method }
  }

  /// A resolution in the words of a document.
  public init(_ resolution: Resolution) {
    path = resolution.path.isEmpty ? nil : resolution.displayPath
    method = resolution.method.rawValue
    detail = resolution.detail
    trust = resolution.method.trust
  }
}

/// One path that does not apply.
public struct Conflict: Codable, Equatable, Sendable {
  /// One stretch of lines that both sides changed.
  public struct Hunk: Codable, Equatable, Sendable {
    /// The first line, counted from 1.
    public var line: Int
    /// The lines with conflict markers, repaired to UTF-8.
    public var lines: [String]
    /// The common version's lines there; nil when they were not looked for.
    @ExplicitNull public var base: [String]?
    /// The target's lines.
    @ExplicitNull public var ours: [String]?
    /// The fix's lines.
    @ExplicitNull public var theirs: [String]?
    /// What a rule would make of it; nil when none fits.
    @ExplicitNull public var proposal: Proposal?
  }

  /// A commit that has to do with the conflict.
  public struct Cause: Codable, Equatable, Sendable {
    /// The commit.
    public var commit: ObjectID
    /// Its subject.
    public var subject: String

    /// Names a commit.
    public init(_ commit: Commit) {
      self.commit = commit.id
      subject = commit.subject
    }
  }

  /// The path, repaired to UTF-8.
  public var path: String
  /// The kind of conflict (contract.md 4).
  public var kind: String
  /// The object on the target; nil when it has none.
  @ExplicitNull public var ours: ObjectID?
  /// The object in the fix; nil when it has none.
  @ExplicitNull public var theirs: ObjectID?
  /// The object before the fix; nil when there was none.
  @ExplicitNull public var base: ObjectID?
  /// The stretches in conflict.
  public var hunks: [Hunk]
  /// The commits the fix builds on and the line lacks: with them it applies.
  public var prerequisites: [Cause]
  /// The commit of the line itself that last changed what conflicts; nil when only the trunk did.
  @ExplicitNull public var branchChange: Cause?
  /// What became of the place on the nearest newer line that has the fix; nil without one.
  @ExplicitNull public var newerLine: NewerLine?
  /// What a rule would make of the whole file; nil when none fits.
  @ExplicitNull public var proposal: Proposal?
}

/// An unreleased commit that would be released along.
public struct Rider: Codable, Equatable, Sendable {
  /// The commit.
  public var commit: ObjectID
  /// Its subject.
  public var subject: String
}

/// The patch release of one line.
public struct PlannedRelease: Codable, Equatable, Sendable {
  /// One changelog file that gets the entry.
  public struct ChangelogEntry: Codable, Equatable, Sendable {
    /// The file.
    public var path: String
    /// The lines that are added to it.
    public var entry: String
  }

  /// One file whose version is raised.
  public struct VersionFileChange: Codable, Equatable, Sendable {
    /// The file.
    public var path: String
    /// The version it states now.
    public var from: String
    /// The version it will state.
    public var to: String
  }

  /// A commit behind the release.
  public struct Development: Codable, Equatable, Sendable {
    /// What version files state then, as `1.1.2-SNAPSHOT`.
    public var version: String
    /// The commit; nil while a signature is still to be made.
    @ExplicitNull public var commit: ObjectID?
    /// The commit without its signature; nil when it is not signed.
    @ExplicitNull public var unsignedCommit: ObjectID?
  }

  /// The new version.
  public var version: String
  /// The tag without `refs/tags/`.
  public var tag: String
  /// Whether it is the newest version of the package.
  public var isLatest: Bool
  /// The tagged commit; nil while a signature is still to be made.
  @ExplicitNull public var commit: ObjectID?
  /// The tagged commit without its signature; nil when it is not signed.
  @ExplicitNull public var unsignedCommit: ObjectID?
  /// The annotated tag; nil for a lightweight one, or while a signature is still to be made.
  @ExplicitNull public var tagObject: ObjectID?
  /// The annotated tag without its signature and those below it; nil when nothing is to be signed.
  @ExplicitNull public var unsignedTagObject: ObjectID?
  /// Whether the tag is signed.
  public var isTagSigned = false
  /// The changelog files.
  public var changelog: [ChangelogEntry]
  /// The version files.
  public var versionFiles: [VersionFileChange]
  /// The files of changelog entries that are removed, since the changelog has them now.
  public var fragments: [String] = []
  /// The commit that opens the branch for the version after it; nil when none does.
  @ExplicitNull public var development: Development?
}
