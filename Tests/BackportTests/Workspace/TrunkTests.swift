import Backport
import GitStore
import ReleaseModel
import TestSupport
import Testing

/// Which branch is the trunk, in every kind of clone.
struct TrunkTests {
  private let upstream: TestRepository

  init() throws { upstream = try TwoLines.history().write(name: "upstream", bare: true) }

  /// A clone made by git, with these arguments.
  private func clone(_ arguments: String...) throws -> TestRepository {
    let (environment, path) = (upstream.environment, upstream.environment.root + "/clone")
    let result = try upstream.git.attempt(
      ["clone", "-q"] + arguments + ["file://" + upstream.gitDirectory, path])
    #expect(result.status == 0, "\(result.errorText)")
    return TestRepository(
      opening: path, bare: arguments.contains("--bare"), environment: environment)
  }

  @Test func `a fresh clone has only remote branches, and lines are found there`() async throws {
    let fixture = PlanFixture(try clone())
    let document = try await fixture.open().lines(asOf: .init(unixSeconds: PlanFixture.now))
    #expect(document.repository?.trunk == "refs/heads/main")
    #expect(document.lines.map { $0.branch?.state } == ["remote", "remote"])
    #expect(document.lines.first?.branch?.ref == "refs/remotes/origin/1.1")
  }

  @Test func `a clone of a CI job has a detached head and no local branch`() async throws {
    let repository = try clone()
    repository.git("checkout", "-q", "--detach")
    repository.git("branch", "-q", "-D", "main")
    repository.git("remote", "set-head", "origin", "-d")
    let workspace = try await PlanFixture(repository).open()
    #expect(workspace.trunk.ref.description == "refs/remotes/origin/main")
    #expect(workspace.trunk.name == "main")
  }

  @Test func `what the CI calls the default branch comes before the usual names`() async throws {
    let repository = try clone()
    repository.git("remote", "set-head", "origin", "-d")
    let workspace = try await PlanFixture(repository).open(
      environment: ["CI_DEFAULT_BRANCH": "1.1"])
    #expect(workspace.trunk.name == "1.1")
    let other = try await PlanFixture(repository).open(
      environment: ["CI_DEFAULT_BRANCH": "gone"])
    #expect(other.trunk.name == "main")
  }

  @Test func `a bare repository has local branches only`() async throws {
    let workspace = try await PlanFixture(upstream).open()
    #expect(workspace.trunk.ref.description == "refs/heads/main")
    #expect(workspace.remote == nil)
  }

  @Test func `of several usual names the one with the newest tags is the trunk`() async throws {
    var history = RepositoryBuilder()
    let old = history.commit("Old", on: "master", files: ["a": "a\n"])
    history.tag("v0.9.0", at: old)
    history.tag("v0.10.0", at: history.commit("New", on: "develop", files: ["b": "b\n"]))
    let workspace = try await PlanFixture(history).open()
    #expect(workspace.trunk.name == "develop")
  }

  @Test func `usual names that hold the same tags are taken in their order`() async throws {
    var history = TwoLines.history()
    history.branch("develop", at: history.commit("Develop", files: ["d": "d\n"]))
    #expect(try await PlanFixture(history).open().trunk.name == "main")
  }

  @Test func `a trunk behind its remote is read at the remote`() async throws {
    var repository = try clone()
    let next = try repository.extend { $0.commit("Next", on: "refs/remotes/origin/main") }
    let trunk = try await PlanFixture(repository).open().trunk
    #expect(trunk.ref.description == "refs/remotes/origin/main")
    #expect(trunk.tip.description == repository.id(next))
  }

  @Test func `a trunk ahead of its remote is read here`() async throws {
    var repository = try clone()
    try repository.extend { $0.commit("Next", on: "main") }
    let workspace = try await PlanFixture(repository).open()
    #expect(workspace.trunk.ref.description == "refs/heads/main")
    #expect(workspace.warnings.isEmpty)
  }

  @Test func `a trunk that has diverged is a warning`() async throws {
    var repository = try clone()
    try repository.extend {
      $0.commit("Ours", on: "main", files: ["o": "o\n"])
      $0.commit("Theirs", on: "refs/remotes/origin/main", files: ["t": "t\n"])
    }
    let workspace = try await PlanFixture(repository).open()
    #expect(workspace.trunk.ref.description == "refs/remotes/origin/main")
    #expect(workspace.warnings.map(\.code) == ["trunk-diverged"])
  }

  @Test func `a trunk that stands for another branch is that branch`() async throws {
    upstream.git("symbolic-ref", "refs/heads/trunk", "refs/heads/main")
    upstream.git("config", "backport.trunk", "trunk")
    #expect(try await PlanFixture(upstream).open().trunk.name == "main")
  }

  @Test func `upstream comes before origin, and another can be named`() async throws {
    let repository = try clone()
    repository.git("remote", "add", "upstream", upstream.gitDirectory)
    #expect(try await PlanFixture(repository).open().remote == "upstream")
    var options = PlanOptions()
    options.upstreamRemote = "origin"
    #expect(try await PlanFixture(repository).open(options).remote == "origin")
    options.upstreamRemote = "nowhere"
    let error = try await PlanFixture.failure { try await PlanFixture(repository).open(options) }
    #expect(error.code == .usage)
  }

  @Test func `an empty repository and a name that is no branch are told apart`() async throws {
    let empty = try PlanFixture(RepositoryBuilder())
    let error = try await PlanFixture.failure { try await empty.open() }
    #expect(error.code == .unbornTrunk)
    #expect(error.operands == ["main"])
    upstream.git("config", "backport.trunk", "nowhere")
    let other = try await PlanFixture.failure { try await PlanFixture(upstream).open() }
    #expect(other.code == .noTrunk)
    #expect(other.operands == ["nowhere"])
  }

  @Test func `a detached head without any usual branch has no trunk`() async throws {
    var history = RepositoryBuilder()
    history.commit("One", on: "topic", files: ["a": "a\n"])
    let repository = try history.write(bare: false, head: "topic")
    repository.git("checkout", "-q", "--detach")
    let error = try await PlanFixture.failure { try await PlanFixture(repository).open() }
    #expect(error.code == .noTrunk)
  }
}
