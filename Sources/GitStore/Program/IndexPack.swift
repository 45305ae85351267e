/// Stores a pack in a repository, all of it or nothing.
package struct IndexPack: Sendable {
  /// A pack that is in the repository.
  package struct Stored: Sendable, Equatable {
    /// The hexadecimal name between `pack-` and `.pack`.
    package var name: String
    /// Whether `pack-<name>.keep` is new, which keeps the pack from being repacked or pruned.
    package var isKept: Bool

    package init(name: String, isKept: Bool) {
      self.name = name
      self.isKept = isKept
    }
  }

  /// What the `.keep` file says; a single line.
  package var keepMessage: String
  package var deadline = Duration.seconds(300)

  package init(keepMessage: String) {
    self.keepMessage = keepMessage
  }

  /// Writes the pack, with its index and a `.keep` file, and makes all three durable.
  ///
  /// Git checks every object as strictly as `git fsck --strict`; one that is malformed, has a
  /// name such as `.git` in a tree or points at an object that is not there spoils the pack, and
  /// the error holds git's words.
  package func store(
    _ pack: [UInt8], with program: GitProgram, at location: GitLocation
  ) async throws(GitProgramError) -> Stored {
    var options = GitProgram.Options()
    options.deadline = deadline
    options.settings = ["core.fsync=committed"]
    let arguments = ["index-pack", "--stdin", "--strict", "--keep=\(keepMessage)"]
    let output = try await program.output(
      of: arguments, at: location, input: pack, options: options)
    // `pack<TAB>name`, or `keep<TAB>name` when the .keep file was made.
    let text = String(decoding: output, as: UTF8.self)
    let fields = text.split { $0 == "\t" || $0 == "\n" }
    guard fields.count == 2, fields[0] == "keep" || fields[0] == "pack" else {
      throw GitProgramError(.unexpectedOutput, arguments: arguments, message: text)
    }
    return Stored(name: String(fields[1]), isKept: fields[0] == "keep")
  }
}
