public import GitStore

/// Everything an operation would do, with object ids, before anything is written: `plan/1`.
///
/// A dry run prints this very value, and an apply lands it.
public struct BackportPlan: Codable, Equatable, Sendable {
  /// The name and version of the document's form.
  public static let schemaName = "git-backport.plan/1"

  /// The name and version of the form in which it was written.
  public var schema = BackportPlan.schemaName
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The day for which the policy was asked, ISO 8601.
  public var asOf: String
  /// The moment that stands in changelog, commits and tags, ISO 8601 in UTC.
  public var releaseDate: String
  /// The program and its version.
  public var tool: String
  /// Who makes the commits and tags.
  public var committer: Person
  /// What was asked for, as far as it changes the plan.
  public var options: PlanOptions
  /// What is signed and how; nil when nothing is.
  @ExplicitNull public var signing: PlannedSigning?
  /// The policy that chose the targets.
  public var policy: PolicyDescription
  /// What is to be backported.
  public var fixes: [Fix]
  /// The default branch and whether it holds the fix.
  public var trunk: Trunk
  /// The lines the fix has to reach, newest first.
  public var targets: [Target]
  /// The lines it need not reach, newest first, and why.
  public var notTargeted: [NotTargeted]
  /// The references to be moved or made, branches before tags, each sorted by name.
  public var refUpdates: [PlannedRefUpdate]
  /// The documents of the trunk that name the new releases, as in tables of supported versions.
  public var documents: [PlannedDocument]
  /// What a person should know although it stops nothing.
  public var warnings: [Warning]
}

/// A document of the trunk that names a line's release exactly, and follows the next one.
public struct PlannedDocument: Codable, Equatable, Sendable {
  /// The file.
  public var path: String
  /// The reference on which it changes.
  public var ref: RefName
  /// The line.
  public var line: String
  /// The version it names now.
  public var from: String
  /// The version it will name.
  public var to: String
}

/// Which repository a document is about; holds no credentials.
public struct RepositoryDescription: Codable, Equatable, Sendable {
  /// The working tree, or the git directory of a bare repository.
  public var path: String
  /// The name of the upstream remote; nil when there is none.
  @ExplicitNull public var remote: String?
  /// The default branch as a full reference name; nil when it is not known.
  @ExplicitNull public var trunk: String?
  /// The commit HEAD stands on; nil when it has not been born.
  @ExplicitNull public var head: ObjectID?
  /// When references were last fetched, ISO 8601; nil when never.
  @ExplicitNull public var fetchedAt: String?
}

/// The support policy in force and where it stands.
public struct PolicyDescription: Codable, Equatable, Sendable {
  /// The path in the trunk's tree, the path given on the command line, or `default`.
  public var source: String
  /// The preset the policy was made from; nil when there is none.
  @ExplicitNull public var preset: String?
  /// Whether nobody stated a policy and the usual one was assumed.
  public var assumed: Bool
  /// The rules as sentences, in order.
  public var rules: [String]
}

/// Something a person should know although it stops nothing.
public struct Warning: Codable, Equatable, Hashable, Sendable {
  /// A stable name for machines.
  public var code: String
  /// The words for people.
  public var message: String

  /// Makes a warning.
  public init(_ code: String, _ message: String) {
    self.code = code
    self.message = message
  }
}

/// A person and, where it matters, a moment.
public struct Person: Codable, Equatable, Sendable {
  /// The name.
  public var name: String
  /// The mail address.
  public var email: String
  /// The moment, ISO 8601 with its zone.
  public var date: String
}

/// One fix: one or more commits that belong together.
public struct Fix: Codable, Equatable, Sendable {
  /// The revisions as they were asked for.
  public var requested: [String]
  /// The merge commit that was asked for; nil when it was none, or several revisions.
  @ExplicitNull public var merge: ObjectID?
  /// CVE and GHSA ids, given or found in the messages.
  public var ids: [String]
  /// The changelog text.
  public var entry: String
  /// The commits in the order in which they are picked.
  public var commits: [FixCommit]
}

/// One commit of a fix.
public struct FixCommit: Codable, Equatable, Sendable {
  /// The commit.
  public var id: ObjectID
  /// Its subject, repaired to UTF-8.
  public var subject: String
  /// Its author as `Name <mail>`.
  public var author: String
  /// The parent the change is taken against; nil for the only parent, or none.
  @ExplicitNull public var mainline: Int?
}

/// The default branch as the plan found it and leaves it.
public struct Trunk: Codable, Equatable, Sendable {
  /// How the trunk stands to the fix.
  public enum State: String, Codable, Sendable {
    case containsFix = "contains-fix"
    case lacksFix = "lacks-fix"
  }

  /// The reference that was read.
  public var ref: String
  /// Whether it holds the fix.
  public var state: State
  /// Its tip.
  public var old: ObjectID
  /// Its tip afterwards; the same unless the plan moves it, nil while a signature is to be made.
  @ExplicitNull public var new: ObjectID?
}

/// A line that is not a target, and why.
public struct NotTargeted: Codable, Equatable, Sendable {
  /// The release line.
  public var line: String
  /// Why it is none.
  public var reason: String
}

/// One reference to be moved or made.
public struct PlannedRefUpdate: Codable, Equatable, Sendable {
  /// The full name.
  public var ref: RefName
  /// What it must hold before; nil means that it must not exist.
  @ExplicitNull public var old: ObjectID?
  /// What it will hold; nil when signing gives the id only at apply.
  @ExplicitNull public var new: ObjectID?
  /// What it would hold without signatures; nil when nothing of it is to be signed.
  @ExplicitNull public var unsignedNew: ObjectID?
  /// The tip on the remote that a topic branch, made again, takes the place of; nil when the
  /// reference only goes forward there.
  @ExplicitNull public var replaces: ObjectID?

  /// What it will hold, as far as that is known before anything is signed.
  var tip: ObjectID? { new ?? unsignedNew }

  /// Makes an update.
  init(ref: RefName, old: ObjectID?, new: ObjectID?, unsignedNew: ObjectID? = nil) {
    replaces = nil
    self.ref = ref
    self.old = old
    self.new = new
    self.unsignedNew = unsignedNew
  }
}
