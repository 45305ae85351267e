/// Why a transaction did not move its refs.
package struct RefTransactionError: Error, Sendable {
  package enum Code: Sendable, Equatable {
    /// A ref is not what was expected: somebody moved, made or deleted it.
    case moved
    /// A lock file was held for longer than the time allowed.
    case locked
    /// Another ref stands where a directory is needed, or the other way round.
    case blockedByRef
    /// A hook `reference-transaction` said no.
    case rejectedByHook
    /// The caller's check between prepare and commit threw; `underlying` is what it threw.
    case vetoed
    /// An edit says nothing, or names the same ref as another; nothing was started.
    case invalidEdit
    /// Git refused a name or an object.
    case refused
    /// It took too long; git was ended before it was told to commit.
    case deadlinePassed
    /// The task was cancelled before git was told to commit.
    case cancelled
    /// Git could not be started, or ended without one of the reasons above.
    case failed
    /// Git was told to commit and did not say that it had.
    ///
    /// Any of the refs may have moved: read them again. In all other cases none has.
    case incomplete
  }

  package var code: Code
  /// The ref that git named.
  package var ref: String?
  /// Git's own words.
  package var message: String
  package var underlying: (any Error)?

  package init(
    _ code: Code, ref: String? = nil, message: String = "", underlying: (any Error)? = nil
  ) {
    self.code = code
    self.ref = ref
    self.message = message
    self.underlying = underlying
  }
}

extension RefTransactionError {
  /// Reads git's reason for not preparing; see `refs.c` and `refs/files-backend.c` in git.
  init(prepareFailure message: String) {
    self.init(Self.code(of: message), ref: Self.quoted(in: message), message: message)
  }

  private static func code(of message: String) -> Code {
    let reasons: [(String, Code)] = [
      ("aborted by hook", .rejectedByHook),
      ("aborted by the reference-transaction hook", .rejectedByHook),
      ("exists; cannot create", .blockedByRef),
      ("at the same time", .blockedByRef),
      ("blocking reference", .blockedByRef),
      ("unable to create directory for", .blockedByRef),
      ("but expected", .moved),
      ("reference already exists", .moved),
      ("unable to resolve reference", .moved),
      (": File exists", .locked),
      ("invalid ref format", .refused),
      ("refusing to update ref with bad name", .refused),
      ("nonexistent object", .refused),
      ("non-commit object", .refused),
      ("multiple updates for", .invalidEdit),
    ]
    return reasons.first { message.contains($0.0) }?.1 ?? .failed
  }

  /// The first ref between single quotes: `cannot lock ref 'refs/heads/x': …`.
  private static func quoted(in message: String) -> String? {
    message.split(separator: "'").first { $0.hasPrefix("refs/") }.map(String.init)
  }
}
