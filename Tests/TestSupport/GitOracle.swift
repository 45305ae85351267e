package import Testing

/// The real git, asked in tests for the right answer.
package struct GitOracle: Sendable {
  /// Where git runs: a worktree or a bare repository.
  package var directory: String
  package var environment: HermeticEnvironment

  package init(in directory: String, environment: HermeticEnvironment) {
    self.directory = directory
    self.environment = environment
  }

  /// Runs git and returns its standard output without the final newline.
  ///
  /// A status other than 0 fails the test at the caller's line, with git's own words.
  @discardableResult
  package func callAsFunction(
    _ arguments: String..., input: String = "", environment overrides: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> String {
    let bytes = bytes(
      arguments, input: [UInt8](input.utf8), environment: overrides,
      sourceLocation: sourceLocation)
    let text = String(decoding: bytes, as: UTF8.self)
    return text.last?.isNewline == true ? String(text.dropLast()) : text
  }

  /// Standard output split at newlines; empty output is no line.
  package func lines(
    _ arguments: String..., sourceLocation: SourceLocation = #_sourceLocation
  ) -> [String] {
    let bytes = bytes(arguments, sourceLocation: sourceLocation)
    return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
  }

  /// Standard output, byte for byte; a status other than 0 fails the test.
  package func bytes(
    _ arguments: [String], input: [UInt8] = [], environment overrides: [String: String] = [:],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [UInt8] {
    do {
      let result = try attempt(arguments, input: input, environment: overrides)
      if result.status != 0 {
        Issue.record(
          "git \(arguments.joined(separator: " ")) ended with \(result.status): \(result.errorText)",
          sourceLocation: sourceLocation)
      }
      return result.output
    } catch {
      Issue.record(error, "git could not be run", sourceLocation: sourceLocation)
      return []
    }
  }

  /// Runs git and returns what it did, whatever that is.
  package func attempt(
    _ arguments: [String], input: [UInt8] = [], environment overrides: [String: String] = [:]
  ) throws -> ProcessResult {
    let variables = environment.adding(overrides)
    return try ChildProcess.run(
      ChildProcess.find("git", in: variables), arguments, environment: variables,
      directory: directory, input: input)
  }
}
