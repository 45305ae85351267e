/// What a rule would make of a stretch in conflict, for a person to take or to leave.
///
/// None of these is right often enough to be landed silently (picking.md).
public struct HunkProposal: Hashable, Sendable {
  /// The rules, the most trustworthy first.
  public enum Kind: String, Codable, Hashable, Sendable, CaseIterable {
    /// Both sides changed neighbouring lines and not the same ones.
    case touchingEdits = "touching-edits"
    /// The line does not have what the fix changes there.
    case absentBlock = "absent-block"
    /// Both sides changed different words.
    case words
    /// What a newer line made of the fix applies to the file.
    case newerLine = "newer-line"
    /// The line does not have the file at all.
    case absentFile = "absent-file"
  }

  /// The rule.
  public var kind: Kind
  /// What would stand there, as lines with their line ends.
  public var lines: [[UInt8]]
}

extension HunkProposal.Kind {
  /// How often the rule gave what people made by hand, on real conflicts.
  public var trust: String {
    switch self {
    case .touchingEdits: "right for 61 % of 210 files in real conflicts"
    case .absentBlock: "right for 64 % of 33 files in real conflicts"
    case .words: "right for 45 % of 55 files in real conflicts"
    case .newerLine: "right for 84 % of 38 files in real conflicts"
    case .absentFile: "right for 90 % of 111 files in real conflicts"
    }
  }

  /// What the rule found, for people.
  var detail: String {
    switch self {
    case .touchingEdits: "both sides changed lines next to each other: take both"
    case .absentBlock: "the line does not have what the fix changes here: keep it as it is"
    case .words: "both sides changed different words: take both"
    case .newerLine: "a newer line's change applies"
    case .absentFile: "the line does not have the file, so leave the change to it out"
    }
  }
}
