import Foundation
import TestSupport
import Testing

@testable import BackportCLI

@Suite("JSON documents")
struct DocumentTests {
  @Test("of every verb are valid against the schemas that ship")
  func everyVerb() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let fix = repository.id(history.merge)
    let lines = try ProgramRun("lines", "--json", in: repository)
    DocumentSchema.expect(lines.output, is: "lines")
    let plan = try ProgramRun("plan", fix, "--json", "--to", "+1.0", in: repository)
    DocumentSchema.expect(plan.output, is: "plan")
    let applied = try ProgramRun("apply", fix, "--json", "--yes", in: repository)
    DocumentSchema.expect(applied.output, is: "operation")
    DocumentSchema.expect(try ProgramRun("status", "--json", in: repository).output, is: "status")
    DocumentSchema.expect(try ProgramRun("log", "--json", in: repository).output, is: "log")
    DocumentSchema.expect(try ProgramRun("show", "--json", in: repository).output, is: "operation")
    let undone = try ProgramRun("undo", "--json", in: repository)
    DocumentSchema.expect(undone.output, is: "operation")
    #expect(DocumentSchema.value(undone.output, "state") as? String == "undone")
    for run in [lines, plan, applied, undone] {
      #expect(run.status == 0)
      #expect(run.errors.isEmpty)
    }
  }

  @Test("of a conflict name paths, kinds and hunks")
  func conflict() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit("Drop derivation", on: "0.7", files: ["keyring/derive.py": .deleted])
    }
    let run = try ProgramRun(
      "plan", repository.id(history.merge), "--to", "0.7", "--json", in: repository)
    #expect(run.status == 1)
    DocumentSchema.expect(run.output, is: "plan")
    #expect(
      DocumentSchema.value(run.output, "targets", "0", "conflicts", "0", "kind") as? String
        == "modify-delete")
  }

  @Test(
    "of failed runs hold the error, and null where nothing is known",
    arguments: [
      (["plan", "no-such-revision"], "plan", "unknown-revision", Int32(2)),
      (["lines", "--as-of", "soon"], "lines", "usage", 2),
      (["apply", "HEAD"], "operation", "not-confirmed", 2),
      (["undo"], "operation", "no-operation", 3),
      (["show", "01ABC"], "operation", "no-operation", 2),
      (["log", "--no-such-option"], "log", "usage", 2),
      (["status", "-C", "no-such-directory"], "status", "usage", 2),
      (["HEAD", "--to", "9.9"], "plan", "unknown-line", 2),
      (["plan"], "plan", "usage", 2),
    ])
  func failures(arguments: [String], name: String, code: String, status: Int32) throws {
    let repository = try KeyringHistory().write()
    let run = try ProgramRun(
      arguments + ["--json"], in: repository.directory, environment: repository.environment)
    #expect(run.status == status)
    DocumentSchema.expect(run.output, is: name, failed: true)
    #expect(DocumentSchema.value(run.output, "error", "code") as? String == code)
    #expect(run.errors.hasPrefix("error: "))
  }

  @Test("of a run whose every line is blocked hold the plan and the error")
  func everyLineBlocked() throws {
    let history = SingleTagHistory()
    var repository = try history.write()
    let fix = repository.id(history.fix)
    try repository.extend { builder in
      builder.commit("Fork the past", on: "refs/remotes/origin/main", files: ["a": "a"])
    }
    repository.git("config", "remote.origin.url", "/nowhere")
    repository.git("update-ref", "refs/heads/0.2", fix + "~1")
    repository.git("update-ref", "refs/remotes/origin/0.2", fix)
    let run = try ProgramRun("plan", fix, "--json", in: repository)
    #expect(run.status == 3, "\(run.errors)")
    DocumentSchema.expect(run.output, is: "plan")
    #expect(DocumentSchema.value(run.output, "error", "code") as? String == "every-target-blocked")
  }

  @Test("have the keys that the schemas ask for", arguments: DocumentName.allCases)
  func keys(name: DocumentName) throws {
    let file = DocumentSchema.folder.appendingPathComponent("\(name.rawValue)-1.schema.json")
    let text = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    let required = DocumentSchema.value(text, "$defs", "failure", "required") as? [String]
    #expect(Set(required ?? []) == Set(name.keys + ["schema", "error"]))
  }

  @Test("are saved for the owner only, replaced as a whole, and landed as they were shown")
  func savedPlan() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let environment = repository.environment
    let file = environment.root + "/plan.json"
    try environment.write("old", to: "plan.json")
    let planned = try ProgramRun(
      "plan", repository.id(history.merge), "-o", file, in: repository)
    #expect(planned.status == 0)
    #expect(planned.output.hasSuffix("next       git backport apply --plan \(file)\n"))
    let attributes = try FileManager.default.attributesOfItem(atPath: file)
    #expect(attributes[.posixPermissions] as? Int == 0o600)
    let saved = try String(contentsOfFile: file, encoding: .utf8)
    DocumentSchema.expect(saved, is: "plan")
    let before = repository.refs()
    let landed = try ProgramRun("apply", "--plan", file, in: repository)
    #expect(landed.status == 0, "\(landed.errors)")
    let updates = DocumentSchema.value(saved, "refUpdates") as? [[String: Any]] ?? []
    #expect(updates.count == 5)
    for update in updates {
      let ref = update["ref"] as? String ?? ""
      #expect(repository.refs()[ref] == update["new"] as? String)
      #expect(before[ref] == update["old"] as? String)
    }
    let again = try ProgramRun("apply", "--plan", file, in: repository)
    #expect(again.status == 7)
    #expect(again.errors.contains("has moved"))
  }

  @Test("that are no plan are refused", arguments: ["{}", "not json", "{\"schema\": 1}"])
  func damagedPlan(text: String) throws {
    let repository = try KeyringHistory().write()
    let file = try repository.environment.write(text, to: "plan.json")
    let run = try ProgramRun("apply", "--plan", file, "--json", in: repository)
    #expect(run.status == 2)
    DocumentSchema.expect(run.output, is: "operation", failed: true)
  }
}
