import GitStore
import TestSupport
import Testing

@Suite struct GitEnvironmentTests {
  /// What git runs a hook or an alias with.
  private static let ofHook = [
    "GIT_DIR": "/elsewhere", "GIT_WORK_TREE": "/elsewhere", "GIT_INDEX_FILE": "/elsewhere/index",
    "GIT_OBJECT_DIRECTORY": "/elsewhere/objects", "GIT_PREFIX": "sub/",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES": "/elsewhere/objects", "GIT_NAMESPACE": "space",
    "GIT_CONFIG": "/elsewhere/config", "GIT_COMMON_DIR": "/elsewhere",
  ]

  @Test
  func `everything git calls local to a repository goes, but for the command line's settings`()
    throws
  {
    let environment = try HermeticEnvironment()
    let git = GitOracle(in: environment.root, environment: environment)
    let local = Set(git.lines("rev-parse", "--local-env-vars"))
    let kept: Set = ["GIT_CONFIG_PARAMETERS", "GIT_CONFIG_COUNT"]
    let full = Dictionary(uniqueKeysWithValues: local.map { ($0, "x") })
    let scrubbed = GitEnvironment.scrubbed(full, for: .directory("/"))
    #expect(local.count > 10)
    #expect(Set(scrubbed.keys.filter { scrubbed[$0] == "x" }) == kept)
  }

  @Test func `traces and translations go and the rest stays`() {
    let scrubbed = GitEnvironment.scrubbed(
      [
        "GIT_TRACE": "1", "GIT_TRACE2_EVENT": "/tmp/x", "GIT_CURL_VERBOSE": "1",
        "LANGUAGE": "de", "LC_ALL": "de_DE.UTF-8", "HOME": "/home/me", "GIT_SSH_COMMAND": "ssh",
        "GIT_CONFIG_KEY_0": "user.name",
      ], for: .repository(gitDirectory: "/g", common: "/c", workTree: "/w"))
    #expect(
      scrubbed == [
        "GIT_DIR": "/g", "GIT_COMMON_DIR": "/c", "HOME": "/home/me", "GIT_SSH_COMMAND": "ssh",
        "GIT_CONFIG_KEY_0": "user.name", "LC_ALL": "C", "GIT_EDITOR": "false",
        "GIT_NO_REPLACE_OBJECTS": "1", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat",
        "GIT_TERMINAL_PROMPT": "0",
      ])
  }

  @Test func `the variables of a hook do not send git to another repository`() async throws {
    var history = RepositoryBuilder()
    let commit = history.commit("here", files: ["a": "1\n"])
    let repository = try history.write(bare: false)
    let program = try GitProgram(repository.environment, Self.ofHook)
    let known = try await program.output(of: ["rev-parse", "main"], at: repository.location)
    #expect(String(decoding: known, as: UTF8.self) == repository.id(commit) + "\n")
    let found = try await program.output(
      of: ["rev-parse", "--absolute-git-dir"], at: .directory(repository.directory))
    #expect(String(decoding: found, as: UTF8.self) == repository.gitDirectory + "\n")
  }

  @Test func `a linked worktree sees its own HEAD and the shared refs`() async throws {
    var history = RepositoryBuilder()
    let main = history.commit("main", files: ["a": "1\n"])
    let topic = history.commit("topic", on: "topic", files: ["a": "2\n"])
    let repository = try history.write(bare: false)
    repository.git("worktree", "add", "-q", "../linked", "topic")
    let location = GitLocation.repository(
      gitDirectory: repository.gitDirectory + "/worktrees/linked",
      common: repository.gitDirectory, workTree: repository.environment.root + "/linked")
    let program = try GitProgram(repository.environment)
    let ids = try await program.output(of: ["rev-parse", "HEAD", "main"], at: location)
    let expected = "\(repository.id(topic))\n\(repository.id(main))\n"
    #expect(String(decoding: ids, as: UTF8.self) == expected)
  }

  @Test func `programs that the repository names are not started`() async throws {
    var history = RepositoryBuilder()
    let commit = history.commit("here", files: ["a": "1\n"])
    let repository = try history.write(bare: false)
    let trap = try repository.environment.write(
      "#!/bin/sh\ntouch \(repository.environment.root)/started\n", to: "trap/reference-transaction",
      executable: true)
    repository.git("config", "core.fsmonitor", trap)
    repository.git("config", "core.hooksPath", repository.environment.root + "/trap")
    let program = try GitProgram(repository.environment)
    let started = repository.environment.root + "/started"
    func hasStarted() throws -> Bool {
      try ChildProcess.run("/bin/rm", [started], environment: [:], directory: "/").status == 0
    }
    _ = try hasStarted()
    let create = ["update-ref", "refs/heads/x", repository.id(commit)]
    _ = try await program.output(of: ["status"], at: repository.location)
    _ = try await program.output(of: create, at: repository.location)
    #expect(try !hasStarted())
    var options = GitProgram.Options()
    options.hooks = .run
    _ = try await program.output(
      of: ["update-ref", "-d", "refs/heads/x"], at: repository.location, options: options)
    #expect(try hasStarted())
  }
}
