public import GitStore
public import ReleaseModel

/// How an operation is published.
public struct PushOptions: Sendable {
  /// The remote; nil takes the upstream one.
  public var remote: String?
  /// How it is divided into pushes.
  public var grouping = PushGrouping.auto
  /// Whether what is landed is sent although a line still needs a person.
  public var isPartial = false
  /// Whether git only tries it.
  public var isRehearsal = false
  /// Whether ssh and credential helpers may ask at the terminal.
  public var asksAtTerminal = false
  /// The merge requests that the remote is to make as it takes their branches, each of which is then a
  /// push of its own: GitLab's push options are for all branches of a push.
  public var requests: [MergeRequest] = []

  /// The usual options.
  public init() {}
}

/// Exactly what a push would send, as a person is shown it before.
public struct PushPreview: Equatable, Sendable {
  /// One reference.
  public struct Update: Equatable, Sendable {
    /// The full name.
    public var ref: RefName
    /// What the remote holds; nil when it has no such reference.
    public var old: ObjectID?
    /// What it will hold.
    public var new: ObjectID
  }

  /// The operation.
  public var operation: String
  /// The name of the remote.
  public var remote: String
  /// Where the push goes, without credentials.
  public var address: String
  /// What is sent, one atomic push after the other.
  public var groups: [[Update]]
  /// What the remote has already.
  public var present: [RefName]
  /// How many commits become visible there.
  public var commitCount: Int
}

/// What came of a push.
public struct PushOutcome: Sendable {
  /// The operation as it stands now.
  public var document: OperationDocument
  /// What was to be sent.
  public var preview: PushPreview
  /// What stopped it after something had been sent; nil when all went well.
  public var failure: BackportError?
  /// What the remote said of the merge requests whose branches were sent.
  public var requests: [PushedRequest] = []

  /// Makes an outcome.
  public init(
    document: OperationDocument, preview: PushPreview, failure: BackportError? = nil
  ) {
    self.document = document
    self.preview = preview
    self.failure = failure
  }
}
