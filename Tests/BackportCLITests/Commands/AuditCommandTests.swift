import TestSupport
import Testing

@Suite("audit")
struct AuditCommandTests {
  /// A fix that 1.1 has and 1.0 lacks.
  private func repository() throws -> TestRepository {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest 2 minors\n"
    let first = history.commit(
      "Version 1.0.0", files: [".gitbackport": .text(policy), "a.c": "one\ntwo\n"])
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    let second = history.commit("Version 1.1.0", files: ["b.c": "b\n"])
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.commit("Go on", files: ["c.c": "c\n"])
    let fix = history.commit(
      "Check \u{1b}[31mtwo\n\nCVE: CVE-2024-1234\n", files: ["a.c": "one\ntwo, checked\n"])
    let id = try history.write().id(fix)
    let pick = history.commit(
      "Check two\n\n(cherry picked from commit \(id))\n", on: "1.1",
      files: ["a.c": "one\ntwo, checked\n"])
    history.tag("v1.1.1", at: pick)
    return try history.write(bare: true)
  }

  @Test("says what is missing where, what to do, and ends with 1")
  func text() throws {
    let repository = try repository()
    let run = try ProgramRun("audit", in: repository)
    #expect(run.status == 1)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("audited    1 security fix of main, on 2 lines\n"))
    #expect(run.output.contains("CVE-2024-1234  Check \\x1b[31mtwo\n"))
    #expect(run.output.contains("  1.0  missing"))
    #expect(!run.output.contains("  1.1  fixed"))
    #expect(run.output.contains("1 missing of 2 looked for\n"))
    let id = repository.git("rev-parse", "main").prefix(12)
    #expect(run.output.contains("next       git backport \(id) --to 1.0\n"))
    #expect(!run.output.contains("\u{1b}"))
  }

  @Test("tells a machine the same in a document, and a person all of it when asked")
  func document() throws {
    let repository = try repository()
    let run = try ProgramRun("audit", "--json", in: repository)
    #expect(run.status == 1)
    DocumentSchema.expect(run.output, is: "audit")
    #expect(DocumentSchema.value(run.output, "missing") as? Int == 1)
    #expect(
      DocumentSchema.value(run.output, "fixes", "0", "lines", "0", "since") as? String == "1.1.1")
    let verbose = try ProgramRun("audit", "-v", in: repository)
    #expect(verbose.output.contains("  1.1  fixed since 1.1.1"))
    #expect(verbose.output.contains("has a trailer of security fixes"))
    let quiet = try ProgramRun("audit", "-q", in: repository)
    #expect(quiet.output == "1.0  missing  CVE-2024-1234  Check \\x1b[31mtwo\n")
    #expect(quiet.status == 1)
  }

  @Test("ends with 0 when nothing is missing on the lines that were asked about")
  func clean() throws {
    let repository = try repository()
    let run = try ProgramRun("audit", "--to", "1.1", in: repository)
    #expect(run.status == 0)
    #expect(run.output.contains("nothing is missing\n"))
    let none = try ProgramRun("audit", "--since", "2024-01-01", "--json", in: repository)
    #expect(none.status == 0)
    DocumentSchema.expect(none.output, is: "audit")
  }

  @Test(
    "refuses what it does not know",
    arguments: [
      (["audit", "--since", "soon"], 2), (["audit", "--to", "9"], 2),
      (["audit", "CVE-1999-0001"], 2), (["audit", "nonsense"], 2), (["audit", "--nonsense"], 2),
    ])
  func refusals(words: [String], status: Int) throws {
    let repository = try repository()
    let run = try ProgramRun(
      words + ["--json"], in: repository.directory, environment: repository.environment)
    #expect(Int(run.status) == status)
    DocumentSchema.expect(run.output, is: "audit", failed: true)
  }
}
