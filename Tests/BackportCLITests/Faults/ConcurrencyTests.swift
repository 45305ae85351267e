import Dispatch
import Foundation
import Synchronization
import TestSupport
import Testing

/// Several runs at once, and runs beside the git of somebody else.
@Suite("Runs at the same time", .serialized)
struct ConcurrencyTests {
  private let project: FaultProject

  init() throws { project = try FaultProject() }

  /// Two runs of one plan with something beside them; gives the statuses of the runs, and what they
  /// said of their errors.
  private func round(
    beside commands: [[String]], in copy: FaultProject.Copy
  ) -> (statuses: [Int32], errors: String) {
    let statuses = Statuses()
    let arguments = project.applyArguments
    DispatchQueue.concurrentPerform(iterations: 2 + commands.count) { index in
      if index < 2 {
        let run = try? ProgramRun(
          arguments, in: copy.directory, environment: project.environment)
        statuses.add(run?.status ?? -1, run?.errors ?? "")
      } else {
        for _ in 0..<3 { _ = try? copy.repository.attempt(commands[index - 2]) }
      }
    }
    return (statuses.all, statuses.errors)
  }

  @Test(
    "have one winner, and lose no reference and no object",
    arguments: [
      [["gc", "-q", "--prune=now"]], [["pack-refs", "--all", "--prune"]],
      [["commit", "-q", "--allow-empty", "-m", "Meanwhile"]],
      [["fetch", "-q", ".", "refs/tags/v1.0.0:refs/heads/fetched"], ["repack", "-adq"]],
    ])
  func rounds(commands: [[String]]) throws {
    let number = FaultSeries.isWhole ? 250 : 2
    var winners = 0
    for round in 0..<number {
      let copy = try project.copy()
      copy.repository("checkout", "-q", "-b", "work")
      let (statuses, errors) = self.round(beside: commands, in: copy)
      let context = Comment(rawValue: "round \(round) beside \(commands): \(statuses) \(errors)")
      #expect(statuses.allSatisfy { [0, 7, 75].contains($0) }, context)
      #expect(statuses.count { $0 == 0 } <= 1, context)
      let refs = copy.refs
      let expected = statuses.contains(0) ? project.after : project.before
      for (name, id) in expected { #expect(refs[name] == id, "\(context): \(name)") }
      winners += statuses.count { $0 == 0 }
      #expect(copy.litter == [], context)
      let fsck = try copy.repository.attempt(["fsck", "--strict", "--full", "--no-dangling"])
      #expect(fsck.status == 0 && fsck.errorText.isEmpty, "\(context): \(fsck.errorText)")
      project.discard(copy)
    }
    #expect(winners > 0)
    if FaultSeries.isWhole { print("beside \(commands): \(number) rounds, \(winners) winners") }
  }

  @Test("show whoever looks at the references meanwhile no tag without its commit on a branch")
  func reader() throws {
    let looks = Statuses()
    for _ in 0..<(FaultSeries.isWhole ? 20 : 1) {
      let copy = try project.copy()
      let seen = Statuses()
      DispatchQueue.concurrentPerform(iterations: 2) { index in
        if index == 0 {
          let run = try? ProgramRun(
            project.applyArguments, in: copy.directory, environment: project.environment)
          seen.add(run?.status ?? -1)
        } else {
          while seen.all.isEmpty {
            let refs = copy.refs
            for (name, id) in project.after where name.hasPrefix("refs/tags/") && refs[name] == id {
              guard project.before[name] == nil else { continue }
              let line = "refs/heads/" + name.dropFirst("refs/tags/v".count).dropLast(2)
              if refs[line] != project.after[line] { seen.add(-2) }
            }
            looks.add(0)
          }
        }
      }
      #expect(seen.all == [0])
      project.discard(copy)
    }
    #expect(!looks.all.isEmpty)
  }

  /// What several threads report.
  private final class Statuses: Sendable {
    private let collected = Mutex<[(status: Int32, errors: String)]>([])

    func add(_ status: Int32, _ errors: String = "") {
      collected.withLock { $0.append((status, errors)) }
    }

    var all: [Int32] { collected.withLock { $0.map(\.status) } }

    var errors: String { collected.withLock { $0.map(\.errors).joined(separator: "\n") } }
  }
}
