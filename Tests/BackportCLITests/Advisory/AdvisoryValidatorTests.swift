import Foundation
import ReleaseModel
import TestSupport
import Testing

/// The files of advisories before the programs that the formats' owners check them with.
@Suite("Advisories in the eyes of the official validators")
struct AdvisoryValidatorTests {
  /// Where `Scripts/test --all` has put the validators; nil in a short run.
  static let validators = ProcessInfo.processInfo.environment["GIT_BACKPORT_VALIDATORS"]
  /// OSV's schema, which is not part of this project.
  static let schema = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appending(path: "shared/corpora/advisory/osv-schema-1.7.5.json")
    .path

  /// Advisories of several shapes, by what is special about each.
  static let shapes: [[String]] = [
    [
      "--id", "CVE-2026-0001", "--credit", "Ada Reporter", "--workaround", "Do not open boxes.",
      "--cvss", AdvisoryCommandTests.vector, "--cwe", "CWE-400",
    ],
    ["--credit", "anonymous", "--severity", "low"],
    ["--id", "GHSA-2f3g-4h5j-6m7p", "--cvss", AdvisoryCommandTests.vector, "--cwe", "CWE-400"],
    ["--purl", "pkg:composer/example/box", "--namespace", "https://example.org"],
    [
      "--cvss", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", "--id",
      "EXAMPLE-2026-7", "--reference", "report=https://example.org/1",
    ],
  ]

  /// Writes an advisory; `isOpen` leaves a line without a fix above the fixed ones.
  private static func write(_ options: [String], isOpen: Bool) throws -> [String: String] {
    let (source, flaw, fix) = try AdvisoryCommandTests.project(subject: "Check the size")
    var repository = source
    if isOpen {
      try repository.extend { builder in
        builder.tag(
          "v2.0.0",
          at: builder.commit("Back", files: ["box.js": "open\nread\nclose\n"]))
        builder.commit(
          "Undo\n\nThis reverts commit \(fix).\n", files: ["box.js": "open\nread\nclose\nx\n"])
      }
    }
    let out = repository.environment.root + "/out"
    let run = try ProgramRun(
      [
        "advisory", "write", fix, "--out", out, "--introduced", flaw, "--json", "--format",
        "osv,github,cve,csaf",
      ] + options, in: repository.directory, environment: repository.environment)
    guard run.status == 0 else { throw WriteFailure(text: run.errors) }
    var files: [String: String] = [:]
    let list = DocumentSchema.value(run.output, "files") as? [[String: String]] ?? []
    for file in list {
      let text = try String(contentsOfFile: file["path"] ?? "", encoding: .utf8)
      files[file["format"] ?? ""] = text
      // For the name, which the standard gives it.
      if file["format"] == "csaf" {
        files["csaf-name"] = URL(filePath: file["path"] ?? "").lastPathComponent
      }
    }
    return files
  }

  struct WriteFailure: Error { let text: String }

  /// Runs a program of Python and gives what it says; nil for nothing to say.
  private static func complaint(
    _ program: String, _ arguments: [String], input: String = ""
  ) throws -> String? {
    let environment = ProcessInfo.processInfo.environment
    let result = try ChildProcess.run(
      program, arguments, environment: environment, directory: "/", input: [UInt8](input.utf8))
    return result.status == 0 ? nil : result.outputText + result.errorText
  }

  @Test(
    "are valid OSV", .enabled(if: FileManager.default.fileExists(atPath: schema)),
    arguments: [shapes[0], shapes[4]])
  func osv(options: [String]) throws {
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      problems = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))
      for problem in problems: print("/".join(map(str, problem.path)), problem.message[:400])
      sys.exit(1 if problems else 0)
      """
    let python = ChildProcess.find("python3", in: ProcessInfo.processInfo.environment)
    let files = try Self.write(options, isOpen: true)
    let complaint = try Self.complaint(
      python, ["-c", script, Self.schema], input: files["osv"] ?? "")
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  @Test(
    "pass them all, whatever is special about each", .enabled(if: validators != nil),
    arguments: shapes, [false, true])
  func official(options: [String], isOpen: Bool) throws {
    let home = try #require(Self.validators)
    let files = try Self.write(options, isOpen: isOpen)
    let environment = try HermeticEnvironment()
    if FileManager.default.fileExists(atPath: Self.schema) {
      let path = try environment.write(files["osv"] ?? "", to: "osv.json")
      let osv = try Self.complaint(
        home + "/schemas/bin/check-jsonschema", ["--schemafile", Self.schema, path])
      #expect(osv == nil, "\(osv ?? "")")
    }
    // The whole set also asks for what nobody may have said: CVE id, score and weakness.
    let preset = Set(["CVE-2026-0001", "--cvss", "--cwe"]).isSubset(of: options) ? "full" : "basic"
    let name = try #require(files["csaf-name"])
    let path = try environment.write(files["csaf"] ?? "", to: name)
    let csaf = try Self.complaint(
      home + "/csaf/bin/csaf",
      ["validate", "--spec-version", "v20", "--preset", preset, "--no-network", path])
    #expect(csaf == nil, "\(csaf ?? "")")
    // As a numbering authority would complete it.
    let script = """
      import json, pathlib, sys, cvelib, jsonschema
      folder = pathlib.Path(cvelib.__file__).parent / "schemas"
      schema = json.load(open(folder / "CVE_JSON_bundled_5.1.1.json"))
      authority = "00000000-0000-4000-9000-000000000000"
      container = json.load(sys.stdin)
      container["providerMetadata"] = {"orgId": authority}
      record = {"dataType": "CVE_RECORD", "dataVersion": "5.1", "cveMetadata": {
          "cveId": "CVE-2026-0001", "assignerOrgId": authority, "state": "PUBLISHED"},
          "containers": {"cna": container}}
      problems = list(jsonschema.Draft7Validator(schema).iter_errors(record))
      for problem in problems: print("/".join(map(str, problem.path)), problem.message[:400])
      sys.exit(1 if problems else 0)
      """
    let cve = try Self.complaint(
      home + "/schemas/bin/python", ["-c", script], input: files["cve"] ?? "")
    #expect(cve == nil, "\(cve ?? "")")
  }

  @Test(
    "have the score that `cvss` works out, for every base vector", .enabled(if: validators != nil))
  func scores() throws {
    let home = try #require(Self.validators)
    var lines: [String] = []
    for place in ["N", "A", "L", "P"] {
      for rest in ["L/PR:N", "L/PR:L", "L/PR:H", "H/PR:N", "H/PR:L", "H/PR:H"] {
        for scope in ["N/S:U", "N/S:C", "R/S:U", "R/S:C"] {
          for (one, two, three) in Self.impacts {
            let text = "CVSS:3.1/AV:\(place)/AC:\(rest)/UI:\(scope)/C:\(one)/I:\(two)/A:\(three)"
            let vector = try SeverityVector(parsing: text)
            lines.append("\(text) \(vector.baseScore ?? "") \(vector.rating?.rawValue ?? "")")
          }
        }
      }
    }
    #expect(lines.count == 2592)
    let script = """
      import sys, cvss
      wrong = 0
      for line in sys.stdin:
          text, score, rating = line.split()
          vector = cvss.CVSS3(text)
          if (str(vector.base_score), vector.severities()[0].lower()) != (score, rating):
              wrong += 1
              print(line.strip(), vector.base_score, vector.severities()[0])
      sys.exit(1 if wrong else 0)
      """
    let complaint = try Self.complaint(
      home + "/schemas/bin/python", ["-c", script], input: lines.joined(separator: "\n"))
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  private static let impacts: [(String, String, String)] = {
    let values = ["H", "L", "N"]
    return values.flatMap { one in
      values.flatMap { two in values.map { (one, two, $0) } }
    }
  }()
}
