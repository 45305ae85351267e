import ReleaseModel
import Testing

@Suite("The two policies that the project was born from")
struct FoundingPolicyTests {
  static let simpleJWTWorlds: [(tags: [String], yanked: [String], lines: [String])] = [
    (["0.8.2", "0.9.3"], [], ["0.9"]),
    (["0.8.2", "0.9.3", "1.0.0"], [], ["1.0", "0.9"]),
    (["0.9.3", "1.0.0-rc.1"], [], ["0.9"]),
    (["0.9.3", "1.4.2", "3.0.0"], [], ["3.0", "1.4"]),
    (["0.9.3", "1.0.0"], ["1.0.0"], ["0.9"]),
    (["1.2", "1.2.1", "1.2.1.3", "0.9"], [], ["1.2", "0.9"]),
    (["v0.9.2", "v0.9.3", "v1.0.0", "v1.0.3", "v1.1.0", "v1.1.2"], [], ["1.1", "0.9"]),
  ]

  @Test("SimpleJWT: only the latest patch before 1.0, then two majors", arguments: simpleJWTWorlds)
  func simpleJWT(tags: [String], yanked: [String], lines: [String]) throws {
    let coverage = try PolicyWorld(tags, yanked: yanked).coverage(.preset("simplejwt"))
    #expect(coverage.words == lines)
    #expect(coverage.warnings.isEmpty)
  }

  @Test("SimpleJWT: a line inside a supported major is covered by the newest one of it")
  func coveredByNewer() throws {
    let world = PolicyWorld(["0.8.2", "0.9.3", "1.0.0"])
    let coverage = try world.coverage(.preset("simplejwt"))
    let covered = try coverage.verdict("0.8")
    #expect(covered.supported == .no)
    #expect(covered.level == SupportLevel.none)
    #expect(covered.coveredBy == LineName(parsing: "0.9"))
    #expect(covered.reason == "covered by 0.9, the newest line of major 0")
  }

  @Test("SimpleJWT: the reason is that of the contract")
  func reason() throws {
    let world = PolicyWorld(["0.9.3", "1.0.3", "1.1.0"])
    let verdict = try world.coverage(.preset("simplejwt")).verdict("1.1")
    #expect(
      verdict.reason == "newest line of major 1, one of the two most recent majors (1, 0)")
    #expect(
      verdict.whatWouldChange
        == "changes when a newer line of major 1 or two newer majors are released")
    #expect(verdict.rule == 1)
  }

  @Test("SimpleJWT: the real sentences are the preset's")
  func sentences() throws {
    #expect(
      try SupportPolicy.preset("simplejwt").rules.map(\.rule.description)
        == ["latest patch while 0.x", "latest 2 majors since 1.0.0"])
    #expect(try SupportPolicy.preset("kiipy").rules.map(\.rule.description) == ["<1.0.0"])
  }

  static let kiipyWorlds: [(tags: [String], lines: [String], codes: [PolicyFinding.Code])] = [
    (["0.1.0", "0.2.0"], ["0.2", "0.1"], []),
    (["0.2.0", "1.0.0-rc.1"], ["0.2"], []),
    (["0.2.0", "1.0.0"], ["0.2"], [.unlistedNewer]),
    (["1.0.0"], [], [.listedWithoutTag, .unlistedNewer]),
  ]

  @Test("kiipy: every line before 1.0, and a warning when 1.0 is out", arguments: kiipyWorlds)
  func kiipy(tags: [String], lines: [String], codes: [PolicyFinding.Code]) throws {
    let coverage = try PolicyWorld(tags).coverage(.preset("kiipy"))
    #expect(coverage.words == lines)
    #expect(coverage.codes == codes)
  }

  @Test("kiipy: the warning names the line that is newer and unlisted")
  func unlistedNewer() throws {
    let coverage = try PolicyWorld(["0.2.0", "1.0.0"]).coverage(.preset("kiipy"))
    #expect(coverage.warnings.map(\.line) == [LineName(parsing: "1.0")])
    #expect(try coverage.verdict("1.0").reason == "not in <1.0.0")
  }

  @Test("without a policy the newest line is assumed, and said so")
  func assumed() throws {
    let coverage = try PolicyWorld(["1.0.0", "1.1.0", "2.0.0-rc.1"]).coverage(.assumed)
    #expect(coverage.words == ["1.1"])
    #expect(coverage.policy.isAssumed)
    #expect(coverage.codes == [.assumedPolicy])
    #expect(try coverage.verdict("1.1").reason == "the newest line (1.1)")
    #expect(try coverage.verdict("1.0").reason == "not the newest line (1.1)")
  }
}
