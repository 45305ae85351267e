import Backport
import Foundation
import TestSupport
import Testing

/// A home directory with a signing key and git's configuration for it.
final class SigningHome {
  /// The kinds of key a test can make.
  enum Kind: String, CaseIterable {
    case openpgp
    case ssh
    case x509

    private var programs: [String] {
      switch self {
      case .openpgp: ["gpg"]
      case .ssh: ["ssh-keygen"]
      case .x509: ["gpgsm", "openssl"]
      }
    }

    /// Whether the programs that make such keys are there.
    var isInstalled: Bool {
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      return programs.allSatisfy { program in
        path.split(separator: ":").contains {
          FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
        }
      }
    }
  }

  let environment: HermeticEnvironment
  /// What a process gets besides the variables of the environment.
  var variables: [String: String] { ["GIT_CONFIG_GLOBAL": environment.home + "/gitconfig"] }
  /// What `user.signingKey` names.
  private(set) var key = ""

  init(in environment: HermeticEnvironment) throws { self.environment = environment }

  /// Makes a key and sets git up for it; `isKnown` lists it among the signers that git trusts.
  func make(_ kind: Kind, isKnown: Bool = true) throws {
    set("gpg.format", kind.rawValue)
    switch kind {
    case .openpgp:
      key = "\(Identity.committer.name) <\(Identity.committer.email)>"
      _ = try makeKeyring()
      try run(
        "gpg", "--batch", "--pinentry-mode", "loopback", "--passphrase", "",
        "--quick-generate-key", key, "ed25519", "sign", "1d")
    case .ssh:
      key = environment.home + "/id.pub"
      try run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", environment.home + "/id")
      set("user.signingKey", key)
      guard isKnown else { return }
      let line = try String(contentsOfFile: key, encoding: .utf8)
      try environment.write("\(Identity.committer.email) \(line)", to: "home/allowed")
      set("gpg.ssh.allowedSignersFile", environment.home + "/allowed")
    case .x509:
      try makeCertificate()
      // Unlike gpg, gpgsm knows no name with an address in it.
      key = Identity.committer.email
      set("user.signingKey", key)
    }
  }

  private func makeKeyring() throws -> String {
    let folder = try environment.makeDirectory("home/.gnupg")
    try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
    return folder
  }

  /// Makes a certificate that is signed by itself, and has gpgsm trust it.
  private func makeCertificate() throws {
    let keyring = try makeKeyring()
    let base = environment.home + "/certificate"
    try run(
      "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2",
      "-subj", "/CN=\(Identity.committer.name)",
      "-addext", "subjectAltName=email:\(Identity.committer.email)",
      "-addext", "keyUsage=critical,digitalSignature",
      "-keyout", base + ".key", "-out", base + ".pem")
    // The older algorithms, which are all that the gpgsm of Debian 12 reads.
    try run(
      "openssl", "pkcs12", "-export", "-passout", "pass:", "-keypbe", "PBE-SHA1-3DES",
      "-certpbe", "PBE-SHA1-3DES", "-macalg", "sha1", "-inkey", base + ".key",
      "-in", base + ".pem", "-out", base + ".p12")
    try run(
      "gpgsm", "--batch", "--pinentry-mode", "loopback", "--passphrase-fd", "0", "--import",
      base + ".p12", input: "\n")
    let keys = try run("gpgsm", "--batch", "-K", "--with-colons")
    let line = keys.split(separator: "\n").first { $0.hasPrefix("fpr") } ?? ""
    let fingerprint = line.split(separator: ":").last.map(String.init) ?? ""
    try Data("\(fingerprint) S relax\n".utf8).write(
      to: URL(fileURLWithPath: keyring + "/trustlist.txt"))
  }

  /// Sets a value of the user's configuration.
  func set(_ name: String, _ value: String) {
    GitOracle(in: environment.root, environment: environment)(
      "config", "--file", environment.home + "/gitconfig", name, value)
  }

  @discardableResult
  private func run(_ program: String, _ arguments: String..., input: String = "") throws -> String {
    let result = try ChildProcess.run(
      ChildProcess.find(program, in: environment.variables), arguments,
      environment: environment.variables, directory: environment.root, input: Array(input.utf8))
    #expect(result.status == 0, "\(result.errorText)")
    return result.outputText
  }
}

extension PlanFixture {
  /// How a plan states its signatures by SSH.
  static func signing(commits: Bool, tags: Bool, key: String) -> PlannedSigning {
    PlannedSigning(commits: commits, tags: tags, format: "ssh", key: key)
  }
}
