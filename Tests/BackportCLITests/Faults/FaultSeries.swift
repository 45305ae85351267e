import Foundation
import TestSupport
import Testing

/// The same fault at one call after the other.
struct FaultSeries {
  /// Whether every call has its turn, and not a sample only.
  static let isWhole = ProcessInfo.processInfo.environment["GIT_BACKPORT_ALL"] == "1"
  /// What random choices begin with; printed with every failure.
  static let seed =
    ProcessInfo.processInfo.environment["GIT_BACKPORT_SEED"].flatMap { UInt64($0) } ?? 6

  let project: FaultProject
  private let strace: String?

  init() throws {
    project = try FaultProject()
    strace = SystemCallFault.strace(project.environment)
  }

  /// Kills at every call of every kind, or at as many of a kind as `samples` says.
  func kill(
    _ victim: SystemCallFault.Victim, samples: [SystemCallFault.Call: Int], undoing: Bool = false
  ) throws {
    for call in SystemCallFault.Call.allCases where Self.isWhole || samples[call] != nil {
      let met = try inject(
        "signal=KILL", at: call, of: victim, samples: samples[call] ?? 0, undoing: undoing
      ) { _, _ in }
      Self.report("killed at \(call) of \(victim)" + (undoing ? ", undoing" : ""), met)
    }
  }

  /// Refuses one call, or with `more` that and all later ones.
  func fail(_ call: SystemCallFault.Call, error: String, more: String) throws {
    // The program's own writes are also those by which its threads wake each other: no disk refuses
    // these, and without them it sleeps.
    let victims: [SystemCallFault.Victim] = call == .write ? [.git] : [.git, .program]
    for victim in victims where Self.isWhole || victim == .git {
      let met = try inject(
        "error=\(error)", at: call, of: victim, samples: 1, more: more
      ) { result, check in
        #expect([0, 1, 2, 3, 7, 8, 75, 127].contains(result.status), "\(check.fault)")
        if result.status == 0 { #expect(check.outcome == .new, "\(check.fault)") }
      }
      Self.report("\(error)\(more) at \(call) of \(victim)", met)
    }
  }

  private func inject(
    _ effect: String, at call: SystemCallFault.Call, of victim: SystemCallFault.Victim,
    samples: Int, more: String = "", undoing: Bool = false,
    look: (ProcessResult, FaultCheck) throws -> Void
  ) throws -> [FaultCheck.Outcome: Int] {
    guard let strace else {
      print("nothing was injected: strace is not installed; Scripts/prepare --tests installs it")
      return [:]
    }
    let arguments = undoing ? ["undo"] : project.applyArguments
    let probe = try copy(landed: undoing)
    let total = try SystemCallFault.count(
      call, of: victim, arguments, strace: strace, in: probe.directory, project.environment)
    project.discard(probe)
    var met: [FaultCheck.Outcome: Int] = [:]
    for number in points(total, samples) {
      let fault = SystemCallFault(
        victim: victim, call: call, effect: effect, when: "\(number)\(more)")
      let copy = try copy(landed: undoing)
      let result = try fault.run(
        arguments, strace: strace, in: copy.directory, project.environment)
      let check = FaultCheck(project: project, copy: copy, fault: fault.description)
      try look(result, check)
      met[try check.recover(), default: 0] += 1
      if Self.isWhole { try check.finish() }
      project.discard(copy)
    }
    return met
  }

  private func copy(landed: Bool) throws -> FaultProject.Copy {
    let copy = try project.copy()
    if landed {
      let run = try ProgramRun(
        project.applyArguments, in: copy.directory, environment: project.environment)
      try #require(run.status == 0, "\(run.errors)")
    }
    return copy
  }

  /// The numbers from 1 on, spread evenly where only some are wanted.
  private func points(_ total: Int, _ samples: Int) -> [Int] {
    if Self.isWhole || total <= samples { return total == 0 ? [] : Array(1...total) }
    if samples == 1 { return [max(1, total * 2 / 3)] }
    return (0..<samples).map { 1 + $0 * (total - 1) / (samples - 1) }
  }

  /// Says how many runs were met in which state, in the long run.
  static func report(_ what: String, _ met: [FaultCheck.Outcome: Int]) {
    guard isWhole else { return }
    let counts = [FaultCheck.Outcome.old, .mixed, .new].map { "\($0.rawValue) \(met[$0] ?? 0)" }
    print("\(what): \(counts.joined(separator: ", "))")
  }
}
