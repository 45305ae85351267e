import Foundation

/// One run of the built `git-backport`, with nothing of the machine's environment.
package struct ProgramRun: Sendable, Equatable {
  package var status: Int32
  package var output: String
  package var errors: String

  /// Runs the program to its end in `directory`, by default the root of the environment.
  ///
  /// `overrides` go on top of the hermetic variables and of a terminal 80 columns wide.
  package init(
    _ arguments: [String], in directory: String? = nil, environment: HermeticEnvironment,
    overrides: [String: String] = [:], input: String = ""
  ) throws {
    let fixed = ["COLUMNS": "80", "TERM": "dumb"]
    let result = try ChildProcess.run(
      Self.productsDirectory + "/git-backport", arguments,
      environment: environment.adding(fixed.merging(overrides) { $1 }),
      directory: directory ?? environment.root, input: [UInt8](input.utf8))
    status = result.status
    output = result.outputText
    errors = result.errorText
  }

  /// Runs the program in a repository.
  package init(
    _ arguments: String..., in repository: TestRepository, overrides: [String: String] = [:],
    input: String = ""
  ) throws {
    try self.init(
      arguments, in: repository.directory, environment: repository.environment,
      overrides: overrides, input: input)
  }

  /// Where the build puts executables: beside the test bundle.
  package static var productsDirectory: String {
    let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }
    let url = bundle?.bundleURL ?? Bundle.main.executableURL
    return url?.deletingLastPathComponent().path ?? FileManager.default.currentDirectoryPath
  }
}
