public import GitStore
public import ReleaseModel

/// What stops a whole run: a code, the things it concerns, and what lay beneath.
///
/// The words for people are made in one place, by whoever prints the error.
public struct BackportError: Error, Equatable, Sendable {
  /// A stable name for machines, as in the `error.code` of a document.
  public enum Code: String, Sendable, CaseIterable {
    case usage
    case configuration
    case notARepository = "not-a-repository"
    case embeddedRepository = "embedded-repository"
    case foreignOwner = "foreign-owner"
    case unsupportedRepository = "unsupported-repository"
    case damagedRepository = "damaged-repository"
    case missingObject = "missing-object"
    case shallow
    case unbornTrunk = "unborn-trunk"
    case noTrunk = "no-trunk"
    case noReleases = "no-releases"
    case severalPackages = "several-packages"
    case unknownRevision = "unknown-revision"
    case ambiguousRevision = "ambiguous-revision"
    case notAMerge = "not-a-merge"
    case emptyFix = "empty-fix"
    case tooLarge = "too-large"
    case offTrunk = "off-trunk"
    case trunkConflict = "trunk-conflict"
    case cannotRedo = "cannot-redo"
    case unknownLine = "unknown-line"
    case everyTargetBlocked = "every-target-blocked"
    case staleRefs = "stale-refs"
    case remoteUnreachable = "remote-unreachable"
    case noIdentity = "no-identity"
    case signing
    case planMismatch = "plan-mismatch"
    case refMoved = "ref-moved"
    case locked
    case interrupted
    case operationPending = "operation-pending"
    case incomplete
    case noOperation = "no-operation"
    case cannotUndo = "cannot-undo"
    case noRemote = "no-remote"
    case unsafeRemote = "unsafe-remote"
    case cannotPush = "cannot-push"
    case unresolvedLines = "unresolved-lines"
    case foreignCommits = "foreign-commits"
    case pushMismatch = "push-mismatch"
    case notAtomic = "not-atomic"
    case pushRejected = "push-rejected"
    case protectedBranch = "protected-branch"
    case noPushOptions = "no-push-options"
    case pushStopped = "push-stopped"
    case pushUnknown = "push-unknown"
    case embargoed
    case notEmbargoed = "not-embargoed"
    case severalEmbargoed = "several-embargoed"
    case staleEmbargo = "stale-embargo"
    case tooEarly = "too-early"
    case revealingName = "revealing-name"
    case tracing
    case rejectedByHook = "rejected-by-hook"
    case noVersions = "no-versions"
    case noSecurityPolicy = "no-security-policy"
    case policyExists = "policy-exists"
    case policyNotDeclared = "policy-not-declared"
    case noTableMarkers = "no-table-markers"
    case noWorktree = "no-worktree"
    case notConfirmed = "not-confirmed"
    case fileRefused = "file-refused"
    case noCase = "no-case"
    case caseExists = "case-exists"
    case damagedCase = "damaged-case"
    case caseRefused = "case-refused"
    case caseNotReady = "case-not-ready"
    case nothingToAdvise = "nothing-to-advise"
    case nothingAffected = "nothing-affected"
    case noPackage = "no-package"
    case advisoryMismatch = "advisory-mismatch"
    case notAnAdvisory = "not-an-advisory"
    case noForge = "no-forge"
    case noForgeProgram = "no-forge-program"
    case noToken = "no-token"
    case notPublished = "not-published"
    case noRequestMade = "no-request-made"
    case forge
    case git
    case io
  }

  /// What kind of failure it was.
  public let code: Code
  /// What it concerns: paths, names, ids; their meaning depends on the code.
  public let operands: [String]
  /// What the layer below said; may be empty.
  public let detail: String
  /// What a case lacks; nil for every other failure.
  public let refusal: CaseRefusal?

  /// Makes an error.
  public init(
    _ code: Code, _ operands: [String] = [], detail: String = "", refusal: CaseRefusal? = nil
  ) {
    self.code = code
    self.operands = operands
    self.detail = detail
    self.refusal = refusal
  }

  /// Translates an error of the store.
  public init(_ error: GitError) {
    switch error.code {
    case .foreignOwner: code = .foreignOwner
    case .unsupported: code = .unsupportedRepository
    case .tooLarge: code = .tooLarge
    case .notFound where error.operation == "find a repository": code = .notARepository
    case .notFound where error.operation == "open repository": code = .notARepository
    case .notFound where error.operation == "find revision": code = .unknownRevision
    case .ambiguous: code = .ambiguousRevision
    case .invalidSpecification: code = .unknownRevision
    case .notFound: code = .missingObject
    case .damaged: code = .damagedRepository
    case .locked: code = .locked
    case .other: code = .git
    }
    // Trees are named by their path, which the topmost one has not.
    let isNameless = error.code == .tooLarge && error.operand.isEmpty
    operands = [isNameless ? "the tree" : error.operand, error.operation]
    detail = error.detail
    refusal = nil
  }
}

/// Runs work on the store and translates its errors.
func store<Result: ~Copyable>(
  _ body: () throws(GitError) -> Result
) throws(BackportError) -> Result {
  do {
    return try body()
  } catch {
    throw BackportError(error)
  }
}
