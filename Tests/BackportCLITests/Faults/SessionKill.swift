import Foundation
import TestSupport

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Runs the program in a session of its own and kills all of that at once.
enum SessionKill {
  /// Starts the program, waits, kills it and every child, and waits until none of them is left.
  static func run(
    _ arguments: [String], after delay: Duration, in directory: String,
    _ environment: HermeticEnvironment
  ) throws {
    let process = Process()
    process.executableURL = URL(
      fileURLWithPath: ChildProcess.find("setsid", in: environment.variables))
    process.arguments =
      ["--wait", ProgramRun.productsDirectory + "/git-backport"] + arguments
    process.environment = environment.variables
    process.currentDirectoryURL = URL(fileURLWithPath: directory)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    Thread.sleep(forTimeInterval: delay / .seconds(1))
    // setsid --wait forks when it leads a group: the program then is the session's leader.
    var sessions = Set(members { $0.parent == process.processIdentifier }.map(\.session))
    sessions.insert(process.processIdentifier)
    sessions.remove(getsid(0))
    while true {
      let alive = members { sessions.contains($0.session) && $0.state != "Z" }
      if alive.isEmpty { break }
      for member in alive { kill(member.id, SIGKILL) }
      usleep(2_000)
    }
    process.waitUntilExit()
  }

  private struct Member {
    let id: Int32
    let state: Substring
    let parent: Int32
    let session: Int32
  }

  /// The processes of the machine of which something holds; see proc(5).
  private static func members(_ isWanted: (Member) -> Bool) -> [Member] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
    return names.compactMap { name in
      guard let id = Int32(name),
        let text = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
        let end = text.lastIndex(of: ")")
      else { return nil }
      let fields = text[text.index(after: end)...].split(separator: " ")
      guard fields.count > 3, let parent = Int32(fields[1]), let session = Int32(fields[3]) else {
        return nil
      }
      let member = Member(id: id, state: fields[0], parent: parent, session: session)
      return isWanted(member) ? member : nil
    }
  }
}
