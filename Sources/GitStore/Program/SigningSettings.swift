/// What the user's configuration says about signing (git-config(1), `gpg.*` and `user.signingKey`).
package struct SigningSettings: Sendable {
  /// The form of signatures.
  package let format: Signer.Format
  /// The key that is named; nil where none is.
  package let key: String?
  /// The file by which git knows SSH signers.
  package let allowedSigners: String?
  /// The programs that are named, by format, from trusted scopes alone: what the repository's own
  /// configuration names may have come with it.
  private let programs: [Signer.Format: String]
  private let keyCommand: String?
  /// Settings of the repository that name programs, and are not followed.
  package let ignored: [String]

  package init(_ settings: GitConfiguration, requestedKey: String?) throws(SigningError) {
    let text = settings.string("gpg.format") ?? "openpgp"
    guard let format = Signer.Format(rawValue: text) else {
      throw SigningError("gpg.format: '\(text)' is none of openpgp, ssh and x509")
    }
    self.format = format
    let named = requestedKey ?? settings.string("user.signingkey")
    key = named.flatMap { $0.isEmpty ? nil : $0 }
    allowedSigners = settings.string("gpg.ssh.allowedsignersfile")
    let names: [(Signer.Format, [ConfigurationKey])] = [
      (.openpgp, ["gpg.openpgp.program", "gpg.program"]), (.ssh, ["gpg.ssh.program"]),
      (.x509, ["gpg.x509.program"]),
    ]
    var programs: [Signer.Format: String] = [:]
    var ignored: [String] = []
    for (format, keys) in names {
      programs[format] = keys.lazy.compactMap { settings.string($0, in: .trusted) }.first
      ignored += keys.filter { settings.last($0, in: [.local, .worktree]) != nil }
        .map(\.description)
    }
    self.programs = programs
    keyCommand = settings.string("gpg.ssh.defaultkeycommand", in: .trusted)
    if settings.last("gpg.ssh.defaultkeycommand", in: [.local, .worktree]) != nil {
      ignored.append("gpg.ssh.defaultKeyCommand")
    }
    self.ignored = ignored
  }

  /// The signer; `identity` is the committer as `Name <mail>`, by which OpenPGP finds a key.
  package func signer(
    identity: String, environment: [String: String]
  ) async throws(SigningError) -> Signer {
    let program = try path(of: format, environment)
    var key = key
    if key == nil {
      switch format {
      case .openpgp, .x509: key = identity
      case .ssh: key = try await defaultKey(environment)
      }
    }
    guard let key else {
      throw SigningError("there is no key to sign with: user.signingKey is not set")
    }
    return Signer(format: format, program: program, key: key, environment: environment)
  }

  /// The settings with which a child git runs no program but the trusted ones.
  package func overrides(environment: [String: String]) -> [String] {
    let keys: [(Signer.Format, [String])] = [
      (.openpgp, ["gpg.program", "gpg.openpgp.program"]), (.ssh, ["gpg.ssh.program"]),
      (.x509, ["gpg.x509.program"]),
    ]
    return keys.flatMap { format, names in
      let program = (try? path(of: format, environment)) ?? "/nonexistent"
      return names.map { "\($0)=\(program)" }
    }
  }

  private func path(
    of format: Signer.Format, _ environment: [String: String]
  ) throws(SigningError) -> String {
    let usual: [Signer.Format: String] = [.openpgp: "gpg", .ssh: "ssh-keygen", .x509: "gpgsm"]
    var name = programs[format] ?? ""
    if name.isEmpty { name = usual[format] ?? "gpg" }
    if name.hasPrefix("~/") { name = (environment["HOME"] ?? "") + name.dropFirst() }
    if name.hasPrefix("/") { return name }
    guard !name.contains("/"),
      let found = ProgramSearch.find(name, path: environment["PATH"] ?? "")
    else { throw SigningError("the program '\(name)' was not found") }
    return found
  }

  /// The first key that `gpg.ssh.defaultKeyCommand` prints.
  private func defaultKey(_ environment: [String: String]) async throws(SigningError) -> String? {
    guard let keyCommand else { return nil }
    let words = keyCommand.split(separator: " ").map(String.init)
    guard let first = words.first,
      let program = first.hasPrefix("/")
        ? first : ProgramSearch.find(first, path: environment["PATH"] ?? "")
    else { throw SigningError("gpg.ssh.defaultKeyCommand was not found") }
    let signer = Signer(format: .ssh, program: program, key: "", environment: environment)
    let output = try await signer.run(Array(words.dropFirst()), input: [])
    let lines = String(decoding: output.output, as: UTF8.self).split(whereSeparator: \.isNewline)
    return lines.first { $0.hasPrefix("ssh-") || $0.hasPrefix("key::") }.map(String.init)
  }
}
