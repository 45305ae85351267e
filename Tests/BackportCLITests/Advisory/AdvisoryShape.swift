import Foundation
import TestSupport
import Testing

/// Histories whose advisories differ in what is special about them.
enum AdvisoryShape: CaseIterable {
  /// Several lines with a release each, and one that nobody maintains.
  case lines
  /// A line that nobody maintains between two that have the fix.
  case between
  /// Nothing names a package.
  case noPackage
  /// A maintained line without a release that has the fix.
  case noFix
  /// Pre-releases of the line to come.
  case prerelease
  /// The fix was taken back, released so, and made again.
  case relapse
  /// Nobody may see it yet.
  case embargoed

  /// What people say of the flaw, by what is special about it.
  static let options: [[String]] = [
    [
      "--id", "CVE-2026-0001", "--credit", "Ada Reporter", "--workaround", "Do not open boxes.",
      "--cvss", AdvisoryCommandTests.vector, "--cwe", "CWE-400",
    ],
    ["--credit", "anonymous", "--severity", "low"],
    ["--id", "GHSA-2f3g-4h5j-6m7p", "--cvss", AdvisoryCommandTests.vector, "--cwe", "CWE-400"],
    [
      "--id", "CVE-2026-0001", "--cvss",
      "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", "--cvss",
      AdvisoryCommandTests.vector, "--cwe", "CWE-400,CWE-834", "--credit",
      "Ada <ada@example.net>:finder",
    ],
    ["--purl", "pkg:composer/example/box", "--namespace", "https://example.org"],
    [
      "--cvss", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/E:P", "--id",
      "EXAMPLE-2026-7", "--reference", "report=https://example.org/1",
    ],
  ]

  /// Every history with all that can be said, and with next to nothing, and all options with the first.
  static let all: [(AdvisoryShape, [String])] =
    allCases.flatMap { shape in [(shape, options[3]), (shape, options[1])] }
    + options.map { (.lines, $0) }

  private static let flawed = "open\nread\nclose\n"
  private static let repaired = "open\nread\ncheck\nclose\n"

  /// The files of the advisory by their format; `csaf-name` has the name that the standard asks for.
  func files(_ options: [String]) throws -> [String: String] {
    let (repository, flaw, fix) = try project()
    var words = ["advisory", "write", fix]
    if self == .embargoed {
      let applied = try ProgramRun(
        "apply", fix, "--embargo", "--introduced", flaw, "--offline", "--yes", in: repository)
      guard applied.status == 0 else { throw WriteFailure(text: applied.errors) }
      words.removeLast()
    } else {
      words += ["--out", repository.environment.root + "/out"]
    }
    words += ["--introduced", flaw, "--json", "--format", "osv,github,cve,csaf"]
    let run = try ProgramRun(
      words + options, in: repository.directory, environment: repository.environment)
    guard run.status == 0 else { throw WriteFailure(text: run.errors) }
    var files: [String: String] = [:]
    for file in DocumentSchema.value(run.output, "files") as? [[String: String]] ?? [] {
      let (format, path) = (file["format"] ?? "", file["path"] ?? "")
      files[format] = try String(contentsOfFile: path, encoding: .utf8)
      if format == "csaf" { files["csaf-name"] = URL(filePath: path).lastPathComponent }
    }
    return files
  }

  struct WriteFailure: Error { let text: String }

  private func project() throws -> (repository: TestRepository, flaw: String, fix: String) {
    var history = RepositoryBuilder()
    let policy =
      self == .between
      ? "1.0.x\n\tsupport = latest 1 minors" : "latest \(self == .noFix ? 3 : 2) minors"
    var start: [String: FileChange] = [
      ".gitbackport": .text("[policy]\n\tsupport = \(policy)\n"), "box.js": "open\nclose\n",
    ]
    if self != .noPackage { start["package.json"] = "{\n  \"name\": \"@example/box\"\n}\n" }
    history.tag("v1.0.0", at: history.commit("Begin", files: start))
    let flaw = history.commit("Read the size", files: ["box.js": .text(Self.flawed)])
    history.tag("v1.0.1", at: flaw)
    history.branch("1.0", at: flaw)
    let second = history.commit("Go on", files: ["one.js": "1\n"])
    history.tag("v1.1.0", at: second)
    history.branch("1.1", at: second)
    history.tag("v1.2.0", at: history.commit("Go on", files: ["two.js": "2\n"]))
    if self == .prerelease {
      history.tag("v2.0.0-rc.1", at: history.commit("Next", files: ["next.js": "1\n"]))
    }
    let repair: [String: FileChange] = ["box.js": .text(Self.repaired)]
    let fix = history.commit("Check the size", files: repair)
    if self != .embargoed {
      history.tag(self == .prerelease ? "v2.0.0-rc.2" : "v1.2.1", at: fix)
      let line = self == .between ? "1.0" : "1.1"
      let pick = history.commit("Check the size", on: line, files: repair)
      history.tag("v\(line).\(self == .between ? 2 : 1)", at: pick)
    }
    let repository = try history.write()
    repository.git("remote", "add", "origin", "git@github.com:example/box.git")
    guard self == .relapse else { return (repository, repository.id(flaw), repository.id(fix)) }
    var later = repository
    let name = repository.id(fix)
    try later.extend { builder in
      let undone = builder.commit(
        "Undo\n\nThis reverts commit \(name).\n", files: ["box.js": .text(Self.flawed)])
      builder.tag("v1.2.2", at: undone)
      builder.tag("v1.2.3", at: builder.commit("Check the size", files: repair))
    }
    return (later, later.id(flaw), name)
  }
}
