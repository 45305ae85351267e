import ArgumentParser
import Backport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Where the program runs.
struct LocationOptions: ParsableArguments {
  @Option(
    name: .customShort("C"),
    help: ArgumentHelp(
      "Run as if started in <dir>; given again, relative to the one before.", valueName: "dir"),
    completion: .directory)
  var directories: [String] = []

  /// Goes to the directories and gives what the libraries are told of the outside.
  func surroundings() throws(BackportError) -> Surroundings {
    for directory in directories where !directory.isEmpty {
      guard unsafe chdir(directory) == 0 else {
        throw BackportError(
          .usage, ["-C \(directory)"], detail: "the directory cannot be entered")
      }
    }
    let clock = Clock.now
    return Surroundings(
      environment: ProcessInfo.processInfo.environment,
      directory: FileManager.default.currentDirectoryPath, now: clock.seconds,
      offsetMinutes: clock.offsetMinutes, tool: Program.description)
  }

  /// A path as it means the same from any directory.
  static func absolute(_ path: String) -> String {
    path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
  }
}
