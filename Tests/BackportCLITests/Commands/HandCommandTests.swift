import Foundation
import TestSupport
import Testing

@Suite("Lines that wait for a hand")
struct HandCommandTests {
  /// A project whose line 0.2 a fix does not apply to, and whose line 0.3 it does.
  static func project() throws -> (repository: TestRepository, fix: String) {
    var history = RepositoryBuilder()
    let old = "begin\nread\nderive with A\nend\n"
    let fresh = "begin\nread\nrounds\nderive\nend\n"
    func release(_ version: String, _ files: [String: FileChange]) {
      let mark = history.commit("Version \(version)", files: files)
      history.tag("v\(version)", at: mark)
      history.branch(String(version.prefix(3)), at: mark)
    }
    release(
      "0.2.0", [".gitbackport": "[policy]\n\tsupport = latest 2 minors\n", "a b.txt": .text(old)])
    release("0.3.0", ["a b.txt": .text(fresh)])
    history.commit("Go on", files: ["later.txt": "later\n"])
    let fix = history.commit(
      "Check the rounds",
      files: ["a b.txt": .text(fresh.replacing("derive", with: "check\nderive"))])
    let repository = try history.write()
    return (repository, repository.id(fix))
  }

  static func resolve(_ repository: TestRepository) throws {
    let folder = repository.gitDirectory + "/backport/worktrees/0.2"
    try Data("begin\nread\ncheck\nderive with A\nend\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/a b.txt"))
    GitOracle(in: folder, environment: repository.environment)("add", "a b.txt")
  }

  @Test("are shown with the place and the commands, and landed by continue")
  func wholeWay() throws {
    let (repository, fix) = try Self.project()
    let folder = repository.gitDirectory + "/backport/worktrees/0.2"
    let planned = try ProgramRun("plan", fix, in: repository)
    #expect(planned.status == 1)
    #expect(planned.output.contains("next       git backport apply \(fix)"))
    #expect(planned.output.contains("0.2: apply makes a worktree to resolve it in"))
    let applied = try ProgramRun("apply", fix, "--yes", in: repository)
    #expect(applied.status == 1, "\(applied.errors)")
    #expect(applied.errors.isEmpty)
    #expect(applied.output.contains("0.2  waits for a hand: "))
    #expect(applied.output.contains("next       cd \(folder)\n           git mergetool"))
    let status = try ProgramRun("status", in: repository)
    #expect(status.status == 0)
    #expect(status.output.contains("waiting for a hand") && status.output.contains(folder))
    let again = try ProgramRun("apply", fix, "--yes", in: repository)
    #expect(again.status == 8)
    #expect(again.errors.contains("waits for a hand on 0.2"))
    #expect(again.errors.contains("hint: git backport continue"))
    let early = try ProgramRun("continue", in: repository)
    #expect(early.status == 1)
    try Self.resolve(repository)
    let done = try ProgramRun(
      ["continue"], in: folder, environment: repository.environment)
    #expect(done.status == 0, "\(done.errors)")
    #expect(done.output.hasPrefix("landed: operation "))
    #expect(done.output.contains("0.2  by-hand: resolved by hand by C O Mitter"))
    #expect(done.output.contains("next       cd \(repository.directory)\n"))
    #expect(repository.refs()["refs/tags/v0.2.1"] != nil)
    #expect(try ProgramRun("status", in: repository).output.contains("landed, not pushed"))
  }

  @Test("are in the documents, which the schemas describe")
  func documents() throws {
    let (repository, fix) = try Self.project()
    let applied = try ProgramRun("apply", fix, "--yes", "--json", in: repository)
    #expect(applied.status == 1)
    DocumentSchema.expect(applied.output, is: "operation")
    #expect(DocumentSchema.value(applied.output, "state") as? String == "pending")
    #expect(DocumentSchema.value(applied.output, "waiting", "0", "line") as? String == "0.2")
    let status = try ProgramRun("status", "--json", in: repository)
    DocumentSchema.expect(status.output, is: "status")
    #expect(
      DocumentSchema.value(status.output, "waiting", "0", "paths", "0") as? String == "a b.txt")
    let refused = try ProgramRun("apply", fix, "--yes", "--json", in: repository)
    #expect(refused.status == 8)
    DocumentSchema.expect(refused.output, is: "operation", failed: true)
    let push = try ProgramRun("push", "--yes", "--json", in: repository)
    #expect(push.status == 3 || push.status == 1)
    let waiting = try ProgramRun("continue", "--json", in: repository)
    #expect(waiting.status == 1)
    DocumentSchema.expect(waiting.output, is: "operation")
    let skipped = try ProgramRun("skip", "0.2=end of life", "--json", in: repository)
    #expect(skipped.status == 0, "\(skipped.errors)")
    DocumentSchema.expect(skipped.output, is: "operation")
    #expect(DocumentSchema.value(skipped.output, "targets", "1", "status") as? String == "skipped")
    let wrong = try ProgramRun("skip", "0.2", "--json", in: repository)
    #expect(wrong.status == 2)
    DocumentSchema.expect(wrong.output, is: "operation", failed: true)
    let folder = repository.environment.root + "/look"
    let looked = try ProgramRun("show", "--checkout", folder, "--json", in: repository)
    #expect(looked.status == 0, "\(looked.errors)")
    DocumentSchema.expect(looked.output, is: "operation")
    #expect(
      DocumentSchema.value(looked.output, "checkouts", "0", "path") as? String == folder + "/0.3")
    let full = try ProgramRun("show", "--checkout", folder, in: repository)
    #expect(full.status == 2)
    #expect(full.errors.contains("it is not"))
  }

  @Test("are taken away by abort, with all that has landed")
  func abort() throws {
    let (repository, fix) = try Self.project()
    let before = repository.refs()
    _ = try ProgramRun("apply", fix, "--yes", in: repository)
    let aborted = try ProgramRun("abort", in: repository)
    #expect(aborted.status == 0, "\(aborted.errors)")
    #expect(aborted.output.hasPrefix("taken back: "))
    #expect(repository.refs() == before)
    #expect(repository.git("worktree", "list").split(separator: "\n").count == 1)
  }
}
