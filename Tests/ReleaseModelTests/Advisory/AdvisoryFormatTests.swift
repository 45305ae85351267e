import Foundation
import Testing

@testable import ReleaseModel

@Suite("The forms of an advisory")
struct AdvisoryFormatTests {
  private static func value(_ document: OrderedJSON, _ path: String...) throws -> Any? {
    var value: Any? = try JSONSerialization.jsonObject(with: Data(document.text.utf8))
    for key in path {
      if let index = Int(key), let array = value as? [Any] {
        value = array.indices.contains(index) ? array[index] : nil
      } else {
        value = (value as? [String: Any])?[key]
      }
    }
    return value
  }

  @Test("state the ranges of several lines in OSV, with every commit")
  func osv() throws {
    let document = OSVFormat(try AdvisorySample.tokenKit()).document
    let events = try Self.value(document, "affected", "0", "ranges", "0", "events")
    #expect(
      events as? [[String: String]] == [
        ["introduced": "0.1.0"], ["fixed": "0.9.4"], ["introduced": "1.0.0"], ["fixed": "1.1.1"],
      ])
    #expect(
      try Self.value(document, "affected", "0", "ranges", "0", "type") as? String == "ECOSYSTEM")
    let commits = try Self.value(document, "affected", "0", "ranges", "1", "events")
    #expect((commits as? [[String: String]])?.compactMap { $0["fixed"] }.count == 3)
    #expect(
      try Self.value(document, "affected", "0", "versions") as? [String]
        == AdvisorySample.tokenKitVersions.filter { $0 != "0.9.4" && $0 != "1.1.1" })
    #expect(
      try Self.value(document, "database_specific", "unmaintained_lines") as? [String] == ["1.0"])
    #expect(document.text.hasPrefix("{\n  \"schema_version\": \"1.7.5\",\n  \"id\": \"x_TOKENKIT"))
  }

  @Test("are SEMVER in OSV where the ecosystem is, and keep a line without a fix apart")
  func semantic() throws {
    var advisory = try AdvisorySample.tokenKit()
    advisory.package = AdvisoryPackage(.npm, "@example/tokenkit")
    advisory.versions = try AdvisorySample.versions(
      ["1.0.0", "1.0.1", "2.0.0-rc.1", "2.0.0", "2.0.1"], fixed: ["1.0.1"])
    let document = OSVFormat(advisory).document
    #expect(try Self.value(document, "affected", "0", "ranges", "0", "type") as? String == "SEMVER")
    let open = try Self.value(document, "affected", "1", "ranges", "0", "events")
    #expect(
      open as? [[String: String]] == [["introduced": "2.0.0-rc.1"], ["last_affected": "2.0.1"]])
    #expect(
      try Self.value(document, "affected", "1", "package", "purl") as? String
        == "pkg:npm/%40example/tokenkit")
    #expect(
      try Self.value(document, "affected", "1", "versions") as? [String]
        == ["2.0.0-rc.1", "2.0.0", "2.0.1"])
  }

  @Test("name tags and commits alone in OSV when there is no package")
  func noPackage() throws {
    var advisory = try AdvisorySample.tokenKit()
    advisory.package = nil
    let document = OSVFormat(advisory).document
    #expect(try Self.value(document, "affected", "0", "package") == nil)
    #expect(try Self.value(document, "affected", "0", "ranges", "0", "type") as? String == "GIT")
    let versions = try Self.value(document, "affected", "0", "versions") as? [String]
    #expect(versions?.first == "v0.1.0")
    #expect(try Self.value(document, "affected", "1") == nil)
  }

  @Test("state one entry for each span in GitHub's body and the CVE container")
  func perLine() throws {
    let advisory = try AdvisorySample.tokenKit()
    let gitHub = GitHubFormat(advisory).document
    let ranges = try Self.value(gitHub, "vulnerabilities") as? [[String: Any]]
    #expect(
      ranges?.compactMap { $0["vulnerable_version_range"] as? String }
        == [">= 0.1.0, < 0.9.4", ">= 1.0.0, < 1.1.1"])
    #expect(
      ranges?.compactMap { $0["patched_versions"] as? String } == ["0.9.4", "1.1.1"])
    #expect(try Self.value(gitHub, "severity") == nil)
    let cve = CVEFormat(advisory).document
    #expect(try Self.value(cve, "affected", "0", "versions", "1", "lessThan") as? String == "1.1.1")
    #expect(try Self.value(cve, "metrics", "0", "cvssV3_1", "baseScore") as? Double == 7.5)
    #expect(try Self.value(cve, "metrics", "1", "cvssV4_0", "baseScore") as? Double == 8.7)
    #expect(try Self.value(cve, "metrics", "1", "cvssV4_0", "baseSeverity") as? String == "HIGH")
  }

  @Test("have sorted keys and the name that the standard makes in CSAF")
  func csaf() throws {
    let format = CSAFFormat(try AdvisorySample.tokenKit(), tool: "git-backport 0.1.0")
    #expect(format.fileName == "tokenkit-sa-2026-0001.json")
    #expect(format.document == format.document.sorted)
    let status = try Self.value(format.document, "vulnerabilities", "0", "product_status")
    let lists = status as? [String: [String]]
    #expect(lists?["first_fixed"] == ["tokenkit-0.9.4", "tokenkit-1.1.1"])
    #expect(lists?["known_affected"]?.count == 11)
    let remedies = try Self.value(format.document, "vulnerabilities", "0", "remediations")
    let details = (remedies as? [[String: Any]])?.compactMap { $0["details"] as? String }
    #expect(details?.contains("The 1.0 line is no longer maintained: update to 1.1.1.") == true)
  }

  @Test("say the same to people")
  func people() throws {
    let advisory = try AdvisorySample.tokenKit()
    let page = MarkdownFormat(advisory, files: [(name: "OSV", path: "x.json")]).text
    #expect(page.hasPrefix("# TOKENKIT-SA-2026-0001: Uncontrolled iteration count in PBES2"))
    #expect(
      page.contains("| 1.0 | 1.0.0 to 1.0.3 | none: update to 1.1.1 |  | not maintained |"))
    #expect(page.contains("Reported by Ada Reporter. Fixed by Jane Doe."))
    let message = AnnouncementFormat(advisory).text
    #expect(
      message.hasPrefix(
        "Subject: [SECURITY] tokenkit 0.9.4 and 1.1.1 released (CVE-2026-0001)\n\n"))
    #expect(message.contains("severity high (CVSS 3.1: 7.5, CVSS 4.0: 8.7)"))
    #expect(message.contains("Affected:  0.1.0 to 0.9.3, 1.0.0 to 1.1.0\n"))
    #expect(message.contains("Thanks to Ada Reporter for the report."))
    let long = message.split(separator: "\n").filter { $0.count > 72 && !$0.contains("https://") }
    #expect(long.isEmpty, "\(long)")
  }

  @Test("thank without a name whoever wants none, and take nothing from a title but its text")
  func hostile() throws {
    var advisory = try AdvisorySample.tokenKit()
    advisory.credits = [AdvisoryCredit(name: nil)]
    advisory.title = "<img src=x> | [x](y) `z`\nSubject: other"
    let page = MarkdownFormat(advisory).text
    #expect(page.contains("somebody who wishes to stay anonymous"))
    let heading = try #require(page.split(separator: "\n").first)
    #expect(heading.contains("\\<img src=x\\> \\| \\[x\\](y) \\`z\\` Subject: other"))
    #expect(AnnouncementFormat(advisory).text.filter { $0 == "\n" }.count > 10)
    let credit = try Self.value(OSVFormat(advisory).document, "credits", "0", "name")
    #expect(credit as? String == "Anonymous")
    #expect(try Self.value(GitHubFormat(advisory).document, "credits") as? [String] == [])
  }

  @Test("are the same each time")
  func deterministic() throws {
    let (one, two) = (try AdvisorySample.tokenKit(), try AdvisorySample.tokenKit())
    #expect(OSVFormat(one).document.text == OSVFormat(two).document.text)
    #expect(
      CSAFFormat(one, tool: "t 1").document.text == CSAFFormat(two, tool: "t 1").document.text)
  }

  @Test("write strings as JSON, whatever they hold")
  func strings() throws {
    let text = "a\"b\\c\nd\te\u{1}\u{7f}é\u{2028}"
    let document = OrderedJSON.array([.string(text), .object([]), .array([]), .null])
    let parsed = try JSONSerialization.jsonObject(with: Data(document.text.utf8)) as? [Any]
    #expect(parsed?.first as? String == text)
    #expect(parsed?.count == 4)
  }
}
