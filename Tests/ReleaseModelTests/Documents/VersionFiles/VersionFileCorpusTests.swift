import Foundation
import ReleaseModel
import Testing

/// Runs over a folder of real version files, which is not part of the project.
@Suite struct VersionFileCorpusTests {
  static let folder = ProcessInfo.processInfo.environment["GIT_BACKPORT_CORPORA"]
    .map { URL(filePath: $0).appending(path: "versionfiles") }

  struct Index: Decodable {
    var cases: [Case]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Job: Decodable, Sendable {
      var pattern: String?
      var package: String?
      var count: Int?
    }

    var id: String
    var path: String
    var before: String
    var after: String?
    var old: String
    var new: String
    var expect: String
    var job: Job?

    var testDescription: String { "\(id) \(path)" }
  }

  static func cases() throws -> [Case] {
    guard let folder else { return [] }
    let data = try Data(contentsOf: folder.appending(path: "index.json"))
    return try JSONDecoder().decode(Index.self, from: data).cases
  }

  @Test(.enabled(if: folder != nil), arguments: try cases())
  func `a real version file comes out as its maintainers left it`(of sample: Case) throws {
    let folder = try #require(Self.folder)
    let before = [UInt8](try Data(contentsOf: folder.appending(path: sample.before)))
    let change = VersionChange(
      from: sample.old, to: sample.new, packages: Set([sample.job?.package].compactMap { $0 }))
    let pattern = try sample.job?.pattern.map { try VersionPattern(parsing: $0) }
    let rule = pattern.map { VersionFileRule.pattern($0, count: sample.job?.count ?? 1) }
    let outcome = VersionFile.edit(
      path: sample.path, bytes: before, change: change, rule: rule ?? .automatic)
    switch (sample.expect, outcome) {
    case ("update", .edited(let bytes, let spans)):
      let after = try #require(sample.after)
      #expect(bytes == [UInt8](try Data(contentsOf: folder.appending(path: after))))
      #expect(!spans.isEmpty)
    case ("absent", .absent), ("refuse", .refused):
      break
    default:
      Issue.record("expected \(sample.expect), got \(outcome)")
    }
  }
}
