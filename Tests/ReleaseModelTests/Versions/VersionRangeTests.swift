import ReleaseModel
import Testing

@Suite struct VersionRangeTests {
  private static let probes = [
    "0.9", "0.9.9", "1.0.0", "1.0.1", "1.1.0", "1.2.0", "1.2.3", "1.2.9.1", "1.3.0", "1.15.0",
    "1.15.7", "1.16.0", "2.0.0", "2.5.0", "3.0.0", "4.0.0", "4.9.5", "4.10.0",
  ]

  @Test(arguments: [
    ("<1.0.0", "0.9 0.9.9"), (">=2 <3", "2.0.0 2.5.0"), (">= 2, < 3", "2.0.0 2.5.0"),
    ("1.2.x", "1.2.0 1.2.3 1.2.9.1"), ("1.2.*", "1.2.0 1.2.3 1.2.9.1"),
    ("1.2", "1.2.0 1.2.3 1.2.9.1"), ("=1.2", "1.2.0 1.2.3 1.2.9.1"),
    ("v1.2.X", "1.2.0 1.2.3 1.2.9.1"), ("1.2.3", "1.2.3"), ("=1.2.3", "1.2.3"),
    ("==1.2.3", "1.2.3"), ("^1.2", "1.2.0 1.2.3 1.2.9.1 1.3.0 1.15.0 1.15.7 1.16.0"),
    ("^0.9", "0.9 0.9.9"), ("~1.2", "1.2.0 1.2.3 1.2.9.1"), ("~1.2.3", "1.2.3 1.2.9.1"),
    ("~> 1.15.0", "1.15.0 1.15.7"), ("~>2.0", "2.0.0 2.5.0"), (">1.15 <=2.0", "1.16.0 2.0.0"),
    ("4.0 - 4.9", "4.0.0 4.9.5"), ("4.0 – 4.9", "4.0.0 4.9.5"), ("4.0-4.9", "4.0.0 4.9.5"),
    ("4.x", "4.0.0 4.9.5 4.10.0"), ("4", "4.0.0 4.9.5 4.10.0"), (">=3 <=4.9", "3.0.0 4.0.0 4.9.5"),
    ("1.15 || 3.x", "1.15.0 1.15.7 3.0.0"), ("<1 >2", ""), ("none", ""),
    (">1.2.3 <1.15.1", "1.2.9.1 1.3.0 1.15.0"), ("≥ 4.10", "4.10.0"),
    ("<=1.0.0", "0.9 0.9.9 1.0.0"),
  ])
  func rangesHoldWhatTheySay(text: String, members: String) throws {
    let range = try VersionRange(parsing: text)
    let found = try Self.probes.filter { range.contains(try Version(parsing: $0)) }
    #expect(found == members.split(separator: " ").map(String.init))
  }

  @Test(arguments: [
    (">=2 <3", "2.x"), ("1.2", "1.2.x"), ("<1.0.0", "0.x"), ("<1", ">=0 <1.0"),
    ("4.0 - 4.9", ">=4 <4.10.0"), ("<2 || >=2", "*"), ("1.x || 2.x", ">=1 <3"),
    ("<=1.15", "<1.16"), (">1.15", ">=1.16"), ("3.x || 1.x", "1 || 3"), ("<1 >2", "none"),
    ("=1.0.0 || >1.0.0 || <1", "<1 || =1.0.0 || >1.0.0"), ("^0.0.3", "0.0.3.x"),
    ("<=2.0.0 || =2.0.0", "<=2.0.0"), ("~1", "1.x"),
  ])
  func equalSetsAreEqualValues(one: String, other: String) throws {
    let (left, right) = try (VersionRange(parsing: one), VersionRange(parsing: other))
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(left.canonicalDescription == right.canonicalDescription)
  }

  @Test(arguments: [
    ("<1.0.0", "0.x"), (" <1.0.0 ", "0.x"), ("<=1.15", "<1.16"), (">=1.2,<2", ">=1.2 <2"),
    ("1.2.3", "=1.2.3"), (">1.2.3", ">1.2.3"), ("<=1.2.0", "<=1.2.0"), (">1.2.0", ">1.2.0"),
    ("*", "*"), ("none", "none"), ("1.1 || 1.3", "1.1.x || 1.3.x"), (">=1.1.1w", ">=1.1.1w"),
    ("=1.0.0 || >1.0.0 <2", "=1.0.0 || >1.0.0 <2"), (">=1.0-rc1", ">=1.0-rc1"),
  ])
  func theDescriptionIsReadAgain(text: String, canonical: String) throws {
    let range = try VersionRange(parsing: text)
    #expect(range.canonicalDescription == canonical)
    #expect(try VersionRange(parsing: range.description) == range)
    #expect(try VersionRange(parsing: range.canonicalDescription) == range)
    #expect(" \(range) ".contains(text))
  }

  @Test(arguments: [
    "", " ", "<", ">= ", "1,", "1.2.y", "1.x.2", "1 -", "- 1", "1 - 2 -", "<<1", "1 || ", "|| 1",
    "a", "x1", "1.2.3.4.x", ">1 - 2", "1.2 and 1.3",
  ])
  func whatIsNoRangeIsRefused(text: String) {
    #expect(throws: VersionParseError.self) { try VersionRange(parsing: text) }
  }

  @Test func preReleasesAreInNoRangeUnlessAskedFor() throws {
    let candidate = try Version(parsing: "1.0.0-rc.1")
    for text in ["*", "<1.0.0", "1.0.x", ">=1.0.0", ">=0.9"] {
      #expect(!(try VersionRange(parsing: text).contains(candidate)), "\(text)")
    }
    for (text, expected) in [
      ("*", true), ("<1.0.0", false), ("1.0.x", true), (">=1.0.0", true), ("=1.0.0", false),
      ("0.x", false), (">=1.0.0-rc.1", true), (">1.0.0-rc.1", false), ("<1.0.0-rc.2", true),
    ] {
      let range = try VersionRange(parsing: text)
      #expect(range.contains(candidate, includingPrereleases: true) == expected, "\(text)")
    }
  }

  @Test func constructorsSayWhatTheParserSays() throws {
    let version = Version(1, 2, 3)
    #expect(try VersionRange.below(version) == VersionRange(parsing: "<1.2.3"))
    #expect(try VersionRange.atMost(version) == VersionRange(parsing: "<=1.2.3"))
    #expect(try VersionRange.above(version) == VersionRange(parsing: ">1.2.3"))
    #expect(try VersionRange.atLeast(version) == VersionRange(parsing: ">=1.2.3"))
    #expect(try VersionRange.exactly(version) == VersionRange(parsing: "=1.2.3"))
    #expect(try VersionRange.line([1, 2]) == VersionRange(parsing: "1.2.x"))
    #expect(VersionRange.line([]) == .all)
    #expect(VersionRange.none.isEmpty && VersionRange.all.isUnbounded)
    #expect(VersionRange.line([1, 2]).isSubset(of: .line([1])))
    #expect(!VersionRange.line([1]).isSubset(of: .line([1, 2])))
  }
}
