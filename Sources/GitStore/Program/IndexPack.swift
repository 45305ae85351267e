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

  /// The operation whose objects these are.
  package var operation: String
  package var deadline = Duration.seconds(300)

  /// What the `.keep` file says.
  private var keepMessage: String { "backport \(operation)" }

  package init(operation: String) {
    self.operation = operation
  }

  /// Writes the pack, with its index and a `.keep` file, and makes all three durable.
  ///
  /// It is written and checked in a folder of its own below `objects` and moved from there, so that
  /// what a killed git leaves behind can be told; see ``sweep(objects:operation:)``.
  /// Git checks every object as strictly as `git fsck --strict`; one that is malformed, has a
  /// name such as `.git` in a tree or points at an object that is not there spoils the pack, and
  /// the error holds git's words.
  package func store(
    _ pack: [UInt8], with program: GitProgram, at location: GitLocation
  ) async throws(GitProgramError) -> Stored {
    let quarantine = try Self.files { () throws(FileError) in
      try Quarantine(objects: location.objects, operation: operation)
    }
    do throws(GitProgramError) {
      let name = try await index(pack, with: program, at: location, quarantine.variables)
      return Stored(
        name: name,
        isKept: try Self.files { () throws(FileError) in try quarantine.release(name) })
    } catch {
      try? quarantine.remove()
      throw error
    }
  }

  private static func files<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(GitProgramError) -> Result {
    do {
      return try body()
    } catch {
      throw GitProgramError(
        .cannotStart, arguments: ["index-pack"],
        errors: Array("\(error.path): \(error.operation): \(error.reason)".utf8))
    }
  }

  private func index(
    _ pack: [UInt8], with program: GitProgram, at location: GitLocation,
    _ variables: [String: String]
  ) async throws(GitProgramError) -> String {
    var options = GitProgram.Options()
    options.deadline = deadline
    options.settings = ["core.fsync=committed"]
    options.variables = variables.merging(RunningChildren.mark(operation)) { $1 }
    let arguments = ["index-pack", "--stdin", "--strict", "--keep=\(keepMessage)"]
    let output = try await program.output(
      of: arguments, at: location, input: pack, options: options)
    // `pack<TAB>name`, or `keep<TAB>name` when the .keep file was made.
    let text = String(decoding: output, as: UTF8.self)
    let fields = text.split { $0 == "\t" || $0 == "\n" }
    guard fields.count == 2, fields[0] == "keep" || fields[0] == "pack" else {
      throw GitProgramError(.unexpectedOutput, arguments: arguments, message: text)
    }
    return String(fields[1])
  }

  /// The operations of which something was left behind; to be called with the lock held.
  package static func leftovers(objects: String) -> [String] {
    Quarantine.leftovers(in: objects)
  }

  /// Removes what the run of an operation left behind, once none of its children runs any more.
  package static func sweep(objects: String, operation: String) throws(FileError) {
    try Quarantine.remove(leftBy: operation, in: objects)
  }
}
