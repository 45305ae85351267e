import Backport
import GitStore
import TestSupport
import Testing

/// Version files on which a line's last release and the kind of the file disagree.
struct VersionChoiceTests {
  /// A line of two releases; the last one raised `version.txt` and left `package.json` alone, which
  /// states its version all the same.
  static func history(
    config: String = "", manifest: String? = "{ \"version\": \"1.0.1\" }\n"
  ) -> (history: RepositoryBuilder, fix: Mark) {
    var history = RepositoryBuilder()
    let policy = "[policy]\n\tsupport = latest minor\n" + config
    var files: [String: FileChange] = [
      ".gitbackport": .text(policy), "code.txt": .text(TwoLines.code), "version.txt": "1.0.0\n",
    ]
    if let manifest { files["package.json"] = .text(manifest) }
    history.tag("v1.0.0", at: history.commit("Version 1.0.0", on: "1.0", files: files))
    let second = history.commit("Version 1.0.1", on: "1.0", files: ["version.txt": "1.0.1\n"])
    history.tag("v1.0.1", at: second)
    history.branch("main", at: second)
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    return (history, fix)
  }

  @Test("the line is blocked, and both sides are shown")
  func blocked() async throws {
    let (history, fix) = Self.history()
    let target = try PlanFixture.target("1.0", of: try await PlanFixture(history).plan(fix))
    #expect(target.status == .blocked && target.release == nil)
    #expect(target.undecidedFiles.map(\.path) == ["package.json"])
    #expect(target.undecidedFiles.map(\.to) == ["1.0.2"])
    let reason = try #require(target.evidence.last)
    #expect(reason.contains("package.json (1.0.1 -> 1.0.2)"))
    #expect(reason.contains("raised only version.txt"))
    #expect(reason.contains("--version-file package.json=raise"))
  }

  @Test(
    "an answer on the command line or in the configuration decides",
    arguments: [
      ("", ["package.json=raise"], ["package.json", "version.txt"]),
      ("", ["package.json=leave"], ["version.txt"]),
      ("raise = false", [], ["version.txt"]), ("raise", [], ["package.json", "version.txt"]),
      ("raise = no", ["package.json=raise"], ["package.json", "version.txt"]),
    ])
  func decided(key: String, choices: [String], paths: [String]) async throws {
    let config = key.isEmpty ? "" : "[version-file \"package.json\"]\n\t\(key)\n"
    let (history, fix) = Self.history(config: config)
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix) { $0.versionFileChoices = choices }
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked && target.undecidedFiles.isEmpty)
    #expect(target.release?.versionFiles.map(\.path).sorted() == paths)
    #expect(try await fixture.apply(plan).state == .landed)
  }

  @Test(
    "a file of another version, and one that came after the release, are no disagreement",
    arguments: [true, false])
  func other(isNew: Bool) async throws {
    var (history, fix) = Self.history(manifest: isNew ? nil : "{ \"version\": \"0.0.7\" }\n")
    if isNew {
      history.commit(
        "Add a manifest", on: "1.0", files: ["package.json": "{ \"version\": \"1.0.1\" }\n"])
    }
    let plan = try await PlanFixture(history).plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .picked)
    #expect(
      target.release?.versionFiles.map(\.path).sorted()
        == (isNew ? ["package.json", "version.txt"] : ["version.txt"]))
    #expect(plan.warnings.contains { $0.code == "version-drift" } == !isNew)
  }

  @Test("a choice that cannot be read is an error")
  func wrong() async throws {
    let (history, fix) = Self.history()
    let fixture = try PlanFixture(history)
    for choice in ["package.json", "=raise", "package.json=perhaps"] {
      let error = try await PlanFixture.failure {
        try await fixture.plan(fix) { $0.versionFileChoices = [choice] }
      }
      #expect(error.code == .usage)
    }
  }
}
