import Foundation
import TestSupport
import Testing

@Suite("What a release manager reads")
struct GoldenTextTests {
  private static let day = ["--as-of", "2026-03-18"]

  private func expect(
    _ arguments: [String], in repository: TestRepository, status: Int32 = 0, matches name: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let run = try ProgramRun(
      arguments, in: repository.directory, environment: repository.environment)
    #expect(run.status == status, "\(run.errors)", sourceLocation: sourceLocation)
    #expect(run.errors.isEmpty, sourceLocation: sourceLocation)
    let text = run.output.replacing(/[0-9A-Z]{26}/, with: "<operation>")
      .replacing(/2[0-9]{3}-[0-9-]+T[0-9:]+Z  (landed|undone)/) { "<when>  \($0.output.1)" }
    Golden.expect(text, matches: name, sourceLocation: sourceLocation)
  }

  @Test("lines of a library with two supported majors")
  func lines() throws {
    let repository = try KeyringHistory().write()
    try expect(["lines"] + Self.day, in: repository, matches: "keyring-lines.txt")
    try expect(["lines", "-q"] + Self.day, in: repository, matches: "keyring-lines-quiet.txt")
  }

  @Test("a fix planned, landed, found again, shown and taken back")
  func wholeWay() throws {
    let history = KeyringHistory()
    let repository = try history.write()
    let fix = repository.id(history.merge).prefix(7)
    try expect(["\(fix)"] + Self.day, in: repository, matches: "keyring-plan.txt")
    try expect(["\(fix)", "-q"] + Self.day, in: repository, matches: "keyring-plan-quiet.txt")
    try expect(
      ["apply", "\(fix)", "--yes"] + Self.day, in: repository, matches: "keyring-apply.txt")
    try expect(["\(fix)"] + Self.day, in: repository, matches: "keyring-second-plan.txt")
    try expect(["log"], in: repository, matches: "keyring-log.txt")
    try expect(["status"], in: repository, matches: "keyring-status.txt")
    try expect(["undo"], in: repository, matches: "keyring-undo.txt")
    try expect(["show"], in: repository, matches: "keyring-show.txt")
  }

  @Test("lines done on request: one with work that rides along, one that conflicts")
  func onRequest() throws {
    let history = KeyringHistory()
    var repository = try history.write()
    try repository.extend { builder in
      builder.commit(
        "Derive in one step", on: "0.7",
        files: ["keyring/derive.py": "def derive(password, rounds):\n    return mix(password)\n"])
    }
    try expect(
      ["plan", "\(repository.id(history.merge).prefix(7))", "--to", "1.0,0.7", "--skip", "1.0=no"]
        + Self.day,
      in: repository, status: 1, matches: "keyring-requested.txt")
    try expect(
      ["plan", "\(repository.id(history.merge).prefix(7))", "--to", "1.0"] + Self.day,
      in: repository, matches: "keyring-riders.txt")
  }

  @Test("a young project with one tag, released on its trunk")
  func singleTag() throws {
    let history = SingleTagHistory()
    let repository = try history.write()
    try expect(["lines"] + Self.day, in: repository, matches: "single-lines.txt")
    try expect(
      ["\(repository.id(history.fix).prefix(7))"] + Self.day, in: repository,
      matches: "single-plan.txt")
  }
}
