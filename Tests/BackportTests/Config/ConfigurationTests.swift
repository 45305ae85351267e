import Backport
import TestSupport
import Testing

/// What `.gitbackport` may say, and how it is told that it may not.
struct ConfigurationTests {
  private func failure(_ config: String) async throws -> BackportError {
    let fixture = try PlanFixture(TwoLines.history(config: config))
    return try await PlanFixture.failure { try await fixture.open() }
  }

  @Test(arguments: [
    ("[polcy]\n\tlines = minor\n", "polcy.lines", "policy.lines"),
    ("[changelog]\n\tforwardport = off\n", "changelog.forwardport", "changelog.forward-port"),
    ("[fix]\n\ttrailers = CVE\n", "fix.trailers", "fix.trailer"),
    ("[branch \"1.0\"]\n\tnam = x\n", "branch.1.0.nam", "branch.<line>.name"),
  ])
  func `an unknown key is an error that names the nearest one`(
    config: String, key: String, nearest: String
  ) async throws {
    let error = try await failure(config)
    #expect(error.code == .configuration)
    #expect(error.operands == [".gitbackport", key])
    #expect(error.detail.contains("did you mean '\(nearest)'?"))
  }

  @Test(arguments: [
    ("[fix \"CVE-2026-0001\"]\n\tskip = 1.0 superseded\n", "LINE: REASON"),
    ("[fix \"CVE-2026-0001\"]\n\tfixed = 1.0\n", "LINE REV"),
    ("[fix \"abc1234\"]\n\twith = main\n", "full commit id"),
    ("[branches]\n\tcreate = release-1.0\n", "{line}"),
    ("[tags]\n\tpattern = v1\n", "{version}"),
    ("[tags]\n\tsince = soon\n", "a version"),
    ("[branch \"stable\"]\n\tname = stable\n", "name of a line"),
    ("[branch \"1.0\"]\n\tname = a..b\n", "name of a branch"),
    ("[version-file \"v.txt\"]\n\tpattern = VERSION\n", "{version}"),
    ("[version-file \"v.txt\"]\n\tcount = 0\n", "above 0"),
    ("[changelog]\n\tfile\n", "a value"),
    ("[changelog]\n\tforward-port = maybe\n", "branch, trunk, off"),
    ("[release]\n\ttag =\n", "a value"),
  ])
  func `a decision that cannot be read is an error and not ignored`(
    config: String, expected: String
  ) async throws {
    let error = try await failure(config)
    #expect(error.code == .configuration)
    #expect(error.operands.first == ".gitbackport")
    #expect(error.detail.contains(expected), "\(error.detail)")
  }

  @Test func `a syntax error names the document and the line`() async throws {
    let error = try await failure("[changelog\n")
    #expect(error.code == .configuration)
    #expect(error.operands == [".gitbackport", "line 3"])
  }

  @Test func `a layer below the trunk's file is replaced key by key`() async throws {
    let fixture = try PlanFixture(TwoLines.history(config: "[changelog]\n\tcategory = Fixed\n"))
    try fixture.repository.environment.write(
      "[changelog]\n\tcategory = Other\n\tfile = NEWS\n[tags]\n\tyanked = 1.0.0\n",
      to: fixture.repository.directory + "/below")
    var options = PlanOptions()
    options.config = "below"
    let project = try await fixture.open(options).project
    #expect(project.changelogCategory == "Fixed")
    #expect(project.changelogFiles == ["NEWS"])
    #expect(project.yanked == ["1.0.0"])
  }

  @Test func `an error in the layer below names that file`() async throws {
    let fixture = try PlanFixture(TwoLines.history())
    let path = try fixture.repository.environment.write("[tags]\n\tpatern = x\n", to: "below")
    var options = PlanOptions()
    options.config = path
    let error = try await PlanFixture.failure { try await fixture.open(options) }
    #expect(error.operands == [path, "tags.patern"])
  }

  @Test func `an empty value empties a list, as in git's own configuration`() async throws {
    let fixture = try PlanFixture(TwoLines.history(config: "[fix]\n\tsubject =\n"))
    #expect(try await fixture.open().project.fixSubjects.isEmpty)
  }

  @Test func `a line that is set apart and does not exist is said`() async throws {
    let config = "[branch \"9.9\"]\n\tname = old\n[fix \"CVE-2026-0001\"]\n\tskip = 7.7: gone\n"
    let (history, fix) = TwoLines.withFix(config: config)
    let plan = try await PlanFixture(history).plan(fix) { $0.ids = ["CVE-2026-0001"] }
    let told = plan.warnings.filter { $0.code == "unknown-line" }.map(\.message)
    #expect(told.count == 2)
    #expect(told.contains { $0.contains("9.9") } && told.contains { $0.contains("7.7") })
  }

  @Test func `decisions on a fix are found by its id and by its commit, in any case`() async throws
  {
    var (history, fix) = TwoLines.withFix(
      config: "[fix \"cve-2026-0001\"]\n\tskip = 1.0: superseded by 1.1\n")
    let plan = try await PlanFixture(history).plan(fix) { $0.ids = ["CVE-2026-0001"] }
    #expect(plan.targets.map(\.status) == [.picked, .skipped])
    #expect(plan.targets.last?.evidence == ["superseded by 1.1"])

    let id = try history.write().id(fix)
    history.commit(
      "Decide",
      files: [
        ".gitbackport": .text(
          "[policy]\n\tsupport = latest 2 minors\n[fix \"\(id)\"]\n\tskip = 1.1: later\n")
      ])
    let second = try await PlanFixture(history).plan(fix)
    #expect(second.targets.map(\.status) == [.skipped, .picked])
  }

  @Test func `a commit that belongs to a fix is picked with it`() async throws {
    var (history, fix) = TwoLines.withFix()
    let more = history.commit("Check five", files: ["later.txt": "later, checked\n", "x": "x\n"])
    let id = try history.write().id(more)
    let fixID = try history.write().id(fix)
    history.commit(
      "Decide",
      files: [
        ".gitbackport": .text(
          "[policy]\n\tsupport = latest 2 minors\n[fix \"\(fixID)\"]\n\twith = \(id)\n")
      ])
    let plan = try await PlanFixture(history).plan(fix)
    #expect(plan.fixes.first?.commits.map(\.subject) == ["Check three", "Check five"])
    #expect(plan.fixes.first?.requested.count == 1)
  }

  @Test func `a fixed line whose commit is not here is blocked and the others go on`() async throws
  {
    let (history, fix) = TwoLines.withFix(
      config: "[fix \"CVE-2026-0001\"]\n\tfixed = 1.0 0123456789012345678901234567890123456789\n")
    let plan = try await PlanFixture(history).plan(fix) { $0.ids = ["CVE-2026-0001"] }
    #expect(plan.targets.map(\.status) == [.picked, .blocked])
    #expect(plan.targets.last?.evidence.last?.contains("which is not here") == true)
  }
}
