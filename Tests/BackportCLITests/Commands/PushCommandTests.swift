import Foundation
import TestSupport
import Testing

@Suite("Publishing")
struct PushCommandTests {
  /// A clone and its remote, in one environment.
  private func cloned() throws -> (
    clone: TestRepository, upstream: TestRepository, fix: String
  ) {
    let history = KeyringHistory()
    let environment = try HermeticEnvironment()
    let upstream = try history.builder.write(in: environment, name: "upstream.git")
    let clone = try history.builder.write(in: environment, name: "clone")
    clone.git("remote", "add", "origin", upstream.directory)
    return (clone, upstream, clone.id(history.merge))
  }

  @Test("needs --yes without a terminal, shows what it sends, and says what came of it")
  func wholeWay() throws {
    let (clone, upstream, fix) = try cloned()
    _ = try ProgramRun("apply", fix, "--yes", in: clone)
    let before = upstream.refs()
    let unasked = try ProgramRun("push", in: clone, input: "y\n")
    #expect(unasked.status == 2)
    #expect(unasked.errors.contains("hint: --yes pushes without asking"))
    let rehearsed = try ProgramRun("push", "-n", in: clone)
    #expect(rehearsed.status == 0)
    #expect(rehearsed.output.hasSuffix("nothing was pushed\n"))
    #expect(upstream.refs() == before)
    let pushed = try ProgramRun("push", "--yes", in: clone)
    #expect(pushed.status == 0, "\(pushed.errors)")
    #expect(pushed.errors.isEmpty)
    #expect(pushed.output.contains("push       refs/heads/0.9"))
    #expect(pushed.output.contains("refs/tags/v1.1.1"))
    #expect(upstream.refs()["refs/tags/v1.1.1"] == clone.refs()["refs/tags/v1.1.1"])
    let again = try ProgramRun("push", "--yes", in: clone)
    #expect(again.status == 0)
    #expect(again.output.contains("nothing to push"))
    let undone = try ProgramRun("undo", in: clone)
    #expect(undone.status == 3)
    #expect(undone.errors.contains("git revert --no-edit"))
  }

  @Test("prints one document, whatever happens")
  func documents() throws {
    let (clone, upstream, fix) = try cloned()
    let none = try ProgramRun("push", "--yes", "--json", in: clone)
    #expect(none.status == 3)
    DocumentSchema.expect(none.output, is: "operation", failed: true)
    _ = try ProgramRun("apply", fix, "--yes", in: clone)
    try upstream.environment.write(
      "#!/bin/sh\nkill -9 $PPID\n", to: upstream.gitDirectory + "/hooks/pre-receive",
      executable: true)
    let open = try ProgramRun("push", "--yes", "--json", in: clone)
    #expect(open.status == 9)
    DocumentSchema.expect(open.output, is: "operation")
    #expect(DocumentSchema.value(open.output, "error", "code") as? String == "push-unknown")
    #expect(DocumentSchema.value(open.output, "state") as? String == "landed")
    try FileManager.default.removeItem(atPath: upstream.gitDirectory + "/hooks/pre-receive")
    let done = try ProgramRun("push", "--yes", "--json", in: clone)
    #expect(done.status == 0)
    DocumentSchema.expect(done.output, is: "operation")
    #expect(DocumentSchema.value(done.output, "state") as? String == "pushed")
    #expect(DocumentSchema.value(done.output, "pushed", "0", "remote") as? String == "origin")
  }

  @Test(
    "goes on from a landing", arguments: [["--push"], ["--push", "origin"], ["--push=origin"]])
  func applyAndPush(words: [String]) throws {
    let (clone, upstream, fix) = try cloned()
    let run = try ProgramRun(
      ["apply", fix, "--yes", "--json"] + words, in: clone.directory,
      environment: clone.environment)
    #expect(run.status == 0, "\(run.errors)")
    DocumentSchema.expect(run.output, is: "operation")
    #expect(DocumentSchema.value(run.output, "state") as? String == "pushed")
    #expect(upstream.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("takes the word behind --push for the fix when there is no other")
  func fixBehindPush() throws {
    let (clone, upstream, fix) = try cloned()
    let run = try ProgramRun("apply", "--yes", "--push", fix, in: clone)
    #expect(run.status == 0, "\(run.errors)")
    #expect(upstream.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("of a landing looks for the remote before anything lands, and keeps what landed")
  func applyAndPushFailing() throws {
    let (clone, upstream, fix) = try cloned()
    let before = clone.refs()
    let wrong = try ProgramRun("apply", fix, "--yes", "--push", "nowhere", in: clone)
    #expect(wrong.status == 2)
    #expect(clone.refs() == before)
    try upstream.environment.write(
      "#!/bin/sh\necho 'not today'\nexit 1\n", to: upstream.gitDirectory + "/hooks/pre-receive",
      executable: true)
    let refused = try ProgramRun("apply", fix, "--yes", "--push", "--json", in: clone)
    #expect(refused.status == 3)
    #expect(refused.errors.contains("not today"))
    DocumentSchema.expect(refused.output, is: "operation")
    #expect(DocumentSchema.value(refused.output, "state") as? String == "landed")
    #expect(DocumentSchema.value(refused.output, "error", "code") as? String == "push-rejected")
    #expect(clone.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("says no password, whatever the address holds")
  func credentials() throws {
    let (clone, upstream, fix) = try cloned()
    let server = try RemoteServer(
      .http, upstream.environment, credentials: "robot:s3cret-t0ken")
    upstream.git("config", "http.receivepack", "true")
    clone.git(
      "remote", "set-url", "origin", server.address(of: "upstream.git", user: "robot:s3cret-t0ken"))
    var text = ""
    for arguments in [
      ["plan", fix], ["apply", fix, "--yes"], ["push", "-n"], ["push", "--yes", "--json"], ["show"],
      ["status", "--json"], ["push", "--yes", "-v"],
    ] {
      let run = try ProgramRun(arguments, in: clone.directory, environment: clone.environment)
      #expect(run.status == 0, "\(arguments): \(run.errors)")
      text += run.output + run.errors
    }
    clone.git("remote", "set-url", "origin", server.address(of: "x", user: "robot:wr0ng-t0ken"))
    let failed = try ProgramRun("push", "--yes", "-v", "--json", in: clone)
    #expect(failed.status == 3)
    text += failed.output + failed.errors
    #expect(!text.contains("s3cret") && !text.contains("wr0ng") && text.contains("***@127.0.0.1"))
  }

  @Test("shows what a hostile server says as text")
  func hostileServer() throws {
    let (clone, upstream, fix) = try cloned()
    _ = try ProgramRun("apply", fix, "--yes", in: clone)
    try upstream.environment.write(
      "#!/bin/sh\nprintf '\\033]0;PWN\\007' >&2\nexit 1\n",
      to: upstream.gitDirectory + "/hooks/pre-receive", executable: true)
    let run = try ProgramRun("push", "--yes", in: clone)
    #expect(run.status == 3)
    #expect(run.errors.contains("PWN"))
    #expect(!run.errors.contains("\u{1b}"))
  }
}
