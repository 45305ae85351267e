import Backport

/// The verdict on a line in words, the same in every form of output.
struct TargetVerdict {
  /// The verdict itself.
  let words: String
  /// What follows from it.
  let rest: String
  let meaning: StyledText.Meaning

  init(_ target: Target) {
    let version =
      target.topic.map { ", on \($0)" } ?? target.release.map { ", release \($0.version)" } ?? ""
    switch target.status {
    case .picked: self.init("picked", version, .good)
    case .unreleased: self.init("on the branch, not released yet", version, .good)
    case .alreadyApplied: self.init("already applied", "", .good)
    case .notAffected: self.init("not affected", "", .good)
    case .conflict: self.init("conflict", ", needs a person", .bad)
    case .empty: self.init("nothing left to pick", ", needs a person", .bad)
    case .blocked:
      self.init(
        "blocked", target.failsVerification ? ", failed its verification" : ", needs a person", .bad
      )
    case .skipped: self.init("skipped", "", .caution)
    }
  }

  private init(_ words: String, _ rest: String, _ meaning: StyledText.Meaning) {
    self.words = words
    self.rest = rest
    self.meaning = meaning
  }
}

extension Target.Status {
  /// Whether something is made, or tried, on the line.
  var isWork: Bool {
    switch self {
    case .picked, .unreleased, .conflict, .empty: true
    case .alreadyApplied, .notAffected, .blocked, .skipped: false
    }
  }
}

extension PlannedRelease {
  /// The kind of tag in words.
  var tagKind: String {
    let hasObject = tagObject != nil || unsignedTagObject != nil
    return isTagSigned ? "signed tag" : hasObject ? "annotated tag" : "lightweight tag"
  }
}
