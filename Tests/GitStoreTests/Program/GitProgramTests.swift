import GitStore
import TestSupport
import Testing

@Suite struct GitProgramTests {
  @Test func `git is found on PATH and nowhere else`() throws {
    let environment = try HermeticEnvironment()
    try environment.write("#!/bin/sh\n", to: "bin/git", executable: true)
    try environment.write("no program", to: "plain/git")
    try environment.write("", to: "folder/git/file")
    let root = environment.root
    #expect(
      ProgramSearch.find("git", path: "\(root)/plain:\(root)/folder:\(root)/bin")
        == "\(root)/bin/git")
    #expect(ProgramSearch.find("git", path: "\(root)/none:\(root)/bin/") == "\(root)/bin/git")
    #expect(ProgramSearch.find("git", path: ":.:bin:./bin") == nil)
    #expect(throws: GitProgramError(.notFound, message: "/none")) {
      try GitProgram(environment: ["PATH": "/none"])
    }
    #expect(throws: GitProgramError(.notFound)) { try GitProgram(environment: [:]) }
  }

  @Test(arguments: [
    ("git version 2.39.5\n", GitVersion(major: 2, minor: 39, patch: 5)),
    ("git version 2.39.5 (Apple Git-154)", GitVersion(major: 2, minor: 39, patch: 5)),
    ("git version 2.50.0.rc1", GitVersion(major: 2, minor: 50, patch: 0)),
    ("git version 2.45.GIT", GitVersion(major: 2, minor: 45, patch: 0)),
    ("git version next", nil),
    ("hg version 2.39.5", nil),
    ("", nil),
  ])
  func `versions are read from what git prints`(text: String, version: GitVersion?) {
    #expect(GitVersion(parsing: text) == version)
  }

  @Test func `a git older than 2.28 is refused by name`() async throws {
    let environment = try HermeticEnvironment()
    let old = try GitProgram(script: "echo git version 2.27.1", in: environment)
    await #expect(throws: GitProgramError(.unsupportedVersion, message: "2.27.1")) {
      try await old.version()
    }
    #expect(try await GitProgram(environment).version() >= .minimum)
  }

  @Test func `a status other than 0 keeps git's words`() async throws {
    let environment = try HermeticEnvironment()
    let program = try GitProgram(environment)
    let location = GitLocation.directory(environment.root)
    let result = try await program.run(["rev-parse", "--git-dir"], at: location)
    #expect(result.exit == .status(128))
    #expect(String(decoding: result.errors, as: UTF8.self).contains("not a git repository"))
    let error = await #expect(throws: GitProgramError.self) {
      try await program.output(of: ["rev-parse", "--git-dir"], at: location)
    }
    #expect(error?.code == .failed)
    #expect(error?.exit == .status(128))
    #expect(error?.errors == result.errors)
  }

  @Test func `input and output of many megabytes flow at the same time`() async throws {
    let repository = try RepositoryBuilder().write()
    let program = try GitProgram(repository.environment)
    let line = [UInt8]("4b825dc642cb6eb9a060e54bf8d69288fbee4904\n".utf8)
    let input = [UInt8](repeatElement(line, count: 100_000).joined())
    // Each piece that is read waits for other tests.
    var options = GitProgram.Options()
    options.deadline = .seconds(3_600)
    let output = try await program.output(
      of: ["cat-file", "--batch-check=%(rest)%(objectname) missing and more"],
      at: repository.location, input: input, options: options)
    #expect(output.count > input.count)
  }

  @Test func `a git that does not read its input ends with its own status`() async throws {
    let environment = try HermeticEnvironment()
    let program = try GitProgram(script: "echo enough >&2; exit 3", in: environment)
    let result = try await program.run(
      ["x"], at: .directory("/"), input: [UInt8](repeating: 0, count: 4 << 20))
    #expect(
      result == GitProgramOutput(exit: .status(3), output: [], errors: [UInt8]("enough\n".utf8)))
  }

  @Test func `output past the limit is an error and ends git`() async throws {
    let environment = try HermeticEnvironment()
    let program = try GitProgram(script: "yes", in: environment)
    var options = GitProgram.Options()
    options.outputLimit = 1000
    let error = await #expect(throws: GitProgramError.self) {
      try await program.run(["x"], at: .directory("/"), options: options)
    }
    #expect(error?.code == .outputTooLarge)
    #expect(error?.message == "1000")
  }

  @Test func `a deadline ends git and the programs it started`() async throws {
    let environment = try HermeticEnvironment()
    let script = "(while :; do : > \(environment.root)/alive; sleep 0.05; done) & wait"
    let program = try GitProgram(script: script, in: environment)
    var options = GitProgram.Options()
    options.deadline = .milliseconds(300)
    let began = ContinuousClock.now
    await #expect(throws: GitProgramError(.deadlinePassed, arguments: ["x"])) {
      try await program.run(["x"], at: .directory("/"), options: options)
    }
    #expect(ContinuousClock.now - began < .seconds(600))
    func isAlive() throws -> Bool {
      let alive = environment.root + "/alive"
      return try ChildProcess.run("/bin/rm", [alive], environment: [:], directory: "/").status == 0
    }
    #expect(try isAlive())
    try await Task.sleep(for: .milliseconds(300))
    #expect(try !isAlive())
  }

  @Test func `a git that ignores SIGTERM is killed when its grace is over`() async throws {
    let environment = try HermeticEnvironment()
    let script = "trap '' TERM; while :; do sleep 0.1; done"
    let program = try GitProgram(script: script, in: environment)
    var options = GitProgram.Options()
    options.deadline = .milliseconds(200)
    options.grace = .milliseconds(400)
    let began = ContinuousClock.now
    await #expect(throws: GitProgramError(.deadlinePassed, arguments: ["x"])) {
      try await program.run(["x"], at: .directory("/"), options: options)
    }
    #expect(ContinuousClock.now - began >= .milliseconds(600))
  }

  @Test func `cancelling the task ends git`() async throws {
    let environment = try HermeticEnvironment()
    let program = try GitProgram(script: "exec sleep 1000", in: environment)
    let task = Task {
      do throws(GitProgramError) {
        _ = try await program.run(["x"], at: .directory("/"))
        return GitProgramError.Code?.none
      } catch {
        return error.code
      }
    }
    try await Task.sleep(for: .milliseconds(200))
    task.cancel()
    #expect(await task.value == .cancelled)
  }

  @Test func `a git ended by somebody else is no deadline of ours`() async throws {
    let environment = try HermeticEnvironment()
    let program = try GitProgram(script: "kill -TERM $$", in: environment)
    let result = try await program.run(["x"], at: .directory("/"))
    #expect(result.exit == .signal(15))
  }
}
