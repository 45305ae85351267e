import Testing

@testable import ReleaseModel

@Suite("A CVSS vector")
struct SeverityVectorTests {
  @Test(
    "of version 3.1 has the base score of the standard",
    arguments: [
      ("AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", 75, SeverityRating.high),
      ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", 98, .critical),
      ("AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", 100, .critical),
      ("AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", 61, .medium),
      ("AV:N/AC:L/PR:L/UI:N/S:C/C:L/I:L/A:N", 64, .medium),
      ("AV:P/AC:H/PR:H/UI:R/S:U/C:L/I:N/A:N", 16, .low),
      ("AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H", 78, .high),
      ("AV:N/AC:H/PR:N/UI:N/S:U/C:H/I:L/A:N", 65, .medium),
      ("AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:N", 0, .none),
      ("AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/E:P/RL:O/RC:C", 75, .high),
    ])
  func scores(metrics: String, tenths: Int, rating: SeverityRating) throws {
    let vector = try SeverityVector(parsing: "CVSS:3.1/" + metrics)
    #expect(vector.baseTenths == tenths)
    #expect(vector.rating == rating)
    #expect(vector.baseScore == "\(tenths / 10).\(tenths % 10)")
  }

  @Test("of version 4.0 is checked, and has no score here")
  func version4() throws {
    let text = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/E:P/U:Amber"
    let vector = try SeverityVector(parsing: text)
    #expect(vector.standard == .v40)
    #expect(vector.description == text)
    #expect(vector.baseTenths == nil)
    #expect(vector.rating == nil)
  }

  @Test(
    "that is not one is refused with the reason",
    arguments: [
      ("CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", SeverityVector.Objection.standard),
      ("AV:N/AC:L/Au:N/C:P/I:P/A:P", .standard),
      ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N", .missing("A")),
      ("CVSS:3.1/AV:N/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", .repeated("AV")),
      ("CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H", .metric("AV:X")),
      ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/", .metric("")),
      ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H/VC:H", .metric("VC:H")),
      ("CVSS:4.0/AC:L/AV:N/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", .order("AV")),
      ("CVSS:4.0/AV:N/AC:L/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", .missing("AT")),
      ("", .standard),
    ])
  func refuses(text: String, objection: SeverityVector.Objection) {
    #expect(throws: objection) { try SeverityVector(parsing: text) }
  }

  @Test("has words for its weaknesses and ratings")
  func words() {
    #expect(Weakness(parsing: "cwe-400")?.title == "CWE-400 Uncontrolled Resource Consumption")
    #expect(Weakness(parsing: "99999")?.title == "CWE-99999")
    #expect(Weakness(parsing: "CWE-0") == nil)
    #expect(Weakness(parsing: "CWE-") == nil)
    #expect(SeverityRating(parsing: "Moderate") == .medium)
    #expect(SeverityRating(parsing: "bad") == nil)
  }
}
