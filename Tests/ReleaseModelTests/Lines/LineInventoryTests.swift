import ReleaseModel
import TestSupport
import Testing

@Suite struct LineInventoryTests {
  private func inventory(
    _ tags: String, unit: LineUnit = .minor, _ options: LineInventory.Options = .init()
  ) throws -> LineInventory {
    try LineInventory(
      tagNames: tags.split(separator: " ").map(String.init), unit: unit, options: options)
  }

  private func names(_ inventory: LineInventory) -> String {
    inventory.lines.map(\.name.description).joined(separator: " ")
  }

  private func next(_ inventory: LineInventory) -> String {
    inventory.lines.map(\.nextTagName).joined(separator: " ")
  }

  @Test func linesAreNewestFirst() throws {
    let found = try inventory("v0.9.3 v1.10.0 v1.2.0 v1.2.11 v1.2.9 v0.9.0 v2.0.0")
    #expect(names(found) == "2.0 1.10 1.2 0.9")
    #expect(found.lines.map(\.newest.tagName) == ["v2.0.0", "v1.10.0", "v1.2.11", "v0.9.3"])
    #expect(found.lines.map(\.first.tagName) == ["v2.0.0", "v1.10.0", "v1.2.0", "v0.9.0"])
    #expect(found.lines[2].releases.map(\.tagName) == ["v1.2.0", "v1.2.9", "v1.2.11"])
  }

  @Test(arguments: [
    (LineUnit.major, "2 1 0"), (.minor, "2.0 1.10 1.2 0.9 0.1"), (.compat, "2 1 0.9 0.1"),
    (.patch, "rolling"),
  ])
  func theUnitMakesTheLines(unit: LineUnit, expected: String) throws {
    #expect(names(try inventory("0.1.0 0.9.3 1.2.0 1.10.0 2.0.0", unit: unit)) == expected)
  }

  @Test func preReleasesMakeNoLine() throws {
    let found = try inventory("0.2 1.0.0-rc.1 0.2.1rc1")
    #expect(names(found) == "0.2")
    #expect(found.prereleases.map(\.tagName) == ["0.2.1rc1", "1.0.0-rc.1"])
    #expect(found.lines[0].nextTagName == "0.2.1")
  }

  @Test func preReleasesCountWhereThereIsNothingElse() throws {
    var options = LineInventory.Options()
    options.countsPrereleases = true
    let found = try inventory("0.1.0-alpha.9 0.1.0-alpha.10", options)
    #expect(names(found) == "0.1")
    #expect(found.prereleases.isEmpty)
    #expect(next(found) == "0.1.0-alpha.11")
  }

  @Test func yankedReleasesMakeNoLineButCountForTheNextVersion() throws {
    var options = LineInventory.Options()
    options.yanked = ["1.4.1", "v2.0.0"]
    let found = try inventory("v1.4.0 v1.4.1 v2.0.0", options)
    #expect(names(found) == "1.4")
    #expect(found.lines[0].newest.tagName == "v1.4.0")
    #expect(found.yanked.map(\.tagName) == ["v1.4.1", "v2.0.0"])
    #expect(next(found) == "v1.4.2")
  }

  @Test func tagsThatOnlyTheRemoteHasCountForTheNextVersion() throws {
    var options = LineInventory.Options()
    options.extraTagNames = ["v1.2.4", "v1.2.5", "v1.2.6-rc1", "v9.9.9", "other/v1.2.7", "junk"]
    let found = try inventory("v1.2.3", options)
    #expect(names(found) == "1.2")
    #expect(next(found) == "v1.2.6")
  }

  @Test func theNextTagIsNeverOneThatIsThere() throws {
    var options = LineInventory.Options()
    options.pattern = try #require(TagPattern(parsing: "v{version}"))
    options.extraTagNames = ["v1.2.5"]
    options.yanked = ["1.2.4"]
    #expect(next(try inventory("v1.2.3 v1.2.4", options)) == "v1.2.6")
    // 1.2.4 exists in another manner: the version is taken, whatever its tag is called.
    #expect(next(try inventory("v1.2.3 v1.2.2 1.2.4")) == "1.2.5")
  }

  @Test(arguments: [
    ("1.2", LineUnit.minor, "1.2.1"), ("1 2", .minor, "2.0.1 1.0.1"),
    ("v1 v2", .major, "v2.1 v1.1"),
    ("v255 v255.9 v254", .major, "v255.10 v254.1"), ("7.0.8 7.0.8.1", .minor, "7.0.8.2"),
    ("1.2.3 1.3.0", .major, "1.3.1"), ("24.04.1", .minor, "24.04.2"), ("24.04", .minor, "24.04.1"),
    ("rel_0_4_2b rel_0_4_2a", .minor, "rel_0_4_2c"), ("1.2.0 1.2.1.3 1.2.1", .patch, "1.2.1.4"),
  ])
  func theNextVersionCountsAsTheLineDoes(tags: String, unit: LineUnit, expected: String) throws {
    #expect(next(try inventory(tags, unit: unit)) == expected)
  }

  @Test func leadingZerosStayInTheNameOfTheLine() throws {
    let found = try inventory("24.04.1 24.04.2 24.10.1")
    #expect(names(found) == "24.10 24.04")
    #expect(found.line(for: Version(24, 4, 9))?.newest.tagName == "24.04.2")
  }

  @Test func theLineOfAVersionIsFound() throws {
    let found = try inventory("v0.2.1 v1.4.0", unit: .compat)
    #expect(found.line(for: Version(0, 2, 9))?.name.description == "0.2")
    #expect(found.line(for: Version(1, 9, 9))?.name.description == "1")
    #expect(found.line(for: Version(0, 3, 0)) == nil)
    #expect(found.line(named: try #require(LineName(parsing: "v1.x")))?.newest.tagName == "v1.4.0")
    #expect(found.line(named: try #require(LineName(parsing: "pkg@1"))) == nil)
  }

  @Test func twoTagsOfOneVersionAreOneRelease() throws {
    let found = try inventory("1.2.0 v1.2.0 v1.1.0 v1.0.0 1.2 v1.2.0-stable")
    let release = try #require(found.lines.first?.newest)
    #expect(found.lines[0].releases.count == 1)
    #expect(release.tagName == "v1.2.0")
    #expect(release.otherTagNames == ["1.2", "1.2.0", "v1.2.0-stable"])
  }

  @Test func tagsThatDoNotMatchAreKept() throws {
    var options = LineInventory.Options()
    options.pattern = try #require(TagPattern(parsing: "v{version}"))
    let found = try inventory("release-1.0 nightly 2.0", options)
    #expect(found.lines.isEmpty)
    #expect(found.unmatchedTagNames == ["2.0", "nightly", "release-1.0"])
  }

  @Test func olderTagsCanBeLeftOut() throws {
    var options = LineInventory.Options()
    options.since = Version(1, 0, 0)
    #expect(names(try inventory("2012.1 0.9 1.0 1.1-rc1", options)) == "2012.1 1.0")
    options.since = Version(0, 9, 1)
    #expect(names(try inventory("0.9 1.0", options)) == "1.0")
  }

  @Test func nothingIsNoLine() throws {
    let found = try inventory("")
    #expect(found.lines.isEmpty && found.unmatchedTagNames.isEmpty && found.packages.isEmpty)
  }

  @Test func theNamelessPackageIsTheMainOne() throws {
    let found = try inventory("v3.7.0 api/v3.7.1 client/pkg/v3.8.0 client/v9.0.0")
    #expect(names(found) == "3.7")
    #expect(found.packages == ["api", "client", "client/pkg"])
    #expect(found.otherPackageTagNames == ["api/v3.7.1", "client/pkg/v3.8.0", "client/v9.0.0"])
  }

  @Test func thePackageNamedAsTheRepositoryIsTheMainOne() throws {
    let found = try inventory(
      "0.1.0 tokio-0.1.1 tokio-1.2.0 tokio-util-0.7.0", .init(repositoryName: "Tokio.git"))
    #expect(names(found) == "1.2 0.1")
    #expect(found.lines[1].releases.map(\.tagName) == ["0.1.0", "tokio-0.1.1"])
    #expect(found.package == nil)
    let scoped = try inventory("@acme/box@1.0.0 @acme/lid@2.0.0", .init(repositoryName: "box"))
    #expect(names(scoped) == "1.0")
  }

  @Test func theOnlyPackageIsTheMainOne() throws {
    let found = try inventory("curl-8_9_0 curl-8_8_0")
    #expect(names(found) == "8.9 8.8")
    #expect(next(found) == "curl-8_9_1 curl-8_8_1")
  }

  @Test func severalPackagesAreAskedAbout() throws {
    let error = #expect(throws: LineInventoryError.self) { try inventory("b@1.0.0 a@1.0.0") }
    #expect(error == .severalPackages(["a", "b"]))
  }

  @Test func aChosenPackageGivesItsNameToItsLines() throws {
    let tags = "v1.0.0 a@1.0.0 b@2.3.0"
    #expect(names(try inventory(tags, .init(package: "b"))) == "b@2.3")
    #expect(names(try inventory(tags, .init(package: "b", repositoryName: "b"))) == "2.3 1.0")
    let error = #expect(throws: LineInventoryError.self) {
      try inventory(tags, .init(package: "c"))
    }
    #expect(error == .unknownPackage("c", known: ["a", "b"]))
  }

  @Test func theOrderOfTheTagsDoesNotMatter() throws {
    let tags = [
      "v1.2.0", "1.2.0", "1.2", "v1.2.0+a", "v1.2.0+b", "api/v1.0", "v0.9", "v1.3.0-rc1", "x", "y",
      "1.4.0", "v1.4.0", "2.0", "V2.0",
    ]
    var generator = SeededGenerator(seed: 7)
    let expected = try LineInventory(tagNames: tags, unit: .minor)
    for _ in 0..<50 {
      let shuffled = tags.shuffled(using: &generator)
      #expect(try LineInventory(tagNames: shuffled + [tags[3]], unit: .minor) == expected)
    }
  }

  @Test func tenTimesTheTagsTakeAboutTenTimesTheTime() throws {
    func duration(_ count: Int) throws -> Duration {
      let tags = (0..<count).map { "v\($0 / 400).\($0 / 20 % 20).\($0 % 20)" }
      let runs = try (0..<5).map { _ in
        try threadTime { _ = try LineInventory(tagNames: tags, unit: .minor) }
      }
      return runs.min() ?? .zero
    }
    _ = try duration(100)
    // Quadratic steps would take a hundred times as long; a busy machine doubles what is measured.
    #expect(try duration(10_000) <= duration(1000) * 40 + .milliseconds(20))
  }

  @Test func manyTagsOfOneVersionAreNoTrouble() throws {
    let tags = (0..<20_000).map { "v1.2.3+\($0)" }
    let found = try LineInventory(tagNames: tags, unit: .minor)
    #expect(found.lines.first?.releases.first?.otherTagNames.count == 19_999)
    #expect(found.lines.first?.nextTagName == "v1.2.4")
  }
}
