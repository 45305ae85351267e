/// Why the git program could not be run, or what it said when it failed.
package struct GitProgramError: Error, Sendable, Equatable {
  /// What went wrong.
  package enum Code: Sendable, Equatable {
    /// No directory on PATH holds an executable `git`.
    case notFound
    /// The git found is older than ``GitVersion/minimum``; `message` is its version.
    case unsupportedVersion
    /// The operating system did not start it.
    case cannotStart
    /// It ended with a status other than 0.
    case failed
    /// It was ended because its time was over.
    case deadlinePassed
    /// It was ended because the task was cancelled.
    case cancelled
    /// It wrote more than the caller allowed; `message` is the limit in bytes.
    case outputTooLarge
    /// It succeeded, but its output is not what the command prints.
    case unexpectedOutput
  }

  package var code: Code
  /// The arguments as the caller gave them.
  package var arguments: [String]
  package var exit: GitProgramOutput.Exit?
  /// Git's own words on standard error.
  package var errors: [UInt8]
  /// What neither the code nor git's words say.
  package var message: String

  package init(
    _ code: Code, arguments: [String] = [], exit: GitProgramOutput.Exit? = nil,
    errors: [UInt8] = [], message: String = ""
  ) {
    self.code = code
    self.arguments = arguments
    self.exit = exit
    self.errors = errors
    self.message = message
  }
}

/// What a git that was started left behind.
package struct GitProgramOutput: Sendable, Equatable {
  /// How the process ended.
  package enum Exit: Sendable, Equatable {
    case status(Int32)
    case signal(Int32)
  }

  package var exit: Exit
  /// Standard output.
  package var output: [UInt8]
  /// Standard error, in the C locale.
  package var errors: [UInt8]

  package init(exit: Exit, output: [UInt8], errors: [UInt8]) {
    self.exit = exit
    self.output = output
    self.errors = errors
  }

  /// Whether it ended by itself with status 0.
  package var succeeded: Bool { exit == .status(0) }
}
