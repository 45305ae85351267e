import ReleaseModel
import Testing

@Suite("Where a user of a version should go")
struct VersionAdviceTests {
  static let world = PolicyWorld(
    [
      "0.7.1", "0.8.2", "0.9.2", "0.9.3", "1.0.4", "1.0.5", "1.1.0", "1.1.1", "1.1.2",
      "2.0.0-rc.1",
    ], yanked: ["1.1.1"])

  static let simplejwt: [(version: String, standing: VersionAdvice.Standing, message: String)] = [
    ("1.0.4", .unsupported, "1.0.4 is on 1.0, which is covered by 1.1: upgrade to 1.1.2 on 1.1"),
    (
      "1.1.0", .outdated,
      "1.1.0 is not the newest release of 1.1, which is supported: upgrade to 1.1.2"
    ),
    ("1.1.2", .newest, "1.1.2 is the newest release of 1.1, which is supported: stay"),
    ("1.1.1", .yanked, "1.1.1 was taken back: upgrade to 1.1.2"),
    (
      "0.9.2", .outdated,
      "0.9.2 is not the newest release of 0.9, which is supported: upgrade to 0.9.3"
    ),
    ("0.7.1", .unsupported, "0.7.1 is on 0.7, which is covered by 0.9: upgrade to 0.9.3 on 0.9"),
    ("0.6.0", .unreleased, "0.6.0 is not among the releases: upgrade to 0.9.3 on 0.9"),
    (
      "2.0.0-rc.1", .prerelease,
      "2.0.0-rc.1 is a pre-release and gets no fixes; nothing newer is supported, only 1.1, 0.9"
    ),
    (
      "1.1.2-rc.1", .prerelease,
      "1.1.2-rc.1 is a pre-release and gets no fixes: upgrade to 1.1.2"
    ),
    (
      "9.9.9", .unreleased,
      "9.9.9 is not among the releases; nothing newer is supported, only 1.1, 0.9"
    ),
    ("v1.0.4", .unsupported, "1.0.4 is on 1.0, which is covered by 1.1: upgrade to 1.1.2 on 1.1"),
  ]

  @Test("names the nearest supported release", arguments: simplejwt)
  func advice(version: String, standing: VersionAdvice.Standing, message: String) throws {
    let coverage = try Self.world.coverage(.preset("simplejwt"))
    let advice = coverage.advice(
      for: try Version(parsing: version), in: try Self.world.inventory())
    #expect(advice.standing == standing)
    #expect(advice.message == message)
  }

  @Test("prefers the same major, then the nearest newer one")
  func nearest() throws {
    let world = PolicyWorld(["1.0.0", "1.1.0", "1.2.0", "2.0.0", "3.0.0"])
    let coverage = try world.coverage(.sentences(["1.2.x", "latest 2 majors"]))
    let inventory = try world.inventory()
    func target(_ version: String) throws -> String? {
      coverage.advice(for: try Version(parsing: version), in: inventory).upgrade?.description
    }
    #expect(try target("1.0.0") == "1.2.0")
    #expect(try target("2.0.0") == nil)
    #expect(try target("0.9.0") == "1.2.0")
    let newOnly = try world.coverage(.sentences(["latest 2 majors"]))
    let advice = newOnly.advice(for: try Version(parsing: "1.0.0"), in: inventory)
    #expect(advice.upgrade?.description == "2.0.0")
    #expect(advice.upgradeLine == LineName(parsing: "2.0"))
  }

  @Test("says so when only older lines are supported")
  func onlyOlder() throws {
    let world = PolicyWorld(["0.2.0", "1.0.0"])
    let advice = try world.coverage(.preset("kiipy")).advice(
      for: try Version(parsing: "1.0.0"), in: try world.inventory())
    #expect(advice.upgrade == nil)
    #expect(
      advice.message
        == "1.0.0 is on 1.0, which is not supported; nothing newer is supported, only 0.2")
  }

  @Test("says until when the line lives")
  func end() throws {
    let world = PolicyWorld(["4.2.0", "4.2.1", "5.0.0"])
    let coverage = try world.coverage(.sentences(["4.2.x until 2027-04-30", "latest major"]))
    let advice = coverage.advice(for: try Version(parsing: "4.2.0"), in: try world.inventory())
    #expect(
      advice.message == "4.2.0 is not the newest release of 4.2, which is supported "
        + "until 2027-04-30: upgrade to 4.2.1")
  }

  @Test("does not guess about a line that is not known")
  func unknown() throws {
    let world = PolicyWorld(["1.0.0", "1.1.0"])
    let coverage = try world.coverage(
      .sentences(["latest minor", "* for 1 year after release"]))
    let advice = coverage.advice(for: try Version(parsing: "1.0.0"), in: try world.inventory())
    #expect(advice.standing == .unknown)
    #expect(advice.upgrade?.description == "1.1.0")
  }
}
