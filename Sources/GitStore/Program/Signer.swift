import Subprocess

#if canImport(Darwin)
  import System
#else
  import SystemPackage
#endif

/// Why nothing was signed.
package struct SigningError: Error, Sendable, Equatable {
  /// What failed, for people.
  package var message: String

  package init(_ message: String) { self.message = message }
}

/// Signs with the user's own program, as git does, see `gpg-interface.c` of git.
package struct Signer: Sendable {
  /// Whose signatures they are: `gpg.format`.
  package enum Format: String, Sendable, CaseIterable {
    case openpgp
    case ssh
    case x509

    /// How a signature begins.
    var armor: String {
      switch self {
      case .openpgp: "-----BEGIN PGP SIGNATURE-----"
      case .ssh: "-----BEGIN SSH SIGNATURE-----"
      case .x509: "-----BEGIN SIGNED MESSAGE-----"
      }
    }
  }

  package let format: Format
  /// The absolute path of the program.
  package let program: String
  /// What names the key: a key id, a mail address, the path of a file or a public key itself.
  package let key: String
  /// What the program may take; a person may have to type a passphrase.
  package var deadline = Duration.seconds(60)
  private let environment: [String: String]

  package init(
    format: Format, program: String, key: String, environment: [String: String]
  ) {
    self.format = format
    self.program = program
    self.key = key
    self.environment = environment
  }

  /// The signature of some bytes, without a newline at its end.
  ///
  /// A program that ends well without having written a signature has failed too: git 2.39 made
  /// unsigned tags of such.
  package func sign(_ payload: [UInt8]) async throws(SigningError) -> [UInt8] {
    switch format {
    case .openpgp, .x509:
      let output = try await run(["--status-fd=2", "-bsau", key], input: payload)
      guard String(decoding: output.errors, as: UTF8.self).contains("[GNUPG:] SIG_CREATED ") else {
        throw SigningError("\(program) ended well but reports no signature")
      }
      return try checked(output.output)
    case .ssh:
      return try await withKeyFile { (file) async throws(SigningError) in
        try checked(
          try await run(["-Y", "sign", "-n", "git", "-f", file], input: payload).output)
      }
    }
  }

  /// Checks a signature of ssh by itself, without asking who made it.
  package func checkWithoutIdentity(
    _ signature: [UInt8], of payload: [UInt8]
  ) async throws(SigningError) {
    let file = try temporaryFile(signature)
    _ = try await run(["-Y", "check-novalidate", "-n", "git", "-s", file.path], input: payload)
  }

  private func checked(_ output: [UInt8]) throws(SigningError) -> [UInt8] {
    var signature = output.filter { $0 != UInt8(ascii: "\r") }
    while signature.last == UInt8(ascii: "\n") { signature.removeLast() }
    guard signature.starts(with: format.armor.utf8), !signature.contains(0) else {
      throw SigningError("\(program) ended well but wrote no signature")
    }
    return signature
  }

  /// Gives the file of an SSH key; a key that stands in the settings itself goes into one.
  private func withKeyFile<Result>(
    _ body: (String) async throws(SigningError) -> Result
  ) async throws(SigningError) -> Result {
    let literal = key.hasPrefix("key::") ? String(key.dropFirst(5)) : key
    guard literal != key || literal.hasPrefix("ssh-") else {
      let home = environment["HOME"] ?? ""
      return try await body(key.hasPrefix("~/") ? home + key.dropFirst() : key)
    }
    let file = try temporaryFile(Array((literal + "\n").utf8))
    let result = try await body(file.path)
    withExtendedLifetime(file) {}
    return result
  }

  private func temporaryFile(_ contents: [UInt8]) throws(SigningError) -> TemporaryFile {
    do {
      return try TemporaryFile(contents, below: environment["TMPDIR"])
    } catch {
      throw SigningError("\(error.path) cannot be written: \(error.reason)")
    }
  }

  /// Runs the program away from any terminal, so that a question ends it instead of the run waiting.
  func run(
    _ arguments: [String], input: [UInt8]
  ) async throws(SigningError) -> GitProgramOutput {
    var variables = GitEnvironment.scrubbed(environment, for: .directory("/"))
    variables["SSH_ASKPASS_REQUIRE"] = "never"
    var platform = PlatformOptions()
    platform.createSession = true
    var options = GitProgram.Options()
    options.deadline = deadline
    options.grace = .seconds(2)
    options.outputLimit = 1 << 20
    platform.teardownSequence = GitProgram.teardown(options)
    let keyed = variables.map { (Environment.Key(stringLiteral: $0.key), $0.value) }
    let configuration = Configuration(
      executable: .path(FilePath(program)), arguments: Arguments(arguments),
      environment: .custom(Dictionary(uniqueKeysWithValues: keyed)),
      workingDirectory: FilePath("/"), platformOptions: platform)
    let output: GitProgramOutput
    do {
      output = try await GitProgram.execute(
        configuration, arguments, input: input, options: options)
    } catch {
      throw SigningError(
        error.code == .deadlinePassed
          ? "\(program) did not end within \(deadline.components.seconds) seconds"
          : "\(program) could not be run")
    }
    guard output.succeeded else { throw SigningError(words(of: output)) }
    return output
  }

  /// What a program that failed said, without the lines that are for programs.
  private func words(of output: GitProgramOutput) -> String {
    let lines = String(decoding: output.errors, as: UTF8.self).split(whereSeparator: \.isNewline)
      .filter { !$0.hasPrefix("[GNUPG:]") }
    return lines.isEmpty ? "\(program) failed" : lines.suffix(3).joined(separator: "; ")
  }
}
