/// Tells whether programs that a killed run of ours had started are still at work.
///
/// The lock is given back when its holder is killed; a git that the holder had told to commit goes on
/// for a moment, and its lock files are not litter yet.
package enum RunningChildren {
  private static let variable = "GIT_BACKPORT_OPERATION"

  /// The variable by which the children of an operation are known.
  package static func mark(_ operation: String) -> [String: String] { [variable: operation] }

  /// Whether a process that an operation started still runs, as far as the system tells.
  package static func exist(of operation: String) -> Bool {
    let wanted = Array("\(variable)=\(operation)".utf8)
    for name in FileSystem.names(in: "/proc") where name.utf8.allSatisfy(isDigit) {
      guard let bytes = FileSystem.contents(of: "/proc/\(name)/environ", limit: 1 << 22) else {
        continue
      }
      if bytes.split(separator: 0).contains(where: { $0.elementsEqual(wanted) }) { return true }
    }
    return false
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}
