import Foundation
import TestSupport
import Testing

@Suite("The command line")
struct CommandLineTests {
  @Test("prints version and help on standard output")
  func requests() throws {
    let environment = try HermeticEnvironment()
    let version = try ProgramRun(["--version"], environment: environment)
    #expect(version.output == "git-backport 0.1.0\n")
    #expect(version.status == 0 && version.errors.isEmpty)
    for arguments in [["--help"], ["apply", "--help"], ["help", "lines"], ["-h"]] {
      let help = try ProgramRun(arguments, environment: environment)
      #expect(help.status == 0 && help.errors.isEmpty)
      #expect(help.output.contains("git backport"))
    }
  }

  @Test(
    "that is wrong ends with 2, a message and a hint, and nothing on standard output",
    arguments: [
      [], ["plan"], ["apply"], ["lines", "extra"], ["HEAD", "--base", "top"], ["HEAD", "-m", "x"],
      ["HEAD", "--no-such-option"], ["apply", "HEAD", "--plan", "x"], ["HEAD", "-q", "-v"],
      ["HEAD", "--keep-going", "--all-or-nothing"], ["apply", "--plan", "x", "--no-release"],
      ["HEAD", "--skip", "1.1"], ["HEAD", "--release-date", "tomorrow"],
      ["HEAD", "--upstream-remote", "nowhere"], ["HEAD", "--config", "no-such-file"],
    ])
  func wrong(arguments: [String]) throws {
    let repository = try KeyringHistory().write()
    let run = try ProgramRun(
      arguments, in: repository.directory, environment: repository.environment)
    #expect(run.status == 2, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.hasPrefix("error: "))
  }

  @Test("takes plan for the verb when there is none, and -- for the end of verbs")
  func defaultVerb() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    repository.git("branch", "lines", repository.id(history.merge))
    let implicit = try ProgramRun("main", "--as-of", "2026-03-18", in: repository)
    let explicit = try ProgramRun("plan", "main", "--as-of", "2026-03-18", in: repository)
    #expect(implicit == explicit)
    #expect(try ProgramRun("lines", in: repository).output.hasPrefix("policy"))
    #expect(try ProgramRun("--", "lines", in: repository).output.hasPrefix("fix        lines,"))
    #expect(try ProgramRun("plan", "lines", in: repository).output.hasPrefix("fix        lines,"))
    #expect(try ProgramRun("--json", "lines", in: repository).output.contains("lines/1"))
  }

  @Test("runs where -C says, each relative to the one before")
  func directories() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let root = repository.environment.root
    for arguments in [
      ["-C", "repository", "lines"], ["lines", "-C", "repository"],
      ["-C", "repository", "-C", "objects", "-C", "..", "lines"],
      ["-C", "", "-C", "repository", "lines"],
    ] {
      let run = try ProgramRun(arguments, in: root, environment: repository.environment)
      #expect(run.status == 0, "\(arguments): \(run.errors)")
    }
  }

  @Test("outside of a repository says so")
  func noRepository() throws {
    let run = try ProgramRun(["lines"], environment: try HermeticEnvironment())
    #expect(run.status == 3)
    #expect(
      run.errors == """
        error: not a git repository, nor is any directory above it
        hint: run it inside the project's clone, or name that with -C <dir>

        """)
  }

  @Test("without a terminal does not land a fix unless told to")
  func confirmation() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let before = repository.refs()
    let run = try ProgramRun("apply", repository.id(history.merge), in: repository, input: "y\n")
    #expect(run.status == 2)
    #expect(run.errors.contains("--yes"))
    #expect(repository.refs() == before)
  }

  @Test("blocks the line that a worktree stands on, lands the others, and says how to go on")
  func checkedOut() throws {
    let history = KeyringHistory()
    let repository = try history.write(bare: false)
    repository.git("checkout", "-q", "1.1")
    let run = try ProgramRun("apply", repository.id(history.merge), "--yes", in: repository)
    #expect(run.status == 1)
    #expect(run.output.contains("1.1  blocked: 1.1 is checked out in"))
    #expect(repository.refs()["refs/tags/v0.9.1"] != nil)
    #expect(repository.refs()["refs/tags/v1.1.1"] == nil)
    let all = try ProgramRun(
      "apply", repository.id(history.merge), "--yes", "--update-worktree", in: repository)
    #expect(all.status == 0, "\(all.errors)")
    #expect(repository.refs()["refs/tags/v1.1.1"] != nil)
    #expect(repository.git("status", "--porcelain") == "")
  }

  @Test("moves clean worktrees along where that is a habit")
  func worktreeHabit() throws {
    let history = KeyringHistory()
    let repository = try history.write(bare: false)
    repository.git("checkout", "-q", "1.1")
    let apply = ["apply", repository.id(history.merge), "--yes", "-q"]
    func run() throws -> ProgramRun {
      try ProgramRun(apply, in: repository.directory, environment: repository.environment)
    }
    repository.git("config", "backport.updateWorktree", "sometimes")
    let wrong = try run()
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("'sometimes' is none of"))
    repository.git("config", "backport.updateWorktree", "clean")
    let moved = try run()
    #expect(moved.status == 0, "\(moved.errors)")
    #expect(repository.refs()["refs/tags/v1.1.1"] != nil)
    #expect(repository.git("status", "--porcelain") == "")
  }

  @Test("plan and apply -n write nothing at all")
  func nothingWritten() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let before = try files(repository.gitDirectory)
    #expect(try ProgramRun("plan", repository.id(history.merge), in: repository).status == 0)
    #expect(
      try ProgramRun("apply", "-n", repository.id(history.merge), in: repository).status == 0)
    #expect(try files(repository.gitDirectory) == before)
  }

  private func files(_ directory: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for path in try FileManager.default.subpathsOfDirectory(atPath: directory) {
      files[path] = FileManager.default.contents(atPath: directory + "/" + path)
    }
    return files
  }

  @Test("colours text when asked to, and never by itself in a pipe")
  func colors() throws {
    let repository = try KeyringHistory().write()
    let escape = "\u{1b}["
    #expect(!(try ProgramRun("lines", in: repository).output.contains(escape)))
    #expect(try ProgramRun("lines", "--color", "always", in: repository).output.contains(escape))
    #expect(
      try ProgramRun("lines", in: repository, overrides: ["CLICOLOR_FORCE": "1"]).output
        .contains(escape))
    #expect(
      !(try ProgramRun(
        "lines", in: repository, overrides: ["CLICOLOR_FORCE": "1", "NO_COLOR": "1"]
      ).output.contains(escape)))
    #expect(
      !(try ProgramRun(
        "lines", "--color=never", in: repository, overrides: ["CLICOLOR_FORCE": "1"]
      ).output.contains(escape)))
  }

  @Test("is quiet when nobody reads what it prints")
  func closedPipe() throws {
    let repository = try KeyringHistory().write()
    let program = ProgramRun.productsDirectory + "/git-backport"
    let result = try ChildProcess.run(
      "/bin/sh", ["-c", "set -o pipefail 2>/dev/null; (sleep 0.2; \"$0\" lines) | true", program],
      environment: repository.environment.variables, directory: repository.directory)
    #expect(result.errorText.isEmpty)
  }

  @Test("ends with 130 when it is interrupted")
  func interrupt() throws {
    let repository = try KeyringHistory().write()
    let script = try repository.environment.write(
      "#!/bin/sh\nkill -INT $PPID\nsleep 5\n", to: "bin/git", executable: true)
    let folder = String(script.dropLast("/git".count))
    let run = try ProgramRun(
      "lines", in: repository,
      overrides: ["PATH": folder + ":" + (repository.environment.variables["PATH"] ?? "")])
    #expect(run.status == 130)
  }
}
