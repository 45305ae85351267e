/// The merge requests of an operation: `request/1`.
public struct RequestDocument: Codable, Equatable, Sendable {
  /// One merge request.
  public struct Entry: Codable, Equatable, Sendable {
    /// The release line; empty for the branch that carries changelogs to the trunk.
    public var line: String
    /// The branch to be merged.
    public var head: String
    /// The branch it goes to.
    public var base: String
    /// Its title.
    public var title: String
    /// Whether a person has to look at it first.
    public var isDraft: Bool
    /// Its number; nil when it was only shown what would be asked for.
    @ExplicitNull public var number: Int?
    /// Its page; nil when it was only shown.
    @ExplicitNull public var url: String?
    /// `created`, `updated`, `unchanged`, or `planned` when it was only shown.
    public var action: String

    /// Makes an entry.
    public init(
      line: String, head: String, base: String, title: String, isDraft: Bool, number: Int?,
      url: String?, action: String
    ) {
      self.line = line
      self.head = head
      self.base = base
      self.title = title
      self.isDraft = isDraft
      self.number = number
      self.url = url
      self.action = action
    }
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.request/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The operation; nil when the requests belong to none.
  @ExplicitNull public var operation: String?
  /// `github`, `gitlab` or `forgejo`.
  public var forge: String
  /// The address of its API, or of the push by which it was asked.
  public var api: String
  /// The project there.
  public var project: String
  /// The requests, newest line first.
  public var requests: [Entry]

  /// Makes a document.
  public init(
    repository: RepositoryDescription, operation: String?, forge: String, api: String,
    project: String, requests: [Entry]
  ) {
    self.repository = repository
    self.operation = operation
    self.forge = forge
    self.api = api
    self.project = project
    self.requests = requests
  }
}
