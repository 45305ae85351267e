/// What keeps the advisory of a case from being public.
public enum CaseAdvisoryProblem: Hashable, Sendable {
  /// The flaw has no name.
  case title
  /// Nobody has said what the flaw lets somebody do.
  case impact
  /// It is not said which version of this line is the fixed one.
  case fixedVersion(String)
  /// None can be made, for this reason.
  case unmade(String)
  /// The case says of a line what git does not say.
  case contradiction(String)
  /// The file, by its path, says of a version what git does not say.
  case wrong(file: String, String)

  /// The problem as a sentence without its full stop.
  public var text: String {
    switch self {
    case .title: "it has no title"
    case .impact: "it does not say what somebody can do with the flaw"
    case .fixedVersion(let line): "it does not say which version of \(line) is the fixed one"
    case .unmade(let reason): "it cannot be made: \(reason)"
    case .contradiction(let text): text
    case .wrong(let file, let text): "\(file): \(text)"
    }
  }
}
