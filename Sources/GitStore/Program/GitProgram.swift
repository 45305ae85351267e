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

/// The `git` executable and how this project runs it.
///
/// Arguments go as an array, never through a shell. The environment is scrubbed and the settings
/// with which a repository could run programs, ask questions or tidy up behind our back are off.
package struct GitProgram: Sendable {
  /// What one run may do and how long it may take.
  package struct Options: Sendable {
    /// Whether git runs the repository's hooks.
    package enum Hooks: Sendable, Equatable {
      case run
      case skip
    }

    package var hooks = Hooks.skip
    /// After this time git gets SIGTERM, on which it removes its locks.
    package var deadline = Duration.seconds(60)
    /// The time from SIGTERM to SIGKILL.
    package var grace = Duration.seconds(5)
    /// The most bytes of standard output that are accepted.
    package var outputLimit = 64 << 20
    /// Settings for this run alone, on top of the safe ones.
    package var settings: [String] = []
    /// Variables for this run alone, over those that every child gets.
    package var variables: [String: String] = [:]
    /// Whether git stays in our process group, so that it can ask at the terminal.
    ///
    /// Otherwise an interrupt from the keyboard reaches us only, and we decide about the child.
    package var sharesTerminal = false

    package init() {}
  }

  /// The absolute path of the executable.
  package let executable: String
  /// What the caller's environment is; not what children get.
  package let environment: [String: String]
  /// What is run in the place of a remote's `uploadpack` and `receivepack`, by the remote's name.
  ///
  /// A setting cannot replace them: of several values git takes the first.
  package var remotePrograms: [String: RemotePrograms] = [:]

  /// Finds `git` on the PATH of `environment`; never in the current directory.
  package init(environment: [String: String]) throws(GitProgramError) {
    let path = environment["PATH"] ?? ""
    guard let executable = ProgramSearch.find("git", path: path) else {
      throw GitProgramError(.notFound, message: path)
    }
    self.executable = executable
    self.environment = environment
  }

  /// Runs git to its end, however it ends.
  ///
  /// Input and output flow at the same time, so neither can block the other. A git that ends
  /// before it has read all of its input is not an error here; its exit status tells.
  package func run(
    _ arguments: [String], at location: GitLocation, input: [UInt8]? = nil,
    options: Options = Options()
  ) async throws(GitProgramError) -> GitProgramOutput {
    try await Self.execute(
      configuration(arguments, at: location, options: options), arguments, input: input,
      options: options)
  }

  /// Runs any program to its end, or to the deadline of the options.
  static func execute(
    _ configuration: Configuration, _ arguments: [String], input: [UInt8]?, options: Options
  ) async throws(GitProgramError) -> GitProgramOutput {
    let limit = options.outputLimit
    let deadline = options.deadline
    _ = Self.ignoresBrokenPipes
    let result = await withTaskGroup(of: Event.self) { group in
      group.addTask {
        .ended(await Self.launch(configuration, arguments, input: input, limit: limit))
      }
      group.addTask {
        do {
          try await Task.sleep(for: deadline)
          return .stopped(.deadlinePassed)
        } catch {
          return .stopped(.cancelled)
        }
      }
      return await Self.firstEvent(of: &group, arguments)
    }
    return try result.get()
  }

  /// Runs git and returns its standard output; a status other than 0 is an error.
  package func output(
    of arguments: [String], at location: GitLocation, input: [UInt8]? = nil,
    options: Options = Options()
  ) async throws(GitProgramError) -> [UInt8] {
    let result = try await run(arguments, at: location, input: input, options: options)
    guard result.succeeded else {
      throw GitProgramError(
        .failed, arguments: arguments, exit: result.exit, errors: result.errors)
    }
    return result.output
  }

  /// Asks git for its version, one process; an old git is an error.
  package func version() async throws(GitProgramError) -> GitVersion {
    let bytes = try await output(of: ["version"], at: .directory("/"))
    let text = String(decoding: bytes, as: UTF8.self)
    guard let version = GitVersion(parsing: text) else {
      throw GitProgramError(.unexpectedOutput, arguments: ["version"], message: text)
    }
    guard version >= .minimum else {
      throw GitProgramError(.unsupportedVersion, message: version.description)
    }
    return version
  }
}

/// The programs that answer for a remote on this machine.
package struct RemotePrograms: Sendable, Equatable {
  package var uploadPack: String
  package var receivePack: String

  package init(uploadPack: String = "git-upload-pack", receivePack: String = "git-receive-pack") {
    self.uploadPack = uploadPack
    self.receivePack = receivePack
  }
}

// MARK: - Starting

extension GitProgram {
  /// Settings that keep a repository's configuration from running programs, opening risky
  /// transports or starting maintenance; each was seen to act on plain commands.
  private static let safeSettings = [
    "core.fsmonitor=false", "protocol.ext.allow=never", "protocol.fd.allow=never",
    "protocol.file.allow=user",
    "credential.interactive=never", "core.pager=cat", "gc.auto=0", "maintenance.auto=false",
  ]

  /// How a child is ended; SIGKILL follows by itself.
  static func teardown(_ options: Options) -> [TeardownStep] {
    [
      .send(
        signal: .terminate, toProcessGroup: !options.sharesTerminal,
        allowedDurationToNextStep: options.grace)
    ]
  }

  /// The whole command line, environment and directory of one run.
  func configuration(
    _ arguments: [String], at location: GitLocation, options: Options
  ) -> Configuration {
    var settings = Self.safeSettings
    if options.hooks == .skip { settings.append("core.hooksPath=/dev/null") }
    settings += options.settings
    var platform = PlatformOptions()
    platform.teardownSequence = Self.teardown(options)
    if !options.sharesTerminal { platform.processGroupID = 0 }
    let variables = GitEnvironment.scrubbed(environment, for: location)
      .merging(options.variables) { $1 }
    let keyed = variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    return Configuration(
      executable: .path(FilePath(executable)),
      arguments: Arguments(settings.flatMap { ["-c", $0] } + arguments),
      environment: .custom(Dictionary(uniqueKeysWithValues: keyed)),
      workingDirectory: FilePath(location.workingDirectory), platformOptions: platform)
  }

  private enum Event: Sendable {
    case ended(Result<GitProgramOutput, GitProgramError>)
    case stopped(GitProgramError.Code)
  }

  private static func launch(
    _ configuration: Configuration, _ arguments: [String], input: [UInt8]?, limit: Int
  ) async -> Result<GitProgramOutput, GitProgramError> {
    do {
      guard let input else {
        let result = try await Subprocess.run(
          configuration, input: .none, output: .bytes(limit: limit),
          error: .bytes(limit: errorLimit))
        return .success(
          GitProgramOutput(
            exit: .init(result.terminationStatus), output: result.standardOutput,
            errors: result.standardError))
      }
      let result = try await Subprocess.run(
        configuration, input: .inputWriter, output: .bytes(limit: limit),
        error: .bytes(limit: errorLimit)
      ) { execution in
        // A git that has seen enough closes its end; why, it says on standard error.
        _ = try? await execution.standardInputWriter.write(input)
        try? await execution.standardInputWriter.finish()
      }
      return .success(
        GitProgramOutput(
          exit: .init(result.terminationStatus), output: result.standardOutput,
          errors: result.standardError))
    } catch {
      return .failure(GitProgramError(error, arguments: arguments, limit: limit))
    }
  }

  /// Waits for the process or the clock, and then in any case for the process.
  private static func firstEvent(
    of group: inout TaskGroup<Event>, _ arguments: [String]
  ) async -> Result<GitProgramOutput, GitProgramError> {
    var reason: GitProgramError.Code?
    while let event = await group.next() {
      if reason == nil, Task.isCancelled { reason = .cancelled }
      group.cancelAll()
      switch event {
      case .stopped(let code): reason = reason ?? code
      case .ended(let result):
        guard let reason else { return result }
        if case .success(let output) = result, case .status = output.exit { return result }
        return .failure(GitProgramError(reason, arguments: arguments))
      }
    }
    return .failure(GitProgramError(.cancelled, arguments: arguments))
  }

  /// The most bytes of standard error that are accepted.
  static let errorLimit = 8 << 20

  /// Turns SIGPIPE off, once: a git that ends early must not take this process along.
  ///
  /// Children are not concerned, they start with the default for every signal.
  private static let ignoresBrokenPipes: Bool = {
    // Whoever set a handler of their own keeps it.
    if let handler = signal(SIGPIPE, SIG_IGN) { signal(SIGPIPE, handler) }
    return true
  }()
}

extension GitProgramOutput.Exit {
  init(_ status: TerminationStatus) {
    switch status {
    case .exited(let code): self = .status(code)
    case .signaled(let signal): self = .signal(signal)
    }
  }
}

extension GitProgramError {
  init(_ error: any Error, arguments: [String], limit: Int) {
    guard let error = error as? SubprocessError else {
      self.init(.cancelled, arguments: arguments, message: "\(error)")
      return
    }
    if error.code == .outputLimitExceeded {
      self.init(.outputTooLarge, arguments: arguments, message: "\(limit)")
    } else {
      self.init(.cannotStart, arguments: arguments, message: error.description)
    }
  }
}
