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

/// A program that belongs to this one and is installed beside it, found as git finds its commands.
package struct CompanionProgram: Sendable {
  /// The absolute path of the executable.
  package let executable: String

  /// Finds a program in the folder of this one, else on the PATH; never in the current directory.
  package init?(_ name: String, path: String) {
    if let folder = Self.ownFolder, let found = ProgramSearch.find(name, path: folder) {
      executable = found
    } else if let found = ProgramSearch.find(name, path: path) {
      executable = found
    } else {
      return nil
    }
  }

  /// Runs the program to its end, with these variables and no others.
  package func run(
    _ arguments: [String], input: [UInt8], variables: [String: String], deadline: Duration
  ) async throws(GitProgramError) -> GitProgramOutput {
    var options = GitProgram.Options()
    options.deadline = deadline
    options.outputLimit = 16 << 20
    var platform = PlatformOptions()
    platform.teardownSequence = GitProgram.teardown(options)
    platform.processGroupID = 0
    let keyed = variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let configuration = Configuration(
      executable: .path(FilePath(executable)), arguments: Arguments(arguments),
      environment: .custom(Dictionary(uniqueKeysWithValues: keyed)),
      workingDirectory: FilePath("/"), platformOptions: platform)
    return try await GitProgram.execute(configuration, arguments, input: input, options: options)
  }

  /// The folder that this program was started from.
  private static var ownFolder: String? {
    #if os(Linux)
      guard let path = FileSystem.linkTarget(of: "/proc/self/exe") else { return nil }
    #else
      guard let path = CommandLine.arguments.first, path.hasPrefix("/") else { return nil }
    #endif
    return path.lastIndex(of: "/").map { String(path[..<$0]) }
  }
}
