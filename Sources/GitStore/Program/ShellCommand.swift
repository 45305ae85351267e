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

/// A command line of the user's, run by `/bin/sh` in a folder, with its output in a file.
///
/// The only place where a shell is started. The text is the user's own and stands in it as it was
/// given: whatever comes from a repository goes into variables. The command gets a session of its own,
/// so that it cannot ask at the terminal, and all that it has started ends with it.
package struct ShellCommand: Sendable {
  /// How it ended.
  package enum End: Sendable, Equatable {
    case status(Int32)
    case signal(Int32)
    /// It ran longer than it may.
    case timedOut
    /// It wrote more than it may.
    case outputTooLarge
    /// Whoever waited for it was interrupted.
    case interrupted
    /// It never ran, and why.
    case cannotStart(String)
  }

  /// The command line.
  package var command: String
  /// Where it runs.
  package var directory: String
  /// All of its variables.
  package var environment: [String: String]
  /// The variable whose value no other run has, by which what it started is found again.
  package var mark: String
  /// The file that both its outputs are added to; made for the owner alone.
  package var log: String
  package var deadline: Duration
  /// The time from SIGTERM to SIGKILL.
  package var grace = Duration.seconds(2)
  /// The bytes that the log may have.
  package var outputLimit = 64 << 20
  /// Asked twenty times a second.
  package var isInterrupted: @Sendable () -> Bool = { false }

  package init(
    _ command: String, in directory: String, environment: [String: String], mark: String,
    log: String, deadline: Duration
  ) {
    self.command = command
    self.directory = directory
    self.environment = environment
    self.mark = mark
    self.log = log
    self.deadline = deadline
  }

  /// Runs it to its end; then nothing that it has started runs any more.
  package func run() async -> End {
    let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0o600)
    guard descriptor >= 0 else {
      let failure = FileError("create", log)
      return .cannotStart("\(failure.path): \(failure.reason)")
    }
    try? FileSystem.write(headLine, to: descriptor, named: log)
    let end = await race(FileDescriptor(rawValue: descriptor))
    if let value = environment[mark] { await RunningChildren.end(having: mark, value) }
    // Much can be written between two looks at the size.
    if case .outputTooLarge = end { truncate(log, off_t(outputLimit)) }
    return end
  }

  /// What stands in the log before its output.
  package var headLine: [UInt8] { Array("$ \(command)\n".utf8) }

  private var configuration: Configuration {
    var platform = PlatformOptions()
    platform.createSession = true
    platform.teardownSequence = [
      .send(signal: .terminate, toProcessGroup: true, allowedDurationToNextStep: grace)
    ]
    let keyed = environment.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    return Configuration(
      executable: .path("/bin/sh"), arguments: Arguments(["-c", command]),
      environment: .custom(Dictionary(uniqueKeysWithValues: keyed)),
      workingDirectory: FilePath(directory), platformOptions: platform)
  }

  /// The command against the clock, the size of its output and the wish to stop.
  private func race(_ log: FileDescriptor) async -> End {
    await withTaskGroup(of: End?.self) { group in
      let configuration = configuration
      group.addTask { await ShellCommand.launch(configuration, log) }
      group.addTask { await watch() }
      var reason: End?
      var ended: End?
      while let event = await group.next() {
        group.cancelAll()
        switch event {
        case nil: break
        case .timedOut, .outputTooLarge, .interrupted: reason = reason ?? event
        default: ended = event
        }
      }
      return reason ?? ended ?? .interrupted
    }
  }

  private static func launch(_ configuration: Configuration, _ log: FileDescriptor) async -> End {
    do {
      let result = try await Subprocess.run(
        configuration, input: .none,
        output: .fileDescriptor(log, closeAfterSpawningProcess: true), error: .combinedWithOutput)
      return switch result.terminationStatus {
      case .exited(let code): .status(code)
      case .signaled(let signal): .signal(signal)
      }
    } catch {
      return .cannotStart("\(error)")
    }
  }

  /// Waits for a reason to stop the command; nil when it has ended by itself.
  private func watch() async -> End? {
    let clock = ContinuousClock()
    let end = clock.now + deadline
    while !Task.isCancelled {
      if isInterrupted() { return .interrupted }
      if clock.now >= end { return .timedOut }
      if let size = FileSystem.Stamp(of: log)?.size, size > outputLimit { return .outputTooLarge }
      try? await Task.sleep(for: .milliseconds(50))
    }
    return nil
  }
}
