import GitStore

/// Looks at what signs commits and tags.
struct SigningChecks {
  /// Older ones write a tag without a signature when signing it with SSH fails, and say nothing.
  private static let safeForSSH = GitVersion(major: 2, minor: 43, patch: 2)

  private let workspace: Workspace
  private let git: GitVersion?

  init(_ workspace: Workspace, git: GitVersion?) {
    self.workspace = workspace
    self.git = git
  }

  func findings() async -> [DoctorDocument.Finding] {
    let settings = workspace.settings
    let keys: [ConfigurationKey] = ["commit.gpgsign", "tag.gpgsign", "tag.forcesignannotated"]
    let isOn = keys.contains { (try? settings.bool($0)) == true }
    guard isOn else { return [.init(.signing, "signing", .good, "nothing asks for signatures")] }
    let format = settings.string("gpg.format") ?? "openpgp"
    var findings: [DoctorDocument.Finding] = []
    if format == "ssh", let git, git < Self.safeForSSH {
      findings.append(
        .init(
          .signing, "git", .warning,
          "git \(git) writes an unsigned tag when an SSH key fails; signatures made here are checked",
          remedy: "use git \(Self.safeForSSH) or newer for tags made by hand"))
    }
    guard settings.string("user.signingkey") == nil, format == "ssh" else {
      return findings + [.init(.signing, "signing", .good, "signatures are made with \(format)")]
    }
    return findings + [
      .init(
        .signing, "key", .problem, "user.signingKey is not set, and SSH has no key by default",
        remedy: "git config user.signingKey <key file>")
    ]
  }
}
