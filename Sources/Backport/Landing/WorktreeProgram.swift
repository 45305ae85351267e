import GitStore

/// Git, run in one worktree.
struct WorktreeProgram {
  private let git: GitProgram
  private let location: GitLocation
  private var options = GitProgram.Options()

  init(_ workspace: Workspace, gitDirectory: String, path: String, operation: String? = nil) {
    git = workspace.git
    location = .repository(
      gitDirectory: gitDirectory, common: workspace.repository.commonDirectory, workTree: path)
    if let operation { options.variables = RunningChildren.mark(operation) }
  }

  init(_ workspace: Workspace, _ move: WorktreeMove, operation: String? = nil) {
    self.init(
      workspace, gitDirectory: move.gitDirectory, path: move.path, operation: operation)
  }

  /// The same with another index file.
  func with(index: String) -> WorktreeProgram {
    var other = self
    other.options.variables["GIT_INDEX_FILE"] = index
    return other
  }

  /// Whether index and files are those of a commit.
  func shows(_ commit: ObjectID) async throws(GitProgramError) -> Bool {
    try await refresh()
    return try await git.run(
      ["diff-index", "--quiet", commit.description, "--"], at: location, options: options
    ).succeeded
  }

  /// Brings the index up to date with files that were only touched.
  func refresh() async throws(GitProgramError) {
    _ = try await git.run(["update-index", "-q", "--refresh"], at: location, options: options)
  }

  /// Takes index and files from one commit to another, as a switch of branches would.
  func go(
    from old: ObjectID, to new: ObjectID, _ more: [String] = []
  ) async throws(GitProgramError) {
    _ = try await git.output(
      of: ["read-tree", "-m", "-u"] + more + [old.description, new.description], at: location,
      options: options)
  }

  /// Makes index and files those of a commit, whatever they are.
  func reset(to commit: ObjectID) async throws(GitProgramError) {
    _ = try await git.output(
      of: ["read-tree", "--reset", "-u", commit.description], at: location, options: options)
  }

  /// Makes the index that of a commit; no file is touched.
  func readIndex(of commit: ObjectID) async throws(GitProgramError) {
    _ = try await git.output(
      of: ["read-tree", commit.description], at: location, options: options)
    try await refresh()
  }

  /// The paths whose files are not what the index says, missing ones among them.
  func differingPaths() async throws(GitProgramError) -> Set<[UInt8]> {
    try await paths(["diff-files", "--name-only", "-z"])
  }

  /// The paths that differ between two commits.
  func changedPaths(
    from old: ObjectID, to new: ObjectID
  ) async throws(GitProgramError) -> Set<[UInt8]> {
    try await paths([
      "diff-tree", "-r", "-z", "--no-renames", "--name-only", old.description, new.description,
    ])
  }

  private func paths(_ arguments: [String]) async throws(GitProgramError) -> Set<[UInt8]> {
    let bytes = try await git.output(of: arguments, at: location, options: options)
    return Set(bytes.split(separator: 0).map { Array($0) })
  }
}
