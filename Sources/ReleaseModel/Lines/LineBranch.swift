/// A branch that exists, locally or on the remote.
public enum BranchReference: Hashable, Sendable {
  /// A local branch.
  case local(String)
  /// A branch of the remote, named without the remote.
  case remote(String)

  /// The name of the branch.
  public var name: String {
    switch self {
    case .local(let name), .remote(let name): name
    }
  }
}

/// Where a release line is released.
public struct LineBranch: Hashable, Sendable {
  /// Whether the branch is there.
  public enum State: Hashable, Sendable {
    /// A local branch.
    case exists(String)
    /// A branch that only the remote has.
    case remote(String)
    /// The trunk, for the newest line without a branch of its own.
    case trunk
    /// A branch to be made from the line's newest tag; nil when only the tag is to stay.
    case create(String?)
  }

  /// The line.
  public let line: LineName
  /// Where it is released.
  public let state: State
  /// Why, in words.
  public let reason: String
  /// Other branches that could be meant: variants such as `-sec`, and those without the newest tag.
  public let offered: [String]
}
