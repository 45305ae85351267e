import Subprocess

#if canImport(Darwin)
  import Darwin
  import System
#elseif canImport(Glibc)
  import Glibc
  import SystemPackage
#elseif canImport(Musl)
  import Musl
  import SystemPackage
#endif

/// A folder for one use, outside of every worktree, into which only its owner can look.
package struct ScratchFolder: Sendable {
  /// The folder, without a slash at its end.
  package let path: String

  /// Makes a new folder below another.
  package init(below folder: String) throws(FileError) {
    var template = Array("\(folder)/git-backport-XXXXXX".utf8CString)
    let isMade = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkdtemp($0) != nil } ?? false
    }
    guard isMade else { throw FileError("make directory", folder) }
    path = FileSystem.resolved(
      String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self))
  }

  /// Names a folder that an earlier run has made; nil for a path that is no such folder's.
  package init?(leftAt path: String) {
    guard path.hasPrefix("/"), !path.contains("/../"),
      path.split(separator: "/").last?.hasPrefix("git-backport-") ?? false,
      FileSystem.linkTarget(of: path) == nil, FileSystem.kind(of: path) == .directory
    else { return nil }
    self.path = path
  }

  /// Makes a folder in it.
  package func subfolder(_ name: String) throws(FileError) -> String {
    let path = path + "/" + name
    guard mkdir(path, 0o700) == 0 else { throw FileError("make directory", path) }
    return path
  }

  /// Removes what stands at a path with all that is in it, links not followed; says whether it is gone.
  ///
  /// Programs that ran there may have taken themselves the right to look into their own folders.
  @discardableResult
  package static func remove(_ path: String) async -> Bool {
    // In a task of its own: also what was interrupted is tidied up.
    await Task {
      for (program, arguments) in [
        ("/bin/rm", ["-rf", "--", path]), ("/bin/chmod", ["-R", "u+rwx", "--", path]),
        ("/bin/rm", ["-rf", "--", path]),
      ] {
        _ = try? await GitProgram.execute(
          configuration(program, arguments), arguments, input: nil, options: GitProgram.Options())
        if FileSystem.kind(of: path) == nil { return true }
      }
      return false
    }.value
  }

  private static func configuration(_ program: String, _ arguments: [String]) -> Configuration {
    Configuration(
      executable: .path(FilePath(program)), arguments: Arguments(arguments),
      environment: .custom(["LC_ALL": "C"]), workingDirectory: "/")
  }
}

/// The processors of this machine.
package enum Processors {
  /// How many are at work; at least one.
  package static var count: Int { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }
}
