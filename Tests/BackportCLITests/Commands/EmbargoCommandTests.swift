import Foundation
import TestSupport
import Testing

/// Invariant I10: a canary in the subject, the branch and the path of an embargoed fix appears in no
/// output of a build machine, in no file of the workspace, and on no public remote.
@Suite("Under embargo")
struct EmbargoCommandTests {
  private static let canary = "Canary7f3a"

  private struct World {
    let clone: TestRepository
    let upstream: TestRepository
    let fix: String
  }

  /// A clone with a worktree and its public remote; the fix is known to nobody else.
  private func world() throws -> World {
    let history = KeyringHistory()
    let environment = try HermeticEnvironment()
    let upstream = try history.builder.write(in: environment, name: "upstream.git")
    var clone = try history.builder.write(in: environment, name: "clone", bare: false)
    let fix = try clone.extend { builder in
      builder.commit(
        "\(Self.canary) in the subject\n\nCVE-2026-77777", on: "\(Self.canary)-branch",
        files: ["\(Self.canary).txt": "\(Self.canary)\n"], parents: [history.merge])
    }
    clone.git("remote", "add", "origin", upstream.directory)
    return World(clone: clone, upstream: upstream, fix: clone.id(fix))
  }

  @Test("a build machine prints nothing of it, and nobody else gets anything")
  func canary() throws {
    let world = try world()
    let (clone, upstream) = (world.clone, world.upstream)
    let (refs, there) = (clone.refs(), upstream.refs())
    let embargo = [
      "--embargo", "--not-before", "2099-01-01", "--off-trunk", "--entry", Self.canary,
    ]
    var text = ""
    func run(_ arguments: [String], _ status: Int32) throws {
      for extra in [[], ["--json"], ["-q"], ["-v"]] {
        if arguments.first == "apply", !extra.isEmpty, extra != ["--json"] { continue }
        let run = try ProgramRun(
          arguments + extra, in: clone.directory, environment: clone.environment,
          overrides: ["CI": "true"])
        #expect(run.status == status, "\(arguments + extra): \(run.output)\(run.errors)")
        text += run.output + run.errors
      }
    }
    try run(["plan", world.fix] + embargo, 0)
    try run(["plan", "\(Self.canary)-branch"] + embargo, 0)
    try run(["plan", "\(Self.canary)-nowhere"] + embargo, 2)
    try run(["plan", world.fix, "--to", Self.canary] + embargo, 2)
    try run(["apply", "\(Self.canary)-branch", "--yes"] + embargo, 0)
    try run(["show"], 0)
    try run(["log"], 0)
    try run(["status"], 0)
    let id = try #require(text.firstMatch(of: /[0-9A-Z]{26}/)?.output)
    try run(["push", "\(id)", "--yes"], 5)
    try run(["push", "\(id)", "-n"], 5)
    try run(["disclose", "\(id)", "--yes"], 5)
    try run(["doctor"], 0)
    try run(["lines"], 0)
    let leaks = text.split(separator: "\n").filter {
      $0.contains(Self.canary) || $0.contains("CVE-2026-77777")
    }
    #expect(leaks.isEmpty)
    #expect(text.contains("EMBARGOED") && text.contains("(embargoed)"))
    #expect(clone.refs() == refs)
    #expect(upstream.refs() == there)
    #expect(clone.git("status", "--porcelain").isEmpty)
    let objects = upstream.git("cat-file", "--batch-all-objects", "--batch")
    #expect(!objects.contains(Self.canary))
  }

  /// The names of all verbs, also of those that this test was not written for.
  private static func verbs(_ environment: HermeticEnvironment) throws -> [[String]] {
    func all(below command: [String: Any], _ words: [String]) -> [[String]] {
      let verbs = command["subcommands"] as? [[String: Any]] ?? []
      return verbs.flatMap { verb -> [[String]] in
        let path = words + [verb["commandName"] as? String ?? ""]
        return path == ["help"] ? [] : [path] + all(below: verb, path)
      }
    }
    let run = try ProgramRun(["--experimental-dump-help"], environment: environment)
    return all(below: DocumentSchema.value(run.output, "command") as? [String: Any] ?? [:], [])
  }

  @Test("no verb tells anything of it on a build machine, in no form of output")
  func everyVerb() throws {
    let world = try world()
    let clone = world.clone
    let branch = "\(Self.canary)-branch"
    let landed = try ProgramRun(
      "apply", branch, "--yes", "--embargo", "--off-trunk", "--entry", Self.canary, in: clone,
      overrides: ["CI": "true"])
    #expect(landed.status == 0, "\(landed.errors)")
    let verbs = try Self.verbs(clone.environment)
    #expect(verbs.count > 20)
    for verb in verbs where !Self.public.contains(verb[0]) {
      for (operands, form) in [
        ([], []), ([], ["--json"]), ([], ["-v"]), ([branch], ["--embargo"]),
        ([branch], ["--embargo", "--json"]), ([branch], ["--embargo", "--markdown"]),
      ] as [([String], [String])] {
        let run = try ProgramRun(
          verb + operands + form, in: clone.directory, environment: clone.environment,
          overrides: ["CI": "true"])
        for text in [run.output, run.errors] {
          // What was typed may be repeated to whoever typed it; the rest of the fix may not.
          let shown = operands.isEmpty ? text : text.replacing(branch, with: "")
          #expect(!shown.contains(Self.canary), "\(verb + operands + form): \(text)")
          #expect(!text.contains("CVE-2026-77777"), "\(verb + operands + form)")
        }
      }
    }
    let names =
      FileManager.default.enumerator(atPath: clone.directory)?.allObjects as? [String] ?? []
    for name in names where !name.hasPrefix(".git/") && name != ".git" {
      let data = FileManager.default.contents(atPath: clone.directory + "/" + name) ?? Data()
      #expect(!String(decoding: data, as: UTF8.self).contains(Self.canary), "\(name)")
    }
    let objects = world.upstream.git("cat-file", "--batch-all-objects", "--batch")
    #expect(!objects.contains(Self.canary))
  }

  /// Plumbing that knows of no operation: what it is given is what it works on.
  private static let `public`: Set<String> = ["pick", "changelog", "bump"]

  @Test("documents stay valid when they are masked")
  func masked() throws {
    let world = try world()
    let embargo = ["--embargo", "--off-trunk", "--json"]
    for (arguments, name) in [
      (["plan", world.fix] + embargo, "plan"),
      (["apply", world.fix, "--yes"] + embargo, "operation"), (["show", "--json"], "operation"),
      (["log", "--json"], "log"), (["status", "--json"], "status"),
    ] {
      let run = try ProgramRun(
        arguments, in: world.clone.directory, environment: world.clone.environment,
        overrides: ["CI": "1"])
      #expect(run.status == 0, "\(run.errors)")
      DocumentSchema.expect(run.output, is: name)
      #expect(!run.output.contains(Self.canary))
    }
    let failed = try ProgramRun(
      ["plan", "nowhere", "--embargo", "--json"], in: world.clone.directory,
      environment: world.clone.environment, overrides: ["CI": "1"])
    DocumentSchema.expect(failed.output, is: "plan", failed: true)
    let saved = try ProgramRun(
      ["plan", world.fix, "--embargo", "--off-trunk", "-o", "plan.json"],
      in: world.clone.directory, environment: world.clone.environment, overrides: ["CI": "1"])
    #expect(saved.status == 2)
    #expect(!FileManager.default.fileExists(atPath: world.clone.directory + "/plan.json"))
  }

  @Test("a person at home sees what it is about, and that it is under embargo")
  func atHome() throws {
    let world = try world()
    let clone = world.clone
    let plan = try ProgramRun("plan", world.fix, "--embargo", "--off-trunk", in: clone)
    #expect(plan.output.hasPrefix("EMBARGOED"))
    #expect(plan.output.contains(Self.canary))
    let applied = try ProgramRun(
      "apply", world.fix, "--embargo", "--off-trunk", "--yes", "--not-before", "2099-01-01",
      in: clone)
    #expect(applied.status == 0)
    #expect(applied.output.contains("# not before 2099-01-01"))
    let early = try ProgramRun("disclose", "--yes", in: clone)
    #expect(early.status == 5)
    #expect(early.errors.contains("2099-01-01T00:00:00Z"))
    #expect(try ProgramRun("status", in: clone).output.hasPrefix("EMBARGOED"))
    #expect(try ProgramRun("undo", in: clone).status == 0)
  }

  @Test("disclosed, it is everybody's", arguments: [true, false])
  func disclosed(inCI: Bool) throws {
    let world = try world()
    let overrides = inCI ? ["CI": "true"] : [:]
    let applied = try ProgramRun(
      "apply", world.fix, "--embargo", "--off-trunk", "--yes", in: world.clone,
      overrides: overrides)
    #expect(applied.status == 0, "\(applied.errors)")
    let unasked = try ProgramRun("disclose", in: world.clone, overrides: overrides)
    #expect(unasked.status == 2)
    let tried = try ProgramRun("disclose", "-n", in: world.clone, overrides: overrides)
    #expect(tried.status == 0, "\(tried.errors)")
    #expect(world.upstream.refs()["refs/tags/v1.1.1"] == nil)
    // The fix itself is on no public branch yet.
    let refused = try ProgramRun("disclose", "--yes", "--json", in: world.clone)
    #expect(refused.status == 0, "\(refused.errors)")
    DocumentSchema.expect(refused.output, is: "operation")
    #expect(DocumentSchema.value(refused.output, "state") as? String == "pushed")
    #expect(world.upstream.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("--not-before goes with --embargo and is a moment")
  func usage() throws {
    let repository = try KeyringHistory().write()
    for words in [["--not-before", "2026-01-01"], ["--embargo", "--not-before", "soon"]] {
      let run = try ProgramRun(
        ["plan", "main"] + words, in: repository.directory, environment: repository.environment)
      #expect(run.status == 2)
    }
  }
}
