import Foundation
import TestSupport
import Testing

/// A `continue` that is killed: the next one finishes what it began, or begins it again.
@Suite("A continue that is killed", .serialized)
struct ContinueKillTests {
  private func waiting() throws -> TestRepository {
    let (repository, fix) = try HandCommandTests.project()
    let applied = try ProgramRun("apply", fix, "--yes", "--offline", in: repository)
    try #require(applied.status == 1, "\(applied.errors)")
    try HandCommandTests.resolve(repository)
    return repository
  }

  @Test(
    "leaves all of it or nothing to the next run",
    arguments: [
      (SystemCallFault.Victim.everything, SystemCallFault.Call.rename, 5),
      (.git, .rename, 2), (.program, .flush, 1), (.everything, .unlink, 2),
    ])
  func kills(victim: SystemCallFault.Victim, call: SystemCallFault.Call, samples: Int) throws {
    let probe = try waiting()
    guard let strace = SystemCallFault.strace(probe.environment) else {
      print("nothing was injected: strace is not installed; Scripts/prepare --tests installs it")
      return
    }
    let before = probe.refs()
    let arguments = ["continue", "--offline", "-q"]
    let total = try SystemCallFault.count(
      call, of: victim, arguments, strace: strace, in: probe.directory, probe.environment)
    let after = probe.refs()
    #expect(before["refs/tags/v0.2.1"] == nil && after["refs/tags/v0.2.1"] != nil)
    for number in points(total, samples) {
      let repository = try waiting()
      let fault = SystemCallFault(
        victim: victim, call: call, effect: "signal=KILL", when: "\(number)")
      _ = try fault.run(
        arguments, strace: strace, in: repository.directory, repository.environment)
      let context = Comment(rawValue: fault.description)
      let next = try ProgramRun("continue", "--offline", in: repository)
      // The killed run may have done everything but say so.
      #expect(next.status == 0 || next.status == 3, "\(context) \(next.errors)")
      let refs = repository.refs()
      #expect(Set(refs.keys) == Set(after.keys), context)
      #expect(repository.git("show", "v0.2.1:a b.txt").contains("check"), context)
      #expect(repository.git("rev-parse", "0.2") == refs["refs/tags/v0.2.1"], context)
      #expect(repository.git("worktree", "list").split(separator: "\n").count == 1, context)
      let fsck = try repository.git.attempt(["fsck", "--strict", "--full", "--no-dangling"])
      #expect(fsck.status == 0, context)
      let status = try ProgramRun("status", "--json", in: repository)
      #expect(DocumentSchema.value(status.output, "pending", "0", "id") == nil, context)
    }
  }

  /// The numbers from 1 on, spread evenly where only some are wanted.
  private func points(_ total: Int, _ samples: Int) -> [Int] {
    if FaultSeries.isWhole || total <= samples { return total == 0 ? [] : Array(1...total) }
    if samples == 1 { return [max(1, total * 2 / 3)] }
    return (0..<samples).map { 1 + $0 * (total - 1) / (samples - 1) }
  }
}
