import Foundation
import ReleaseModel
import Testing

@Suite struct VersionTests {
  @Test(arguments: [
    ("1.2", "1.2.0"), ("1", "1.0.0"), ("v1.2.3", "1.2.3"), ("V1.2.3", "1.2.3"),
    ("1.2.0.0", "1.2"), ("1.0.0.Final", "1.0.0"), ("1.0.0.RELEASE", "1.0.0"),
    ("1.0.0.GA", "1.0.0"), ("1.0.0-final", "1.0.0"), ("1.0.0rc1", "1.0.0-rc.1"),
    ("1.0.0c1", "1.0.0-rc1"), ("1.0.0.CR1", "1.0.0-RC-1"), ("2.0a1", "2.0.0-alpha.1"),
    ("2.0b12", "2.0.0.beta12"), ("1.0.0-alpha1", "1.0.0-alpha.1"), ("1.0-SNAPSHOT", "1-snapshot"),
    ("1.0.dev1", "1.0-dev.1"), ("1.0.post2", "1.0-post2"), ("9.6p1", "9.6.0-p1"),
    ("2024.04.1", "2024.4.1"), ("1.0+ubuntu.1", "1.0.0"), ("1.1.1W", "1.1.1w"),
  ])
  func spellingsOfOneVersionAreEqual(one: String, other: String) throws {
    let (left, right) = try (Version(parsing: one), Version(parsing: other))
    #expect(left == right)
    #expect(left.hashValue == right.hashValue)
    #expect(!(left < right) && !(right < left))
  }

  @Test func precedenceHoldsForEveryPairOfWhatProjectsWrite() throws {
    let ascending = [
      "0.9.8zh", "1.0.dev1", "1.0.dev2", "1.0-0.3.7", "1.0a1", "1.0a2.dev1", "1.0a2", "1.0a10",
      "1.0-alpha.beta", "1.0b1", "1.0.0-M1", "1.0.0.pre1", "1.0rc1", "1.0-rc.2", "1.0.0.CR10",
      "1.0-SNAPSHOT", "1.0", "1.0.post1.dev3", "1.0.post1", "1.0-p2", "1.0.post10", "1.0a",
      "1.0.0b",
      "1.0.0b-p1", "1.0.0z", "1.0.0za", "1.0.0zh", "1.0.0.1", "1.0.0.2", "1.0.0.10", "1.0.1", "1.1",
      "7.1.3", "7.1.3.1", "7.1.4", "2024.4.1", "2024.04.10", "2024.10.1",
    ]
    let versions = try ascending.map { try Version(parsing: $0) }
    for (low, lower) in versions.enumerated() {
      for (high, higher) in versions.enumerated() {
        #expect((lower < higher) == (low < high), "\(ascending[low]) < \(ascending[high])")
        #expect((lower == higher) == (low == high), "\(ascending[low]) == \(ascending[high])")
      }
    }
  }

  @Test(arguments: [
    "1.2", "1.1.1w", "0.9.8zh", "1.0rc1", "1.0.0.beta2", "2.0a1", "1.0.0-alpha.1",
    "1.0-SNAPSHOT", "1.0.dev1", "1.0.0.Final", "1.0.post2", "9.6p1", "2024.04.1", "7.0.8.1",
    "255", "1.2.3-4-gabc", "99999999999999999999.1", "1.0+b.1",
  ])
  func theSpellingIsKeptAndReadAgain(text: String) throws {
    let version = try Version(parsing: text)
    #expect(version.description == text)
    let data = try JSONEncoder().encode([version])
    #expect(try JSONDecoder().decode([Version].self, from: data) == [version])
  }

  @Test(arguments: [
    "1.0rc1", "1.0.0.beta2", "2.0a1", "1.0.0-alpha.1", "1.0-SNAPSHOT", "1.0.dev1", "1.0.0-M1",
    "1.0.0-1", "1.2.3-jre", "3.0.0.pre", "1.0.post1.dev2",
  ])
  func preReleasesAreKnown(text: String) throws {
    #expect(try Version(parsing: text).isPrerelease)
  }

  @Test(arguments: [
    "1.0", "1.1.1w", "7.1.3.1", "1.0.post1", "1.2-p3", "1.0.0.Final", "9.6p1", "2024a", "1.0+dev",
  ])
  func revisionsAreReleases(text: String) throws {
    #expect(try !Version(parsing: text).isPrerelease)
  }

  @Test(arguments: [
    "", "v", "x", "1.", ".1", "1..2", "1.2.x", "1.2.3.4.5", "1.2.3-", "1.2.3+", "1.2.3-a..b",
    "1.2.3+ü", "1.2.3 ", "1.0.0.whatever", "1.2.3-a b", "vv1", "1,2", "1.2.3_", "1.2.3-rc1_",
    "1.0rc1rc2", "１.2",
  ])
  func whatIsNoVersionIsRefused(text: String) {
    #expect(throws: VersionParseError.self) { try Version(parsing: text) }
  }

  @Test(arguments: [
    ("1.2", "1.2.1"), ("1", "1.0.1"), ("1.2.3", "1.2.4"), ("1.2.9", "1.2.10"),
    ("7.0.8.1", "7.0.8.2"), ("2024.04.1", "2024.04.2"), ("2024.04.09", "2024.04.10"),
    ("24.04", "24.04.1"), ("1.1.1w", "1.1.1x"), ("1.0.2z", "1.0.2za"), ("0.9.8zh", "0.9.8zi"),
    ("1.0.0zz", "1.0.1"), ("9.6p1", "9.6p2"), ("1.9.17-p9", "1.9.17-p10"),
    ("1.0.post1", "1.0.1"), ("1.0.0-rc.1", "1.0.0"), ("1.0rc1", "1.0.0"), ("1.2.3+b", "1.2.4"),
    ("4.2.6.Final", "4.2.7"), ("1.2.18446744073709551615", "1.2.18446744073709551616"),
    ("1.2.99999999999999999999", "1.2.100000000000000000000"), ("1.1.1W", "1.1.1X"),
  ])
  func theNextPatchCountsAsTheVersionDoes(text: String, next: String) throws {
    let version = try Version(parsing: text)
    #expect(version.nextPatch().description == next)
    #expect(version < version.nextPatch())
    #expect(try Version(parsing: next) == version.nextPatch())
  }

  @Test func aLineMayCountInFewerOrMoreNumbers() throws {
    #expect(try Version(parsing: "255").nextPatch(parts: 2).description == "255.1")
    #expect(try Version(parsing: "255.4").nextPatch(parts: 2).description == "255.5")
    #expect(try Version(parsing: "7.0.8").nextPatch(parts: 4).description == "7.0.8.1")
    #expect(try Version(parsing: "7.0.8").nextPatch(parts: 9).description == "7.0.8.1")
  }

  @Test func missingNumbersAreZero() throws {
    let version = try Version(parsing: "v3.1")
    #expect([version.major, version.minor, version.patch] == [3, 1, 0])
    #expect(version.numbers.count == 2)
    #expect(version.number(at: -1) == 0)
  }
}
