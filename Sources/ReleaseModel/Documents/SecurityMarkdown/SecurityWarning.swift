/// Something about a SECURITY.md that a person should look at.
public struct SecurityWarning: Sendable, Hashable {
  /// What is wrong; the raw value is its code in documents.
  public enum Code: String, Sendable, Hashable, CaseIterable {
    /// A row tells an end of support that is not understood; the row counts without it.
    case endNotUnderstood = "end-not-understood"
    /// A row about versions is not understood; what it may be about is unknown.
    case notUnderstood = "not-understood"
    /// Two rows say opposite things of the same versions.
    case contradiction
    /// The text is GitHub's template, and its versions are not this project's.
    case template
    /// The rows are about several packages that differ on a line, and none was chosen.
    case packages
    /// What the sentences say and what the table says differ for a line.
    case proseDiffers = "prose-differs"
    /// The file is longer than what is read.
    case truncated
  }

  /// What is wrong.
  public var code: Code
  /// Where, when it is at one place.
  public var source: SecuritySource?
  /// The lines, packages or further rows that it is about, as they are printed.
  public var operands: [String]

  /// The warning about these operands.
  public init(_ code: Code, source: SecuritySource? = nil, operands: [String] = []) {
    self.code = code
    self.source = source
    self.operands = operands
  }

  /// The warning in words for a person.
  public var message: String {
    let list = operands.joined(separator: ", ")
    let place = source.map { " (line \($0.line): \($0.text))" } ?? ""
    switch code {
    case .endNotUnderstood: return "the end of support is not understood\(place)"
    case .notUnderstood: return "the row is not understood\(place)"
    case .contradiction: return "two rows say opposite things of \(list)\(place)"
    case .template:
      return "the table is the untouched template of a new SECURITY.md, not a policy"
    case .packages: return "the packages \(list) differ, and none was chosen"
    case .proseDiffers: return "the sentences and the table differ for \(list)\(place)"
    case .truncated: return "the file is longer than what is read of it"
    }
  }
}
