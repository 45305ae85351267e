import Backport

/// The words for what keeps an advisory from being written or read.
struct AdvisoryErrorWords {
  let error: BackportError

  private var operands: [String] { error.operands.map { TextEscape.line($0) } }
  private var first: String { operands.first ?? "" }
  private var detail: String { TextEscape.line(error.detail) }

  /// What failed, on which thing.
  var message: String {
    switch error.code {
    case .nothingToAdvise: "operation \(first) has nothing to tell: \(detail)"
    case .nothingAffected: "no tagged version has the flaw that \(first) repairs"
    case .noPackage: "there is neither a package nor a public repository to name"
    case .notAnAdvisory: "\(first) is no advisory in OSV, GitHub's, CVE's or CSAF's JSON"
    case .advisoryMismatch where operands.count > 2:
      "the \(first) file would be wrong about \(operands[1]) (tag \(operands[2])): \(detail)"
    default: "the \(first) file would be wrong: \(detail)"
    }
  }

  /// What to do.
  var hint: String? {
    switch error.code {
    case .nothingToAdvise:
      "git backport log lists the operations; a fix can be named by its commits"
    case .nothingAffected:
      "see whether --introduced names the right commit, and whether the tags were fetched"
    case .noPackage: "name one with --purl pkg:<type>/<name>, or --repository <url>"
    case .notAnAdvisory: nil
    default:
      "nothing was written; --introduced and --purl tell what the flaw and the package are, and "
        + "tags of odd names are read with tags.pattern in .gitbackport"
    }
  }
}
