import ReleaseModel
import Testing

@Suite struct SemanticVersionTests {
  private static let ascending = [
    "0.0.0-0", "0.0.0", "1.0.0-0", "1.0.0-1", "1.0.0-9", "1.0.0-10",
    "1.0.0-99999999999999999999999", "1.0.0-100000000000000000000000", "1.0.0--1", "1.0.0-0A",
    "1.0.0-Z", "1.0.0-a", "1.0.0-a.0", "1.0.0-a.b", "1.0.0-alpha", "1.0.0-alpha.1",
    "1.0.0-alpha.1.0", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2", "1.0.0-beta.11",
    "1.0.0-rc.1", "1.0.0-rc1", "1.0.0-rc10", "1.0.0-rc2", "1.0.0", "1.0.1", "1.0.9", "1.0.10",
    "1.1.0-a", "1.1.0", "1.18446744073709551615.0", "1.18446744073709551616.0",
    "1.18446744073709551617.0", "2.0.0", "10.0.0", "99999999999999999999999.0.0",
  ]

  @Test func precedenceIsThatOfTheSpecificationForEveryPair() throws {
    let order = Self.ascending
    let versions = try order.map { try Version(semantic: $0) }
    for (low, lower) in versions.enumerated() {
      for (high, higher) in versions.enumerated() {
        #expect((lower < higher) == (low < high), "\(order[low]) < \(order[high])")
        #expect((lower == higher) == (low == high), "\(order[low]) == \(order[high])")
      }
    }
  }

  @Test func theChainOfTheSpecificationHolds() throws {
    let chain = [
      "1.0.0-alpha", "1.0.0-alpha.1", "1.0.0-alpha.beta", "1.0.0-beta", "1.0.0-beta.2",
      "1.0.0-beta.11", "1.0.0-rc.1", "1.0.0",
    ]
    let versions = try chain.map { try Version(semantic: $0) }
    #expect(versions.reversed().sorted() == versions)
    #expect(Set(versions).count == chain.count)
  }

  @Test(arguments: [
    "0.0.4", "1.2.3", "10.20.30", "1.1.2-prerelease+meta", "1.1.2+meta", "1.1.2+meta-valid",
    "1.0.0-alpha.0valid", "1.0.0-alpha-a.b-c-somethinglong+build.1-aef.1-its-okay",
    "1.0.0-rc.1+build.123", "2.0.0+build.1848", "1.0.0+0.build.1-rc.10000aaa-kk-0.1",
    "999999999999999999.999999999999999999.99999999999999999", "1.0.0-0A.is.legal", "1.0.0+001",
    "1.2.3----RC-SNAPSHOT.12.9.1--.12+788", "1.0.0--1",
  ])
  func wellFormedVersionsKeepTheirSpelling(text: String) throws {
    #expect(try Version(semantic: text).description == text)
  }

  @Test(arguments: [
    ("", "empty"), ("1", "wrong-count"), ("1.2", "wrong-count"), ("1.2.3.4", "wrong-count"),
    ("01.1.1", "leading-zero"), ("1.01.1", "leading-zero"), ("1.1.01", "leading-zero"),
    ("1.2.3-01", "leading-zero"), ("1.2.3-a.00", "leading-zero"), ("v1.2.3", "missing-number"),
    ("1.2.", "missing-number"), (".1.2", "missing-number"), ("1..2", "missing-number"),
    ("-1.0.0", "missing-number"), (" 1.0.0", "missing-number"), ("1.0.0 ", "missing-number"),
    ("1.2.3-", "bad-identifier"), ("1.2.3+", "bad-identifier"), ("1.2.3-+b", "bad-identifier"),
    ("1.2.3-a..b", "bad-identifier"), ("1.2.3-a_b", "bad-identifier"),
    ("1.2.3-é", "bad-identifier"), ("1.2.3+a+b", "bad-identifier"),
    ("1.2.3+a..b", "bad-identifier"), ("1.2.٣", "missing-number"), ("1.2.3\n", "missing-number"),
  ])
  func malformedVersionsAreRefusedWithTheReason(text: String, reason: String) {
    let error = #expect(throws: VersionParseError.self) { try Version(semantic: text) }
    #expect(error?.reason.rawValue == reason)
    #expect(error?.text == text)
  }

  @Test func buildMetadataDoesNotCount() throws {
    let versions = try ["1.0.0", "1.0.0+a", "1.0.0+b.1"].map { try Version(semantic: $0) }
    #expect(Set(versions).count == 1)
    #expect(versions.map(\.description) == ["1.0.0", "1.0.0+a", "1.0.0+b.1"])
  }
}
