import Testing

@testable import ReleaseModel

@Suite("A range of OSV events")
struct VersionEventsTests {
  private static let two = VersionEvents([
    .introduced("0.1.0"), .fixed("0.9.4"), .introduced("1.0.0"), .fixed("1.1.1"),
  ])

  @Test(
    "holds what OSV's algorithm says",
    arguments: [
      ("0.0.9", false), ("0.1.0", true), ("0.9.3", true), ("0.9.4", false), ("0.9.5", false),
      ("1.0.0-rc.1", false), ("1.0.0", true), ("1.0.3", true), ("1.1.0", true), ("1.1.1", false),
      ("2.0.0", false),
    ])
  func holds(version: String, expected: Bool) {
    #expect(Self.two.contains(version, in: .semantic) == expected)
    #expect(VersionEvents(Self.two.events.reversed()).contains(version, in: .semantic) == expected)
  }

  @Test("without its second introduced makes affected versions look safe")
  func forgotten() {
    let range = VersionEvents([.introduced("0.1.0"), .fixed("0.9.4"), .fixed("1.1.1")])
    #expect(range.contains("1.0.0", in: .semantic) == false)
  }

  @Test("ends after its last affected version, and below its limits")
  func ends() {
    let open = VersionEvents([.introduced("0"), .lastAffected("2.0.3")])
    #expect(open.contains("2.0.3", in: .project) == true)
    #expect(open.contains("2.0.4", in: .project) == false)
    let single = VersionEvents([.introduced("2.0.0"), .lastAffected("2.0.0")])
    #expect(single.contains("2.0.0", in: .project) == true)
    #expect(single.contains("2.0.1", in: .project) == false)
    #expect(single.firstOutOfOrder(in: .project) == nil)
    let limited = VersionEvents([.introduced("1.0.0"), .limit("1.5.0"), .limit("3.0.0")])
    #expect(limited.contains("2.0.0", in: .project) == true)
    #expect(limited.contains("3.0.0", in: .project) == false)
    #expect(VersionEvents([.introduced("1"), .limit("*")]).contains("9.0", in: .project) == true)
  }

  @Test("compares as its ecosystem does")
  func orders() {
    // Strict SemVer compares rc10 and rc2 as texts, every other order as numbers.
    #expect(VersionOrder.semantic.precedes("1.0.0-rc10", "1.0.0-rc2") == true)
    #expect(VersionOrder.project.precedes("1.0.0-rc10", "1.0.0-rc2") == false)
    #expect(VersionOrder.project.precedes("1.0rc1", "1.0") == true)
    #expect(VersionOrder.project.precedes("1.0.post1", "1.0") == false)
    #expect(VersionOrder.project.precedes("1.0.0.rc1", "1.0.0") == true)
    #expect(VersionOrder.project.precedes("5.3.1.Final", "5.3.2.Final") == true)
    #expect(VersionOrder.project.precedes("0", "0.0.0") == true)
    #expect(VersionOrder.project.precedes("1.0", "not a version") == nil)
    #expect(VersionEvents([.introduced("?")]).contains("1.0", in: .project) == nil)
  }

  @Test("tells which event is not in ascending order")
  func order() {
    #expect(Self.two.firstOutOfOrder(in: .semantic) == nil)
    let mixed = VersionEvents([.introduced("1.0.0"), .fixed("1.1.1"), .introduced("0.1.0")])
    #expect(mixed.firstOutOfOrder(in: .semantic) == .introduced("0.1.0"))
  }
}
