/// A first `.gitbackport`, with what was found and what was assumed: `init/1`.
public struct InitDocument: Codable, Equatable, Sendable {
  /// Something that was found.
  public struct Finding: Codable, Equatable, Sendable {
    /// What it is about: `policy`, `tags`, `branches`, `changelog`, `version-files` or `releases`.
    public var topic: String
    /// Where it was found: a path, `tags` or `branches`.
    public var source: String
    /// What it says.
    public var text: String
  }

  /// Something that nobody states.
  public struct Assumption: Codable, Equatable, Sendable {
    /// The key that says so, as in `policy.support`.
    public var key: String
    /// Its value.
    public var value: String
    /// Why this one.
    public var reason: String
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.init/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The path below the worktree.
  public var path: String
  /// Whether the file was written now.
  public var written: Bool
  /// The file.
  public var text: String
  /// What was found.
  public var found: [Finding]
  /// What was assumed.
  public var assumed: [Assumption]
  /// What is wrong with the file that is there; empty unless it was checked.
  public var problems: [Warning]
  /// What a person should know.
  public var warnings: [Warning]
}
