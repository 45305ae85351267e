import Testing

@testable import ReleaseModel

@Suite("Spans of affected versions")
struct AffectedSpanTests {
  private static func spans(
    _ texts: [String], fixed: Set<String> = [], unaffected: Set<String> = [],
    isOriginKnown: Bool = true
  ) throws -> [[String]] {
    let versions = try AdvisorySample.versions(texts, fixed: fixed, unaffected: unaffected)
    return AffectedSpan.spans(of: versions, isOriginKnown: isOriginKnown).map { span in
      switch span.end {
      case .fixed(let version): [span.start, "<", version]
      case .lastAffected(let version): [span.start, "<=", version]
      }
    }
  }

  @Test("begin anew after a fix, and take the lines between into the next higher one")
  func several() throws {
    #expect(
      try Self.spans(AdvisorySample.tokenKitVersions, fixed: ["0.9.4", "1.1.1"])
        == [["0.1.0", "<", "0.9.4"], ["1.0.0", "<", "1.1.1"]])
  }

  @Test("begin at zero when nobody knows where the flaw came in, but only the lowest")
  func zero() throws {
    #expect(
      try Self.spans(["1.0", "1.1", "2.0", "2.1"], fixed: ["1.1", "2.1"], isOriginKnown: false)
        == [["0", "<", "1.1"], ["2.0", "<", "2.1"]])
  }

  @Test("end with their last version when nothing above has the fix")
  func open() throws {
    #expect(
      try Self.spans(["1.0", "1.1", "2.0", "2.1"], fixed: ["1.1"])
        == [["1.0", "<", "1.1"], ["2.0", "<=", "2.1"]])
    #expect(
      try Self.spans(["1.0", "1.1", "2.0"], unaffected: ["2.0"]) == [["1.0", "<=", "1.1"]])
  }

  @Test("are none where no version has the flaw")
  func none() throws {
    #expect(try Self.spans(["1.0", "1.1"], unaffected: ["1.0", "1.1"]).isEmpty)
    #expect(try Self.spans([]).isEmpty)
  }

  @Test("hold exactly the affected versions, whatever the history")
  func property() throws {
    var seed: UInt64 = 11
    for _ in 0..<500 {
      let versions = try (0..<12).map { index in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let states: [TaggedVersion.State] = [.affected, .affected, .fixed, .unaffected]
        return try AdvisorySample.version(
          "\(index / 4).\(index / 2 % 2).\(index % 2)", states[Int(seed >> 60) % 4])
      }
      let spans = AffectedSpan.spans(of: versions, isOriginKnown: true)
      for version in versions {
        let isInside = spans.contains {
          VersionEvents($0.events).contains(version.text, in: .project) == true
        }
        #expect(isInside == version.isAffected, "\(version.text) of \(versions.map(\.state))")
      }
      let closed = VersionEvents(spans.filter(\.isFixed).flatMap(\.events))
      #expect(closed.firstOutOfOrder(in: .project) == nil)
    }
  }
}
