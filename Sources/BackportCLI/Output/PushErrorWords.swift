import Backport

/// The words for what keeps an operation from being published.
struct PushErrorWords {
  let error: BackportError

  private var first: String { error.operands.first ?? "" }
  private var second: String { error.operands.count > 1 ? error.operands[1] : "" }
  private var third: String { error.operands.count > 2 ? error.operands[2] : "" }

  private func with(_ text: String) -> String {
    error.detail.isEmpty ? text : "\(text): \(error.detail)"
  }

  /// What failed, on which thing.
  var message: String {
    switch error.code {
    case .noRemote:
      first.isEmpty ? "there is no remote to push to" : "there is no remote '\(first)'"
    case .unsafeRemote: with("nothing is pushed to \(first), because of \(second)")
    case .cannotPush: "operation \(first) cannot be pushed: it is \(second)"
    case .unresolvedLines: "nothing was pushed: \(lines) of operation \(first) \(needs) a person"
    case .foreignCommits:
      "the push would also publish \(second == "1" ? "a commit" : "\(second) commits") that the "
        + "operation did not make: \(error.detail)"
    case .pushMismatch: with("git would not push to \(first) what was planned")
    case .notAtomic: "\(first) does not take several refs as one"
    case .pushRejected: with("\(first) refused the push")
    case .protectedBranch:
      with("\(first) refused the push, since it protects \(protected)")
    case .noPushOptions:
      "\(first) takes no push options, so that it makes no merge requests by them"
    case .pushStopped: with("the push to \(second) stopped after group \(third)")
    case .pushUnknown: with("what \(second) has taken is not known")
    default: EmbargoErrorWords(error: error).message
    }
  }

  private var lines: String {
    let names = error.operands.dropFirst()
    return (names.count == 1 ? "line " : "lines ") + names.joined(separator: ", ")
  }

  private var protected: String { error.operands.dropFirst().joined(separator: ", ") }

  private var needs: String { error.operands.count == 2 ? "needs" : "need" }

  /// What to do.
  var hint: String? {
    switch error.code {
    case .noRemote: "git remote add origin <url>"
    case .unsafeRemote:
      "git config --unset-all \(ShellWord.quoted(second)), or choose another remote"
    case .cannotPush: "git backport show \(first) shows where it stands"
    case .unresolvedLines: "git backport push --partial sends what is landed"
    case .foreignCommits: "push them first, or take the operation back"
    case .pushMismatch: "git config --get-regexp '^(push|remote)[.]' shows what widens a push"
    case .notAtomic:
      "push the refs that git backport show lists, branches first; git backport push then notes it"
    case .pushRejected: nil
    case .protectedBranch:
      "merge requests get there: git backport undo, then git backport apply --topic with the same fix, push "
        + "and git backport request; in a CI job publish.mode = request"
    case .noPushOptions:
      "git backport push and git backport request, which asks the forge by its API"
    case .pushStopped, .pushUnknown:
      "git backport push looks at what is there and sends what is missing"
    default: EmbargoErrorWords(error: error).hint
    }
  }
}
