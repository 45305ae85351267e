import Foundation
import TestSupport
import Testing

@Suite("Merge requests of topic branches")
struct RequestCommandTests {
  /// A clone with a remote, an operation on topic branches in it, and a forge.
  private struct World {
    let server: ForgeServer
    let clone: TestRepository
    let upstream: TestRepository
    let fix: String
    var token: String?

    init(_ kind: String) throws {
      let history = KeyringHistory()
      let environment = try HermeticEnvironment()
      upstream = try history.builder.write(in: environment, name: "upstream.git")
      clone = try history.builder.write(in: environment, name: "clone")
      clone.git("remote", "add", "origin", upstream.directory)
      clone.git("fetch", "-q", "origin")
      fix = clone.id(history.merge)
      server = try ForgeServer(kind)
      token = server.token
    }

    var variables: [String: String] {
      switch server.kind {
      case "github":
        [
          "GITHUB_ACTIONS": "true", "GITHUB_API_URL": server.api,
          "GITHUB_REPOSITORY": server.project, "GITHUB_TOKEN": token ?? "",
        ]
      case "gitlab":
        [
          "GITLAB_CI": "true", "CI_API_V4_URL": server.api, "CI_PROJECT_PATH": server.project,
          "GITLAB_TOKEN": token ?? "",
        ]
      default:
        [
          "GITHUB_ACTIONS": "true", "FORGEJO_ACTIONS": "true", "GITHUB_API_URL": server.api,
          "GITHUB_REPOSITORY": server.project, "FORGEJO_TOKEN": token ?? "",
        ]
      }
    }

    func run(_ arguments: String...) throws -> ProgramRun {
      try ProgramRun(
        arguments, in: clone.directory, environment: clone.environment, overrides: variables)
    }
  }

  @Test(
    "are opened for what was pushed, then left alone", arguments: ["github", "gitlab", "forgejo"])
  func wholeWay(kind: String) throws {
    let world = try World(kind)
    let none = try world.run("request", "--json")
    #expect(none.status == 3)
    DocumentSchema.expect(none.output, is: "request", failed: true)
    #expect(try world.run("apply", "--topic", world.fix, "--yes").status == 0)
    let planned = try world.run("request", "-n", "-v")
    #expect(planned.status == 0, "\(planned.errors)")
    #expect(planned.output.contains("[1.1] "))
    #expect(planned.output.contains("git backport release 0.9 --push --yes"))
    #expect(planned.output.contains("(cherry picked from commit "))
    let early = try world.run("request")
    #expect(early.status == 3)
    #expect(early.errors.contains("hint: git backport push sends it"))
    #expect(try world.run("push", "--yes").status == 0)
    let made = try world.run("request", "--json")
    #expect(made.status == 0, "\(made.errors)")
    DocumentSchema.expect(made.output, is: "request")
    #expect(DocumentSchema.value(made.output, "requests", "0", "action") as? String == "created")
    #expect(DocumentSchema.value(made.output, "requests", "1", "base") as? String == "0.9")
    #expect(
      DocumentSchema.value(made.output, "requests", "2", "head") as? String
        == "backport/forward-port/v1.1.1")
    let again = try world.run("request")
    #expect(again.status == 0)
    #expect(again.output.split(separator: "\n").count { $0.hasPrefix("unchanged") } == 3)
    #expect(world.server.violations.isEmpty, "\(world.server.violations)")
    #expect(!(made.output + made.errors + again.output).contains(world.server.token))
  }

  @Test("that fail say why, and hold no token")
  func failures() throws {
    var world = try World("github")
    _ = try world.run("apply", "--topic", world.fix, "--yes", "--push")
    try world.server.set("403")
    let refused = try world.run("request", "--json")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("pull-requests: write"))
    DocumentSchema.expect(refused.output, is: "request", failed: true)
    #expect(DocumentSchema.value(refused.output, "error", "code") as? String == "forge")
    world.token = nil
    let bare = try world.run("request")
    #expect(bare.status == 3)
    #expect(bare.errors.contains("hint: set one of BACKPORT_TOKEN, GH_TOKEN, GITHUB_TOKEN"))
    let unknown = try ProgramRun("request", in: world.clone)
    #expect(unknown.status == 3)
    #expect(unknown.errors.contains("backport.forge"))
  }

  /// Puts a hook into the remote.
  private func hook(_ name: String, _ script: String, in world: World) throws {
    try world.clone.environment.write(
      "#!/bin/sh\n" + script + "\n", to: world.upstream.gitDirectory + "/hooks/" + name,
      executable: true)
  }

  @Test("are made by the push where the remote does that, without a token")
  func pushOptions() throws {
    var world = try World("gitlab")
    world.token = nil
    world.upstream.git("config", "receive.advertisePushOptions", "true")
    try hook(
      "post-receive", "echo '  https://gitlab.example/g/p/-/merge_requests/7'", in: world)
    #expect(try world.run("apply", "--topic", world.fix, "--yes").status == 0)
    let asked = try world.run("request", "--push-options")
    #expect(asked.status == 2)
    let planned = try world.run("request", "--push-options", "-n")
    #expect(planned.status == 0, "\(planned.errors)")
    let made = try world.run("request", "--push-options", "--yes", "--json")
    #expect(made.status == 0, "\(made.errors)")
    DocumentSchema.expect(made.output, is: "request")
    #expect(DocumentSchema.value(made.output, "requests", "0", "number") as? Int == 7)
    let again = try world.run("request", "--push-options", "--yes")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.split(separator: "\n").count { $0.hasPrefix("unchanged") } == 3)
  }

  @Test("are what a protected branch asks for")
  func protected() throws {
    let world = try World("gitlab")
    try hook(
      "pre-receive", "echo 'GitLab: not allowed to push code to protected branches' >&2; exit 1",
      in: world)
    let refused = try world.run("apply", world.fix, "--yes", "--push", "--json")
    #expect(refused.status == 3)
    #expect(refused.errors.contains("origin refused the push, since it protects "))
    let hint = DocumentSchema.value(refused.output, "error", "hint") as? String ?? ""
    #expect(hint.contains("git backport apply --topic"))
    #expect(hint.contains("publish.mode = request"))
    #expect(
      DocumentSchema.value(refused.output, "error", "code") as? String == "protected-branch")
  }

  @Test("are opened by the job itself")
  func job() throws {
    let world = try World("gitlab")
    let done = try world.run("ci", world.fix, "--mode", "request", "--json")
    #expect(done.status == 0, "\(done.errors)")
    DocumentSchema.expect(done.output, is: "ci")
    #expect(DocumentSchema.value(done.output, "state") as? String == "proposed")
    let request = DocumentSchema.value(done.output, "fixes", "0", "lines", "1", "request")
    #expect((request as? [String: Any])?["action"] as? String == "created")
    let again = try world.run("ci", world.fix, "--mode", "request")
    #expect(again.status == 0, "\(again.errors)")
    #expect(again.output.contains("proposed for 1.1 (#122), 0.9 (#123)"))
    #expect(world.server.violations.isEmpty, "\(world.server.violations)")
  }
}
