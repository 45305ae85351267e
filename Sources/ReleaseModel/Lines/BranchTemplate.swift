/// The form that the names of release branches have, with a place for the numbers.
public struct BranchTemplate: Hashable, Sendable, CustomStringConvertible {
  /// Everything before the first number.
  let start: String
  /// What stands between the numbers.
  let separator: String
  /// Everything behind the last number.
  let end: String

  /// The name of the branch with these numbers.
  public func name(of line: LineName) -> String {
    let numbers = line.text.split(separator: ".").joined(separator: separator)
    return start + numbers + end
  }

  /// The form with `{line}` for the numbers.
  public var description: String { "\(start){line}\(end)" }
}
