public import GitStore

/// One applied plan, recorded so that it can be shown, undone and published.
public struct Operation: Codable, Equatable, Sendable {
  /// Where an operation stands.
  public enum State: String, Codable, Sendable {
    /// Its references have not all moved, or a line waits for a hand.
    case pending
    /// Its references have moved.
    case landed
    /// Its references are on the remote.
    case pushed
    /// Its references were put back.
    case undone
    /// Its objects are kept and nothing is visible.
    case embargoed
  }

  /// A time-ordered id of 26 characters (ULID).
  public var id: String
  /// When it was recorded, ISO 8601.
  public var createdAt: String
  /// What was landed, with what was added to it since.
  public var plan: BackportPlan
  /// The name of the pack that holds its objects; nil when nothing was new.
  @ExplicitNull public var pack: String?
  /// The worktrees that are moved along with their branches.
  var worktrees: [WorktreeMove]?
  /// Whether lines that conflict wait for a hand; nil in records that knew of no such thing.
  var keepsOpen: Bool?
  /// What its beginning moves, where that is not what the plan states.
  var moves: [PlannedRefUpdate]?
  /// The operation that it takes the place of, when its references move.
  var replaces: String?
  /// The state; derived from the markers and not stored.
  public var state = State.pending
  /// Whether a run ended before every reference had moved; derived like the state.
  var isUnfinished = true
  /// What was added to it; stored apart.
  var continuations: [Continuation] = []
  /// The number of the part that is not landed yet; nil when that is the beginning, or none.
  var unfinishedPart: Int?
  /// What the plan moved before anything was added to it.
  var beginning: [PlannedRefUpdate] = []

  private enum CodingKeys: String, CodingKey {
    case id
    case createdAt
    case plan
    case pack
    case worktrees
    case keepsOpen
    case moves
    case replaces
  }

  /// Makes a record.
  public init(id: String, createdAt: String, plan: BackportPlan, pack: String?) {
    self.id = id
    self.createdAt = createdAt
    self.plan = plan
    self.pack = pack
  }

  /// The updates that were, or are, to be made.
  public var refUpdates: [PlannedRefUpdate] { plan.refUpdates }
}

extension Operation {
  /// Whether its references have moved, all of them; lines may wait all the same.
  var hasLanded: Bool {
    !isUnfinished && state != .undone && state != .embargoed
  }

  /// The lines that wait for a hand, in the plan's order.
  var waitingLines: [Target] {
    guard keepsOpen ?? false, state != .undone, state != .pushed else { return [] }
    return plan.targets.filter { $0.status == .conflict }
  }

  /// Who or what resolved a line's conflict; nil when nothing had to be.
  func resolver(of target: Target) -> String? {
    if let hand = continuations.compactMap({ $0.resolvedBy[target.line] }).last { return hand }
    guard target.status == .picked else { return nil }
    var methods: [String] = []
    for settled in target.settled where !methods.contains(settled.method) {
      methods.append(settled.method)
    }
    return methods.isEmpty ? nil : methods.joined(separator: ", ")
  }
}

/// The document of `apply`, `undo`, `show` and the other verbs on one operation: `operation/1`.
public struct OperationDocument: Codable, Equatable, Sendable {
  /// The state of one line in an operation.
  public struct TargetState: Codable, Equatable, Sendable {
    /// The release line.
    public var line: String
    /// Its verdict.
    public var status: Target.Status
    /// Who or what resolved a conflict; nil when nothing had to be.
    @ExplicitNull public var resolvedBy: String?
  }

  /// The state of one reference in an operation.
  public struct RefState: Codable, Equatable, Sendable {
    /// The reference.
    public var ref: RefName
    /// What it held before; nil when it did not exist.
    @ExplicitNull public var old: ObjectID?
    /// What the operation gives it.
    @ExplicitNull public var new: ObjectID?
    /// `old`, `new`, `absent`, or `other` when somebody moved it since.
    public var state: String
  }

  /// A line of an operation in a folder of its own.
  public struct Checkout: Codable, Equatable, Sendable {
    /// The release line.
    public var line: String
    /// The folder.
    public var path: String
    /// What it shows.
    public var commit: ObjectID
  }

  /// One group of references that a remote took.
  public struct Pushed: Codable, Equatable, Sendable {
    /// The remote.
    public var remote: String
    /// Which group, counted from 1.
    public var group: Int
    /// The references.
    public var refs: [RefName]
    /// When, ISO 8601.
    public var at: String
  }

  /// The name and version of the document's form.
  public var schema = "git-backport.operation/1"
  /// Which repository this is about.
  public var repository: RepositoryDescription
  /// The operation's id; nil when nothing was landed.
  @ExplicitNull public var id: String?
  /// Where it stands; nil when nothing was landed.
  @ExplicitNull public var state: Operation.State?
  /// What was landed, or would have been.
  public var plan: BackportPlan
  /// The lines.
  public var targets: [TargetState]
  /// The references as they stand now.
  public var refUpdates: [RefState]
  /// What was published.
  public var pushed: [Pushed]
  /// The lines that wait for a hand.
  public var waiting: [WaitingLine]
  /// Where lines were checked out for looking at; nil when that was not asked for.
  @ExplicitNull public var checkouts: [Checkout]?
  /// How the picks differ from those of the operation before; nil unless it was made again.
  @ExplicitNull public var rangeDiff: [RangeDiff]?
  /// What went wrong; nil when nothing did.
  @ExplicitNull public var error: DocumentError?
}

/// What went wrong, in a document.
public struct DocumentError: Codable, Equatable, Sendable {
  /// A stable name for machines.
  public var code: String
  /// What failed, on which thing.
  public var message: String
  /// What to do.
  @ExplicitNull public var hint: String?

  /// Makes the error of a document.
  public init(code: String, message: String, hint: String?) {
    self.code = code
    self.message = message
    self.hint = hint
  }
}
