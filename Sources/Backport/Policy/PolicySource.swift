#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where the policy is taken from.
public enum PolicySource: Equatable, Sendable {
  /// The trunk of the project.
  case project
  /// A file in the form of `.gitbackport`, instead of everything else that is configured.
  case policyFile(String)
  /// A file in the form of SECURITY.md, instead of every other policy.
  case securityFile(String)

  /// The bytes of a file that the command line names; a relative path is taken from the directory
  /// of the run.
  static func contents(
    of path: String, in surroundings: Surroundings
  ) throws(BackportError) -> [UInt8] {
    let full = absolute(path, from: surroundings.directory)
    guard let data = FileManager.default.contents(atPath: full) else {
      throw BackportError(.configuration, [path, ""], detail: "the file cannot be read")
    }
    return Array(data)
  }

  /// The bytes of a file beside another; nil when there is none.
  static func neighbour(
    _ path: String, of file: String, in surroundings: Surroundings
  ) -> [UInt8]? {
    let full = absolute(file, from: surroundings.directory)
    let folder = full.lastIndex(of: "/").map { String(full[..<$0]) } ?? ""
    return FileManager.default.contents(atPath: absolute(path, from: folder)).map(Array.init)
  }

  private static func absolute(_ path: String, from directory: String) -> String {
    path.hasPrefix("/") ? path : directory + "/" + path
  }
}
