import ReleaseModel
import TestSupport
import Testing

/// What must hold for any input; the generator is seeded, so that a failure comes back.
@Suite struct LinePropertyTests {
  private static let pieces = [
    "0", "1", "2", "10", "01", ".", ".", ".", "-", "_", "v", "V", "rc", "alpha", "beta", "a", "b",
    "p",
    "post", "dev", "Final", "SNAPSHOT", "+", "x", "*", "@", "/", "release", "pkg",
    "99999999999999999999",
    " ", ",", "<", ">=", "^", "~", "||", "–", "é", "\u{0}", "stable", "maint", "w", "z", "zz",
  ]

  private func text(_ generator: inout SeededGenerator) -> String {
    (0..<Int.random(in: 0...8, using: &generator))
      .compactMap { _ in Self.pieces.randomElement(using: &generator) }.joined()
  }

  private func version(_ generator: inout SeededGenerator) -> Version? {
    let numbers = (0..<Int.random(in: 1...4, using: &generator)).map { _ in
      ["0", "1", "2", "10", "18446744073709551616"].randomElement(using: &generator) ?? "0"
    }
    let suffix = [
      "", "", "", "-rc.1", "rc2", "a1", ".dev1", ".post1", "w", "-p2", "-1", ".Final", "-x.7",
    ]
    .randomElement(using: &generator)
    return try? Version(parsing: numbers.joined(separator: ".") + (suffix ?? ""))
  }

  @Test func theOrderIsTotal() {
    var generator = SeededGenerator(seed: 1)
    let versions = (0..<60).compactMap { _ in version(&generator) }
    #expect(versions.count == 60)
    for one in versions {
      for two in versions {
        let relations = [one < two, one == two, two < one]
        #expect(relations.count { $0 } == 1, "\(one) \(two)")
        #expect(one != two || one.hashValue == two.hashValue, "\(one) \(two)")
        for three in versions where one < two && two < three {
          #expect(one < three, "\(one) \(two) \(three)")
        }
      }
    }
  }

  @Test func whatIsReadIsWrittenAndReadAgain() {
    var generator = SeededGenerator(seed: 2)
    var count = 0
    for _ in 0..<6000 {
      let text = text(&generator)
      if let version = try? Version(parsing: text) {
        count += 1
        #expect((try? Version(parsing: version.description)) == version, "\(text)")
        #expect(version < version.nextPatch(), "\(text)")
        #expect(
          (try? Version(parsing: version.nextPatch().description)) == version.nextPatch(), "\(text)"
        )
      }
      if let range = try? VersionRange(parsing: text) {
        count += 1
        #expect((try? VersionRange(parsing: range.description)) == range, "\(text)")
        #expect((try? VersionRange(parsing: range.canonicalDescription)) == range, "\(text)")
      }
      if let tag = TagPattern.automatic.parse(text) {
        let next = tag.version.nextPatch()
        #expect(TagPattern.automatic.parse(tag.name(of: next))?.version == next, "\(text)")
      }
      if let name = LineName(parsing: text) {
        #expect(LineName(parsing: name.description) == name, "\(text)")
      }
      _ = BranchPattern(parsing: text)
    }
    #expect(count > 300)
  }

  @Test func rangesAreSets() {
    var generator = SeededGenerator(seed: 3)
    let operators = ["<", "<=", ">", ">=", "=", "^", "~", ""]
    func range() -> VersionRange {
      let parts = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
        let numbers = (0..<Int.random(in: 1...3, using: &generator)).map { _ in
          String(Int.random(in: 0...3, using: &generator))
        }
        return (operators.randomElement(using: &generator) ?? "") + numbers.joined(separator: ".")
      }
      return
        (try? VersionRange(
          parsing: parts.joined(separator: [" || ", " "].randomElement(using: &generator) ?? " ")))
        ?? .none
    }
    let probes = (0..<120).compactMap { _ in version(&generator) }
    for _ in 0..<150 {
      let (one, two) = (range(), range())
      let (union, intersection) = (one.union(two), one.intersection(two))
      #expect(union == two.union(one) && intersection == two.intersection(one))
      #expect(one.union(one) == one && one.intersection(one) == one)
      #expect(intersection.isSubset(of: one) && one.isSubset(of: union))
      for probe in probes {
        for asked in [true, false] {
          let (inOne, inTwo) = (
            one.contains(probe, includingPrereleases: asked),
            two.contains(probe, includingPrereleases: asked)
          )
          let inUnion = union.contains(probe, includingPrereleases: asked)
          let inBoth = intersection.contains(probe, includingPrereleases: asked)
          guard inUnion == (inOne || inTwo), inBoth == (inOne && inTwo) else {
            Issue.record("\(one) and \(two) with \(probe)")
            return
          }
        }
      }
    }
  }

  @Test func noBytesMakeAnythingStop() {
    var generator = SeededGenerator(seed: 4)
    for _ in 0..<6000 {
      let bytes = (0..<Int.random(in: 0...24, using: &generator)).map { _ in
        Bool.random(using: &generator)
          ? UInt8.random(in: .min ... .max, using: &generator)
          : "0123456789.-_vx@/+<>=|rca".utf8.randomElement(using: &generator) ?? 0
      }
      let text = String(decoding: bytes, as: UTF8.self)
      _ = try? Version(parsing: text)
      _ = try? Version(semantic: text)
      _ = try? VersionRange(parsing: text)
      _ = try? CalendarDate(parsing: text)
      _ = TagPattern(parsing: text)
      let lines = try? LineInventory(tagNames: [text], unit: .minor)
      let detector = lines.map {
        BranchDetector(inventory: $0, local: [text], trunk: nil).branches(of: $0.lines) { _, _ in
          true
        }
      }
      #expect((detector?.count ?? 0) <= 1)
    }
  }

  @Test func theInventoryDoesNotDependOnTheOrder() throws {
    var generator = SeededGenerator(seed: 5)
    for _ in 0..<100 {
      let tags =
        (0..<30).map { _ in "v" + (version(&generator)?.description ?? "1") }
        + (0..<5).map { _ in text(&generator) }
      let one = try? LineInventory(tagNames: tags, unit: .minor)
      let two = try? LineInventory(tagNames: tags.shuffled(using: &generator), unit: .minor)
      #expect(one == two)
      for line in one?.lines ?? [] {
        #expect(!tags.contains(line.nextTagName))
        #expect(line.newest.version < line.nextVersion)
      }
    }
  }

  @Test func longInputsTakeLinearTime() {
    func duration(_ length: Int) -> Duration {
      let texts = ["1", "1.", "a-1", "<1 ", "1 || ", "-", "rc", "1.x "].map {
        String(repeating: $0, count: length)
      }
      let runs = (0..<3).map { _ in
        threadTime {
          for text in texts {
            _ = try? Version(parsing: text)
            _ = try? Version(semantic: text)
            _ = try? VersionRange(parsing: text)
            _ = TagPattern(parsing: text)
            _ = LineName(parsing: text)
          }
        }
      }
      return runs.min() ?? .zero
    }
    _ = duration(1000)
    #expect(duration(10_000) <= duration(1000) * 30 + .milliseconds(50))
  }
}
