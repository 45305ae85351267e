/// One `git fetch` of all branches and tags of a remote, into the usual places.
///
/// Nothing that is here is removed or moved back: a tag that differs stays as it is, and git then
/// ends with a failure. See https://git-scm.com/docs/git-fetch.
package struct Fetch: Sendable {
  /// What a clone lacks that is to be made good.
  package enum Depth: Sendable, Equatable {
    /// Only what is new.
    case usual
    /// The history beyond the end of a shallow clone.
    case unshallow
    /// The objects that a partial clone left on the remote.
    case whole
  }

  /// The name of a configured remote.
  package var remote: String
  package var depth = Depth.usual
  package var deadline = Duration.seconds(1_800)

  package init(from remote: String, depth: Depth = .usual) {
    self.remote = remote
    self.depth = depth
  }

  /// Runs git.
  package func run(
    with program: GitProgram, at location: GitLocation
  ) async throws(GitProgramError) {
    var options = GitProgram.Options()
    options.deadline = deadline
    let programs = program.remotePrograms[remote].map { ["--upload-pack=\($0.uploadPack)"] } ?? []
    _ = try await program.output(
      of: ["fetch"] + programs + arguments, at: location, options: options)
  }

  /// The words behind the verb; no name of a repository can be taken for an option.
  var arguments: [String] {
    var words = ["--quiet", "--tags", "--no-recurse-submodules", "--no-write-fetch-head"]
    switch depth {
    case .usual: break
    case .unshallow: words.append("--unshallow")
    case .whole: words += ["--refetch", "--no-filter"]
    }
    return words + ["--", remote, "+refs/heads/*:refs/remotes/\(remote)/*"]
  }
}

/// Moves local branches forward to where those of a remote were last seen.
package enum FastForward {
  /// Moves what only goes forward; git itself refuses every other move, which is no error here.
  package static func run(
    _ moves: [(from: RefName, to: RefName)], with program: GitProgram, at location: GitLocation
  ) async throws(GitProgramError) {
    guard !moves.isEmpty else { return }
    _ = try await program.run(
      ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--no-recurse-submodules", "."]
        + moves.map { "\($0.from):\($0.to)" }, at: location)
  }
}
