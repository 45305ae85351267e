import ReleaseModel
import Testing

@Suite("What sentences select")
struct RuleSemanticsTests {
  static let history = [
    "0.8.2", "0.9.3", "1.0.0", "1.2.1", "1.4.2", "3.0.0", "3.1.0", "3.1.5", "3.2.0-rc.1",
  ]

  static let selections: [(sentences: [String], lines: [String])] = [
    (["latest patch"], ["3.1"]),
    (["latest 2 patches"], ["3.1"]),
    (["latest 3 patches"], ["3.1", "3.0"]),
    (["latest minor"], ["3.1"]),
    (["latest 3 minors"], ["3.1", "3.0", "1.4"]),
    (["latest 2 majors"], ["3.1", "3.0", "1.4", "1.2", "1.0"]),
    (["latest 2 majors adjacent"], ["3.1", "3.0"]),
    (["latest 3 majors adjacent"], ["3.1", "3.0", "1.4", "1.2", "1.0"]),
    (["latest minor of each major"], ["3.1", "1.4", "0.9"]),
    (["latest minor of each major adjacent"], ["3.1", "1.4", "0.9"]),
    (["latest 2 minors of each major adjacent"], ["3.1", "3.0", "1.4", "0.9", "0.8"]),
    (["latest patch of each minor"], ["3.1", "3.0", "1.4", "1.2", "1.0", "0.9", "0.8"]),
    (["latest minor of each major within <3"], ["1.4", "0.9"]),
    (["latest 2 minors within 1.x"], ["1.4", "1.2"]),
    (["latest minor within 1.x skipping 1"], ["1.2"]),
    (["latest minor of each major skipping 1"], ["3.0", "1.2", "0.8"]),
    (["latest 99 majors skipping 1"], ["1.4", "1.2", "1.0", "0.9", "0.8"]),
    (["previous minor"], ["3.0"]),
    (["previous major"], ["1.4", "1.2", "1.0"]),
    (["latest 2 compats"], ["3.1", "3.0", "1.4", "1.2", "1.0"]),
    (["latest 3 compats"], ["3.1", "3.0", "1.4", "1.2", "1.0", "0.9"]),
    (["latest 2 lines"], ["3.1", "3.0"]),
    (["1.2.x"], ["1.2"]),
    ([">=1 <3"], ["1.4", "1.2", "1.0"]),
    (["1.2 - 3.0"], ["3.0", "1.4", "1.2"]),
    (["none"], []),
    (["branch main"], ["3.1"]),
    (["branch 1.4.x"], ["1.4"]),
    (["branch v0.x"], ["0.9", "0.8"]),
    (["latest 2 majors while 3.x"], ["3.1", "3.0", "1.4", "1.2", "1.0"]),
    (["latest 2 majors while 1.x"], []),
    (["latest minor since 3.0.0", "0.x before 3.0.0"], ["3.1"]),
    (["latest minor since 3.2.0", "0.x before 3.2.0"], ["0.9", "0.8"]),
    (["latest minor since 2.0.0"], ["3.1"]),
    (["1.4.x : none", "1.x : security"], ["1.2 security", "1.0 security"]),
    (
      ["latest minor", "3.x : security", "1.x : critical"],
      ["3.1", "3.0 security", "1.4 critical", "1.2 critical", "1.0 critical"]
    ),
    (["1.4.x until 3.1.0", "1.2.x until 4.0"], ["1.2"]),
  ]

  @Test("a sentence selects by the newest release of a line", arguments: selections)
  func selection(sentences: [String], lines: [String]) throws {
    let coverage = try PolicyWorld(Self.history).coverage(.sentences(sentences))
    #expect(coverage.words == lines)
  }

  @Test("the newest line of each selected major covers the others")
  func newestPerMajor() throws {
    let coverage = try PolicyWorld(Self.history).coverage(
      .sentences(["latest 3 minors", "0.x"], releaseOn: .newestPerMajor))
    #expect(coverage.words == ["3.1", "1.4", "0.9"])
    #expect(try coverage.verdict("3.0").coveredBy == LineName(parsing: "3.1"))
    #expect(try coverage.verdict("0.8").coveredBy == LineName(parsing: "0.9"))
    #expect(try coverage.verdict("1.2").coveredBy == nil)
  }

  @Test("lines may be majors, compatible ranges or one rolling line")
  func lineUnits() throws {
    let world = PolicyWorld(["0.1.0", "0.2.0", "1.0.0", "1.4.0", "2.0.0", "2.3.0"])
    #expect(
      try world.coverage(.sentences(["latest 2 majors"], lines: .major)).words == ["2", "1"])
    #expect(
      try world.coverage(.sentences(["latest 4 lines"], lines: .compat)).words
        == ["2", "1", "0.2", "0.1"])
    #expect(try world.coverage(.sentences(["latest minor"], lines: .patch)).words == ["rolling"])
    #expect(
      try world.coverage(.sentences(["latest 2 minors"], lines: .major)).words == ["2"],
      "the two newest minors are 2.3 and 2.0, both of line 2")
  }

  @Test("later revisions, letters and calendar versions are releases like others")
  func otherVersions() throws {
    #expect(
      try PolicyWorld(["7.1.3", "7.1.3.1", "7.0.8.post1"]).coverage(
        .sentences(["latest 2 patches"])
      ).words == ["7.1"])
    #expect(
      try PolicyWorld(["1.1.1w", "1.1.0l", "1.0.2u"]).coverage(.sentences(["latest 2 minors"]))
        .words == ["1.1", "1.0"])
    #expect(
      try PolicyWorld(["22.04", "23.10", "24.04.1"]).coverage(
        .sentences(["latest minor", "lts latest 2"], lts: ["minor 4"])
      ).words == ["24.04", "22.04"])
  }

  static let longTerm: [(lts: [String], sentence: String, lines: [String])] = [
    (["1.2"], "lts", ["1.2"]),
    (["1.2, 3.0"], "lts", ["3.0", "1.2"]),
    (["1.2", "3.0"], "lts latest", ["3.0"]),
    (["1"], "lts", ["1.4", "1.2", "1.0"]),
    (["minor 0 since 1.0"], "lts", ["3.0", "1.0"]),
    (["minor 0 since 2"], "lts latest 2", ["3.0"]),
    (["last minor of major"], "lts", ["1.4", "0.9"]),
    (["even majors"], "lts", []),
  ]

  @Test("long-term support is listed or follows a pattern", arguments: longTerm)
  func longTermSupport(lts: [String], sentence: String, lines: [String]) throws {
    let coverage = try PolicyWorld(Self.history).coverage(.sentences([sentence], lts: lts))
    #expect(coverage.words == lines)
  }

  @Test("without a word on which lines are long-term nothing is guessed")
  func undeclaredLTS() throws {
    let coverage = try PolicyWorld(["1.0.0", "1.1.0"]).coverage(
      .sentences(["latest minor", "lts"]))
    #expect(coverage.words == ["1.1", "1.0?"])
    #expect(coverage.codes == [.undefinedLTS])
  }

  @Test("a branch that nobody knows decides nothing")
  func unknownBranch() throws {
    let world = PolicyWorld(["1.0.0", "1.1.0"])
    let coverage = try world.coverage(.sentences(["latest minor", "branch stable"]))
    #expect(coverage.words == ["1.1", "1.0?"])
    #expect(coverage.codes == [.unknownBranch])
    var facts = try world.facts()
    facts.lineOfBranch = { name in
      name == "stable" ? LineName(parsing: "1.0").map { .line($0) } ?? .nothing : .nothing
    }
    let known = Coverage(
      of: try world.inventory(), under: try .sentences(["latest minor", "branch stable"]),
      facts: facts)
    #expect(known.words == ["1.1", "1.0"])
    #expect(try known.verdict("1.0").reason == "released from branch stable")
  }

  @Test("an unknown verdict needs opposite opinions")
  func mergedUnknown() throws {
    let sentences = ["1.x for 1 year after release", "1.x : security"]
    let coverage = try PolicyWorld(["1.0.0"]).coverage(.sentences(sentences))
    #expect(coverage.words == ["1.0 security"], "one rule or the other supports it")
    let opposite = try PolicyWorld(["1.0.0"]).coverage(
      .sentences(["1.x for 1 year after release : none", "1.x"]))
    #expect(opposite.words == ["1.0?"])
    let denied = try PolicyWorld(["1.0.0"]).coverage(
      .sentences(["1.x for 1 year after release : none"]))
    #expect(denied.words.isEmpty, "no either way")
  }

  @Test("a project without releases has no lines")
  func noReleases() throws {
    #expect(try PolicyWorld(["1.0.0-rc.1"]).coverage(.preset("simplejwt")).verdicts.isEmpty)
  }

  @Test("severity floors and critical lines leave milder flaws")
  func floors() throws {
    let coverage = try PolicyWorld(["1.0.0", "2.0.0", "3.0.0"]).coverage(
      .sentences(["latest major", "2.x : security, severity high", "1.x : critical"]))
    #expect(try coverage.verdict("3.0").isOwed(.low))
    #expect(try !coverage.verdict("2.0").isOwed(.medium))
    #expect(try coverage.verdict("2.0").isOwed(.high))
    #expect(try !coverage.verdict("1.0").isOwed(.high))
    #expect(try coverage.verdict("1.0").isOwed(nil), "an unknown severity is never left out")
  }
}
