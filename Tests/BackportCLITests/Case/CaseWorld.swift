import Foundation
import TestSupport
import Testing

/// A repository in which a case is kept, and what tests ask of it.
struct CaseWorld {
  let repository: TestRepository
  /// The fix, and what brought the flaw where that is one commit.
  let fix: String
  var flaw = ""
  /// The id of the case.
  var id = "C"
  var overrides: [String: String] = [:]

  /// Runs the program and expects a status.
  @discardableResult
  func run(
    _ words: [String], status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    let run = try ProgramRun(
      words, in: repository.directory, environment: repository.environment, overrides: overrides)
    #expect(
      run.status == status, "\(words): \(run.output)\(run.errors)", sourceLocation: sourceLocation)
    return run
  }

  /// The same with words apart.
  @discardableResult
  func run(
    _ words: String..., status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    try run(words, status: status, sourceLocation: sourceLocation)
  }

  /// A step of the case, with its document checked.
  @discardableResult
  func step(
    _ words: String..., status: Int32 = 0, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> ProgramRun {
    let run = try run(
      ["case"] + words.prefix(1) + [id] + words.dropFirst() + ["--json"], status: status,
      sourceLocation: sourceLocation)
    DocumentSchema.expect(
      run.output, is: "case", failed: status != 0, sourceLocation: sourceLocation)
    return run
  }

  func state() throws -> String? {
    DocumentSchema.value(try step("show").output, "state") as? String
  }

  func line(_ name: String) throws -> [String: Any] {
    let lines = DocumentSchema.value(try step("show").output, "lines") as? [[String: Any]]
    return lines?.first { $0["line"] as? String == name } ?? [:]
  }

  func status(_ name: String) throws -> String? { try line(name)["status"] as? String }

  /// What a refusal says is missing, by code and subject.
  static func missing(_ run: ProgramRun) -> [String] {
    let list = DocumentSchema.value(run.output, "missing") as? [[String: Any]] ?? []
    return list.map { item in
      [item["code"], item["subject"]].compactMap { $0 as? String }.joined(separator: " ")
    }
  }
}
