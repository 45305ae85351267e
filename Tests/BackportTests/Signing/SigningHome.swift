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

    private var program: String { self == .ssh ? "ssh-keygen" : "gpg" }

    /// Whether the program that makes such keys is there.
    var isInstalled: Bool {
      let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
      return path.split(separator: ":").contains {
        FileManager.default.isExecutableFile(atPath: "\($0)/\(program)")
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
      let folder = try environment.makeDirectory("home/.gnupg")
      try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: folder)
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
    }
  }

  /// Sets a value of the user's configuration.
  func set(_ name: String, _ value: String) {
    GitOracle(in: environment.root, environment: environment)(
      "config", "--file", environment.home + "/gitconfig", name, value)
  }

  private func run(_ program: String, _ arguments: String...) throws {
    let result = try ChildProcess.run(
      ChildProcess.find(program, in: environment.variables), arguments,
      environment: environment.variables, directory: environment.root)
    #expect(result.status == 0, "\(result.errorText)")
  }
}

extension PlanFixture {
  /// How a plan states its signatures by SSH.
  static func signing(commits: Bool, tags: Bool, key: String) -> PlannedSigning {
    PlannedSigning(commits: commits, tags: tags, format: "ssh", key: key)
  }
}
