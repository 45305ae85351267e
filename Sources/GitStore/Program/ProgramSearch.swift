#if canImport(Darwin)
  import Darwin
#elseif canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#endif

/// Finds programs on a PATH.
package enum ProgramSearch {
  /// The first executable regular file of this name, or nil.
  ///
  /// Empty and relative entries are skipped: they mean the current directory, which may be a
  /// repository whose contents nobody has looked at.
  package static func find(_ program: String, path: String) -> String? {
    for folder in path.split(separator: ":") where folder.hasPrefix("/") {
      let candidate = folder.hasSuffix("/") ? folder + program : folder + "/" + program
      if isExecutableFile(String(candidate)) { return String(candidate) }
    }
    return nil
  }

  private static func isExecutableFile(_ path: String) -> Bool {
    var status = stat()
    guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return false }
    return access(path, X_OK) == 0
  }
}
