/// What a forge is asked for: a merge request for each of some branches.
///
/// The main program writes it to the standard input of `git-backport-forge`, which alone speaks HTTP.
public struct MergeRequestBatch: Codable, Equatable, Sendable {
  /// The kinds of forges, by their API.
  public enum Forge: String, Codable, Sendable, CaseIterable {
    case github
    case gitlab
    /// Forgejo, and Gitea, whose API is the same as far as it is used.
    case forgejo
  }

  /// The name and version of the document's form.
  public static let schemaName = "git-backport.request-batch/1"

  /// The name and version of the form in which it was written.
  public var schema = MergeRequestBatch.schemaName
  /// The kind of forge.
  public var forge: Forge
  /// The address of the API, such as `https://api.github.com`, without a slash at its end.
  public var api: String
  /// The project, as `owner/name`.
  public var project: String
  /// The name of the environment variable that holds the token; never the token itself.
  public var tokenVariable: String
  /// The requests, in the order in which they are made.
  public var requests: [MergeRequest]

  /// Makes a batch.
  public init(
    forge: Forge, api: String, project: String, tokenVariable: String, requests: [MergeRequest]
  ) {
    self.forge = forge
    self.api = api
    self.project = project
    self.tokenVariable = tokenVariable
    self.requests = requests
  }
}

/// One merge request as it should be; the branches tell whether it is there already.
public struct MergeRequest: Codable, Equatable, Sendable {
  /// The release line; empty for the branch that carries changelogs to the trunk.
  public var line: String
  /// The branch to be merged.
  public var head: String
  /// The branch it goes to.
  public var base: String
  /// Its title, without what marks a draft.
  public var title: String
  /// Its description in Markdown.
  public var body: String
  /// Labels that it gets besides those that people give it.
  public var labels: [String]
  /// Whether a person has to look at it before it may be merged.
  public var isDraft: Bool

  /// Makes a request.
  public init(
    line: String, head: String, base: String, title: String, body: String, labels: [String],
    isDraft: Bool
  ) {
    self.line = line
    self.head = head
    self.base = base
    self.title = title
    self.body = body
    self.labels = labels
    self.isDraft = isDraft
  }
}

/// What came of a batch: what `git-backport-forge` writes to its standard output.
public struct MergeRequestReport: Codable, Equatable, Sendable {
  /// What was done.
  public enum Action: String, Codable, Sendable {
    case created
    case updated
    case unchanged
  }

  /// What became of one request.
  public struct Entry: Codable, Equatable, Sendable {
    /// The branch to be merged.
    public var head: String
    /// Its number.
    public var number: Int
    /// Its page.
    public var url: String
    /// What was done.
    public var action: Action

    /// Makes an entry.
    public init(head: String, number: Int, url: String, action: Action) {
      self.head = head
      self.number = number
      self.url = url
      self.action = action
    }
  }

  /// What stopped the batch.
  public struct Failure: Codable, Equatable, Sendable, Error {
    /// A stable name for machines.
    public var code: String
    /// What failed, on which thing.
    public var message: String
    /// What to do; empty when nothing is known that helps.
    public var hint: String

    /// Makes a failure.
    public init(_ code: String, _ message: String, hint: String = "") {
      self.code = code
      self.message = message
      self.hint = hint
    }
  }

  /// The requests that were made, in order.
  public var entries: [Entry]
  /// What a person should know, such as labels that could not be given.
  public var notes: [String]
  /// What stopped it; nil when nothing did.
  public var failure: Failure?

  /// Makes a report.
  public init(entries: [Entry] = [], notes: [String] = [], failure: Failure? = nil) {
    self.entries = entries
    self.notes = notes
    self.failure = failure
  }
}
