import Foundation
import Testing

@testable import ReleaseModel

@Suite("Statements of an advisory")
struct AdvisoryClaimsTests {
  /// A document read back as whoever receives it would.
  static func tree(_ text: String) throws -> JSONTree {
    func tree(_ value: Any) -> JSONTree {
      switch value {
      case let members as [String: Any]: .object(members.mapValues(tree))
      case let elements as [Any]: .array(elements.map(tree))
      case let text as String: .string(text)
      case let number as NSNumber: .number(number.stringValue)
      default: .null
      }
    }
    return tree(try JSONSerialization.jsonObject(with: Data(text.utf8)))
  }

  private static func findings(
    _ text: String, versions: [TaggedVersion], order: VersionOrder = .project
  ) throws -> [String] {
    let claims = try #require(AdvisoryClaims(try tree(text)))
    let product = try #require(claims.products.first)
    return product.findings(against: versions, in: order).map(\.version)
  }

  @Test("in every form say of each version what the advisory was made of")
  func readBack() throws {
    let advisory = try AdvisorySample.tokenKit()
    let forms: [(AdvisoryClaims.Format, String)] = [
      (.osv, OSVFormat(advisory).document.text), (.gitHub, GitHubFormat(advisory).document.text),
      (.cve, CVEFormat(advisory).document.text),
      (.csaf, CSAFFormat(advisory, tool: "t 1").document.text),
    ]
    for (format, text) in forms {
      let claims = try #require(AdvisoryClaims(try Self.tree(text)))
      #expect(claims.format == format)
      #expect(claims.products.count == 1)
      #expect(claims.products[0].name == "example/tokenkit")
      #expect(try Self.findings(text, versions: advisory.versions).isEmpty, "\(format)")
      #expect(
        claims.products[0].unknownVersions(among: advisory.versions, in: .project).isEmpty)
    }
  }

  /// What somebody could do wrong, by the text that is replaced, and the versions that then are.
  static let mutations: [(String, String, String, [String])] = [
    (
      "the second introduced is forgotten", #"\{\s*"introduced": "1.0.0"\s*\},"#, "",
      ["1.0.0", "1.0.1", "1.0.2", "1.0.3", "1.1.0"]
    ),
    ("a fixed version is too high", #""fixed": "1.1.1""#, #""fixed": "1.1.2""#, ["1.1.1"]),
    ("a fixed version is too low", #""fixed": "0.9.4""#, #""fixed": "0.9.3""#, ["0.9.3"]),
    (
      "the first version is too late", #""introduced": "0.1.0""#, #""introduced": "0.9.0""#,
      ["0.1.0", "0.2.0"]
    ),
  ]

  @Test("that are wrong name each version of which they are", arguments: mutations)
  func mutated(_ what: String, _ pattern: String, _ replacement: String, wrong: [String]) throws {
    var advisory = try AdvisorySample.tokenKit()
    // Without the list of versions, which says it right: the ranges are looked at alone.
    let text = OSVFormat(advisory).document.text
    let list = try #require(text.range(of: #""versions": \["#, options: .regularExpression))
    var bare = text
    let end = try #require(text.range(of: "]", range: list.upperBound..<text.endIndex))
    bare.replaceSubrange(list.lowerBound..<end.upperBound, with: #""versions": []"#)
    let place = try #require(bare.range(of: pattern, options: .regularExpression))
    bare.replaceSubrange(place, with: replacement)
    advisory.versions.append(try AdvisorySample.version("1.1.2", .fixed))
    #expect(try Self.findings(bare, versions: advisory.versions) == wrong, "\(what)")
  }

  @Test("that list a version with the fix are wrong, since lists and ranges add up")
  func listed() throws {
    let advisory = try AdvisorySample.tokenKit()
    let text = OSVFormat(advisory).document.text
      .replacingOccurrences(of: #""1.0.3","#, with: #""1.0.3", "0.9.4","#)
    #expect(try Self.findings(text, versions: advisory.versions) == ["0.9.4"])
  }

  @Test("of events out of order are read in order, and said to be odd")
  func unsorted() throws {
    let text = """
      {"schema_version": "1.7.5", "id": "x_A-1", "affected": [{"package": {"ecosystem": "npm",
      "name": "a"}, "ranges": [{"type": "SEMVER", "events": [{"fixed": "1.1.0"},
      {"introduced": "1.0.0"}]}]}]}
      """
    let claims = try #require(AdvisoryClaims(try Self.tree(text)))
    #expect(!claims.products[0].oddities.isEmpty)
    let versions = try AdvisorySample.versions(["1.0.0", "1.1.0"], fixed: ["1.1.0"])
    #expect(try Self.findings(text, versions: versions, order: .semantic).isEmpty)
  }

  @Test("of a CVE record follow its changes, its default and its commits")
  func cve() throws {
    let text = """
      {"containers": {"cna": {"affected": [{"vendor": "v", "product": "p",
      "defaultStatus": "unaffected", "versions": [
      {"version": "1.0", "lessThan": "2.0", "status": "affected", "versionType": "semver",
       "changes": [{"at": "1.5", "status": "unaffected"}]},
      {"version": "abc", "lessThan": "def", "status": "affected", "versionType": "git"},
      {"version": "3.0", "status": "affected"},
      {"version": "unspecified", "lessThanOrEqual": "0.5", "status": "affected"}]}]}},
      "cveMetadata": {"cveId": "CVE-2026-0001"}}
      """
    let claims = try #require(AdvisoryClaims(try Self.tree(text)))
    let product = claims.products[0]
    func isAffected(_ text: String) throws -> Bool? {
      product.isAffected(try AdvisorySample.version(text, .affected), in: .project)
    }
    #expect(claims.id == "CVE-2026-0001")
    #expect(product.commits == [.init(introduced: ["abc"], fixed: ["def"])])
    #expect(try isAffected("1.0") == true)
    #expect(try isAffected("1.5") == false)
    #expect(try isAffected("2.0") == false)
    #expect(try isAffected("3.0") == true)
    #expect(try isAffected("0.5") == true)
    #expect(try isAffected("0.6") == false)
    #expect(product.fixed == ["1.5", "2.0"])
  }

  @Test("in the notations of GitHub and of package URLs are intervals")
  func intervals() throws {
    let bounds = try #require(VersionBounds(parsing: ">= 1.0.0, < 1.1.1"))
    #expect(bounds.contains("1.1.0", in: .project) == true)
    #expect(bounds.contains("1.1.1", in: .project) == false)
    #expect(VersionBounds(parsing: "= 1.2.3")?.contains("1.2.3", in: .project) == true)
    #expect(VersionBounds(parsing: "> 1.0")?.contains("1.0", in: .project) == false)
    #expect(VersionBounds(parsing: "<= 1.0")?.contains("1.0", in: .project) == true)
    #expect(VersionBounds(parsing: "1.0") == nil)
    #expect(VersionBounds(parsing: "") == nil)
    let vers = VersionBounds.ranges(vers: "vers:semver/>=1.0.0|<1.1.1|>=2.0.0|<2.0.1|3.0.0")
    #expect(vers.count == 3)
    #expect(vers.map(\.lower) == ["1.0.0", "2.0.0", "3.0.0"])
    #expect(VersionBounds.ranges(vers: "vers:semver/!=1.0").isEmpty)
  }

  @Test("of another document are none")
  func other() throws {
    for text in ["{}", #"{"vulnerabilities": []}"#, #"{"document": {"title": "x"}}"#, "[]"] {
      #expect(AdvisoryClaims(try Self.tree(text)) == nil, "\(text)")
    }
  }

  @Test("name the commits that addresses lead to")
  func addresses() {
    let id = "12bd53e6e8b540b98e541fc6a5a2f19eb2ab853f"
    for address in [
      "https://github.com/a/b/commit/\(id)", "https://gitlab.com/a/b/-/commit/\(id)",
      "https://github.com/a/b/commit/\(id).patch",
      "https://git.kernel.org/a/b.git/commit/?id=\(id)",
      "https://github.com/a/b/pull/1/commits/\(id)",
    ] { #expect(CommitAddress.ids(in: address) == [id], "\(address)") }
    #expect(CommitAddress.ids(in: "https://github.com/a/b/pull/1234567").isEmpty)
  }
}
