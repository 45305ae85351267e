import Foundation
import TestSupport

/// Something that happens to a run at one of its system calls; strace makes it happen.
///
/// strace counts the calls of each thread by itself.
struct SystemCallFault: CustomStringConvertible, Sendable {
  /// Whose calls are counted.
  enum Victim: String, CaseIterable, Sendable {
    /// The program, but none of its children.
    case program
    /// Each git that stores objects or moves references.
    case git
    /// All of them.
    case everything
  }

  /// A kind of call under the names it has on different machines.
  enum Call: String, CaseIterable, Sendable {
    case rename = "?rename,?renameat,?renameat2"
    case link = "?link,?linkat"
    case unlink = "?unlink,?unlinkat,?rmdir"
    case open = "?open,?openat"
    case write = "?write,?pwrite64,?writev"
    case flush = "?fsync,?fdatasync"
    case makeDirectory = "?mkdir,?mkdirat"
  }

  var victim: Victim
  var call: Call
  /// What happens, as strace spells it, such as `signal=KILL` or `error=ENOSPC`.
  var effect: String
  /// At which call; `3` is the third, `3+` that and every later one.
  var when: String

  var description: String { "\(effect) at \(call) \(when) of \(victim)" }

  /// Where strace is; nil when it is not installed, or may not trace here.
  static func strace(_ environment: HermeticEnvironment) -> String? {
    let path = ChildProcess.find("strace", in: environment.variables)
    let probe = try? ChildProcess.run(
      path, ["-f", "-qq", "-o", "/dev/null", "-e", "trace=?rename", "/bin/true"],
      environment: environment.variables, directory: environment.root)
    return probe?.status == 0 ? path : nil
  }

  private var tracing: [String] {
    [
      "-f", "-qq", "-e", "signal=none", "-e", "trace=\(call.rawValue)", "-e",
      "inject=\(call.rawValue):\(effect):when=\(when)",
    ]
  }

  /// Runs the program with the fault.
  func run(
    _ arguments: [String], strace: String, in directory: String, _ environment: HermeticEnvironment
  ) throws -> ProcessResult {
    let program = ProgramRun.productsDirectory + "/git-backport"
    switch victim {
    case .git:
      // A git whose answer could not be written waits for a word from us, and we for it.
      let limit = effect.hasPrefix("error") ? ["timeout", "-s", "KILL", "10"] : []
      let wrapped = try SystemCallFault.wrapper(
        [strace] + tracing + ["-o", "/dev/null"] + limit, environment)
      return try ChildProcess.run(
        program, arguments, environment: wrapped, directory: directory)
    case .program, .everything:
      let detached = victim == .program ? ["-b", "execve"] : []
      return try ChildProcess.run(
        strace, tracing + detached + ["-o", "/dev/null", program] + arguments,
        environment: environment.variables, directory: directory)
    }
  }

  /// How many calls of a kind the busiest thread makes in a run that nothing happens to.
  static func count(
    _ call: Call, of victim: Victim, _ arguments: [String], strace: String, in directory: String,
    _ environment: HermeticEnvironment
  ) throws -> Int {
    let log = environment.root + "/strace-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: log) }
    let tracing = [
      "-f", "-qq", "-e", "signal=none", "-e", "trace=\(call.rawValue)", "-A", "-o", log,
    ]
    let program = ProgramRun.productsDirectory + "/git-backport"
    switch victim {
    case .git:
      _ = try ChildProcess.run(
        program, arguments, environment: try wrapper([strace] + tracing, environment),
        directory: directory)
    case .program, .everything:
      let detached = victim == .program ? ["-b", "execve"] : []
      _ = try ChildProcess.run(
        strace, tracing + detached + [program] + arguments, environment: environment.variables,
        directory: directory)
    }
    var counts: [Substring: Int] = [:]
    for line in try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    where line.contains("(") {
      counts[line.prefix { $0 != " " }, default: 0] += 1
    }
    return counts.values.max() ?? 0
  }

  /// The environment in which `git index-pack`, `update-ref` and `read-tree` run under a command.
  private static func wrapper(
    _ command: [String], _ environment: HermeticEnvironment
  ) throws -> [String: String] {
    let git = ChildProcess.find("git", in: environment.variables)
    let folder = "wrapper-\(UUID().uuidString)"
    let words = (command + [git]).map { "'\($0)'" }.joined(separator: " ")
    try environment.write(
      """
      #!/bin/sh
      for word in "$@"; do
        case $word in index-pack|update-ref|read-tree) exec \(words) "$@" ;; esac
      done
      exec '\(git)' "$@"

      """, to: folder + "/git", executable: true)
    let path = environment.root + "/" + folder + ":" + (environment.variables["PATH"] ?? "")
    return environment.adding(["PATH": path])
  }
}
