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
    #expect(vector.tenths == tenths)
    #expect(vector.rating == rating)
    #expect(vector.score == "\(tenths / 10).\(tenths % 10)")
  }

  /// The scores are those of the package `cvss` 3.6 of PyPI.
  @Test(
    "of version 4.0 has the score of its group, less its way to the next",
    arguments: [
      ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N", 87, SeverityRating.high),
      ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H", 100, .critical),
      ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:N/SC:N/SI:N/SA:N", 0, .none),
      ("AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N/E:P/U:Amber", 77, .high),
      ("AV:L/AC:L/AT:N/PR:L/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/MSI:S", 97, .critical),
      ("AV:A/AC:H/AT:N/PR:H/UI:P/VC:L/VI:H/VA:H/SC:H/SI:H/SA:L", 60, .medium),
      ("AV:L/AC:H/AT:N/PR:H/UI:P/VC:N/VI:L/VA:N/SC:H/SI:H/SA:H", 24, .low),
      ("AV:L/AC:H/AT:N/PR:N/UI:N/VC:L/VI:N/VA:L/SC:N/SI:N/SA:N", 21, .low),
      ("AV:A/AC:H/AT:N/PR:N/UI:P/VC:H/VI:L/VA:L/SC:H/SI:H/SA:L", 72, .high),
      ("AV:P/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:L/SC:N/SI:L/SA:N", 24, .low),
      ("AV:N/AC:L/AT:N/PR:H/UI:P/VC:N/VI:H/VA:N/SC:H/SI:H/SA:L", 83, .high),
      ("AV:L/AC:L/AT:P/PR:L/UI:N/VC:H/VI:H/VA:L/SC:L/SI:L/SA:L", 73, .high),
      ("AV:A/AC:L/AT:N/PR:L/UI:A/VC:H/VI:N/VA:L/SC:H/SI:N/SA:L", 68, .medium),
      ("AV:N/AC:L/AT:N/PR:L/UI:N/VC:N/VI:L/VA:N/SC:L/SI:N/SA:N", 53, .medium),
      ("AV:N/AC:L/AT:P/PR:N/UI:N/VC:N/VI:L/VA:N/SC:L/SI:N/SA:L", 63, .medium),
      ("AV:N/AC:L/AT:P/PR:N/UI:N/VC:H/VI:H/VA:L/SC:L/SI:H/SA:H", 95, .critical),
      ("AV:L/AC:L/AT:N/PR:H/UI:P/VC:H/VI:H/VA:L/SC:N/SI:L/SA:N", 69, .medium),
      ("AV:A/AC:H/AT:P/PR:L/UI:A/VC:H/VI:H/VA:H/SC:N/SI:H/SA:L", 69, .medium),
      ("AV:N/AC:H/AT:N/PR:N/UI:N/VC:N/VI:L/VA:H/SC:N/SI:L/SA:N", 83, .high),
      (
        "AV:A/AC:H/AT:N/PR:H/UI:A/VC:L/VI:N/VA:L/SC:L/SI:H/SA:N/E:P/CR:M/AR:M"
          + "/MAV:N/MAC:H/MAT:N/MVC:X/MVI:N/MVA:H/MSC:H/MSI:H", 45, .medium
      ),
      (
        "AV:P/AC:L/AT:P/PR:N/UI:P/VC:N/VI:N/VA:L/SC:L/SI:N/SA:L/IR:M/AR:H"
          + "/MAV:P/MPR:H/MUI:X/MVI:H/MSC:H/MSA:S", 54, .medium
      ),
      (
        "AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:H/VA:L/SC:N/SI:L/SA:L/E:P/CR:M/IR:L"
          + "/MAV:X/MUI:A/MVI:X/MVA:L/MSC:N/MSI:N", 47, .medium
      ),
      (
        "AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:L/SC:L/SI:N/SA:L/CR:M/MAT:N"
          + "/MUI:N/MVC:H/MVI:N/MSC:N", 80, .high
      ),
      (
        "AV:P/AC:L/AT:N/PR:L/UI:A/VC:H/VI:L/VA:H/SC:L/SI:N/SA:L/E:A/CR:X/AR:M"
          + "/MAV:A/MPR:L/MVC:N/MSI:X/MSA:N", 36, .low
      ),
    ])
  func scores4(metrics: String, tenths: Int, rating: SeverityRating) throws {
    let vector = try SeverityVector(parsing: "CVSS:4.0/" + metrics)
    #expect(vector.standard == .v40)
    #expect(vector.tenths == tenths)
    #expect(vector.rating == rating)
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
