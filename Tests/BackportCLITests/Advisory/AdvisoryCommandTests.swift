import Foundation
import TestSupport
import Testing

@Suite("The advisory verbs")
struct AdvisoryCommandTests {
  static let vector = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"

  /// A package with lines 1.0 (not maintained), 1.1 and 1.2, a flaw from 1.0.1 on, and a fix that is
  /// picked onto 1.1 and released on 1.1 and 1.2.
  static func project(subject: String = "Check the size (CVE-2026-0001)") throws -> (
    repository: TestRepository, flaw: String, fix: String
  ) {
    var history = RepositoryBuilder()
    let start: [String: FileChange] = [
      ".gitbackport": "[policy]\n\tsupport = latest 2 minors\n",
      "package.json": "{\n  \"name\": \"@example/box\"\n}\n", "box.js": "open\nclose\n",
    ]
    history.tag("v1.0.0", at: history.commit("Begin", files: start))
    let flaw = history.commit("Read the size", files: ["box.js": "open\nread\nclose\n"])
    history.tag("v1.0.1", at: flaw)
    let second = history.commit("Go on", files: ["one.js": "1\n"])
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.tag("v1.2.0", at: history.commit("Go on", files: ["two.js": "2\n"]))
    let repair: [String: FileChange] = ["box.js": "open\nread\ncheck\nclose\n"]
    let fix = history.commit(subject, files: repair)
    history.tag("v1.2.1", at: fix)
    history.tag("v1.1.1", at: history.commit(subject, on: "1.1", files: repair))
    let repository = try history.write()
    repository.git("remote", "add", "origin", "git@github.com:example/box.git")
    return (repository, repository.id(flaw), repository.id(fix))
  }

  private static func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  @Test("write the files, and say the same of them in text and JSON")
  func write() throws {
    let (repository, flaw, fix) = try Self.project()
    let out = repository.environment.root + "/out"
    let arguments = [
      "advisory", "write", fix, "--out", out, "--introduced", flaw, "--cvss", Self.vector,
      "--cwe", "CWE-400", "--credit", "Ada Reporter <ada@example.net>", "--impact", "It is slow.",
      "--format", "osv,markdown,announcement,github,cve,csaf",
    ]
    let run = try ProgramRun(
      arguments + ["--json"], in: repository.directory, environment: repository.environment)
    #expect(run.status == 0, "\(run.errors)")
    DocumentSchema.expect(run.output, is: "advisory")
    #expect(DocumentSchema.value(run.output, "id") as? String == "x_BOX-SA-2023-0001")
    #expect(DocumentSchema.value(run.output, "severity") as? String == "high")
    #expect(
      DocumentSchema.value(run.output, "affected") as? [String] == ["1.0.1", "1.1.0", "1.2.0"])
    let names = [
      "x_BOX-SA-2023-0001.json", "BOX-SA-2023-0001.md", "BOX-SA-2023-0001-announcement.txt",
      "BOX-SA-2023-0001-github.json", "CVE-2026-0001-cna.json", "box-sa-2023-0001.json",
    ]
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: out)) == Set(names))
    #expect(try Self.mode(out + "/" + names[0]) == 0o644)
    for name in names where name.hasSuffix(".json") {
      let check = try ProgramRun(
        "advisory", "check", out + "/" + name, "--introduced", flaw, "--fix", fix, in: repository)
      #expect(check.status == 0, "\(name): \(check.output)\(check.errors)")
      #expect(check.output.contains("right for all 6 tagged versions"))
    }
    let text = try ProgramRun(
      arguments, in: repository.directory, environment: repository.environment)
    #expect(text.output.contains("1.0   1.0.1     none"))
    #expect(text.output.contains("what the files say of 6 tagged versions is what git says"))
  }

  @Test("write the same again, and a new edition of what has changed")
  func editions() throws {
    let (repository, flaw, fix) = try Self.project()
    let out = repository.environment.root + "/out"
    func write(_ more: String...) throws -> ProgramRun {
      try ProgramRun(
        ["advisory", "write", fix, "--out", out, "--introduced", flaw, "--json"] + more,
        in: repository.directory, environment: repository.environment)
    }
    let first = try write()
    let file = out + "/x_BOX-SA-2023-0001.json"
    let bytes = FileManager.default.contents(atPath: file)
    let second = try write()
    #expect(second.output == first.output)
    #expect(FileManager.default.contents(atPath: file) == bytes)
    let third = try write("--title", "Something else")
    #expect(DocumentSchema.value(third.output, "id") as? String == "x_BOX-SA-2023-0001")
    #expect(DocumentSchema.value(third.output, "revision") as? Int == 2)
    let (old, new) = (
      DocumentSchema.value(first.output, "published") as? String,
      DocumentSchema.value(third.output, "modified") as? String
    )
    #expect(DocumentSchema.value(third.output, "published") as? String == old)
    #expect(new ?? "" > old ?? "~")
  }

  @Test("check names each version that somebody is wrong about, and ends with 1")
  func check() throws {
    let (repository, _, fix) = try Self.project()
    let file = try repository.environment.write(
      """
      {"schema_version": "1.7.5", "id": "GHSA-2f3g-4h5j-6m7p", "affected": [
       {"package": {"ecosystem": "npm", "name": "@example/box"}, "ranges": [
        {"type": "SEMVER", "events": [{"introduced": "1.0.1"}, {"fixed": "1.2.1"}]}]}],
       "references": [{"type": "FIX", "url": "https://github.com/example/box/commit/\(fix)"}]}
      """, to: "wrong.json")
    let text = try ProgramRun("advisory", "check", file, in: repository)
    #expect(text.status == 1)
    #expect(
      text.output.contains(
        "1.1.1 (v1.1.1): has the fix, but the advisory says that it is affected"))
    let json = try ProgramRun("advisory", "check", file, "--json", in: repository)
    #expect(json.status == 1)
    DocumentSchema.expect(json.output, is: "advisory-check")
    #expect(DocumentSchema.value(json.output, "findings", "0", "tag") as? String == "v1.1.1")
    #expect(DocumentSchema.value(json.output, "findings", "1") == nil)
  }

  @Test("keep what is under embargo beside its operation, for nobody else to read")
  func embargo() throws {
    let (source, flaw, _) = try Self.project()
    var repository = source
    let fix = try repository.extend { builder in
      builder.commit("Check the depth", files: ["one.js": "1, checked\n"])
    }
    let id = repository.id(fix)
    let applied = try ProgramRun(
      "apply", id, "--embargo", "--introduced", flaw, "--offline", "--yes", "--json",
      in: repository)
    let operation = try #require(DocumentSchema.value(applied.output, "id") as? String)
    let refused = try ProgramRun(
      "advisory", "write", operation, "--out", repository.environment.root + "/out",
      in: repository)
    #expect(refused.status == 5, "\(refused.errors)")
    #expect(!FileManager.default.fileExists(atPath: repository.environment.root + "/out"))
    let run = try ProgramRun("advisory", "write", "--json", in: repository)
    #expect(run.status == 0, "\(run.errors)")
    let folder = "\(repository.gitDirectory)/backport/ops/\(operation)/advisory"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count >= 3)
    for name in names { #expect(try Self.mode(folder + "/" + name) == 0o600) }
    #expect(try Self.mode(folder) == 0o700)
    let hidden = try ProgramRun(
      ["advisory", "write", operation, "--json"], in: repository.directory,
      environment: repository.environment, overrides: ["CI": "true"])
    #expect(hidden.status == 0, "\(hidden.errors)")
    #expect(!hidden.output.contains("depth"))
    DocumentSchema.expect(hidden.output, is: "advisory")
  }

  @Test("show nothing of a hostile subject but its text")
  func hostile() throws {
    let subject = "Check \u{1b}]0;x\u{7} \u{202e}<script>alert(1)</script> ##vso[x] [a](b)"
    let (repository, _, fix) = try Self.project(subject: subject)
    let out = repository.environment.root + "/out"
    let run = try ProgramRun(
      "advisory", "write", fix, "--out", out, "--format", "osv,markdown,announcement,csaf",
      in: repository)
    #expect(run.status == 0, "\(run.errors)")
    for name in try FileManager.default.contentsOfDirectory(atPath: out) {
      let bytes = FileManager.default.contents(atPath: out + "/" + name) ?? Data()
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.unicodeScalars.contains { $0.value == 0x1b || $0.value == 0x202e }, "\(name)")
      #expect(!text.contains("##vso["), "\(name)")
    }
    let page = try String(contentsOfFile: out + "/BOX-SA-2023-0001.md", encoding: .utf8)
    #expect(page.split(separator: "\n").first?.contains("\\<script\\>") == true)
  }

  @Test(
    "with a wrong command line end with 2, and write nothing",
    arguments: [
      ["--cvss", "CVSS:3.1/AV:N"], ["--cwe", "x"], ["--severity", "bad"], ["--credit", " "],
      ["--reference", "javascript:x"], ["--purl", "npm/x"], ["--repository", "/srv/x"],
      ["--published", "soon"], ["--format", "pdf"], ["--id", "../x"], ["--introduced", "nowhere"],
      ["--no-such-option"],
    ])
  func wrong(arguments: [String]) throws {
    let (repository, _, fix) = try Self.project()
    let out = repository.environment.root + "/out"
    let run = try ProgramRun(
      ["advisory", "write", fix, "--out", out, "--json"] + arguments, in: repository.directory,
      environment: repository.environment)
    #expect(run.status == 2, "\(run.errors)")
    DocumentSchema.expect(run.output, is: "advisory", failed: true)
    #expect(!FileManager.default.fileExists(atPath: out))
  }

  @Test("say what is missing where there is nothing to tell")
  func nothing() throws {
    let (repository, _, fix) = try Self.project()
    let none = try ProgramRun("advisory", "write", in: repository)
    #expect(none.status == 3)
    let never = try ProgramRun(
      "advisory", "write", fix, "--introduced", fix, in: repository)
    #expect(never.status == 3)
    #expect(never.errors.contains("no tagged version has the flaw"))
    let file = try repository.environment.write("{}", to: "other.json")
    let other = try ProgramRun("advisory", "check", file, "--json", in: repository)
    #expect(other.status == 2)
    DocumentSchema.expect(other.output, is: "advisory-check", failed: true)
  }
}
