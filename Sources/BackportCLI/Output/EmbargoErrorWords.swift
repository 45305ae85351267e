import Backport

/// The words for what an embargo forbids.
struct EmbargoErrorWords {
  let error: BackportError

  private func operand(_ index: Int) -> String {
    index < error.operands.count ? error.operands[index] : ""
  }

  private var first: String { operand(0) }
  private var second: String { operand(1) }

  /// Whether it is about a case, and not about an operation.
  private var isCase: Bool { error.code == .embargoed && error.detail == "case" }

  /// Whether a worktree stands on a branch that has to move.
  private var isOfWorktree: Bool { error.detail == "worktree" }

  /// What failed, on which thing.
  var message: String {
    switch error.code {
    case .notEmbargoed: "operation \(first) is not under embargo: it is \(second)"
    case .severalEmbargoed: "several operations are under embargo"
    case .staleEmbargo where isOfWorktree:
      "branch \(second) is in use by the worktree \(operand(2))"
    case .staleEmbargo: "\(second) has moved since operation \(first) was made"
    case .tooEarly: "operation \(first) is not to be disclosed before \(second)"
    case .revealingName: "the name \(first) would tell what the fix is about: '\(second)'"
    case .tracing: "\(first) is set, which prints what is kept under embargo"
    default:
      "\(isCase ? "case" : "operation") \(first) is under embargo, and \(second) can be seen by "
        + "everyone"
    }
  }

  /// What to do.
  var hint: String? {
    switch error.code {
    case .notEmbargoed: "git backport status lists those that are"
    case .severalEmbargoed: "name one: " + error.operands.joined(separator: ", ")
    case .staleEmbargo where isOfWorktree:
      "git -C \(ShellWord.quoted(operand(2))) switch --detach, then git backport disclose \(first)"
    case .staleEmbargo:
      "git backport undo \(first), then apply the fix again, with --embargo"
    case .tooEarly: "wait until then, and see that this machine's clock is right"
    case .embargoed where isCase:
      "without --out the advisory is written beside the record, for you alone"
    case .revealingName:
      "set branches.create or branch.<line>.name in .gitbackport to a name that says nothing"
    case .tracing: "unset \(first)"
    default:
      "git backport disclose \(first) publishes it once its time has come; a remote that few can "
        + "see is one with backport.remote.<name>.class = private in git config"
    }
  }
}
