import Testing

@testable import ReleaseModel

@Suite("verdicts from SECURITY.md")
struct SecurityResolutionTests {
  private func resolution(
    _ text: String, _ tags: [String], asOf: String = "2026-11-21", package: String? = nil
  ) throws -> SecurityResolution {
    let inventory = try LineInventory(tagNames: tags, unit: .minor)
    let facts = PolicyFacts(asOf: try CalendarDate(parsing: asOf))
    return SecurityReading(text: text).resolution(
      of: inventory, facts: facts, package: package, source: "SECURITY.md")
  }

  private func answers(_ text: String, _ tags: [String]) throws -> [String] {
    let coverage = try #require(try resolution(text, tags).coverage)
    return coverage.verdicts.map { "\($0.line) \($0.supported)" }
  }

  @Test("the narrowest row wins")
  func narrowest() throws {
    let text = table(("3.1.x", "✅"), ("< 3.1", "❌"), ("2.9.x", "✅"), ("< 2.9", "❌"))
    #expect(
      try answers(text, ["3.1.0", "3.0.0", "2.9.4", "2.8.0"])
        == ["3.1 yes", "3.0 no", "2.9 yes", "2.8 no"])
  }

  @Test("newer than all that is listed is supported, and the table is stale")
  func stale() throws {
    let text = table(("1.4.x", "✅"), ("< 1.4", "❌"))
    #expect(try answers(text, ["1.5.0", "1.4.1", "1.3.0"]) == ["1.5 yes", "1.4 yes", "1.3 no"])
    let found = try resolution(text, ["1.5.0", "1.4.1"]).coverage?.warnings.map(\.code)
    #expect(found?.contains(.staleTable) == true)
  }

  @Test("above an explicit upper bound is not supported")
  func upperBound() throws {
    let text = table(("`< 1.0.0`", ":white_check_mark:"))
    #expect(try answers(text, ["0.1.0", "0.2.0"]) == ["0.2 yes", "0.1 yes"])
    #expect(try answers(text, ["0.2.0", "1.0.0"]) == ["1.0 no", "0.2 yes"])
    let found = try resolution(text, ["0.2.0", "1.0.0"]).coverage?.warnings.map(\.code)
    #expect(found?.contains(.unlistedNewer) == true)
  }

  @Test("a hole is not supported, with a warning")
  func hole() throws {
    let text = table(("1.4.x", "✅"), ("1.2.x", "✅"), ("< 1.2", "❌"))
    #expect(try answers(text, ["1.4.0", "1.3.0", "1.2.0"]) == ["1.4 yes", "1.3 no", "1.2 yes"])
    let found = try resolution(text, ["1.4.0", "1.3.0", "1.2.0"]).coverage?.warnings.map(\.code)
    #expect(found?.contains(.hole) == true)
  }

  @Test("below a listed line that has no release is no newer line")
  func listedWithoutRelease() throws {
    #expect(
      try answers(table(("2.0.x", "✅"), ("< 1.8", "❌")), ["1.9.0", "1.7.0"]) == [
        "1.9 no", "1.7 no",
      ])
  }

  @Test("rows that contradict each other make a line unknown, not unsupported")
  func contradiction() throws {
    let text = table(("1.x", "✅"), ("1.x", "❌"), ("2.x", "✅"))
    #expect(try answers(text, ["2.0.0", "1.0.0"]) == ["2.0 yes", "1.0 unknown"])
    #expect(try resolution(text, ["2.0.0", "1.0.0"]).warnings.map(\.code) == [.contradiction])
  }

  @Test("ranges that overlap in part with opposite verdicts are a contradiction where they overlap")
  func overlap() throws {
    let text = table((">= 2.0", "✅"), ("< 3.0", "❌"))
    #expect(
      try answers(text, ["3.0.0", "2.0.0", "1.0.0"]) == ["3.0 yes", "2.0 unknown", "1.0 no"])
  }

  @Test("what a row that is not understood may be about is unknown")
  func notUnderstood() throws {
    let text = table(("2.x", "✅"), ("4.1,3.x", "❌"), ("0.9.x", "❌"))
    #expect(
      try answers(text, ["2.0.0", "1.0.0", "0.9.0"]) == ["2.0 yes", "1.0 unknown", "0.9 no"])
  }

  @Test("a row whose status is not understood makes its lines unknown and no others")
  func unclearStatus() throws {
    let text = table(("2.x", "✅"), ("1.x", "perhaps"))
    #expect(
      try answers(text, ["2.0.0", "1.0.0", "0.9.0"]) == ["2.0 yes", "1.0 unknown", "0.9 no"])
  }

  @Test("the newest and the others are told apart by the releases")
  func latest() throws {
    let text = table(("Latest", "✅"), ("Older", "❌"))
    #expect(try answers(text, ["2.1.0", "2.0.3"]) == ["2.1 yes", "2.0 no"])
    let tiers = table(("N", "✅"), ("N-1", "security only"), ("N-2 and older", "❌"))
    #expect(try answers(tiers, ["2.1.0", "2.0.3", "1.9.0"]) == ["2.1 yes", "2.0 yes", "1.9 no"])
  }

  @Test("a passed date ends support")
  func dates() throws {
    let text = table(("2.x", "Until 2026-12-31"), ("1.x", "Until 2026-01-31"))
    #expect(try answers(text, ["2.0.0", "1.0.0"]) == ["2.0 yes", "1.0 no"])
    #expect(
      try resolution(text, ["2.0.0"], asOf: "2027-01-01").coverage?.verdicts.first?.supported == .no
    )
  }

  @Test("full support that ends before security support is two rules")
  func phases() throws {
    let text = """
      ## Lifecycle

      | Version | Bug fixes until | Security fixes until |
      | --- | --- | --- |
      | 10.0 | 2026-08-01 | 2027-02-01 |
      """
    let verdict = try resolution(text, ["10.0.0"]).coverage?.verdicts.first
    #expect(verdict?.level == .security)
    #expect(verdict?.until?.description == "2027-02-01")
    #expect(
      SecurityReading(text: text).policy(source: "SECURITY.md")?.rules.map(\.rule.description)
        == ["10.0.x until 2026-08-01", "10.0.x until 2027-02-01 : security"])
  }

  @Test("a host's template is a policy only for who has its versions")
  func template() throws {
    let text = table(("5.1.x", "✅"), ("5.0.x", "❌"), ("4.0.x", "✅"), ("< 4.0", "❌"))
    let other = try resolution(text, ["0.2.0", "0.1.0"])
    #expect(other.coverage == nil)
    #expect(other.warnings.map(\.code) == [.template])
    #expect(try answers(text, ["5.1.3", "5.0.0"]) == ["5.1 yes", "5.0 no"])
  }

  @Test("packages that differ make a line unknown until one is chosen")
  func packages() throws {
    let text = """
      ## Supported Versions

      | Package | Version | Supported |
      | --- | --- | --- |
      | `@acme/core` | 2.x | ✅ |
      | `@acme/cli` | 2.x | ❌ |
      """
    let both = try resolution(text, ["2.0.0"])
    #expect(both.coverage?.verdicts.first?.supported == .unknown)
    #expect(both.warnings.map(\.code) == [.packages])
    let core = try resolution(text, ["2.0.0"], package: "core")
    #expect(core.coverage?.verdicts.first?.supported == .yes)
  }

  @Test("sentences that say otherwise than the table are warned of")
  func proseDiffers() throws {
    let text =
      table(("2.1.x", "✅"), ("2.0.x", "✅")) + "\nOnly the latest minor version is supported.\n"
    let found = try resolution(text, ["2.1.0", "2.0.0"])
    #expect(found.warnings.map(\.code) == [.proseDiffers])
    #expect(found.warnings.first?.operands == ["2.0"])
  }

  @Test("every rule of an imported policy keeps its row and reads back from its sentence")
  func origins() throws {
    let text = table(("3.x", "✅"), ("2.x", "security fixes only until 2027-06-30"), ("older", "❌"))
    let policy = try #require(SecurityReading(text: text).policy(source: "SECURITY.md"))
    #expect(policy.rules.compactMap(\.origin?.line) == [5, 6, 7])
    for entry in policy.rules {
      #expect(try SupportRule(parsing: entry.rule.description) == entry.rule)
    }
  }
}
