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
    arguments: [AdvisoryShape.lines, .relapse])
  func osv(shape: AdvisoryShape) throws {
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      problems = list(jsonschema.Draft202012Validator(schema).iter_errors(json.load(sys.stdin)))
      for problem in problems: print("/".join(map(str, problem.path)), problem.message[:400])
      sys.exit(1 if problems else 0)
      """
    let python = ChildProcess.find("python3", in: ProcessInfo.processInfo.environment)
    let files = try shape.files(AdvisoryShape.options[0])
    let complaint = try Self.complaint(
      python, ["-c", script, Self.schema], input: files["osv"] ?? "")
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  @Test(
    "are what the standards ask for, as far as this machine can tell",
    arguments: AdvisoryShape.allCases)
  func slices(shape: AdvisoryShape) throws {
    let files = try shape.files(AdvisoryShape.options[shape == .lines ? 1 : 3])
    let script = """
      import json, sys, jsonschema
      documents = json.load(sys.stdin)
      wrong = 0
      for name, (schema, text) in sorted(documents.items()):
          document = json.loads(text)
          kind = jsonschema.Draft202012Validator(json.loads(schema))
          for problem in kind.iter_errors(document):
              wrong += 1
              print(name, "/".join(map(str, problem.path)), problem.message[:400])
          if name == "osv":
              for entry in document["affected"]:
                  for part in entry["ranges"]:
                      if part["type"] != "GIT" and len(part["events"]) % 2:
                          wrong += 1
                          print(name, "a range is not closed", part["events"])
          if name == "csaf":
              for flaw in document["vulnerabilities"]:
                  status = flaw["product_status"]
                  both = set(status["known_affected"]) & set(status.get("fixed", []))
                  if both:
                      wrong += 1
                      print(name, "affected and fixed", both)
      sys.exit(1 if wrong else 0)
      """
    var documents: [String: [String]] = [:]
    for (format, schema) in AdvisorySlice.schemas {
      documents[format] = [schema, try #require(files[format], "\(format)")]
    }
    let input = try JSONSerialization.data(withJSONObject: documents)
    let python = ChildProcess.find("python3", in: ProcessInfo.processInfo.environment)
    let complaint = try Self.complaint(
      python, ["-c", script], input: String(decoding: input, as: UTF8.self))
    #expect(complaint == nil, "\(shape): \(complaint ?? "")")
  }

  @Test(
    "pass them all, whatever is special about each", .enabled(if: validators != nil),
    arguments: AdvisoryShape.all)
  func official(shape: AdvisoryShape, options: [String]) throws {
    let home = try #require(Self.validators)
    let files = try shape.files(options)
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
            lines.append("\(text) \(vector.score) \(vector.rating.rawValue)")
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

  @Test(
    "have the score that `cvss` works out, for vectors of version 4.0 at random",
    .enabled(if: validators != nil))
  func scores4() throws {
    let home = try #require(Self.validators)
    var random = SystemRandomNumberGenerator()
    var lines: [String] = []
    for index in 0..<4000 {
      // The base alone, then with whatever else a vector may state.
      let metrics = Self.metrics4.prefix(index % 2 == 0 ? 11 : 26).compactMap { name, values in
        let isStated = Self.base4.contains(name) || Bool.random(using: &random)
        return isStated ? values.randomElement(using: &random).map { "\(name):\($0)" } : nil
      }
      let text = "CVSS:4.0/" + metrics.joined(separator: "/")
      let vector = try SeverityVector(parsing: text)
      lines.append("\(text) \(vector.score) \(vector.rating.rawValue)")
    }
    let script = """
      import sys, cvss
      wrong = 0
      for line in sys.stdin:
          text, score, rating = line.split()
          vector = cvss.CVSS4(text)
          if (str(float(vector.base_score)), vector.severity.lower()) != (score, rating):
              wrong += 1
              print(line.strip(), vector.base_score, vector.severity)
      sys.exit(1 if wrong else 0)
      """
    let complaint = try Self.complaint(
      home + "/schemas/bin/python", ["-c", script], input: lines.joined(separator: "\n"))
    #expect(complaint == nil, "\(complaint ?? "")")
  }

  private static let base4: Set<String> = [
    "AV", "AC", "AT", "PR", "UI", "VC", "VI", "VA", "SC", "SI", "SA",
  ]
  private static let metrics4: [(String, [String])] = """
    AV:NALP AC:LH AT:NP PR:NLH UI:NPA VC:HLN VI:HLN VA:HLN SC:HLN SI:HLN SA:HLN E:XAPU CR:XHML \
    IR:XHML AR:XHML MAV:XNALP MAC:XLH MAT:XNP MPR:XNLH MUI:XNPA MVC:XHLN MVI:XHLN MVA:XHLN \
    MSC:XHLN MSI:XSHLN MSA:XSHLN
    """.split(separator: " ").map { metric in
      let halves = metric.split(separator: ":")
      return (String(halves[0]), halves[1].map(String.init))
    }

  private static let impacts: [(String, String, String)] = {
    let values = ["H", "L", "N"]
    return values.flatMap { one in
      values.flatMap { two in values.map { (one, two, $0) } }
    }
  }()
}
