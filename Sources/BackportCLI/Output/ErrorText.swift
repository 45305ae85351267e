import Backport

/// What is said of a failed run: what failed, on which thing, and what to do.
///
/// The one place where the codes of the libraries become words and an exit status.
struct ErrorText: Equatable, Sendable {
  /// A stable name for machines.
  let code: String
  /// What failed, lower case and without a full stop, as in git.
  let message: String
  /// What to do; nil when nothing is known that helps.
  let hint: String?
  /// How the run ends.
  let status: ExitStatus

  init(code: String, message: String, hint: String?, status: ExitStatus) {
    self.code = code
    self.message = message
    self.hint = hint
    self.status = status
  }

  /// The words for an error; `remote` is the upstream remote where it is known.
  init(_ error: BackportError, remote: String? = nil) {
    let words = ErrorWords(error: error, remote: remote)
    code = error.code.rawValue
    message = words.message
    hint = words.hint
    status = ErrorText.status(of: error)
  }

  /// The words for an error of a run that must not tell what it is about.
  init(hiding error: BackportError) {
    code = error.code.rawValue
    message = "\(EmbargoMask.word) the run failed: \(error.code.rawValue)"
    hint = "run it where nobody else reads the output to see more"
    status = ErrorText.status(of: error)
  }

  /// How the documents state it.
  var document: DocumentError { DocumentError(code: code, message: message, hint: hint) }

  /// The text for a person.
  func rendered(_ style: TextStyle) -> String {
    var page = TextPage(style)
    ErrorText.write(message, StyledText("error: ", .bad), to: &page)
    if let hint { ErrorText.write(hint, StyledText("hint: ", .caution), to: &page) }
    return page.text
  }

  private static func write(_ text: String, _ label: StyledText, to page: inout TextPage) {
    for (index, line) in text.split(whereSeparator: \.isNewline).enumerated() {
      page.line(
        index == 0 ? label + StyledText(line) : StyledText(line), indent: index == 0 ? 0 : 2,
        hanging: 2)
    }
  }

  private static func status(of error: BackportError) -> ExitStatus {
    switch error.code {
    case .usage, .configuration, .severalPackages, .unknownRevision, .ambiguousRevision,
      .notAMerge, .emptyFix, .unknownLine, .notConfirmed, .notAnAdvisory:
      .usage
    case .noOperation, .noRemote: error.operands.isEmpty ? .precondition : .usage
    case .unresolvedLines: .needsPerson
    case .embargoed, .tooEarly, .revealingName, .tracing, .caseRefused, .caseNotReady: .refused
    case .noCase: error.operands.isEmpty ? .precondition : .usage
    case .caseExists: .usage
    case .severalEmbargoed: .usage
    case .pushStopped, .pushUnknown: .remoteUnknown
    case .unsupportedRepository: .unsupported
    case .refMoved: .lostRace
    case .operationPending, .incomplete: .pending
    case .locked: .locked
    case .interrupted: .interrupted
    case .notARepository, .embeddedRepository, .foreignOwner, .damagedRepository, .missingObject,
      .shallow,
      .unbornTrunk, .noTrunk, .tooLarge, .noReleases, .offTrunk, .trunkConflict, .cannotRedo,
      .everyTargetBlocked, .staleRefs,
      .remoteUnreachable, .noIdentity, .signing, .planMismatch, .cannotUndo,
      .nothingToAdvise, .nothingAffected, .noPackage, .advisoryMismatch,
      .rejectedByHook, .fileRefused, .noVersions, .noSecurityPolicy, .policyExists,
      .policyNotDeclared, .noTableMarkers, .noWorktree,
      .unsafeRemote, .cannotPush, .foreignCommits, .pushMismatch, .notAtomic, .pushRejected,
      .protectedBranch, .noPushOptions, .noRequestMade,
      .notEmbargoed, .staleEmbargo, .damagedCase, .noForge, .noForgeProgram, .noToken,
      .notPublished, .forge,
      .git, .io:
      .precondition
    }
  }
}
