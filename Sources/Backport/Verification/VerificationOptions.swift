import GitStore

/// How the planned trees are tried before anything is landed.
public struct VerificationOptions: Sendable {
  /// What was asked for on the command line.
  public struct Wish: Sendable {
    /// The command lines; none takes those of the environment or of git's configuration.
    public var commands: [String] = []
    /// Whether nothing is to be run.
    public var isForbidden = false
    /// How many lines are tried at once; nil takes git's configuration, else the processors.
    public var jobs: Int?
    /// The time of one command, as `90`, `90s`, `15m` or `2h`; nil takes git's configuration.
    public var timeout: String?

    /// Asks for nothing.
    public init() {}
  }

  /// The time that a command has when nobody says otherwise, in seconds.
  public static let usualTimeout = 1_800

  /// The command lines, run in this order on each line until one does not pass.
  public var commands: [String]
  /// How many lines are tried at once.
  public var jobs: Int
  /// What one command may take, in seconds.
  public var timeout: Int
  /// The variables that commands get besides the usual ones.
  public var passedVariables: [String] = []
  /// How many bytes a line's log may have; a command that writes more is ended.
  public var outputLimit = 64 << 20
  /// Told what happens; from any thread.
  public var report: (@Sendable (VerificationEvent) -> Void)?
  /// Asked ten times a second whether all of it is to be given up.
  public var isInterrupted: @Sendable () -> Bool = { false }

  /// Makes options.
  public init(commands: [String], jobs: Int = 1, timeout: Int = usualTimeout) {
    self.commands = commands
    self.jobs = jobs
    self.timeout = timeout
  }

  /// Reads a time such as `90`, `90s`, `15m` or `2h`, in seconds; nil when it is none, or over a week.
  static func seconds(_ text: String) -> Int? {
    let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
    let unit = text.last.flatMap { units[$0] }
    let digits = unit == nil ? text[...] : text.dropLast()
    guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
      let number = Int(digits), number > 0, number <= 604_800
    else { return nil }
    let seconds = number * (unit ?? 1)
    return seconds <= 604_800 ? seconds : nil
  }
}

extension Workspace {
  /// What is run on the planned trees; nil when nothing is.
  ///
  /// The command line goes before `GIT_BACKPORT_VERIFY`, and that before `backport.verify` of git's
  /// configuration, of which an empty value forgets those before it. The project's own files have no
  /// say: they cannot name a program.
  public func verification(
    _ wish: VerificationOptions.Wish
  ) throws(BackportError) -> VerificationOptions? {
    if wish.isForbidden { return nil }
    var commands = wish.commands
    if commands.isEmpty, let command = surroundings.environment["GIT_BACKPORT_VERIFY"],
      !command.isEmpty
    {
      commands = [command]
    }
    if commands.isEmpty {
      for entry in settings.all("backport.verify") {
        if entry.text.isEmpty { commands = [] } else { commands.append(entry.text) }
      }
    }
    guard !commands.isEmpty else { return nil }
    for command in commands where command.utf8.contains(0) || command.allSatisfy(\.isWhitespace) {
      throw BackportError(.usage, ["--verify"], detail: "it takes a command line for the shell")
    }
    var options = VerificationOptions(commands: commands, jobs: try jobs(wish))
    let timeout = wish.timeout ?? settings.string("backport.verifytimeout")
    if let timeout {
      guard let seconds = VerificationOptions.seconds(timeout) else {
        let name = wish.timeout == nil ? "backport.verifyTimeout" : "--verify-timeout"
        throw BackportError(
          .usage, ["\(name) \(timeout)"], detail: "a time is written 90, 90s, 15m or 2h")
      }
      options.timeout = seconds
    }
    options.passedVariables = settings.all("backport.verifyenv").map(\.text)
    return options
  }

  private func jobs(_ wish: VerificationOptions.Wish) throws(BackportError) -> Int {
    if let jobs = wish.jobs {
      guard jobs > 0 else {
        throw BackportError(.usage, ["--jobs \(jobs)"], detail: "it takes a number above 0")
      }
      return jobs
    }
    let configured: Int?
    do {
      configured = try settings.int("backport.jobs")
    } catch {
      throw BackportError(
        .configuration, ["git config", "backport.jobs"],
        detail: "'\(error.entry.text)' is no number")
    }
    guard let configured, configured > 0 else { return Processors.count }
    return configured
  }
}
