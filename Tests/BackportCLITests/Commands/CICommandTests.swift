import Backport
import Foundation
import TestSupport
import Testing

@testable import BackportCLI

@Suite("The ci verb")
struct CICommandTests {
  /// A project on a remote, with a fix on its trunk that is owed to 1.1 and 0.9.
  private struct World {
    var upstream: TestRepository
    let environment: HermeticEnvironment
    let fix: String

    init() throws {
      let history = KeyringHistory()
      environment = try HermeticEnvironment()
      upstream = try history.builder.write(in: environment, name: "upstream.git")
      fix = upstream.id(history.merge)
      // The history is some years old.
      try upstream.extend { builder in
        builder.commit(
          "Look back far enough",
          files: [".gitbackport": "[policy]\n\tpreset = simplejwt\n[ci]\n\twindow = 90 years\n"])
      }
    }

    func clone(_ name: String = "clone", _ options: String...) throws -> TestRepository {
      let folder = environment.root + "/" + name
      let git = GitOracle(in: environment.root, environment: environment)
      _ = git.bytes(["clone", "-q"] + options + ["file://" + upstream.directory, folder])
      return TestRepository(opening: folder, bare: false, environment: environment)
    }
  }

  private func run(
    _ arguments: String..., in clone: TestRepository, _ variables: [String: String] = [:]
  ) throws -> ProgramRun {
    try ProgramRun(
      ["ci"] + arguments, in: clone.directory, environment: clone.environment,
      overrides: variables)
  }

  private func contents(_ path: String) throws -> String {
    try String(contentsOfFile: path, encoding: .utf8)
  }

  @Test("tells the log, the summary, later steps and the artifacts what it delivered")
  func outputs() throws {
    let world = try World()
    let clone = try world.clone()
    let (summary, outputs) = (world.environment.root + "/summary", world.environment.root + "/out")
    let folder = world.environment.root + "/artifacts/deep"
    let variables = [
      "GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary, "GITHUB_OUTPUT": outputs,
      "CI": "true",
    ]
    let done = try run("--mode", "direct", "--artifacts", folder, in: clone, variables)
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.contains("released on 1.1 (v1.1.1), 0.9 (v0.9.1)"))
    #expect(done.output.hasPrefix("::stop-commands::"))
    #expect(done.errors.contains("::notice title=git-backport::CVE-2026-12345"))
    #expect(world.upstream.refs()["refs/tags/v0.9.1"] != nil)
    let page = try contents(summary)
    #expect(page.hasPrefix("## git backport: 1 fix delivered"))
    #expect(page.contains("```mermaid"))
    let values = try contents(outputs)
    let match = values.firstMatch(of: /was_successful_by_target<<(end-[0-9a-f]{32})\n([^\n]*)\n/)
    #expect(match?.output.2 == "1.1=true")
    #expect(values.contains("v1.1.1 v0.9.1"))
    DocumentSchema.expect(try contents(folder + "/ci.json"), is: "ci")
    DocumentSchema.expect(
      try contents(folder + "/1-CVE-2026-12345/plan.json"), is: "plan")
    let patch = try contents(folder + "/1-CVE-2026-12345/0.9.patch")
    #expect(patch.contains("Subject: [PATCH 1/"))
    let again = try run("--mode", "direct", in: clone)
    #expect(again.status == 0)
    #expect(again.output.hasPrefix("nothing is owed: 1 fix since "))
  }

  @Test("is red when something is owed and only reported, in text and in JSON")
  func report() throws {
    let clone = try World().clone()
    let text = try run(in: clone)
    #expect(text.status == 1)
    #expect(text.output.contains("owed to 1.1, 0.9"))
    #expect(text.output.hasSuffix("1 fix is still owed (mode report)\n"))
    let json = try run("--json", in: clone, ["GITHUB_ACTIONS": "true"])
    #expect(json.status == 1)
    DocumentSchema.expect(json.output, is: "ci")
    #expect(DocumentSchema.value(json.output, "service", "kind") as? String == "github")
    #expect(json.errors.contains("::error title=git-backport::"))
  }

  @Test("says beforehand what would happen to a merge request")
  func check() throws {
    let world = try World()
    var upstream = world.upstream
    try upstream.extend { builder in
      builder.commit("Drop derivation", on: "0.9", files: ["keyring/derive.py": .deleted])
    }
    let clone = try world.clone()
    let run = try run("--check", world.fix, in: clone)
    #expect(run.status == 1)
    #expect(run.output.contains("would apply to 1.1, conflicts on 0.9"))
    let usage = try self.run("--check", "--mode", "direct", in: clone)
    #expect(usage.status == 2)
    #expect(try self.run("--embargo", in: clone).status == 2)
  }

  @Test(
    "names the remedy of the service for a shallow clone",
    arguments: [
      ("GITHUB_ACTIONS", "fetch-depth: 0"), ("FORGEJO_ACTIONS", "fetch-depth: 0"),
      ("GITLAB_CI", "GIT_DEPTH: \"0\""), ("BUILDKITE", "--depth"), ("TF_BUILD", "fetchDepth: 0"),
      ("OTHER", "git fetch --unshallow --tags"),
    ])
  func shallow(variable: String, words: String) throws {
    let world = try World()
    let clone = try world.clone("clone", "--depth", "1")
    let summary = world.environment.root + "/summary"
    let refused = try run("--json", "--summary", summary, in: clone, [variable: "true"])
    #expect(refused.status == 3)
    #expect(refused.errors.contains(words))
    DocumentSchema.expect(refused.output, is: "ci", failed: true)
    #expect(try contents(summary).contains("shallow"))
  }

  @Test("makes a shallow, or a partial, clone whole where it may", arguments: [true, false])
  func deepened(isShallow: Bool) throws {
    let world = try World()
    world.upstream.git("config", "uploadpack.allowFilter", "true")
    let clone =
      isShallow
      ? try world.clone("clone", "--depth", "1") : try world.clone("clone", "--filter=blob:none")
    let done = try run("--mode", "direct", "--allow-fetch", in: clone, ["GITLAB_CI": "true"])
    #expect(done.status == 0, "\(done.errors)")
    #expect(world.upstream.refs()["refs/tags/v1.1.1"] != nil)
  }

  @Test("is red for a line on which a command fails, and says so everywhere")
  func verification() throws {
    let world = try World()
    let clone = try world.clone()
    let folder = world.environment.root + "/artifacts"
    let summary = world.environment.root + "/summary"
    let command =
      "test -f keyring/1.1.py || { printf '::error::PWN\\n##vso[task.x]\\nno luck\\n'; exit 4; }"
    let variables = ["GITHUB_ACTIONS": "true", "GITHUB_STEP_SUMMARY": summary]
    let red = try run(
      "--mode", "direct", "--verify", command, "--artifacts", folder, in: clone, variables)
    #expect(red.status == 1, "\(red.errors)")
    #expect(red.output.contains("held back on 1.1, fails verification on 0.9"))
    #expect(red.output.contains("verify     failed with status 4"))
    #expect(
      red.errors.contains(
        "::error title=git-backport::CVE-2026-12345 on 0.9: verification: "))
    #expect(red.errors.contains("failed with status 4; no luck\n"))
    #expect(red.errors.contains("1.1  passed"))
    #expect(!(red.output + red.errors).contains("##vso[task.x]"))
    #expect(!(red.output + red.errors).split(separator: "\n").contains("::error::PWN"))
    #expect(world.upstream.refs()["refs/tags/v1.1.1"] == nil)
    #expect(try contents(summary).contains("❌ Verification <code>test -f keyring/1.1.py"))
    #expect(try contents(folder + "/1-CVE-2026-12345/0.9.log").contains("no luck"))
    DocumentSchema.expect(try contents(folder + "/ci.json"), is: "ci")
    let json = try run("--json", in: clone, ["GIT_BACKPORT_VERIFY": "exit 3"])
    #expect(json.status == 1)
    DocumentSchema.expect(json.output, is: "ci")
    let exit = DocumentSchema.value(
      json.output, "fixes", "0", "lines", "0", "verification", "0", "exit")
    #expect(exit as? Int == 3)
  }

  @Test("runs no command that the project names, and none for a matrix")
  func verificationSource() throws {
    var world = try World()
    let proof = world.environment.root + "/proof"
    try world.upstream.extend { builder in
      builder.commit(
        "Name a program",
        files: [
          ".gitbackport":
            .text(
              "[policy]\n\tpreset = simplejwt\n[ci]\n\twindow = 90 years\n"
                + "[backport]\n\tverify = touch \(proof)\n")
        ])
    }
    let clone = try world.clone()
    let refused = try run(in: clone)
    #expect(refused.status == 2, "\(refused.output)")
    #expect(!FileManager.default.fileExists(atPath: proof))
    let plain = try World().clone()
    plain.git("config", "backport.verify", "touch \(proof)")
    #expect(try run("--matrix", "github", in: plain).status == 0)
    #expect(try run("--no-verify", in: plain).status == 1)
    #expect(!FileManager.default.fileExists(atPath: proof))
    #expect(try run("--mode", "direct", in: plain).status == 0)
    #expect(FileManager.default.fileExists(atPath: proof))
    #expect(try run("--matrix", "github", "--verify", "true", in: plain).status == 2)
  }

  @Test("prints a matrix and nothing else, and writes dotenv lines")
  func matrix() throws {
    let world = try World()
    let clone = try world.clone()
    let file = world.environment.root + "/backport.env"
    let github = try run("--matrix", "github", "--outputs", file, in: clone)
    #expect(github.status == 0, "\(github.errors)")
    #expect(DocumentSchema.value(github.output, "include", "1", "line") as? String == "0.9")
    #expect(DocumentSchema.value(github.output, "include", "0", "fix") as? String == world.fix)
    let values = try contents(file)
    #expect(values.contains("BACKPORT_RESULT=owed\nBACKPORT_WAS_SUCCESSFUL=false\n"))
    #expect(values.contains("BACKPORT_OWED=1.1 0.9\n"))
    let gitlab = try run("--matrix", "gitlab", in: clone)
    #expect(gitlab.output.contains("\"extends\":\".backport-verify\""))
  }

  @Test("lets no text of the project become a command, an output or Markdown")
  func hostile() throws {
    var world = try World()
    let evil = "[security] x\u{1b}[31m ::error::PWN <script> ##vso[task.x]y | `a` @root %0A"
    try world.upstream.extend { builder in
      builder.commit(
        evil + "\n\nCVE: CVE-2026-99999\n::set-output name=result::PWN\n",
        files: ["keyring/other.py": "pass\n"])
    }
    let clone = try world.clone()
    let names = ["summary", "out", "env"].map { world.environment.root + "/" + $0 }
    for service in ["GITHUB_ACTIONS", "TF_BUILD"] {
      let run = try run(
        "--outputs", names[2], "--summary", names[0], in: clone,
        [service: "true", "GITHUB_OUTPUT": names[1]])
      #expect(run.status == 1)
      let lines = (run.output + run.errors).split(separator: "\n")
      #expect(!lines.contains { $0.hasPrefix("::set-output") || $0.hasPrefix("::error::") })
      #expect(!(run.output + run.errors).contains("##vso[task.x]"))
      #expect(!run.output.contains("\u{1b}"))
    }
    // In a fenced block nothing is more than text.
    let blocks = try contents(names[0]).split(separator: "```", omittingEmptySubsequences: false)
    let page = blocks.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element).joined()
    #expect(!page.contains("<script>") && !page.contains(" @root") && page.contains("PWN"))
    let outputs = try contents(names[1]).split(separator: "\n")
    #expect(outputs.contains { $0.hasPrefix("result<<end-") })
    #expect(try contents(names[2]).split(separator: "\n").allSatisfy { $0.hasPrefix("BACKPORT_") })
  }
}

@Suite("Outputs of a job")
struct JobOutputTests {
  @Test("annotations escape what ends them", arguments: ["github", "azure"])
  func annotations(name: String) throws {
    let service = try #require(BuildService.Kind(rawValue: name))
    let annotations = JobAnnotations(service: service)
    let line = try #require(annotations.line(.error, "50% of\r\n::set-env::x"))
    #expect(!line.contains("\n") && !line.contains("\r") && line.contains("50%25"))
    #expect(JobAnnotations(service: .gitlab).line(.error, "x") == nil)
  }
}
