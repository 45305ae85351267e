public import GitStore

/// Code like that which a fix repairs, on the trunk and on every line: `similar/1`.
public struct SimilarDocument: Codable, Equatable, Sendable {
  /// One place that the fix repairs, as it was before.
  public struct Pattern: Codable, Equatable, Sendable {
    /// The file.
    public var path: String
    /// Its first line, counted from 1.
    public var line: Int
    /// The lines, repaired to UTF-8, without line feeds.
    public var text: [String]
  }

  /// A tree that was searched.
  public struct Place: Codable, Equatable, Sendable {
    /// The release line; nil for the trunk.
    @ExplicitNull public var line: String?
    /// The commit whose tree it is: with the pick where there is one, which is in memory only.
    public var commit: ObjectID
    /// Whether the fix is in it.
    public var hasFix: Bool
    /// What was found, by path and line.
    public var hits: [Hit]
    /// How many more places there are that are not listed; a warning says why.
    public var hidden: Int
  }

  /// Code that looks like a place before its repair.
  public struct Hit: Codable, Equatable, Sendable {
    /// The file.
    public var path: String
    /// The first line, counted from 1.
    public var startLine: Int
    /// The last line.
    public var endLine: Int
    /// How much of the pattern stands there in order, from 0 to 1; what the fix changes is worth three
    /// quarters, and the lines around it one.
    public var likeness: Double
    /// The number of the pattern that it is like, counted from 0.
    public var pattern: Int
    /// The lines that were found.
    public var text: [String]
  }

  /// The name and version of the document's form.
  public static let name = "git-backport.similar/1"

  /// The name and version of the document's form.
  public var schema = SimilarDocument.name
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The day for which the policy was asked.
  public var asOf: String
  /// The fix.
  public var fixes: [Fix]
  /// What was looked for.
  public var patterns: [Pattern]
  /// Where it was looked for, the trunk first, then the lines as a plan has them.
  public var places: [Place]
  /// How many different files were looked at.
  public var filesRead: Int
  /// What a person should know.
  public var warnings: [Warning]

  /// Whether anything was found.
  public var hasFindings: Bool { places.contains { !$0.hits.isEmpty } }
}
