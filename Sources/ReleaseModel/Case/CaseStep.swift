/// What somebody wants to add to a case: one event with what it says.
public struct CaseStep: Hashable, Sendable {
  /// What happens.
  public var kind: CaseEvent.Kind
  /// When.
  public var at: Instant
  /// Who does it.
  public var by: String
  /// What becomes known with it.
  public var facts = CaseFacts()
  /// What becomes known of release lines.
  public var lines: [CaseLineChange] = []
  /// Who takes it on, for `assign`; more than one is refused.
  public var handlers: [CaseHandler] = []
  /// What was looked for, for `audit`, or changed, for `revise`.
  public var what: String?
  /// What an audit found.
  public var found: [String] = []
  /// The day of publication, for `embargo`.
  public var until: Instant?
  /// Who was told before, for `embargo`.
  public var told: [String] = []
  /// Why it ends, for `reject` and the like.
  public var reason: String?
  /// What the reporter was told.
  public var message: String?
  /// The case or id that it repeats, for `duplicate`.
  public var original: String?
  /// The project it belongs to, for `upstream`.
  public var project: String?
  /// Why the deadlines do not run from here on, for `inform`.
  public var waitingFor: String?
  /// Whether they run again, for `inform`.
  public var isAnswered = false
  /// Why the embargo ends before its time, for `release`.
  public var breaksEmbargo: String?
  /// What is wrong with the advisory, for `publish`.
  public var advisoryProblems: [CaseAdvisoryProblem] = []
  /// The files of the advisory that is made public, by path, for `publish`.
  public var advisoryFiles: [String: [UInt8]] = [:]
  /// The id of the advisory, for `publish`; nil where none could be made.
  public var advisory: String?
  /// The operation that did it; nil when a person did.
  public var operation: String?

  /// A step that says nothing but that it happened.
  public init(_ kind: CaseEvent.Kind, at: Instant, by: String) {
    self.kind = kind
    self.at = at
    self.by = by
  }

  /// What the event keeps, by name.
  var data: [String: JSONTree] {
    var data = facts.data
    func add(_ name: String, _ text: String?) {
      if let text { data[name] = .string(text) }
    }
    func addAll(_ name: String, _ texts: [String]) {
      if !texts.isEmpty { data[name] = .array(texts.map(JSONTree.string)) }
    }
    add("to", handlers.first?.name)
    add("what", what)
    addAll("found", found)
    add("until", until?.description)
    addAll("told", told)
    add("reason", reason)
    add("message", message)
    add("of", original)
    add("project", project)
    add("waiting", waitingFor)
    if isAnswered { data["answered"] = .boolean(true) }
    add("breaksEmbargo", breaksEmbargo)
    add("advisory", advisory)
    add("operation", operation)
    addAll("lines", lines.flatMap(\.words))
    return data
  }
}

/// Something without which a step cannot be taken.
public enum CaseRequirement: Hashable, Sendable {
  /// An event that has to happen before.
  case step(CaseEvent.Kind)
  /// It is too late: this is where the case stands.
  case tooLate(CaseState)
  /// Exactly one handler.
  case handler
  /// Where the flaw came in.
  case introduced
  /// Any release line at all.
  case lines
  /// Whether this line has the flaw.
  case affected(String)
  /// A search for similar problems.
  case audit
  /// A fix of this line that was tested.
  case tested(String)
  /// A fix on the trunk.
  case trunkFix
  /// How the reporter is named in public.
  case credit
  /// A severity, as a vector or a word.
  case severity
  /// The day of publication, and that it is to come.
  case until
  /// That this moment has come.
  case time(Instant)
  /// A release of this line.
  case released(String)
  /// An advisory without this problem.
  case advisory(CaseAdvisoryProblem)
  /// Why it ends.
  case reason
  /// What the reporter was told.
  case message
  /// What it repeats.
  case original
  /// The project it belongs to.
  case project
  /// What was looked for, or changed.
  case what
  /// That the deadlines run, or that they do not.
  case clock(isRunning: Bool)

  /// A stable name for machines.
  public var code: String {
    switch self {
    case .step(let event): event.rawValue
    case .tooLate: "too-late"
    case .handler: "handler"
    case .introduced: "introduced"
    case .lines: "lines"
    case .affected: "affected"
    case .audit: "audit"
    case .tested: "tested"
    case .trunkFix: "trunk-fix"
    case .credit: "credit"
    case .severity: "severity"
    case .until: "until"
    case .time: "time"
    case .released: "released"
    case .advisory: "advisory"
    case .reason: "reason"
    case .message: "message"
    case .original: "original"
    case .project: "project"
    case .what: "what"
    case .clock: "clock"
    }
  }
}

/// A step that a case does not take, and everything that it lacks.
public struct CaseRefusal: Error, Hashable, Sendable {
  /// The case.
  public let id: CaseID
  /// The step.
  public let kind: CaseEvent.Kind
  /// Where the case stands.
  public let state: CaseState
  /// What is missing, in the order in which it is best supplied.
  public let missing: [CaseRequirement]

  /// Makes a refusal.
  public init(
    id: CaseID, kind: CaseEvent.Kind, state: CaseState, missing: [CaseRequirement]
  ) {
    self.id = id
    self.kind = kind
    self.state = state
    self.missing = missing
  }
}
