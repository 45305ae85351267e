/// What was asked for, as far as it changes a plan; saved with it, so that it can be made again.
public struct PlanOptions: Codable, Equatable, Sendable {
  /// The revisions that make up the fix.
  public var fix: [String] = []
  /// The lines that are released as they stand, without a fix to pick.
  public var lines: [String] = []
  /// The parent to take a merge against, counted from 1.
  @ExplicitNull public var mainline: Int?
  /// Lines or branches named by `--to` and `-b`; a leading `+` adds to the policy's.
  public var to: [String] = []
  /// The same for branch names.
  public var branches: [String] = []
  /// `LINE=REASON` for each line that is left out.
  public var skip: [String] = []
  /// `LINE=REV` for each line that is said to hold the fix in another form.
  public var fixed: [String] = []
  /// `LINE=REV` for each line that gets a patch of its own.
  public var use: [String] = []
  /// `tip`, `tag` or `auto`; nil takes the configuration's.
  @ExplicitNull public var base: String?
  /// The commits that introduced the flaw; none reads the fix's trailers.
  public var introduced: [String] = []
  /// Whether picks name their originals.
  public var provenance = true
  /// Whether picks get a `Signed-off-by` trailer.
  public var signOff = false
  /// Whether commits and tags are signed; nil takes git's configuration.
  @ExplicitNull public var signing: Bool?
  /// The key to sign with; nil takes git's configuration.
  @ExplicitNull public var signingKey: String?
  /// Whether a release is made at all.
  public var release = true
  /// Whether a changelog entry is written.
  public var changelog = true
  /// Whether version files are raised.
  public var versionFiles = true
  /// `PATH=raise` or `PATH=leave` for each version file on which nothing else decides.
  public var versionFileChoices: [String] = []
  /// Whether the new sections are carried to the trunk.
  public var forwardPort = true
  /// `auto`, `trunk` or `branch`: where the newest line without a branch is released.
  @ExplicitNull public var releaseOn: String?
  /// The changelog text; nil takes it from the fix.
  @ExplicitNull public var entry: String?
  /// CVE and GHSA ids that were given.
  public var ids: [String] = []
  /// The package of a monorepo.
  @ExplicitNull public var package: String?
  /// Whether a fix that is not on the trunk may be applied.
  public var offTrunk = false
  /// Whether the trunk takes up a fix that it lacks, in the same operation; nil means no.
  @ExplicitNull public var landTrunk: Bool?
  /// Whether any line in need of a person keeps all of them from landing.
  public var allOrNothing = false
  /// How the topic branches are named that take the new commits in the place of the release
  /// branches, which then do not move; nil moves those.
  @ExplicitNull public var topic: String?
  /// The case that it is about; `none` for no case at all, nil where nothing was said.
  @ExplicitNull public var `case`: String?
  /// Whether nothing is to be seen before it is disclosed.
  public var embargo = false
  /// The moment before which nothing is disclosed, ISO 8601.
  @ExplicitNull public var notBefore: String?
  /// The default branch, where it was given.
  @ExplicitNull public var trunk: String?
  /// The upstream remote, where it was given.
  @ExplicitNull public var upstreamRemote: String?
  /// A configuration file laid under the trunk's.
  @ExplicitNull public var config: String?

  /// How topic branches are named unless something else is asked for.
  public static let usualTopic = TopicTemplate.usual

  /// The options of a plain `plan`.
  public init() {}
}
