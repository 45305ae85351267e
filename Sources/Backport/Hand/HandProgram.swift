import GitStore

/// Git, run in a worktree that a person resolves a line in.
struct HandProgram {
  private let git: GitProgram
  private let location: GitLocation
  private let gitDirectory: String
  private var options = GitProgram.Options()

  init(_ workspace: Workspace, _ hand: HandWorktree, operation: String) {
    self.init(
      workspace, gitDirectory: hand.gitDirectory, path: hand.path, operation: operation)
  }

  init(_ workspace: Workspace, gitDirectory: String, path: String, operation: String) {
    git = workspace.git
    self.gitDirectory = gitDirectory
    location = .repository(
      gitDirectory: gitDirectory, common: workspace.repository.commonDirectory, workTree: path)
    options.variables = RunningChildren.mark(operation)
    // What a person resolves is remembered, unless that was forbidden.
    if RecordedResolutions.isWanted(workspace.settings) {
      options.settings = ["rerere.enabled=true"]
    }
  }

  private func output(
    _ arguments: [String], _ options: GitProgram.Options? = nil
  ) async throws(BackportError) -> [UInt8] {
    do {
      return try await git.output(of: arguments, at: location, options: options ?? self.options)
    } catch {
      throw BackportError(error, verb: arguments.first ?? "")
    }
  }

  /// Begins to pick a commit as a person would, and lets git leave what it leaves.
  ///
  /// Nothing is committed: where git has no conflict, it is left as if it had one.
  func pick(
    _ stopped: StoppedPick, committer: Person
  ) async throws(BackportError) {
    var arguments = ["cherry-pick", "--no-gpg-sign"]
    if let mainline = stopped.mainline { arguments += ["-m", "\(mainline)"] }
    var options = options
    options.variables["GIT_COMMITTER_NAME"] = committer.name
    options.variables["GIT_COMMITTER_EMAIL"] = committer.email
    let result: GitProgramOutput
    do {
      result = try await git.run(
        arguments + [stopped.commit.description], at: location, options: options)
    } catch {
      throw BackportError(error, verb: "cherry-pick")
    }
    guard result.exit == .status(0) || result.exit == .status(1) else {
      throw BackportError(
        .git, ["cherry-pick", stopped.commit.description],
        detail: String(decoding: result.errors, as: UTF8.self))
    }
    if result.succeeded {
      _ = try await output(["reset", "--soft", stopped.onto.description])
      _ = try await output(["update-ref", "CHERRY_PICK_HEAD", stopped.commit.description])
    }
  }

  /// The commit that HEAD leads to.
  func head() async throws(BackportError) -> ObjectID? {
    let bytes = try await output(["rev-parse", "--verify", "HEAD^{commit}"])
    return ObjectID(hex: String(decoding: bytes.prefix(40), as: UTF8.self))
  }

  /// Every entry of the index as bytes, all stages.
  func index() async throws(BackportError) -> [UInt8] {
    try await output(["ls-files", "-s", "-z"])
  }

  /// The paths that have no agreed contents in the index yet.
  func unmergedPaths() async throws(BackportError) -> [[UInt8]] {
    var paths: [[UInt8]] = []
    for entry in try await output(["ls-files", "-u", "-z"]).split(separator: 0) {
      let path = Array(entry.drop { $0 != UInt8(ascii: "\t") }.dropFirst())
      if path != paths.last { paths.append(path) }
    }
    return paths
  }

  /// The paths whose files are not what the index says.
  func changedFiles() async throws(BackportError) -> [[UInt8]] {
    let options = try onCopyOfIndex()
    do {
      _ = try await git.run(
        ["update-index", "-q", "--refresh"], at: location, options: options)
    } catch {
      throw BackportError(error, verb: "update-index")
    }
    return try await output(
      ["diff-files", "--name-only", "-z", "--ignore-submodules=dirty"], options
    ).split(separator: 0).map { Array($0) }
  }

  /// The tree that the index makes; every path must be resolved.
  func tree() async throws(BackportError) -> ObjectID? {
    let bytes = try await output(["write-tree"], try onCopyOfIndex())
    return ObjectID(hex: String(decoding: bytes.prefix(40), as: UTF8.self))
  }

  /// Has git work on a copy of the index: a git that is killed leaves its lock on what it writes, and
  /// the person's own git would then find the index locked.
  private func onCopyOfIndex() throws(BackportError) -> GitProgram.Options {
    let (name, directory) = ("backport-index", DurableDirectory(path: gitDirectory))
    var options = options
    try? directory.remove(name + ".lock")
    guard let bytes = directory.contents(of: "index") else { return options }
    try files { () throws(FileError) in try directory.write(bytes, to: name) }
    options.variables["GIT_INDEX_FILE"] = gitDirectory + "/" + name
    return options
  }

  /// Has git remember how conflicts were resolved.
  func remember() async {
    guard !options.settings.isEmpty else { return }
    // Another git may be at it, or may have been killed: the line does not wait for that.
    _ = try? await output(["rerere"])
  }
}

extension BackportError {
  /// The detail of an operation that is pending because lines wait, and not references.
  static let waitsForHand = "waits for a hand"

  /// Whether an operation is pending because lines wait for a person.
  public var isWaiting: Bool { code == .operationPending && detail == Self.waitsForHand }

  /// What a git in a worktree could not do.
  init(_ error: GitProgramError, verb: String) {
    self.init(
      .git, [verb, ""],
      detail: error.errors.isEmpty
        ? error.message : String(decoding: error.errors, as: UTF8.self))
  }
}
