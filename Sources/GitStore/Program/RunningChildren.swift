#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Tells whether programs that a run of ours had started are still at work.
///
/// The lock is given back when its holder is killed; a git that the holder had told to commit goes on
/// for a moment, and its lock files are not litter yet.
package enum RunningChildren {
  private static let variable = "GIT_BACKPORT_OPERATION"

  /// The variable by which the children of an operation are known.
  package static func mark(_ operation: String) -> [String: String] { [variable: operation] }

  /// Whether a process that an operation started still runs, as far as the system tells.
  package static func exist(of operation: String) -> Bool {
    !processes { $0.elementsEqual("\(variable)=\(operation)".utf8) }.isEmpty
  }

  /// Ends every process that was started with a variable of that value, whatever group or session it
  /// has made for itself; where the system has no `/proc`, none is found.
  ///
  /// What forks while it is looked for is found the next time round.
  package static func end(having variable: String, _ value: String) async {
    await end { $0.elementsEqual("\(variable)=\(value)".utf8) }
  }

  /// The same with every value that begins so.
  package static func end(having variable: String, prefix: String) async {
    await end { $0.starts(with: "\(variable)=\(prefix)".utf8) }
  }

  private static func end(_ isWanted: (ArraySlice<UInt8>) -> Bool) async {
    let clock = ContinuousClock()
    let patience = clock.now + .milliseconds(300)
    for _ in 0..<50 {
      let found = processes(isWanted)
      if found.isEmpty { return }
      for process in found { kill(process, clock.now < patience ? SIGTERM : SIGKILL) }
      // In a task of its own: what was interrupted still has to be tidied up.
      await Task { try? await Task.sleep(for: .milliseconds(20)) }.value
    }
  }

  private static func processes(_ isWanted: (ArraySlice<UInt8>) -> Bool) -> [pid_t] {
    var found: [pid_t] = []
    for name in FileSystem.names(in: "/proc") {
      guard let number = pid_t(name), number != getpid(),
        let bytes = FileSystem.contents(of: "/proc/\(name)/environ", limit: 1 << 22)
      else { continue }
      if bytes.split(separator: 0).contains(where: isWanted) {
        found.append(number)
      }
    }
    return found
  }
}
