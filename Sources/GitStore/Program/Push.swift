/// What a push does to one reference of a remote.
package struct PushEdit: Sendable, Equatable {
  package var ref: RefName
  /// What the remote must hold; nil when it must not have the reference.
  package var expected: ObjectID?
  /// The object that is sent.
  package var new: ObjectID
  /// Whether what the remote holds is not in the history of the new object, on purpose.
  package var isReplacing: Bool

  package init(ref: RefName, expected: ObjectID?, new: ObjectID, isReplacing: Bool = false) {
    self.ref = ref
    self.expected = expected
    self.new = new
    self.isReplacing = isReplacing
  }
}

/// One atomic `git push` of stated objects to stated references, and of nothing besides.
///
/// The settings by which a repository widens a push are overridden: with `push.followTags` an
/// unrelated tag went along although every refspec was explicit. Every reference has a lease, so
/// that a remote which has changed takes none of them. A lease also lets git move a branch
/// backwards: whoever makes the edits has to see that they go forward.
/// See https://git-scm.com/docs/git-push.
package struct Push: Sendable {
  /// The name of a configured remote.
  package var remote: String
  package var edits: [PushEdit]
  /// Whether git only says what it would do; then no hook runs.
  package var isRehearsal = false
  /// Whether the repository's hook `pre-push` is run.
  package var hooks = GitProgram.Options.Hooks.run
  /// Whether a server may send us on to another address.
  package var followsRedirects = true
  package var deadline = Duration.seconds(600)
  /// Whether ssh and credential helpers may ask at the terminal.
  package var sharesTerminal = false
  /// What the remote is told besides: push options, which hold no line ends.
  package var options: [String] = []

  package init(_ edits: [PushEdit], to remote: String) {
    self.edits = edits
    self.remote = remote
  }

  /// Runs git and reads its report; a refusal is a report, not an error.
  package func run(
    with program: GitProgram, at location: GitLocation
  ) async throws(GitProgramError) -> PushReport {
    var options = GitProgram.Options()
    options.hooks = isRehearsal ? .skip : hooks
    options.deadline = deadline
    options.sharesTerminal = sharesTerminal
    options.settings = [
      "push.followTags=false", "push.pushOption=", "push.recurseSubmodules=no",
      "push.useForceIfIncludes=false",
    ]
    if !followsRedirects { options.settings.append("http.followRedirects=false") }
    let programs = program.remotePrograms[remote].map { ["--receive-pack=\($0.receivePack)"] } ?? []
    let words = ["push"] + programs + arguments.dropFirst()
    let result = try await program.run(words, at: location, options: options)
    return PushReport(result)
  }

  /// The command line; no name of a repository can be taken for an option.
  var arguments: [String] {
    var words = [
      "push", "--atomic", "--porcelain", "--no-follow-tags", "--no-recurse-submodules",
    ]
    if isRehearsal { words += ["--dry-run", "--no-verify"] }
    words += options.map { "--push-option=\($0)" }
    for edit in edits {
      words.append("--force-with-lease=\(edit.ref):\(edit.expected?.description ?? "")")
    }
    return words + ["--", remote] + edits.map { "\($0.new):\($0.ref)" }
  }
}
