import ArgumentParser
import Backport
import ReleaseModel

/// The words for each code of an error.
struct ErrorWords {
  let error: BackportError
  let remote: String?

  private var detail: String { error.detail.trimmed }
  /// Operands are names, of which a line end is only one more strange character.
  private var operands: [String] { error.operands.map { TextEscape.line($0) } }
  private var first: String { operands.first ?? "" }
  private var second: String { operands.count > 1 ? operands[1] : "" }
  private var remoteName: String { ShellWord.quoted(remote ?? "origin") }

  /// A text with what the layer below said behind it.
  private func with(_ text: String) -> String { detail.isEmpty ? text : "\(text): \(detail)" }

  /// What failed, on which thing.
  var message: String {
    switch error.code {
    case .usage: with(first)
    case .configuration:
      second.isEmpty || detail.contains(second) ? with(first) : with("\(first): \(second)")
    case .severalPackages:
      "the tags belong to several packages: \(operands.joined(separator: ", "))"
    case .unknownRevision: "'\(first)' names no commit here"
    case .ambiguousRevision: "'\(first)' could be several objects"
    case .notAMerge: "-m was given, but \(first) is not a merge"
    case .emptyFix: "\(operands.joined(separator: " ")) changes nothing"
    case .tooLarge: with("\(first) is too large")
    case .incomplete: with("git was stopped while it moved refs")
    case .offTrunk: offTrunk
    case .trunkConflict: with("\(first) does not go onto \(second)")
    case .cannotRedo: with("operation \(first) cannot be made again and stays as it is")
    case .unknownLine: "\(second) \(first): there is no such release line"
    case .notConfirmed: with("nothing was \(first == "push" ? "pushed" : "landed")")
    case .noOperation:
      first.isEmpty
        ? "there is no \(detail.isEmpty ? "" : "\(detail) ")operation to take"
        : "there is no operation '\(first)'"
    case .cannotUndo: "operation \(first) cannot be undone: it is \(second)"
    case .noRemote, .unsafeRemote, .cannotPush, .unresolvedLines, .foreignCommits, .pushMismatch,
      .notAtomic, .pushRejected, .protectedBranch, .noPushOptions, .pushStopped, .pushUnknown,
      .embargoed, .notEmbargoed,
      .severalEmbargoed, .staleEmbargo, .tooEarly, .revealingName, .tracing:
      PushErrorWords(error: error).message
    case .interrupted: "interrupted; nothing was landed"
    case .noCase, .caseExists, .damagedCase, .caseRefused, .caseNotReady:
      CaseErrorWords(error: error).message
    case .refMoved, .locked, .operationPending, .planMismatch, .rejectedByHook: contention
    case .git, .io: with(second.isEmpty ? "\(first) failed" : "\(first): \(second) failed")
    default: precondition
    }
  }

  private var offTrunk: String {
    let trunk = operands.last ?? "the trunk"
    return "\(operands.dropLast().joined(separator: " ")) is not on \(trunk)"
  }

  private var precondition: String {
    switch error.code {
    case .notARepository: "not a git repository, nor is any directory above it"
    case .embeddedRepository: "\(first) is a bare repository inside the working tree \(second)"
    case .foreignOwner: "\(first) belongs to another user"
    case .unsupportedRepository: with("a kind of repository that is not supported")
    case .damagedRepository: with("\(first) cannot be read (\(second))")
    case .missingObject: with("object \(first) is missing")
    case .shallow: with("the clone is shallow, and the job needs all of the history")
    case .unbornTrunk: "branch \(first) has no commit yet"
    case .noTrunk:
      first.isEmpty ? "no default branch was found" : "there is no branch \(first) to be the trunk"
    case .noReleases: with("no tag is a release")
    case .everyTargetBlocked:
      first.isEmpty
        ? with("every line is blocked")
        : with("branch \(first) is in use by the worktree \(second)")
    case .staleRefs: with("what is known of the remote is out of date")
    case .remoteUnreachable: with("remote \(first) cannot be asked")
    case .noIdentity: with("there is no name or mail address to commit with")
    case .signing: with(first.isEmpty ? "signing failed" : "signing with \(first) failed")
    case .fileRefused: with(first)
    case .nothingToAdvise, .nothingAffected, .noPackage, .advisoryMismatch, .notAnAdvisory:
      AdvisoryErrorWords(error: error).message
    default: policy
    }
  }

  private var policy: String {
    switch error.code {
    case .noVersions: with("no version in the list is a release")
    case .noSecurityPolicy: "there is no \(first)"
    case .policyExists:
      second.isEmpty ? "\(first) is there already" : "\(first) is there already, on \(second)"
    case .policyNotDeclared:
      first == "default"
        ? "no policy is declared that a table could be written from"
        : "\(first) is itself the policy; a table written there would change it"
    case .noTableMarkers: with("\(first) has no place for the table")
    case .noWorktree: "a bare repository has no worktree to write to"
    case .noForge, .noForgeProgram, .noToken, .notPublished, .noRequestMade, .forge:
      RequestErrorWords(error: error).message
    default: with(error.code.rawValue)
    }
  }

  private var contention: String {
    switch error.code {
    case .refMoved where operands.count > 2:
      "\(first) has moved: expected \(ErrorWords.short(second)), "
        + "found \(ErrorWords.short(operands[2]))"
    case .refMoved: with("\(first) has moved")
    case .locked: with("\(first) is locked by another run")
    case .operationPending where error.isWaiting:
      "operation \(first) waits for a hand on \(operands.dropFirst().joined(separator: ", "))"
    case .operationPending: with("operation \(first) is not finished, at \(second)")
    case .planMismatch: "the plan does not come out the same any more"
    default: with("a reference-transaction hook refused \(first)")
    }
  }

  private static func short(_ id: String) -> String {
    id.count >= 40 ? String(id.prefix(7)) : id
  }

  /// What to do.
  var hint: String? {
    switch error.code {
    case .usage where !second.isEmpty: "the lines are \(second)"
    case .usage: "git backport --help lists what each verb takes"
    case .configuration: nil
    case .severalPackages: "choose one with --package \(first)"
    case .unknownRevision where first.hasPrefix("-"):
      "options go before --, revisions behind it"
    case .unknownRevision: unknownRevisionHint
    case .ambiguousRevision: "give more digits"
    case .notAMerge: "leave -m out"
    case .emptyFix: "name the commit that makes the change"
    case .offTrunk: "merge it first, take it there with --land-trunk, or go on with --off-trunk"
    case .trunkConflict: "merge it by hand first; nothing was written"
    case .cannotRedo: "git backport show \(first) shows where it stands"
    case .unknownLine: detail.isEmpty ? nil : "the lines are \(detail)"
    case .notConfirmed where first == "push": "--yes pushes without asking"
    case .notConfirmed: "--yes lands without asking; apply --plan lands a saved plan"
    case .noOperation: "git backport log lists the operations"
    case .cannotUndo where detail.contains("git revert"):
      "what is published is mended forward, line by line:\n\(detail)"
    case .cannotUndo: "git backport show \(first) shows where it stands"
    case .noRemote, .unsafeRemote, .cannotPush, .unresolvedLines, .foreignCommits, .pushMismatch,
      .notAtomic, .pushRejected, .protectedBranch, .noPushOptions, .pushStopped, .pushUnknown,
      .embargoed, .notEmbargoed,
      .severalEmbargoed, .staleEmbargo, .tooEarly, .revealingName, .tracing:
      PushErrorWords(error: error).hint
    case .refMoved where operands.count > 3:
      "nothing was written; git backport redo makes the operation again on today's tips, "
        + "git backport skip \(ShellWord.quoted(operands[3]))=<reason> gives the line up"
    case .noCase, .caseExists, .damagedCase, .caseRefused, .caseNotReady:
      CaseErrorWords(error: error).hint
    case .refMoved: "make the plan again; nothing was written"
    case .locked: "try again when it is done"
    case .operationPending where error.isWaiting:
      "git backport continue takes what is resolved, skip <line>=<reason> gives a line up, abort "
        + "puts everything back"
    case .operationPending:
      "git backport show \(first) shows what it moves; git backport abort \(first) puts that back"
    case .incomplete: "git backport continue goes on with it; git backport abort puts it back"
    case .planMismatch: "make and save the plan again with this version of the program"
    case .rejectedByHook: "nothing was written; see .git/hooks/reference-transaction"
    case .git, .io, .interrupted: nil
    case .nothingToAdvise, .nothingAffected, .noPackage, .advisoryMismatch, .notAnAdvisory:
      AdvisoryErrorWords(error: error).hint
    default: remedy
    }
  }

  /// What makes a repository of another format readable, where something does.
  private var formatRemedy: String {
    if detail.contains("reftable") { return "git refs migrate --ref-format=files" }
    if detail.contains("sha256") { return "only repositories of SHA-1 objects can be read" }
    return "git config --unset <extension>, if nothing here needs it"
  }

  /// The nearest verb, else the nearest name of a branch or tag, which stands in the detail.
  private var unknownRevisionHint: String {
    let near = nearestVerb ?? (detail.isEmpty ? nil : "did you mean '\(detail)'?")
    guard nearestVerb == nil, remote != nil else {
      return near ?? "git log --oneline --all lists the commits that are here"
    }
    let fetch = "if it is newer than this clone: git fetch --tags \(remoteName)"
    return near.map { "\($0)\n\(fetch)" } ?? fetch
  }

  /// A misspelt verb is taken for a revision, since `plan` needs no naming.
  private var nearestVerb: String? {
    let verbs = GitBackportCommand.configuration.subcommands.compactMap {
      $0.configuration.commandName
    }
    return Spelling.nearest(to: first, among: verbs).map { "did you mean 'git backport \($0)'?" }
  }

  private var remedy: String? {
    switch error.code {
    case .notARepository: "run it inside the project's clone, or name that with -C <dir>"
    case .embeddedRepository:
      "GIT_DIR=\(ShellWord.quoted(first)) git backport <verb> takes it all the same"
    case .foreignOwner:
      "git config --global --add safe.directory \(ShellWord.quoted(first))"
    case .unsupportedRepository: formatRemedy
    case .damagedRepository: "git fsck --full"
    case .shallow where operands.count > 2: CheckoutRemedy.text(operands[2])
    case .missingObject where operands.count > 2: CheckoutRemedy.text(operands[2])
    case .noReleases where operands.count > 1 && second != "plain": CheckoutRemedy.text(second)
    case .missingObject: "in a partial clone: git fetch --refetch --no-filter \(remoteName)"
    case .shallow: "git fetch --unshallow \(ShellWord.quoted(first))"
    case .unbornTrunk:
      remote == nil ? "make the first commit" : "git fetch \(remoteName), or make the first commit"
    case .noTrunk: "git config backport.trunk <branch>"
    case .noReleases where detail.contains("shallow"):
      "git fetch --unshallow --tags \(ShellWord.quoted(first))"
    case .noReleases:
      "git fetch --tags \(ShellWord.quoted(first)), or set tags.pattern in .gitbackport"
    case .everyTargetBlocked where first.isEmpty: "each line says what is in its way"
    case .everyTargetBlocked:
      detail.contains("not committed")
        ? "commit or stash them first" : "--update-worktree moves a clean worktree along"
    case .staleRefs where second == "push":
      "git fetch --tags \(ShellWord.quoted(first)), then undo the operation and apply it again"
    case .remoteUnreachable where second == "push":
      "git ls-remote \(ShellWord.quoted(first)) must work without asking anything"
    case .staleRefs: "git fetch --tags \(ShellWord.quoted(first)), then make the plan again"
    case .remoteUnreachable: "--offline goes on without asking the remote"
    case .signing:
      "nothing was written; git config user.signingKey <key>, or go on with --no-gpg-sign"
    case .noIdentity:
      "git config user.name '<name>' and git config user.email '<mail>'"
    default: policyRemedy
    }
  }

  private var policyRemedy: String? {
    switch error.code {
    case .noVersions: "a line is VERSION or VERSION<TAB>YYYY-MM-DD"
    case .noSecurityPolicy: "name one with --security-md <file>"
    case .policyExists where detail == "init":
      "--force replaces it; git backport init --stdout shows what would be written"
    case .policyExists: "git backport policy import --stdout shows what would be written"
    case .policyNotDeclared:
      first == "default"
        ? "declare one with support = ... in the [policy] section of .gitbackport"
        : "git backport policy import makes a .gitbackport of it; commit that first"
    case .noTableMarkers:
      "put these two lines where the table goes: \(SupportedVersionsTable.openingMarker) and "
        + SupportedVersionsTable.closingMarker
    case .noWorktree: "--stdout prints the file"
    case .noForge, .noForgeProgram, .noToken, .notPublished, .noRequestMade, .forge:
      RequestErrorWords(error: error).hint
    default: nil
    }
  }
}

extension String {
  /// The text without blanks and line ends around it.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.first?.isWhitespace == true { text.removeFirst() }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
