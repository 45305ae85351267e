public import GitStore

/// What came of one command on the planned tree of a line: `verification` of a target.
public struct Verification: Codable, Equatable, Sendable {
  /// How the command ended.
  public enum Status: String, Codable, Sendable, CaseIterable {
    /// With the status 0.
    case passed
    /// With another status, or by a signal, or because it wrote too much.
    case failed
    /// Not within its time; it was ended.
    case timedOut = "timed-out"
    /// It was not run, since the tree could not be written or one before it did not pass.
    case notRun = "not-run"
  }

  /// The command line, as the user gave it.
  public var command: String
  /// How it ended.
  public var status: Status
  /// Its exit status; nil when it did not end by itself, or was not run.
  @ExplicitNull public var exit: Int?
  /// Why, where the exit status does not tell.
  @ExplicitNull public var reason: String?
  /// How long it ran, to a tenth of a second.
  public var seconds: Double
  /// The tree that was tried: that of the release commit, or of the last pick.
  public var tree: ObjectID
  /// The path of its output; nil when it was not run.
  @ExplicitNull public var log: String?
  /// The last lines of its output when it did not pass, repaired to UTF-8.
  public var tail: [String]

  /// What is said of it, for people.
  public var finding: String { "verification: '\(command)' \(outcome)" }

  /// How it ended, for people.
  public var outcome: String {
    switch status {
    case .passed: "passed"
    case .failed:
      reason.map { "failed: \($0)" } ?? "failed with status \(exit.map(String.init) ?? "?")"
    case .timedOut: reason ?? "did not end in time"
    case .notRun: "was not run" + (reason.map { ": \($0)" } ?? "")
    }
  }
}

extension Target {
  /// Whether a command did not pass on the line.
  public var failsVerification: Bool {
    verification?.contains { $0.status != .passed } ?? false
  }

  /// The commit that would be tagged, else the last pick; nil when nothing is made of the line.
  var plannedCommit: ObjectID? {
    guard status == .picked || status == .unreleased else { return nil }
    if let release { return release.commit ?? release.unsignedCommit }
    let made = commits.last { $0.status == .picked }
    return made?.id ?? made?.unsignedId
  }
}

extension BackportPlan {
  /// The plan with what came of the commands on the same lines of another one.
  ///
  /// Where the tree is not the same the results are not taken for this one's.
  func keepingResults(of other: BackportPlan?) -> BackportPlan {
    var plan = self
    for index in plan.targets.indices where plan.targets[index].verification == nil {
      plan.targets[index].verification =
        other?.targets.first { $0.line == plan.targets[index].line }?.verification
    }
    return plan
  }
}

/// Something that happened while planned trees were tried, for whoever watches.
public enum VerificationEvent: Sendable {
  /// A line's commands have begun.
  case began(line: String)
  /// A command has ended.
  case ended(line: String, Verification)
}
