import Foundation
import TestSupport
import Testing

@Suite("Verification")
struct VerifyCommandTests {
  private let repository: TestRepository
  private let fix: String

  init() throws {
    let history = KeyringHistory()
    repository = try history.write()
    fix = repository.id(history.merge)
  }

  @Test("says on which line a command failed, and lands the others")
  func red() throws {
    let run = try ProgramRun(
      "apply", fix, "--yes", "--verify",
      "test -f keyring/1.1.py || { printf '\\033]0;x\\007no\\n'; exit 4; }",
      in: repository)
    #expect(run.status == 1, "\(run.errors)")
    #expect(run.output.contains("0.9  blocked: verification: "))
    #expect(run.output.contains("failed with status 4"))
    #expect(run.output.contains("\\x1b]0;x\\x07no"))
    #expect(!run.output.contains("\u{1b}"))
    #expect(run.output.contains("/backport/"))
    #expect(run.errors.isEmpty)
    #expect(repository.refs()["refs/tags/v1.1.1"] != nil)
    #expect(repository.refs()["refs/tags/v0.9.1"] == nil)
    let undone = try ProgramRun("undo", "-q", in: repository)
    #expect(undone.output.hasPrefix("taken back: operation "))
    #expect(undone.output.split(separator: "\n").count == 1)
  }

  @Test("that fails everywhere is a person's, and prints one document")
  func document() throws {
    let run = try ProgramRun("apply", fix, "--yes", "--json", "--verify", "false", in: repository)
    #expect(run.status == 1)
    DocumentSchema.expect(run.output, is: "operation")
    let status = DocumentSchema.value(
      run.output, "plan", "targets", "0", "verification", "0", "status")
    #expect(status as? String == "failed")
    #expect(DocumentSchema.value(run.output, "state") is NSNull)
  }

  @Test("is not done by a plan, which says so and names the whole command")
  func plan() throws {
    let file = repository.environment.root + "/plan.json"
    let run = try ProgramRun(
      "plan", fix, "--verify", "make test", "-o", file, in: repository)
    #expect(run.status == 0)
    #expect(run.output.contains("a plan runs nothing; apply runs 'make test' on each line first"))
    #expect(run.output.contains("git backport apply --plan \(file) --verify 'make test'"))
    let document = try String(contentsOfFile: file, encoding: .utf8)
    DocumentSchema.expect(document, is: "plan")
    let landed = try ProgramRun(
      "apply", "--plan", file, "--verify", "false", in: repository)
    #expect(landed.status == 1)
    #expect(repository.refs()["refs/tags/v1.1.1"] == nil)
    let passed = try ProgramRun(
      "apply", "--plan", file, "--verify", "true", in: repository)
    #expect(passed.status == 0, "\(passed.errors)")
    #expect(repository.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("goes with a release, and comes from the clone's configuration unless forbidden")
  func release() throws {
    repository.git("config", "backport.verify", "exit 9")
    let red = try ProgramRun("release", "1.0", "--yes", "--entry", "Tests", in: repository)
    #expect(red.status == 1, "\(red.output)\(red.errors)")
    #expect(red.output.contains("failed with status 9"))
    let free = try ProgramRun(
      "release", "1.0", "--yes", "--entry", "Tests", "--no-verify", in: repository)
    #expect(free.status == 0, "\(free.errors)")
    #expect(repository.refs()["refs/tags/v1.0.1"] != nil)
  }

  @Test(
    "refuses what it cannot read",
    arguments: [
      ["--verify", " "], ["--verify", "x", "--no-verify"], ["--verify", "x", "--jobs", "0"],
      ["--verify", "x", "--verify-timeout", "soon"],
    ])
  func usage(words: [String]) throws {
    let run = try ProgramRun(
      ["apply", fix, "--yes"] + words, in: repository.directory,
      environment: repository.environment)
    #expect(run.status == 2, "\(run.errors)")
    #expect(repository.refs()["refs/tags/v1.1.1"] == nil)
  }

  @Test(
    "ends with 130 on an interrupt, with its programs, and leaves nothing",
    arguments: ["INT", "TERM"])
  func interrupt(signal: String) throws {
    let root = repository.environment.root
    let before = repository.refs()
    let script = """
      "$1" apply "$2" --yes --verify "echo \\$\\$ >> $3/pids; sleep 600" &
      while ! test -s "$3/pids"; do sleep 0.1; done
      kill -\(signal) $!
      wait $!
      """
    let result = try ChildProcess.run(
      "/bin/bash",
      ["-c", script, "bash", ProgramRun.productsDirectory + "/git-backport", fix, root],
      environment: repository.environment.adding(["TMPDIR": root]),
      directory: repository.directory)
    #expect(result.status == 130)
    #expect(result.errorText.contains("error: interrupted; nothing was landed"))
    let started = try String(contentsOfFile: root + "/pids", encoding: .utf8).split(separator: "\n")
    for process in started {
      #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)/exe"))
    }
    #expect(repository.refs() == before)
    let names = try FileManager.default.contentsOfDirectory(atPath: root)
    #expect(!names.contains { $0.hasPrefix("git-backport-") })
  }

  @Test("tidies up what a killed run has left")
  func killed() throws {
    let root = repository.environment.root
    let script = """
      "$1" apply "$2" --yes --verify "echo \\$\\$ >> $3/pids; sleep 600" &
      while ! test -s "$3/pids"; do sleep 0.1; done
      kill -KILL $!
      wait $!
      """
    let environment = repository.environment.adding(["TMPDIR": root])
    _ = try ChildProcess.run(
      "/bin/bash",
      ["-c", script, "bash", ProgramRun.productsDirectory + "/git-backport", fix, root],
      environment: environment, directory: repository.directory)
    let run = try ProgramRun(
      "apply", fix, "--yes", "--verify", "true", in: repository, overrides: ["TMPDIR": root])
    #expect(run.status == 0, "\(run.errors)")
    let started = try String(contentsOfFile: root + "/pids", encoding: .utf8).split(separator: "\n")
    for process in started {
      #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)/exe"))
    }
    let names = try FileManager.default.contentsOfDirectory(atPath: root)
    #expect(!names.contains { $0.hasPrefix("git-backport-") })
  }
}
