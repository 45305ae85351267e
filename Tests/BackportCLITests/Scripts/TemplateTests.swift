import Foundation
import TestSupport
import Testing

@Suite("Templates of CI services")
struct TemplateTests {
  private static let folder = DocumentSchema.folder.deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Scripts/ci")

  private static let workflows = [
    "github/backport.yml", "github/verify.yml", "forgejo/backport.yml",
  ]
  private static let all = workflows + ["gitlab/backport.yml", "gitlab/backport-verify.yml"]

  private func text(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent(name), encoding: .utf8)
  }

  /// A template as JSON text, by Debian's python3-yaml; `on`, which YAML 1.1 takes for true, is a word.
  private func document(_ name: String) throws -> [String: Any] {
    let script = """
      import json, sys, yaml
      class Loader(yaml.SafeLoader): pass
      Loader.yaml_implicit_resolvers = {
        key: [pair for pair in pairs if not pair[0].endswith(":bool") or key not in "oOyYnN"]
        for key, pairs in yaml.SafeLoader.yaml_implicit_resolvers.items()}
      print(json.dumps(yaml.load(sys.stdin, Loader)))
      """
    let environment = ProcessInfo.processInfo.environment
    let result = try ChildProcess.run(
      ChildProcess.find("python3", in: environment), ["-c", script], environment: environment,
      directory: "/", input: [UInt8](try text(name).utf8))
    #expect(result.status == 0, "\(name): \(result.errorText)")
    return try #require(
      try JSONSerialization.jsonObject(with: Data(result.output)) as? [String: Any])
  }

  private func jobs(_ name: String) throws -> [String: [String: Any]] {
    try #require(try document(name)["jobs"] as? [String: [String: Any]])
  }

  private func steps(_ job: [String: Any]) -> [[String: Any]] {
    job["steps"] as? [[String: Any]] ?? []
  }

  @Test("check out all of the history and leave no token in the clone", arguments: workflows)
  func checkout(name: String) throws {
    for (_, job) in try jobs(name) {
      let checkouts = steps(job).filter {
        ($0["uses"] as? String)?.hasPrefix("actions/checkout@") == true
      }
      #expect(checkouts.count == 1)
      for step in checkouts {
        let options = step["with"] as? [String: Any] ?? [:]
        #expect(options["fetch-depth"] as? Int == 0)
        #expect(options["persist-credentials"] as? Bool == false)
      }
    }
  }

  @Test(
    "of GitHub run actions by their commits",
    arguments: workflows.filter { $0.hasPrefix("github/") })
  func pinned(name: String) throws {
    let uses = try jobs(name).values.flatMap(steps).compactMap { $0["uses"] as? String }
    #expect(!uses.isEmpty)
    for action in uses {
      #expect(action.wholeMatch(of: /actions\/[a-z-]+@[0-9a-f]{40}/) != nil, "\(action)")
    }
  }

  @Test(
    "say what the forge does not do and keeps to itself",
    arguments: all.filter { $0.hasSuffix("/backport.yml") })
  func silence(name: String) throws {
    let lines = try text(name).split(separator: "\n")
    let place = try #require(lines.firstIndex { $0.hasSuffix("does not do, and does not say:") })
    let points = lines[place...].dropFirst().prefix { $0.hasPrefix("#   ") }
    #expect(points.count { $0.hasPrefix("#   - ") } >= 4)
  }

  @Test("put nothing of an event into a script", arguments: workflows)
  func scripts(name: String) throws {
    for (_, job) in try jobs(name) {
      for step in steps(job) {
        #expect((step["run"] as? String)?.contains("${{") != true)
      }
    }
  }

  @Test(
    "let one run publish at a time, and cancel none of those",
    arguments: workflows.filter {
      $0.hasSuffix("backport.yml")
    })
  func concurrency(name: String) throws {
    let group = try #require(try document(name)["concurrency"] as? [String: Any])
    #expect((group["group"] as? String)?.contains("'publish'") == true)
    #expect(
      group["cancel-in-progress"] as? String == "${{ github.event_name == 'pull_request' }}")
    let triggers = try #require(try document(name)["on"] as? [String: Any])
    #expect(triggers["pull_request_target"] == nil)
    #expect(triggers["schedule"] != nil)
  }

  @Test("ask for no more permissions than they need")
  func permissions() throws {
    let root = try document("github/backport.yml")["permissions"] as? [String: Any]
    #expect(root?.isEmpty == true)
    let jobs = try jobs("github/backport.yml")
    #expect(jobs["check"]?["permissions"] as? [String: String] == ["contents": "read"])
    #expect(
      jobs["backport"]?["permissions"] as? [String: String] == [
        "contents": "write", "pull-requests": "write",
      ])
    let check = try #require(jobs["check"])
    #expect(!"\(check)".contains("secrets."))
    #expect(
      try document("github/verify.yml")["permissions"] as? [String: String] == [
        "contents": "read"
      ])
  }

  @Test("of GitLab fetch everything, and let one job publish at a time")
  func gitlab() throws {
    let root = try document("gitlab/backport.yml")
    let base = root[".backport"] as? [String: Any]
    #expect((base?["variables"] as? [String: String])?["GIT_DEPTH"] == "0")
    let job = root["backport"] as? [String: Any]
    #expect(job?["resource_group"] as? String == "backport")
    #expect(job?["interruptible"] as? Bool == false)
    #expect(
      ((job?["artifacts"] as? [String: Any])?["reports"] as? [String: String])?["dotenv"] != nil)
    #expect(
      ((root["backport check"] as? [String: Any])?["allow_failure"] as? Bool) == true)
  }

  @Test("hold only command lines that the program understands", arguments: all)
  func commandLines(name: String) throws {
    let lines = try text(name).split(separator: "\n").map { line in
      line.drop { $0 == " " || $0 == "-" }
    }
    let commands = lines.compactMap { line -> String? in
      let command = line.hasPrefix("exec ") ? line.dropFirst(5) : line
      guard command.hasPrefix("git-backport ") else { return nil }
      return String(command.prefix { $0 != ">" })
    }
    #expect(!commands.isEmpty)
    let environment = try HermeticEnvironment()
    for command in commands {
      // As the shell of the job would take it apart, with something in each variable.
      let script =
        "FIX=abc LINE=1.1 BACKPORT_FIX=abc BACKPORT_LINE=1.1\nset -- \(command)\n"
        + "printf '%s\\n' \"$@\"\n"
      let split = try ChildProcess.run(
        "/bin/sh", ["-c", script], environment: [:], directory: "/")
      let words = split.outputText.split(separator: "\n").map(String.init)
      let run = try ProgramRun(Array(words.dropFirst()), environment: environment)
      // The command line is understood, and then there is no repository.
      #expect(run.status == 3, "\(command): \(run.errors)")
      #expect(run.errors.contains("not a git repository"))
    }
  }

  @Test("say why, at each choice", arguments: all)
  func comments(name: String) throws {
    let lines = try text(name).split(separator: "\n")
    let comments = lines.count { $0.drop { $0 == " " }.hasPrefix("#") }
    #expect(comments * 6 >= lines.count)
    #expect(lines.allSatisfy { $0.utf8.count <= 120 })
  }
}
