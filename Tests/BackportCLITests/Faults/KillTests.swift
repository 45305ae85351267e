import Foundation
import TestSupport
import Testing

/// Runs that are killed: the next one finishes what they began, or takes it back.
@Suite("A run that is killed", .serialized)
struct KillTests {
  private let series: FaultSeries

  init() throws { series = try FaultSeries() }

  @Test("at a rename, link, unlink, open, write or flush of its own")
  func program() throws {
    try series.kill(.program, samples: [.rename: 1, .open: 1, .flush: 1])
  }

  @Test("together with the git that stores objects or moves references")
  func everything() throws {
    try series.kill(.everything, samples: [.rename: 3, .write: 1])
  }

  @Test("by losing the git that stores objects or moves references")
  func child() throws {
    try series.kill(.git, samples: [.rename: 3, .link: 1, .flush: 1])
  }

  @Test("with all its children, at any moment")
  func session() throws {
    let project = series.project
    var generator = SeededGenerator(seed: FaultSeries.seed)
    let whole = try project.copy()
    let start = ContinuousClock.now
    _ = try ProgramRun(
      project.applyArguments, in: whole.directory, environment: project.environment)
    let duration = (ContinuousClock.now - start) / .milliseconds(1)
    project.discard(whole)
    var met: [FaultCheck.Outcome: Int] = [:]
    for number in 0..<(FaultSeries.isWhole ? 200 : 2) {
      let delay = Int.random(in: 0..<Int(duration * 1.1) + 1, using: &generator)
      let copy = try project.copy()
      try SessionKill.run(
        project.applyArguments, after: .milliseconds(delay), in: copy.directory,
        project.environment)
      let check = FaultCheck(
        project: project, copy: copy,
        fault: "kill \(number) after \(delay) ms, seed \(FaultSeries.seed)")
      met[try check.recover(), default: 0] += 1
      if FaultSeries.isWhole { try check.finish() }
      project.discard(copy)
    }
    FaultSeries.report("killed at random with all children", met)
  }

  @Test("while it takes an operation back")
  func undo() throws {
    try series.kill(.everything, samples: [.rename: 1, .unlink: 2], undoing: true)
    if FaultSeries.isWhole { try series.kill(.git, samples: [:], undoing: true) }
  }
}

/// Runs to which the system says no.
@Suite("A run to which the system refuses something", .serialized)
struct RefusalTests {
  private let series: FaultSeries

  init() throws { series = try FaultSeries() }

  @Test(
    "leaves everything as it was, or finishes",
    arguments: [
      (SystemCallFault.Call.write, "ENOSPC", "+"), (.write, "EIO", ""), (.flush, "EIO", ""),
      (.open, "EMFILE", "+"), (.open, "ENOSPC", ""), (.rename, "EIO", ""), (.link, "EPERM", ""),
      (.makeDirectory, "ENOSPC", "+"), (.write, "EINTR", ""), (.unlink, "EIO", ""),
    ])
  func refusal(call: SystemCallFault.Call, error: String, more: String) throws {
    try series.fail(call, error: error, more: more)
  }
}
