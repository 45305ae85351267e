import Backport
import GitStore
import TestSupport
import Testing

/// Changelog, release commit and tag of each line.
struct ReleaseTests {
  @Test func `an annotated precedent gives an annotated tag with its message`() async throws {
    let (history, fix) = TwoLines.withFix(tagMessage: "Release of")
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    let git = fixture.repository.git
    #expect(git("cat-file", "-t", "v1.0.1") == "tag")
    #expect(
      git("for-each-ref", "--format=%(contents:subject)", "refs/tags/v1.0.1") == "Release of 1.0.1")
    #expect(git("for-each-ref", "--format=%(taggername)", "refs/tags/v1.1.1") == "C O Mitter")
    #expect(fixture.fsck().isEmpty)
  }

  @Test(arguments: [("lightweight", "commit"), ("annotated", "tag")])
  func `the kind of tag can be configured`(kind: String, type: String) async throws {
    let (history, fix) = TwoLines.withFix(
      config: "[release]\n\ttag = \(kind)\n", tagMessage: kind == "annotated" ? nil : "Release")
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    #expect(fixture.repository.git("cat-file", "-t", "v1.0.1") == type)
  }

  @Test func `a signed precedent is followed without a signature only with a warning`()
    async throws
  {
    let (history, fix) = TwoLines.withFix()
    let fixture = try PlanFixture(history)
    let git = fixture.repository.git
    let signed = """
      object \(git("rev-parse", "v1.0.0"))
      type commit
      tag v1.0.0
      tagger C O Mitter <committer@example.com> 1700000000 +0000

      Version 1.0.0
      -----BEGIN PGP SIGNATURE-----

      none
      -----END PGP SIGNATURE-----

      """
    let id = git("hash-object", "-t", "tag", "-w", "--stdin", "--literally", input: signed)
    git("update-ref", "refs/tags/v1.0.0", id)
    let plan = try await fixture.plan(fix)
    let told = plan.warnings.filter { $0.code == "unsigned-tag" }
    #expect(
      told.map(\.message) == [
        "1.0: v1.0.1 is made without a signature, unlike the tag before it"
      ])
  }

  @Test func `the subject of release commits is taken over where two of them agree`() async throws {
    var history = RepositoryBuilder()
    for version in ["1.0.0", "1.0.1"] {
      let mark = history.commit(
        "chore: release v\(version) (#7)",
        files: ["code.txt": .text(TwoLines.code), "CHANGELOG.md": TwoLines.log(version)])
      history.tag("v\(version)", at: mark)
      history.branch("1.0", at: mark)
    }
    let fix = history.commit("Check three", files: ["code.txt": .text(TwoLines.fixed)])
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    #expect(fixture.repository.git("log", "-1", "--format=%s", "v1.0.2") == "chore: release v1.0.2")
  }

  @Test func `a changelog with Windows line ends keeps them`() async throws {
    let log = "# Changelog\r\n\r\n## [1.0.0] - 2023-11-01\r\n\r\n### Fixed\r\n\r\n- Something\r\n"
    let (history, fix) = TwoLines.withFix(files: ["CHANGELOG.md": .text(log)])
    let fixture = try PlanFixture(history)
    _ = try await fixture.apply(try await fixture.plan(fix))
    let bytes = fixture.repository.git.bytes(["show", "v1.0.1:CHANGELOG.md"])
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      .dropLast()
    #expect(lines.count > 7)
    #expect(lines.allSatisfy { $0.last == UInt8(ascii: "\r") })
  }

  @Test func `a line whose changelog cannot be read is blocked with the way out`() async throws {
    let prose: FileChange = "# Changelog\n\nWe write about changes on our pages.\n"
    let (history, fix) = TwoLines.withFix(files: ["CHANGELOG.md": prose])
    let fixture = try PlanFixture(history)
    let plan = try await fixture.plan(fix)
    let target = try PlanFixture.target("1.0", of: plan)
    #expect(target.status == .blocked)
    #expect(target.release == nil)
    #expect(target.evidence.last?.contains("--no-changelog") == true)
    #expect(try PlanFixture.target("1.1", of: plan).status == .picked)
    let without = try await fixture.plan(fix) { $0.changelog = false }
    #expect(without.targets.map(\.status) == [.picked, .picked])
  }

  @Test func `without a changelog the release is made and the plan says so`() async throws {
    let (history, fix) = TwoLines.withFix(files: ["CHANGELOG.md": .deleted])
    let fixture = try PlanFixture(history)
    fixture.repository.git("update-ref", "-d", "refs/heads/1.1")
    let plan = try await fixture.plan(fix) { $0.to = ["1.0"] }
    #expect(plan.warnings.contains { $0.code == "no-changelog" && $0.message.hasPrefix("1.0:") })
    let target = try #require(plan.targets.first)
    #expect(target.release?.commit == target.commits.last?.id)
  }

  @Test func `a section that the branch has already is not made again`() async throws {
    var (history, fix) = TwoLines.withFix()
    let id = try history.write().id(fix)
    history.commit(
      "Check three\n\n(cherry picked from commit \(id))\n", on: "1.0",
      files: ["code.txt": .text(TwoLines.fixed)])
    let section = "## [1.0.1] - 2023-11-20\n\n### Security\n\n- Check three\n\n"
    let old = "## [1.0.0] - 2023-11-01\n\n### Fixed\n\n- Something\n"
    let tip = history.commit(
      "Version 1.0.1", on: "1.0", files: ["CHANGELOG.md": .text("# Changelog\n\n" + section + old)])
    let fixture = try PlanFixture(history)
    let target = try PlanFixture.target("1.0", of: try await fixture.plan(fix))
    #expect(target.status == .unreleased)
    #expect(target.release?.commit?.description == fixture.repository.id(tip))
  }

  @Test func `configured version files are raised, and one that is missing blocks`() async throws {
    let config = "[version-file \"version.txt\"]\n\tpattern = \"at {version}\"\n"
    let (history, fix) = TwoLines.withFix(config: config, files: ["version.txt": "at 1.0.0\n"])
    let plan = try await PlanFixture(history).plan(fix)
    #expect(
      try PlanFixture.target("1.0", of: plan).release?.versionFiles.map(\.to) == ["1.0.1"])
    let broken = try PlanFixture.target("1.1", of: plan)
    #expect(broken.status == .blocked)
    #expect(broken.evidence.last?.contains("--no-version-files") == true)
  }

  @Test func `a line that ends before the release date is a warning`() async throws {
    var history = TwoLines.history()
    let policy = "[policy]\n\tsupport = 1.0.x until 2023-11-25\n\tsupport = latest minor\n"
    let fix = history.commit(
      "Check three", files: ["code.txt": .text(TwoLines.fixed), ".gitbackport": .text(policy)])
    let fixture = try PlanFixture(history)
    let workspace = try await fixture.open()
    var options = PlanOptions()
    options.fix = [fixture.repository.id(fix)]
    var request = try fixture.request(options, workspace)
    #expect(try workspace.plan(request).warnings.allSatisfy { $0.code != "line-ends" })
    request.releaseDate = Moment(seconds: PlanFixture.now + 10 * 86_400, offsetMinutes: 0)
    let told = try workspace.plan(request).warnings.filter { $0.code == "line-ends" }
    #expect(told.count == 1)
    #expect(told.first?.message.contains("2023-11-25") == true)
  }

  @Test func `a root commit as a fix is said`() async throws {
    var history = TwoLines.history()
    let root = history.commit("Import", on: "other", files: ["import.txt": "i\n"])
    let plan = try await PlanFixture(history).plan(root)
    #expect(plan.warnings.contains { $0.code == "root-commit" })
  }
}
