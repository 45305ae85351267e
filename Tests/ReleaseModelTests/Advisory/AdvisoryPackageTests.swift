import Foundation
import Testing

@testable import ReleaseModel

@Suite("A package")
struct AdvisoryPackageTests {
  @Test(
    "has a package URL that names it",
    arguments: [
      (Ecosystem.packagist, "kelvinmo/simplejwt", "pkg:composer/kelvinmo/simplejwt"),
      (.npm, "@angular/core", "pkg:npm/%40angular/core"),
      (.pypi, "ruamel.yaml", "pkg:pypi/ruamel-yaml"),
      (.maven, "org.apache.commons:commons-text", "pkg:maven/org.apache.commons/commons-text"),
      (.go, "github.com/gorilla/mux", "pkg:golang/github.com/gorilla/mux"),
      (.cargo, "tokio", "pkg:cargo/tokio"), (.rubygems, "rack", "pkg:gem/rack"),
      (.swift, "github.com/apple/swift-nio", "pkg:swift/github.com/apple/swift-nio"),
      (.hex, "phoenix", "pkg:hex/phoenix"), (.pub, "http", "pkg:pub/http"),
      (.nuget, "Newtonsoft.Json", "pkg:nuget/Newtonsoft.Json"),
    ])
  func purl(ecosystem: Ecosystem, name: String, purl: String) throws {
    let package = AdvisoryPackage(ecosystem, name)
    #expect(package.purl == purl)
    let read = try #require(AdvisoryPackage(purl: purl + "@1.2.3?arch=x#sub"))
    #expect(read.isSame(as: package))
    #expect(Ecosystem(named: ecosystem.rawValue.uppercased()) == ecosystem)
    #expect(Ecosystem(named: ecosystem.gitHubName) == ecosystem)
  }

  @Test(
    "is none for a text that names none",
    arguments: ["", "npm/x", "pkg:npm", "pkg:deb/debian/curl", "pkg:npm/"])
  func noPurl(text: String) {
    #expect(AdvisoryPackage(purl: text) == nil)
  }

  @Test("has a short name and a maker")
  func names() {
    #expect(AdvisoryPackage(.go, "github.com/go-chi/chi/v5").shortName == "chi")
    #expect(AdvisoryPackage(.go, "github.com/go-chi/chi/v5").vendor == "go-chi")
    #expect(AdvisoryPackage(.npm, "@angular/core").vendor == "angular")
    #expect(AdvisoryPackage(.npm, "lodash").vendor == "lodash")
    #expect(AdvisoryPackage(.maven, "org.x:y").shortName == "y")
  }

  /// A file, and the package that it describes.
  static let manifests: [(String, String, String?)] = [
    ("composer.json", #"{"name": "a\/b", "version": "1.0"}"#, "pkg:composer/a/b"),
    ("package.json", #"{"name": "@a/b"}"#, "pkg:npm/%40a/b"),
    ("package.json", #"{"name": "a", "private": true}"#, nil),
    ("package.json", #"{"devDependencies": {}}"#, nil),
    ("Cargo.toml", "[package]\nname = \"a-b\"\n[dependencies]\nname = \"no\"\n", "pkg:cargo/a-b"),
    ("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n", nil),
    ("Cargo.toml", "[package]\nname = \"a\"\npublish = false\n", nil),
    ("pyproject.toml", "[project]\nname = \"A_b\"\n", "pkg:pypi/a-b"),
    ("pyproject.toml", "[tool.poetry]\nname = 'c'\n", "pkg:pypi/c"),
    ("setup.cfg", "[metadata]\nname = d\n[options]\nname = no\n", "pkg:pypi/d"),
    (
      "pom.xml",
      "<project><parent><groupId>org.p</groupId></parent><artifactId>a</artifactId></project>",
      "pkg:maven/org.p/a"
    ),
    (
      "go.mod", "// Deprecated\nmodule github.com/a/b/v2 // x\n\ngo 1.22\n",
      "pkg:golang/github.com/a/b/v2"
    ),
    ("rack.gemspec", "Gem::Specification.new do |s|\n  s.name = \"rack\"\n", "pkg:gem/rack"),
    ("A.B.csproj", "<Project><PropertyGroup/></Project>", "pkg:nuget/A.B"),
    (
      "x.csproj",
      "<Project><PropertyGroup><PackageId>Y</PackageId></PropertyGroup></Project>", "pkg:nuget/Y"
    ),
    ("mix.exs", "def project do\n  [app: :my_app, version: \"1\"]", "pkg:hex/my_app"),
    ("pubspec.yaml", "name: my_pkg # x\nversion: 1.0.0\n", "pkg:pub/my_pkg"),
    ("pubspec.yaml", "name: my_pkg\npublish_to: none\n", nil),
  ]

  @Test("is read from the file that describes it", arguments: manifests)
  func manifest(path: String, text: String, purl: String?) throws {
    let json = path.hasSuffix(".json") ? try AdvisoryClaimsTests.tree(text) : nil
    // Numbers and booleans are one thing to the reader of this test.
    let tree = text.contains("true") ? json?.settingPrivate : json
    let manifest = try #require(
      PackageManifest(path: "src/" + path, bytes: Array(text.utf8), json: tree))
    #expect(manifest.package?.purl == purl)
    #expect(PackageManifest.isManifest(path))
  }

  @Test("says who maintains it")
  func maintainers() throws {
    let composer = try AdvisoryClaimsTests.tree(
      #"{"name": "a/b", "authors": [{"name": "Ada", "email": "a@x.org"}, {"name": "Bob"}],"#
        + #""support": {"issues": "https://x.org/i", "source": "https://x.org/s"}}"#)
    let php = try #require(PackageManifest(path: "composer.json", bytes: [], json: composer))
    #expect(php.maintainers == ["Ada <a@x.org>", "Bob"])
    #expect(php.bugs == "https://x.org/i")
    #expect(php.repository == "https://x.org/s")
    let text = """
      [package]
      name = "a"
      authors = ["Ada <a@x.org>", "Bob"]
      repository = "https://x.org/r"
      """
    let rust = try #require(PackageManifest(path: "Cargo.toml", bytes: Array(text.utf8), json: nil))
    #expect(rust.maintainers == ["Ada <a@x.org>", "Bob"])
    #expect(rust.repository == "https://x.org/r")
  }

  @Test("is spelled as its ecosystem spells versions")
  func spelling() throws {
    func spelled(_ ecosystem: Ecosystem, _ tag: String) throws -> String {
      let parsed = try #require(TagPattern.automatic.parse(tag))
      return ecosystem.spelling(of: parsed.version, tag: tag)
    }
    #expect(try spelled(.npm, "v1.2") == "1.2.0")
    #expect(try spelled(.pypi, "v1.2") == "1.2")
    #expect(try spelled(.maven, "5.3.1.Final") == "5.3.1.Final")
    #expect(try spelled(.npm, "v1.2.3-rc.1") == "1.2.3-rc.1")
  }
}

extension JSONTree {
  /// The object with `private` as the boolean that it is.
  fileprivate var settingPrivate: JSONTree {
    guard case .object(var members) = self else { return self }
    members["private"] = .boolean(true)
    return .object(members)
  }
}

@Suite("The parts of an advisory")
struct AdvisoryPartTests {
  @Test("take credits as people write them")
  func credits() throws {
    let ada = try #require(AdvisoryCredit(parsing: "Ada Reporter <ada@example.net>:finder"))
    #expect(ada.name == "Ada Reporter")
    #expect(ada.contacts == ["mailto:ada@example.net"])
    #expect(ada.kind == .finder)
    #expect(AdvisoryCredit(parsing: "anonymous")?.name == nil)
    #expect(AdvisoryCredit(parsing: "anonymous")?.kind == .reporter)
    #expect(AdvisoryCredit(parsing: "@ada")?.gitHubLogin == "ada")
    #expect(AdvisoryCredit(parsing: "A: B Team")?.name == "A: B Team")
    #expect(AdvisoryCredit(parsing: "Bob:remediation reviewer")?.kind == .remediationReviewer)
    #expect(AdvisoryCredit(parsing: "  ") == nil)
  }

  @Test(
    "make a remote's address one that everybody can use",
    arguments: [
      ("git@github.com:o/r.git", "https://github.com/o/r.git"),
      ("ssh://git@host.org:2222/o/r", "https://host.org/o/r"),
      ("https://user:secret@host.org:8443/o/r.git/", "https://host.org:8443/o/r.git"),
      ("git://host.org/r", "https://host.org/r"),
      ("/srv/git/r.git", nil), ("file:///srv/r.git", nil), ("../r", nil), ("host:r.git", nil),
      ("ext::sh -c x", nil), ("https://host.org", nil), ("https://host.org/a b", nil),
    ])
  func addresses(remote: String, url: String?) {
    #expect(WebRepository(remote: remote)?.url == url)
  }

  @Test("know the pages of the hosts")
  func pages() throws {
    let gitHub = try #require(WebRepository(remote: "git@github.com:o/r.git"))
    #expect(gitHub.page(ofCommit: "abc") == "https://github.com/o/r/commit/abc")
    #expect(gitHub.page(ofTag: "v1") == "https://github.com/o/r/releases/tag/v1")
    #expect(gitHub.page(ofTag: "a b") == nil)
    #expect(gitHub.ownerPage == "https://github.com/o")
    #expect(
      gitHub.page(ofAdvisory: "GHSA-x") == "https://github.com/o/r/security/advisories/GHSA-x")
    let gitLab = try #require(WebRepository(remote: "https://gitlab.com/g/s/r.git"))
    #expect(gitLab.page(ofCommit: "abc") == "https://gitlab.com/g/s/r/-/commit/abc")
    #expect(gitLab.page(ofAdvisory: "GHSA-x") == nil)
    #expect(AdvisoryReference(parsing: "report=https://x.org/1")?.kind == .report)
    #expect(AdvisoryReference(parsing: "javascript:alert(1)") == nil)
  }
}
