public import GitStore

extension Conflict {
  /// What a rule would make of something in conflict; never landed by itself.
  public struct Proposal: Codable, Equatable, Sendable {
    /// The rule: `touching-edits`, `absent-block`, `words`, `newer-line` or `absent-file`.
    public var kind: String
    /// What it found, for people.
    public var detail: String
    /// What would stand in the place of a stretch; for a whole file the difference to the target's.
    public var lines: [String]
    /// How often the rule gave what people made by hand.
    public var trust: String
  }

  /// What became of the same place on the nearest newer line that has the fix.
  public struct NewerLine: Codable, Equatable, Sendable {
    /// How the fix got into the file there.
    public enum Outcome: String, Codable, Sendable, CaseIterable {
      /// The trunk's change applied as it was.
      case clean
      /// It had the same stretch in conflict, and somebody resolved it.
      case resolvedSame = "resolved-same"
      /// Another stretch of the file was in conflict, and somebody resolved it.
      case resolvedOther = "resolved-other"
      /// It has the fix in a form of its own.
      case ownForm = "own-form"
      /// The change to the file was left out.
      case leftOut = "left-out"
    }

    /// The newer release line.
    public var line: String
    /// Its commit.
    public var commit: ObjectID
    /// How the fix got into the file.
    public var outcome: Outcome
  }
}
