import ReleaseModel
import TestSupport
import Testing

@Suite("What SECURITY.md promises to reporters")
struct ReportingPromisesTests {
  private static func reading(_ text: String) -> [String?] {
    let promises = ReportingPromises(Array(text.utf8))
    return [promises.acknowledge, promises.respond, promises.disclose].map {
      $0?.allowance.description
    }
  }

  @Test(
    "times are read with what they are promised for",
    arguments: [
      (
        "We acknowledge your mail within 48 hours, and send a more detailed response within 48 "
          + "hours indicating the next steps in handling your report.", ["48h", "48h", nil]
      ),
      (
        "You get an answer within three working days, and a first judgement within ten.",
        ["3bd", "10bd", nil]
      ),
      ("You should hear back within 5 business days.", ["5bd", nil, nil]),
      ("We will respond in 1-2 weeks.", ["14d", nil, nil]),
      ("Receipt is confirmed within 72h.", ["72h", nil, nil]),
      ("We disclose publicly 90 days after a report, fixed or not.", [nil, nil, "90d"]),
      (
        "Please give us 90 days before you publish anything. We reply within two days.",
        ["2d", nil, "90d"]
      ),
      ("Fixes are released for 18 months.", [nil, nil, nil]),
      ("Version 3 is supported; 48 people work on it.", [nil, nil, nil]),
      ("Follow responsible disclosure.", [nil, nil, nil]),
    ])
  func times(text: String, expected: [String?]) { #expect(Self.reading(text) == expected) }

  @Test("the sentence and its line are kept, and the first one that promises wins")
  func sources() {
    let text = """
      # Security

      Write to us.

      ## Times

      We acknowledge within 2 days.
      We acknowledge within 5 days.

      ```
      acknowledge within 1 hour
      ```
      """
    let promise = ReportingPromises(Array(text.utf8)).acknowledge
    #expect(promise?.allowance == .days(2))
    #expect(promise?.source == SecuritySource("We acknowledge within 2 days.", line: 7))
  }

  @Test(
    "a way to report in confidence is found",
    arguments: [
      ("Mail to [us](mailto:security@example.org?subject=x).", ["security@example.org"], true),
      ("Write to <sec@example.org>, encrypted if you can.", ["sec@example.org"], true),
      (
        "Use https://github.com/x/y/security/advisories/new.",
        ["https://github.com/x/y/security/advisories/new"], true
      ),
      ("Use the private vulnerability report of the hosting page.", [], true),
      ("Open an issue.", [], false), ("Ask @maintainer on the tracker.", [], false),
      ("", [], false),
    ])
  func contacts(text: String, contacts: [String], isConfidential: Bool) {
    let promises = ReportingPromises(Array(text.utf8))
    #expect(promises.contacts == contacts)
    #expect((promises.confidential != nil) == isConfidential)
  }

  @Test("a primary handler is noticed")
  func handler() {
    let text = "Your report is assigned to a primary handler. They coordinate the fix."
    #expect(
      ReportingPromises(Array(text.utf8)).handler?.text
        == "Your report is assigned to a primary handler.")
  }
}

@Suite("security.txt")
struct SecurityTextTests {
  private static let now = CaseSample.instant("2026-11-29T00:00:00Z")
  private static let good = """
    # Our contact
    Contact: mailto:security@example.org
    Contact: https://example.org/report
    Expires: 2027-06-30T00:00:00.000Z
    Preferred-Languages: en, de
    Policy: https://github.com/example/tokenkit/blob/main/SECURITY.md
    Some-Extension: anything

    """

  private static func problems(_ text: String, policy: String? = "SECURITY.md")
    -> [SecurityText.Problem]
  {
    SecurityText(Array(text.utf8)).problems(at: now, policy: policy)
  }

  @Test("a good one has no problem, with either line end, signed or not")
  func good() {
    #expect(Self.problems(Self.good) == [])
    #expect(Self.problems(Self.good.replacing("\n", with: "\r\n")) == [])
    let signed = """
      -----BEGIN PGP SIGNED MESSAGE-----
      Hash: SHA256

      - \(Self.good)-----BEGIN PGP SIGNATURE-----

      iQIzBAEBCAAdFiEE
      -----END PGP SIGNATURE-----

      """
    #expect(Self.problems(signed) == [])
    #expect(SecurityText(Array(signed.utf8)).isSigned)
    let cut = signed.replacing("-----END PGP SIGNATURE-----", with: "")
    #expect(Self.problems(cut) == [.signature])
  }

  @Test("each mistake is found")
  func mistakes() {
    func change(_ old: String, _ new: String) -> [SecurityText.Problem] {
      Self.problems(Self.good.replacing(old, with: new))
    }
    #expect(change("Contact:", "X-Contact:") == [.noContact])
    #expect(
      change("mailto:security@example.org", "security@example.org")
        == [.contact("security@example.org")])
    #expect(change("Expires:", "X-Expires:") == [.expiresCount(0)])
    #expect(
      change("Policy:", "Expires: 2027-01-01T00:00:00Z\nPolicy:") == [.expiresCount(2)])
    #expect(change("2027-06-30T00:00:00.000Z", "soon") == [.expires("soon")])
    #expect(change("2027-06-30T00:00:00.000Z", "2027-06-30") == [.expires("2027-06-30")])
    #expect(
      change("2027-06-30T00:00:00.000Z", "2027-06-30T00:00:00")
        == [.expires("2027-06-30T00:00:00")])
    #expect(
      change("2027-06-30T00:00:00.000Z", "2026-11-28T23:00:00-01:00")
        == [.expired(Self.now)])
    #expect(
      change("2027-06-30", "2029-06-30")
        == [.farExpiry(CaseSample.instant("2029-06-30T00:00:00Z"))])
    #expect(change("Some-Extension: anything", "Preferred-Languages: fr") == [.languages(2)])
    #expect(change("https://example.org/report", "http://x.org") == [.insecure("http://x.org")])
    #expect(change("SECURITY.md", "README.md") == [.policy])
    #expect(change("Some-Extension: anything", "no field") == [.line(7)])
    #expect(Self.problems(Self.good.replacing("SECURITY.md", with: "x"), policy: nil) == [])
    #expect(SecurityText([0xff, 0xfe]).problems(at: Self.now, policy: nil) == [.encoding])
  }

  @Test("any bytes are read")
  func fuzz() {
    var source = SeededGenerator(seed: 9116)
    for _ in 0..<Fuzzing.rounds(usually: 500) {
      var bytes = Array(Self.good.utf8)
      Fuzzing.mutate(
        &bytes, with: ["-----BEGIN PGP SIGNATURE-----", "\r", ":", "Expires:"], using: &source)
      _ = SecurityText(bytes).problems(at: Self.now, policy: "SECURITY.md")
      _ = ReportingPromises(bytes)
    }
  }
}
