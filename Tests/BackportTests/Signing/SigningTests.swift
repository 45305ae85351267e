import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// Commits and tags signed for real, with keys that are made for the test.
struct SigningTests {
  /// A project with a home in which signing is set up.
  struct Fixture {
    let plans: PlanFixture
    let fix: Mark
    let home: SigningHome
    var git: GitOracle { plans.repository.git }

    init(config: String = "", _ setUp: (SigningHome) throws -> Void) throws {
      let (history, fix) = TwoLines.withFix(config: config, tagMessage: "Release")
      plans = try PlanFixture(history)
      self.fix = fix
      home = try SigningHome(in: plans.repository.environment)
      try setUp(home)
    }

    func open(_ options: PlanOptions = PlanOptions()) async throws -> Workspace {
      try await plans.open(options, environment: home.variables)
    }

    func plan(_ change: (inout PlanOptions) -> Void = { _ in }) async throws -> BackportPlan {
      var options = PlanOptions()
      options.fix = [plans.repository.id(fix)]
      change(&options)
      let workspace = try await open(options)
      return try workspace.plan(plans.request(options, workspace))
    }

    func apply(_ plan: BackportPlan) async throws -> OperationDocument {
      try await open(plan.options).apply(saved: plan)
    }

    /// Whether git takes everything that was made for well signed.
    func isVerified() throws -> Bool {
      let commits = ["verify-commit", "1.0", "1.1", "1.0~1", "backport/forward-port/v1.1.1"]
      return try [commits, ["verify-tag", "v1.0.1", "v1.1.1"]].allSatisfy {
        try git.attempt($0, environment: home.variables).status == 0
      }
    }

    var files: Set<String> {
      Set(
        (try? FileManager.default.subpathsOfDirectory(atPath: plans.repository.gitDirectory)) ?? [])
    }
  }

  static let signers: [SigningHome.Kind] = SigningHome.Kind.allCases.filter(\.isInstalled)

  @Test("everything is signed and git verifies it", arguments: signers)
  func signed(kind: SigningHome.Kind) async throws {
    let fixture = try Fixture { home in
      try home.make(kind)
      home.set("commit.gpgSign", "true")
      home.set("tag.gpgSign", "true")
    }
    let plan = try await fixture.plan()
    #expect(plan.signing?.format == kind.rawValue)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.commits.allSatisfy { $0.id == nil && $0.unsignedId != nil && $0.tree != nil })
    #expect(target.release?.commit == nil && target.release?.unsignedCommit != nil)
    #expect(target.release?.tagObject == nil && target.release?.isTagSigned == true)
    #expect(plan.refUpdates.allSatisfy { $0.new == nil && $0.unsignedNew != nil })
    let done = try await fixture.apply(plan)
    #expect(done.refUpdates.allSatisfy { $0.new != nil && $0.state == "new" })
    #expect(try fixture.isVerified())
    #expect(fixture.plans.fsck().isEmpty)
    let landed = try PlanFixture.target("1.0", of: done.plan)
    #expect(landed.release?.commit?.description == fixture.git("rev-parse", "v1.0.1^{commit}"))
    #expect(landed.commits.first?.id?.description == fixture.git("rev-parse", "1.0~1"))
    #expect(fixture.git("log", "-1", "--format=%T", "1.0~1") == target.commits[0].tree?.description)
    _ = try await fixture.open().undo(nil)
    #expect(fixture.plans.repository.refs()["refs/tags/v1.0.1"] == nil)
  }

  @Test(
    "-S signs what the configuration leaves unsigned, and --no-gpg-sign the other way round",
    .enabled(if: SigningHome.Kind.ssh.isInstalled, "ssh-keygen is not installed"))
  func asked() async throws {
    let fixture = try Fixture { home in try home.make(.ssh) }
    #expect(try await fixture.plan().signing == nil)
    let plan = try await fixture.plan { $0.signing = true }
    _ = try await fixture.apply(plan)
    #expect(try fixture.isVerified())
    let other = try Fixture { home in
      try home.make(.ssh)
      home.set("commit.gpgSign", "true")
    }
    #expect(try await other.plan().signing?.commits == true)
    let without = try await other.plan { $0.signing = false }
    #expect(without.signing == nil && without.refUpdates.allSatisfy { $0.new != nil })
    #expect(try await other.apply(without).state == .landed)
  }

  @Test(
    "a project's wish for signed tags is followed, with the user's key",
    .enabled(if: SigningHome.Kind.ssh.isInstalled, "ssh-keygen is not installed"))
  func wish() async throws {
    let fixture = try Fixture(config: "[release]\n\ttag = signed\n") { try $0.make(.ssh) }
    let plan = try await fixture.plan()
    #expect(plan.signing == PlanFixture.signing(commits: false, tags: true, key: fixture.home.key))
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.commits.allSatisfy { $0.id != nil } && target.release?.commit != nil)
    _ = try await fixture.apply(plan)
    let verified = try fixture.git.attempt(
      ["verify-tag", "v1.0.1", "v1.1.1"], environment: fixture.home.variables)
    #expect(verified.status == 0)
    #expect(!fixture.git("cat-file", "-p", "1.0").contains("gpgsig"))
  }

  /// Programs that do not sign, and a word of what is said of each.
  static let failing: [(script: String, word: String)] = [
    ("exit 1", "failed"), ("exit 0", "wrote no signature"),
    ("cat >/dev/null; echo hello", "wrote no signature"),
    ("read answer </dev/tty", "/dev/tty"),
    ("echo 'no such key' >&2; exit 2", "no such key"), ("kill -9 $$", "failed"),
    (
      "n=$(cat \"$0.n\" 2>/dev/null || echo 0); echo $((n + 1)) >\"$0.n\"; "
        + "[ $n -lt 4 ] || exit 1; exec ssh-keygen \"$@\"", "failed"
    ),
    (
      "cat >/dev/null; echo '-----BEGIN SSH SIGNATURE-----'; echo aaaa; "
        + "echo '-----END SSH SIGNATURE-----'", "signature"
    ),
  ]

  @Test(
    "a signer that does not sign leaves nothing behind",
    .enabled(if: SigningHome.Kind.ssh.isInstalled, "ssh-keygen is not installed"),
    arguments: failing)
  func failure(script: String, word: String) async throws {
    let fixture = try Fixture { home in
      try home.make(.ssh)
      home.set("commit.gpgSign", "true")
      let path = try home.environment.write(
        "#!/bin/sh\n\(script)\n", to: "bin/signer", executable: true)
      home.set("gpg.ssh.program", path)
    }
    let plan = try await fixture.plan()
    let (refs, files) = (fixture.plans.repository.refs(), fixture.files)
    let error = try await PlanFixture.failure { try await fixture.apply(plan) }
    #expect(error.code == .signing)
    #expect(error.detail.contains(word), "\(error.detail)")
    #expect(fixture.plans.repository.refs() == refs)
    let left = fixture.files.subtracting(files).filter { !$0.hasPrefix("backport") }
    #expect(left.isEmpty)
    #expect(try await fixture.open().log().operations.isEmpty)
  }

  @Test(
    "a program that the repository's own configuration names is not run",
    .enabled(if: SigningHome.Kind.ssh.isInstalled, "ssh-keygen is not installed"))
  func repositoryProgram() async throws {
    let fixture = try Fixture { home in
      try home.make(.ssh)
      home.set("commit.gpgSign", "true")
    }
    let mark = fixture.home.environment.root + "/ran"
    let evil = try fixture.home.environment.write(
      "#!/bin/sh\ntouch '\(mark)'\nexit 1\n", to: "bin/evil", executable: true)
    for key in ["gpg.ssh.program", "gpg.program", "gpg.ssh.defaultKeyCommand"] {
      fixture.git("config", key, evil)
    }
    let done = try await fixture.apply(try await fixture.plan())
    #expect(done.state == .landed)
    #expect(done.plan.warnings.count { $0.code == "ignored-setting" } == 3)
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test(
    "without a list of signers the signatures are still checked, and the run says so",
    .enabled(if: SigningHome.Kind.ssh.isInstalled, "ssh-keygen is not installed"))
  func unknownSigner() async throws {
    let fixture = try Fixture { home in
      try home.make(.ssh, isKnown: false)
      home.set("commit.gpgSign", "true")
    }
    let done = try await fixture.apply(try await fixture.plan())
    #expect(done.plan.warnings.contains { $0.code == "unknown-signer" })
    let stranger = try Fixture { home in
      try home.make(.ssh)
      home.set("commit.gpgSign", "true")
      try home.environment.write("other@example.com ssh-ed25519 AAAA\n", to: "home/allowed")
    }
    let plan = try await stranger.plan()
    let error = try await PlanFixture.failure { try await stranger.apply(plan) }
    #expect(error.code == .signing && error.detail.contains("git verify-commit"))
    #expect(stranger.plans.repository.refs()["refs/tags/v1.0.1"] == nil)
  }
}
