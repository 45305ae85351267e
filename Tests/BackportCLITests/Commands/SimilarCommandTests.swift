import Foundation
import TestSupport
import Testing

@Suite("similar")
struct SimilarCommandTests {
  private func repository() throws -> TestRepository {
    func code(_ name: String, _ check: String = "") -> String {
      "int \(name)(char *to, struct input *from)\n{\n    size_t length = from->length;\n\(check)"
        + "    memcpy(to, from->bytes, length);\n    return finish(to, length);\n}\n"
    }
    var history = RepositoryBuilder()
    let first = history.commit(
      "Version 1.0.0",
      files: [
        ".gitbackport": "[policy]\n\tsupport = latest minor\n", "a.c": .text(code("first")),
        "b\u{1b}[31m.c": .text(code("second")),
      ])
    history.tag("v1.0.0", at: first)
    history.branch("1.0", at: first)
    history.commit(
      "Check the length",
      files: ["a.c": .text(code("first", "    if (length > LIMIT)\n        return TOO_LONG;\n"))])
    return try history.write(bare: true)
  }

  @Test("shows the place on each line, and ends with 1")
  func text() throws {
    let repository = try repository()
    let run = try ProgramRun("similar", "main", in: repository)
    #expect(run.status == 1)
    #expect(run.errors.isEmpty)
    #expect(run.output.contains("b\\x1b[31m.c:2-5"))
    #expect(run.output.contains("  on main, 1.0\n"))
    #expect(run.output.contains("like a.c:"))
    #expect(run.output.contains("1 place looks like what the fix repairs\n"))
    #expect(!run.output.contains("\u{1b}"))
    let quiet = try ProgramRun("similar", "main", "-q", in: repository)
    #expect(quiet.output.split(separator: "\n").count == 1)
  }

  @Test("tells a machine the same in a document, also when it fails")
  func document() throws {
    let repository = try repository()
    let run = try ProgramRun("similar", "main", "--json", in: repository)
    #expect(run.status == 1)
    DocumentSchema.expect(run.output, is: "similar")
    let failed = try ProgramRun("similar", "nothing", "--json", in: repository)
    #expect(failed.status == 2)
    DocumentSchema.expect(failed.output, is: "similar", failed: true)
    let none = try ProgramRun("similar", "v1.0.0", "--likeness", "100", "--json", in: repository)
    DocumentSchema.expect(none.output, is: "similar")
  }

  @Test("takes a likeness in percent")
  func likeness() throws {
    #expect(try ProgramRun("similar", "main", "--likeness", "0", in: repository()).status == 2)
  }

  @Test("what was found goes into the record of a case")
  func audit() throws {
    let repository = try repository()
    let search = try ProgramRun("similar", "main", "--json", in: repository)
    let file = repository.directory + "/search.json"
    try TestFiles.write(Data(search.output.utf8), to: file)
    for words in [
      ["open", "--id", "C", "--title", "Too long", "--severity", "high"], ["ack", "C"],
      ["assign", "C"], ["confirm", "C", "--introduced", "1.0.0", "--detect"],
    ] {
      let run = try ProgramRun(
        ["case"] + words, in: repository.directory, environment: repository.environment)
      #expect(run.status == 0, "\(words): \(run.errors)")
    }
    let audit = try ProgramRun(
      "case", "audit", "C", "--similar", file, "--found", "b.c is not called", "--json",
      in: repository)
    #expect(audit.status == 0, "\(audit.errors)")
    DocumentSchema.expect(audit.output, is: "case")
    let assessment = DocumentSchema.value(audit.output, "assessment") as? [String: Any]
    let entry = (assessment?["audit"] as? [[String: Any]])?.first
    let what = entry?["what"] as? String
    #expect(what?.contains("(Check the length) repairs, on main, 1.0; 2 files") == true)
    let found = entry?["found"] as? [String]
    #expect(found?.count == 2)
    #expect(found?.first?.contains("c:2-5 on main, 1.0, ") == true)
    #expect(found?.last == "b.c is not called")
    try TestFiles.write(Data("{}".utf8), to: file)
    let wrong = try ProgramRun("case", "audit", "C", "--similar", file, in: repository)
    #expect(wrong.status == 2)
    #expect(wrong.errors.contains("it is not what similar --json prints"))
  }
}
