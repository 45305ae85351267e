import Foundation
import TestSupport
import Testing

/// A run of the program at a terminal of its own, made by Python.
private struct TerminalRun {
  let status: Int32
  let text: String

  private static let script = """
    import os, pty, sys, fcntl, termios, struct
    columns, answers = int(sys.argv[1]), sys.argv[2].split(",")
    child, terminal = pty.fork()
    if child == 0:
        os.read(0, 1)
        os.execv(sys.argv[3], sys.argv[3:])
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    os.write(terminal, b"\\n")
    output, asked = b"", 0
    while True:
        try:
            part = os.read(terminal, 4096)
        except OSError:
            break
        if not part:
            break
        output += part
        if output.count(b"[y/N] ") > asked:
            os.write(terminal, answers[min(asked, len(answers) - 1)].encode() + b"\\n")
            asked += 1
    _, status = os.waitpid(child, 0)
    sys.stdout.buffer.write(output)
    sys.exit(os.waitstatus_to_exitcode(status))
    """

  init(
    _ arguments: [String], in repository: TestRepository, columns: Int = 100, answers: String = "n",
    overrides: [String: String] = [:]
  ) throws {
    let environment = repository.environment.adding(
      ["TERM": "xterm"].merging(overrides) { $1 })
    let result = try ChildProcess.run(
      ChildProcess.find("python3", in: environment),
      [
        "-c", TerminalRun.script, "\(columns)", answers,
        ProgramRun.productsDirectory + "/git-backport",
      ] + arguments, environment: environment, directory: repository.directory)
    status = result.status
    text = result.outputText.replacing("\r\n", with: "\n")
  }
}

@Suite("At a terminal")
struct TerminalTests {
  @Test("apply shows the plan, asks, and lands it on yes")
  func yes() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let run = try TerminalRun(
      ["apply", repository.id(history.merge)], in: repository, answers: "y")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.text.contains("land this? [y/N] y\n"))
    #expect(run.text.contains("landed"))
    #expect(repository.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("apply asks about a worktree in the way, unless it is never to be moved")
  func habit() throws {
    for (habit, isAsked) in [("never", false), ("ask", true)] {
      let history = KeyringHistory()
      let repository = try history.write(bare: false)
      repository.git("checkout", "-q", "1.1")
      repository.git("config", "backport.updateWorktree", habit)
      let run = try TerminalRun(
        ["apply", repository.id(history.merge)], in: repository, answers: "y")
      #expect(run.text.contains("move the worktree along?") == isAsked, "\(run.text)")
      #expect((repository.refs()["refs/tags/v1.1.1"] != nil) == isAsked)
    }
  }

  @Test("apply lands nothing on any other answer", arguments: ["n", "", "maybe"])
  func no(answer: String) throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let before = repository.refs()
    let run = try TerminalRun(
      ["apply", repository.id(history.merge)], in: repository, answers: answer)
    #expect(run.status == 2)
    #expect(run.text.contains("nothing was landed: the answer was no"))
    #expect(repository.refs() == before)
  }

  @Test("apply asks before a worktree is moved along")
  func worktree() throws {
    let history = KeyringHistory()
    let repository = try history.write(bare: false)
    repository.git("checkout", "-q", "1.1")
    let run = try TerminalRun(
      ["apply", repository.id(history.merge)], in: repository, answers: "y,y")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.text.contains("move the worktree along? [y/N] y\n"))
    #expect(repository.git("status", "--porcelain") == "")
    #expect(repository.git("describe", "--tags") == "v1.1.1")
  }

  @Test(
    "apply asks about a version file that the last release left alone", arguments: ["y", "n"])
  func versionFile(answer: String) throws {
    var history = RepositoryBuilder()
    let files: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest minor\n", "code.txt": "one\n",
      "version.txt": "1.0.0\n", "package.json": "{ \"version\": \"1.0.1\" }\n",
    ]
    history.tag("v1.0.0", at: history.commit("Version 1.0.0", on: "1.0", files: files))
    let second = history.commit("Version 1.0.1", on: "1.0", files: ["version.txt": "1.0.1\n"])
    history.tag("v1.0.1", at: second)
    history.branch("main", at: second)
    let fix = history.commit("Check", files: ["code.txt": "two\n"])
    let repository = try history.write()
    let run = try TerminalRun(
      ["apply", repository.id(fix), "--to", "1.0"], in: repository, answers: "\(answer),y")
    #expect(run.status == 0, "\(run.text)")
    #expect(run.text.contains("package.json states 1.0.1, and the last release left it alone"))
    let stated = repository.git("show", "v1.0.2:package.json")
    #expect(stated.contains(answer == "y" ? "1.0.2" : "1.0.1"))
  }

  @Test("text is coloured and as wide as the terminal")
  func appearance() throws {
    let repository = try KeyringHistory().write()
    let run = try TerminalRun(["lines", "--no-progress"], in: repository, columns: 60)
    #expect(run.text.contains("\u{1b}["))
    let plain = run.text.replacing(/\u{1b}\[[0-9]*m/, with: "")
    #expect(plain.split(separator: "\n").allSatisfy { $0.count <= 60 })
    let colorless = try TerminalRun(
      ["lines", "--no-progress"], in: repository, overrides: ["NO_COLOR": "1"])
    #expect(!colorless.text.contains("\u{1b}["))
  }
}
