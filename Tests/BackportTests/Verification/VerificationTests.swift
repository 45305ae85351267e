import Backport
import Foundation
import GitStore
import TestSupport
import Testing

/// Commands of the user's, run on the planned trees before anything lands.
struct VerificationTests {
  private let fixture: PlanFixture
  private let fix: Mark

  init() throws {
    let (history, fix) = TwoLines.withFix()
    fixture = try PlanFixture(history)
    self.fix = fix
  }

  /// Applies the fix with commands.
  private func apply(
    _ commands: String..., jobs: Int = 2, timeout: Int = 60, environment: [String: String] = [:],
    change: (inout PlanOptions) -> Void = { _ in },
    also: (inout VerificationOptions) -> Void = { _ in }
  ) async throws -> OperationDocument {
    let plan = try await fixture.plan(fix, change: change)
    var options = ApplyOptions()
    var verification = VerificationOptions(commands: commands, jobs: jobs, timeout: timeout)
    also(&verification)
    options.verification = verification
    let workspace = try await fixture.open(
      plan.options, environment: environment.merging(["TMPDIR": scratch]) { $1 })
    return try await workspace.apply(saved: plan, options)
  }

  /// Where the checkouts of these tests are made.
  private var scratch: String { fixture.repository.environment.root }

  private var leftovers: [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: scratch))?
      .filter { $0.hasPrefix("git-backport-") } ?? ["unreadable"]
  }

  private func target(_ line: String, _ document: OperationDocument) throws -> Target {
    try PlanFixture.target(line, of: document.plan)
  }

  private func log(_ target: Target, _ index: Int = 0) throws -> String {
    let path = try #require(target.verification?[index].log)
    return try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test func `a line that passes is landed, and its output is with the operation`() async throws {
    let document = try await apply("cat code.txt", "echo $GIT_BACKPORT_LINE=$GIT_BACKPORT_TAG")
    #expect(document.state == .landed)
    let id = try #require(document.id)
    for (line, tag) in [("1.0", "v1.0.1"), ("1.1", "v1.1.1")] {
      let target = try target(line, document)
      #expect(target.status == .picked)
      #expect(target.verification?.map(\.status) == [.passed, .passed])
      #expect(target.verification?.map(\.exit) == [0, 0])
      let tree = fixture.repository.git("rev-parse", "\(tag)^{tree}")
      #expect(target.verification?.map(\.tree.description) == [tree, tree])
      let path = try #require(target.verification?[0].log)
      #expect(path.contains("/backport/ops/\(id)/"))
      #expect(
        try log(target)
          == "$ cat code.txt\n\(TwoLines.fixed)$ echo $GIT_BACKPORT_LINE=$GIT_BACKPORT_TAG\n"
          + "\(line)=\(tag)\n")
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o600)
    }
    let shown = try await fixture.open().show(nil)
    #expect(shown.plan.targets.map(\.verification) == document.plan.targets.map(\.verification))
    #expect(leftovers.isEmpty)
    #expect(fixture.fsck().isEmpty)
  }

  @Test func `a line that fails is held back and the others land`() async throws {
    let document = try await apply("echo trying; test -f new.txt || exit 3", "true")
    #expect(document.state == .landed)
    #expect(try target("1.1", document).status == .picked)
    let red = try target("1.0", document)
    #expect(red.status == .blocked)
    #expect(red.release == nil)
    #expect(red.verification?.map(\.status) == [.failed, .notRun])
    #expect(red.verification?.first?.exit == 3)
    #expect(red.verification?.first?.tail == ["trying"])
    #expect(red.evidence.last?.contains("failed with status 3") == true)
    #expect(try log(red).hasSuffix("\ntrying\n"))
    let refs = fixture.repository.refs()
    #expect(refs["refs/tags/v1.1.1"] != nil)
    #expect(refs["refs/tags/v1.0.1"] == nil)
    #expect(refs["refs/heads/1.0"] == refs["refs/tags/v1.0.0"])
    let forward = fixture.repository.git("show", "backport/forward-port/v1.1.1:CHANGELOG.md")
    #expect(forward.contains("1.1.1"))
    #expect(!forward.contains("1.0.1"))
    #expect(leftovers.isEmpty)
  }

  @Test func `all or nothing lands nothing when one line fails`() async throws {
    let before = fixture.repository.refs()
    let document = try await apply("test -f new.txt") { $0.allOrNothing = true }
    #expect(document.id == nil)
    #expect(try target("1.0", document).status == .blocked)
    #expect(try target("1.1", document).status == .picked)
    #expect(fixture.repository.refs() == before)
    #expect(fixture.repository.git("count-objects", "-v").contains("packs: 1"))
  }

  @Test func `nothing of the plan can be seen while commands run`() async throws {
    let seen = fixture.repository.directory
    let document = try await apply(
      "git --git-dir='\(seen)' for-each-ref; git --git-dir='\(seen)' count-objects -v; ls -a")
    let output = try log(try target("1.1", document))
    #expect(!output.contains("v1.1.1"))
    #expect(output.contains("packs: 1"))
    #expect(!output.contains("\n.git\n"))
    #expect(document.state == .landed)
  }

  @Test func `a command that never ends is ended with all that it started`() async throws {
    let file = scratch + "/pids"
    let start = ContinuousClock.now
    let document = try await apply(
      "(setsid sh -c 'echo $$ >> \(file); trap \"\" TERM; while :; do sleep 1; done' &) ; "
        + "trap '' TERM; while :; do sleep 1; done", timeout: 1)
    #expect(ContinuousClock.now - start < .seconds(300))
    #expect(document.id == nil)
    #expect(document.plan.targets.map(\.status) == [.blocked, .blocked])
    #expect(document.plan.targets.allSatisfy { $0.verification?[0].status == .timedOut })
    let started = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")
    #expect(started.count == 2)
    for process in started {
      #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)/exe"))
    }
    #expect(leftovers.isEmpty)
  }

  @Test func `a daemon that a command leaves behind is ended too`() async throws {
    let file = scratch + "/pid"
    let document = try await apply(
      "(setsid sh -c 'echo $$ > \(file); exec sleep 600' &) ; while ! test -s \(file); do sleep 0.1; done"
    )
    #expect(document.state == .landed)
    let process = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n")[0]
    #expect(!FileManager.default.fileExists(atPath: "/proc/\(process)/exe"))
  }

  @Test func `what a command does to its checkout does nothing else`() async throws {
    let document = try await apply(
      "echo other > code.txt; mkdir -p a/b; touch a/b/c; chmod 000 a; ln -s / root; rm CHANGELOG.md"
    )
    #expect(document.state == .landed)
    #expect(fixture.repository.git("show", "v1.0.1:code.txt") + "\n" == TwoLines.fixed)
    #expect(leftovers.isEmpty)
  }

  @Test func `the environment holds no token and nothing of git`() async throws {
    let document = try await apply(
      "printenv | sort",
      environment: [
        "GITHUB_TOKEN": "secret-1", "CI_JOB_TOKEN": "secret-2", "AWS_SECRET_ACCESS_KEY": "secret-3",
        "GITHUB_ENV": "/secret-4", "SSH_AUTH_SOCK": "/secret-5",
        "GIT_DIR": fixture.repository.gitDirectory,
        "GIT_AUTHOR_NAME": "secret-6", "HTTPS_PROXY": "http://user:secret-7@proxy", "LC_TIME": "C",
        "http_proxy": "http://proxy:1", "EXTRA": "wanted", "GIT_EXTRA": "secret-8",
      ],
      also: { $0.passedVariables = ["EXTRA", "GIT_EXTRA"] })
    let output = try log(try target("1.1", document))
    #expect(!output.contains("secret"))
    for line in output.split(separator: "\n") where line.hasPrefix("GIT_") {
      #expect(line.hasPrefix("GIT_BACKPORT_"))
    }
    for wanted in [
      "EXTRA=wanted", "http_proxy=http://proxy:1", "LC_TIME=C", "GIT_BACKPORT_VERSION=1.1.1",
      "GIT_BACKPORT_BRANCH=1.1", "HOME=", "PATH=",
    ] {
      #expect(output.contains("\n\(wanted)"))
    }
  }

  @Test
  func `output without end is cut short`() async throws {
    let document = try await apply(
      "yes \(String(repeating: "y", count: 4_000))", also: { $0.outputLimit = 1 << 20 })
    #expect(document.id == nil)
    let result = try #require(try target("1.1", document).verification?.first)
    #expect(result.status == .failed)
    #expect(result.reason?.contains("MiB") == true)
    #expect(result.tail.count == 20)
    #expect(result.tail.dropLast().allSatisfy { $0.count == 400 })
  }

  @Test func `an interrupt ends the commands, lands nothing and leaves nothing`() async throws {
    let before = fixture.repository.refs()
    let file = scratch + "/began"
    await #expect {
      _ = try await apply(
        "touch \(file); sleep 600",
        also: { options in
          options.isInterrupted = { FileManager.default.fileExists(atPath: file) }
        })
    } throws: { ($0 as? BackportError)?.code == .interrupted }
    #expect(fixture.repository.refs() == before)
    #expect(leftovers.isEmpty)
  }

  @Test func `no more lines than asked for are tried at once`() async throws {
    let lock = scratch + "/busy"
    let document = try await apply("mkdir \(lock) && sleep 0.2 && rmdir \(lock)", jobs: 1)
    #expect(document.state == .landed)
    let events = Events()
    let second = try await fixture.open().undo(nil)
    #expect(second.state == .undone)
    _ = try await apply(
      "touch \(scratch)/$GIT_BACKPORT_LINE; "
        + "while ! test -f \(scratch)/1.0 || ! test -f \(scratch)/1.1; do sleep 0.1; done",
      jobs: 2,
      also: { $0.report = { events.add($0) } })
    #expect(events.lines == ["1.0 began", "1.0 passed", "1.1 began", "1.1 passed"])
  }
}

/// What was reported, from any thread.
private final class Events: @unchecked Sendable {
  private let lock = NSLock()
  private var found: [String] = []

  var lines: [String] { lock.withLock { found.sorted() } }

  func add(_ event: VerificationEvent) {
    let text =
      switch event {
      case .began(let line): "\(line) began"
      case .ended(let line, let result): "\(line) \(result.status.rawValue)"
      }
    lock.withLock { found.append(text) }
  }
}

/// Which commands are run, and for how long.
struct VerificationChoiceTests {
  private func options(
    _ config: [String: [String]] = [:], environment: [String: String] = [:],
    project: String = "", _ change: (inout VerificationOptions.Wish) -> Void = { _ in }
  ) async throws -> VerificationOptions? {
    let fixture = try PlanFixture(TwoLines.withFix(config: project).history)
    for (key, values) in config {
      for value in values { fixture.repository.git("config", "--add", key, value) }
    }
    var wish = VerificationOptions.Wish()
    change(&wish)
    return try await fixture.open(environment: environment).verification(wish)
  }

  @Test func `nothing is run unless somebody says so`() async throws {
    #expect(try await options() == nil)
    #expect(try await options(["backport.verify": ["make", ""]]) == nil)
  }

  @Test func `the command line goes before the environment and that before the configuration`()
    async throws
  {
    let config = ["backport.verify": ["old", "", "make", "make test"]]
    #expect(try await options(config)?.commands == ["make", "make test"])
    let environment = ["GIT_BACKPORT_VERIFY": "tox"]
    #expect(try await options(config, environment: environment)?.commands == ["tox"])
    let given = try await options(config, environment: environment) { $0.commands = ["a", "b"] }
    #expect(given?.commands == ["a", "b"])
    #expect(try await options(config, environment: environment) { $0.isForbidden = true } == nil)
  }

  @Test func `the project cannot name a program`() async throws {
    await #expect(throws: BackportError.self) {
      _ = try await options(project: "[backport]\n\tverify = touch /tmp/owned\n")
    }
  }

  @Test(arguments: [("90", 90), ("90s", 90), ("15m", 900), ("2h", 7_200)])
  func `a time may have a unit`(text: String, seconds: Int) async throws {
    #expect(
      try await options {
        $0.commands = ["x"]
        $0.timeout = text
      }?.timeout == seconds)
    let config = ["backport.verify": ["x"], "backport.verifyTimeout": [text]]
    #expect(try await options(config)?.timeout == seconds)
  }

  @Test(arguments: ["", "0", "-1", "m", "1d", "1.5h", "99999999999999999999", "200h"])
  func `what is no time is refused`(text: String) async throws {
    await #expect {
      _ = try await options {
        $0.commands = ["x"]
        $0.timeout = text
      }
    } throws: { ($0 as? BackportError)?.code == .usage }
  }

  @Test func `as many lines are tried at once as there are processors, or as asked`() async throws {
    let config = ["backport.verify": ["x"], "backport.verifyEnv": ["A", "B"]]
    let usual = try #require(try await options(config))
    #expect(usual.jobs == ProcessInfo.processInfo.activeProcessorCount)
    #expect(usual.passedVariables == ["A", "B"])
    #expect(try await options(config.merging(["backport.jobs": ["3"]]) { $1 })?.jobs == 3)
    #expect(try await options(config) { $0.jobs = 5 }?.jobs == 5)
    await #expect(throws: BackportError.self) { _ = try await options(config) { $0.jobs = 0 } }
  }
}
