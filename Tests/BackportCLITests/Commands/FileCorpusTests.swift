import Foundation
import TestSupport
import Testing

/// Runs the program over folders of real files, which are not part of the project.
@Suite("The commands that edit one file, on real files")
struct FileCorpusTests {
  static let folder = ProcessInfo.processInfo.environment["GIT_BACKPORT_CORPORA"]

  struct Index: Decodable {
    var cases: [Case]
  }

  struct Case: Decodable, Sendable, CustomTestStringConvertible {
    struct Job: Decodable, Sendable {
      var mode: String?
      var version: String?
      var previous: String?
      var date: String?
      var category: String?
      var text: String?
      var author: String?
      var component: String?
      var keepUnreleased: Bool?
      var entryTemplate: String?
      var reason: String?
      var pattern: String?
      var package: String?
      var count: Int?
    }

    var id: String
    var file: String?
    var golden: String?
    var path: String?
    var before: String?
    var after: String?
    var old: String?
    var new: String?
    var expect: String
    var reason: String?
    var job: Job?

    var testDescription: String { "\(id) \(file ?? path ?? "")" }
  }

  static func cases(_ name: String) throws -> [Case] {
    guard let folder else { return [] }
    let data = try Data(contentsOf: URL(filePath: "\(folder)/\(name)/index.json"))
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Index.self, from: data).cases
  }

  @Test("write every changelog as its maintainers would", arguments: try cases("changelogs"))
  func changelog(sample: Case) throws {
    let folder = try #require(Self.folder) + "/changelogs/"
    let job = try #require(sample.job)
    var arguments = ["changelog", "add", "--file", folder + (sample.file ?? ""), "--stdout"]
    let values = [
      ("version", job.version), ("previous", job.previous), ("date", job.date),
      ("category", job.category), ("entry", job.text), ("author", job.author),
      ("component", job.component),
    ]
    for (name, value) in values { if let value { arguments += ["--\(name)", value] } }
    if let template = job.entryTemplate { arguments.append("--entry-template=\(template)") }
    if job.mode == "forward-port" { arguments.append("--forward-port") }
    if let keep = job.keepUnreleased {
      arguments.append(keep ? "--keep-unreleased" : "--no-keep-unreleased")
    }
    let result = try run(arguments)
    if sample.expect == "refuse" {
      let word = job.reason?.split(separator: ":").first.map(String.init) ?? ""
      #expect(result.status == 3 && result.output.isEmpty)
      #expect(result.errorText.contains(word.prefix(8)))
    } else {
      #expect(result.status == 0)
      #expect(result.output == [UInt8](try data(folder + (sample.golden ?? sample.file ?? ""))))
    }
  }

  @Test("raise every version as its maintainers did", arguments: try cases("versionfiles"))
  func versionFile(sample: Case) throws {
    let folder = try #require(Self.folder) + "/versionfiles/"
    let before = folder + (sample.before ?? "")
    var arguments = [
      "bump", "--from", sample.old ?? "", "--to", sample.new ?? "", "--file", before,
      "--as", sample.path ?? "", "--stdout",
    ]
    if let pattern = sample.job?.pattern { arguments += ["--pattern", pattern] }
    if let count = sample.job?.count { arguments += ["--count", "\(count)"] }
    if let package = sample.job?.package { arguments += ["--package", package] }
    let result = try run(arguments)
    if sample.expect == "refuse" {
      #expect(result.status == 3 && result.output.isEmpty)
      #expect(result.errorText.contains(sample.reason ?? "?"))
    } else {
      #expect(result.status == 0)
      #expect(result.output == [UInt8](try data(sample.after.map { folder + $0 } ?? before)))
    }
  }

  private func data(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  private func run(_ arguments: [String]) throws -> ProcessResult {
    let environment = try HermeticEnvironment()
    return try ChildProcess.run(
      ProgramRun.productsDirectory + "/git-backport", arguments,
      environment: environment.variables, directory: environment.root)
  }
}
