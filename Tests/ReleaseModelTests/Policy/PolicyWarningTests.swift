import ReleaseModel
import Testing

@Suite("Warnings about rules")
struct PolicyWarningTests {
  static let conflicts: [(sentences: [String], codes: [PolicyFinding.Code], rules: [Int])] = [
    (["1.2.x", "1.2.x : none"], [.contradictoryRules], [1]),
    (["latest minor : none", "latest minor"], [.contradictoryRules], [1]),
    (["1.x", "1.2.x : security"], [.unreachableRule], [1]),
    (["1.2.x", "1.3.x", "1.2 - 1.3 : none"], [.unreachableRule], [2]),
    (["*", "latest minor"], [.unreachableRule], [1]),
    (["latest 3 minors", "previous minor : security"], [.unreachableRule], [1]),
    (["lts", "lts latest 2 : security"], [.unreachableRule], [1]),
    (["branch main", "branch main : security"], [.unreachableRule], [1]),
    (["latest 2 majors", "latest 2 majors"], [.unreachableRule], [1]),
    (["latest minor while 0.x", "latest minor while 0.x : none"], [.contradictoryRules], [1]),
    ([">=2 while 1.x"], [.impossibleRule], [0]),
    (["latest minor within >=2 before 2.0.0"], [.impossibleRule], [0]),
    (["3.x until 3.0"], [.impossibleRule], [0]),
    (["none"], [.impossibleRule], [0]),
    (["1.x until 2027-01-01", "1.x : security"], [], []),
    (["latest patch while 0.x", "latest patch since 1.0"], [], []),
    (["latest minor", "previous minor", "latest 2 majors : security"], [], []),
    (["1.2.x : none", "1.x"], [], []),
    (["lts latest", "lts : security"], [], []),
    (["latest 2 minors of each major", "latest 3 minors : security"], [], []),
  ]

  @Test("contradictory, unreachable and impossible rules are found", arguments: conflicts)
  func conflict(sentences: [String], codes: [PolicyFinding.Code], rules: [Int]) throws {
    let conflicts = try SupportPolicy.sentences(sentences).conflicts
    #expect(conflicts.map(\.code) == codes)
    #expect(conflicts.compactMap(\.rule) == rules)
  }

  @Test("a contradiction names both rules")
  func message() throws {
    #expect(
      try SupportPolicy.sentences(["1.2.x", "1.2.x : none"]).conflicts.map(\.message)
        == ["\"1.2.x\" and \"1.2.x : none\" say the opposite of the same lines; the first decides"])
  }

  @Test("a hole between listed lines is not supported, with a warning")
  func hole() throws {
    let coverage = try PolicyWorld(["1.0.0", "1.1.0", "1.2.0", "0.9.0"]).coverage(
      .sentences(["1.2.x", "1.0.x"]))
    #expect(coverage.words == ["1.2", "1.0"])
    #expect(coverage.codes == [.hole])
    #expect(coverage.warnings.first?.line == LineName(parsing: "1.1"))
  }

  @Test("a line above a stale table is supported when the policy says it is such a table")
  func staleTable() throws {
    var policy = try SupportPolicy.sentences(["1.2.x", "<1.2 : none"])
    policy.newerThanListed = .supported
    let coverage = try PolicyWorld(["1.1.0", "1.2.0", "1.3.0", "2.0.0"]).coverage(policy)
    #expect(coverage.words == ["2.0", "1.3", "1.2"])
    #expect(coverage.codes == [.staleTable, .staleTable])
    #expect(try coverage.verdict("2.0").rule == nil)
    policy.newerThanListed = .notSupported
    let strict = try PolicyWorld(["1.1.0", "1.2.0", "1.3.0"]).coverage(policy)
    #expect(strict.words == ["1.2"])
    #expect(strict.codes == [.unlistedNewer])
  }

  @Test("a table none of whose lines has a tag is stale too")
  func whollyStaleTable() throws {
    var policy = try SupportPolicy.sentences(["1.2.x"])
    policy.newerThanListed = .supported
    let coverage = try PolicyWorld(["1.1.0", "2.0.0"]).coverage(policy)
    #expect(coverage.words == ["2.0"])
    #expect(coverage.codes == [.listedWithoutTag, .staleTable])
  }

  @Test("a table of the latest in each major is stale above it, and has no holes")
  func latestInListedMajors() throws {
    var policy = try SupportPolicy.sentences(["latest patch within 7.x", "latest patch within 5.x"])
    let world = PolicyWorld(["5.0.0", "5.1.0", "6.0.0", "7.0.0", "7.1.0", "8.0.0"])
    #expect(try world.coverage(policy).codes == [.unlistedNewer, .hole])
    policy.newerThanListed = .supported
    let coverage = try world.coverage(policy)
    #expect(coverage.words == ["8.0", "7.1", "5.1"])
    #expect(coverage.codes == [.staleTable, .hole])
    #expect(coverage.warnings.map(\.line) == [LineName(parsing: "8.0"), LineName(parsing: "6.0")])
  }

  @Test("policies without lists have no unlisted lines")
  func noList() throws {
    let coverage = try PolicyWorld(["1.0.0", "2.0.0", "3.0.0"]).coverage(
      .sentences(["previous major"]))
    #expect(coverage.words == ["2.0"])
    #expect(coverage.warnings.isEmpty)
  }

  @Test("a listed line without a tag is reported, an unlisted verdict is not")
  func listedWithoutTag() throws {
    let coverage = try PolicyWorld(["1.0.0"]).coverage(
      .sentences(["1.0.x", "0.9.x", "<0.9 : none", "2.x since 2.0"]))
    #expect(coverage.codes == [.listedWithoutTag])
    #expect(coverage.warnings.first?.rule == 1)
    #expect(
      coverage.warnings.first?.message == "no release is in 0.9.x: the rule selects nothing")
  }

  @Test("a line above the list counts only when no rule speaks of it")
  func latestBesideList() throws {
    let coverage = try PolicyWorld(["1.0.0", "2.0.0", "3.0.0"]).coverage(
      .sentences(["latest major", "1.x"]))
    #expect(coverage.words == ["3.0", "1.0"])
    #expect(coverage.warnings.isEmpty)
  }
}
