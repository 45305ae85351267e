import ReleaseModel
import Testing

@Suite struct BranchDetectorTests {
  /// What a history says: the tags that each branch holds.
  private struct History {
    var holds: [String: Set<String>]

    init(_ holds: [String: String]) {
      self.holds = holds.mapValues { Set($0.split(separator: " ").map(String.init)) }
    }

    func answers(_ tag: String, _ branch: BranchReference) -> Bool {
      holds[branch.name]?.contains(tag) ?? false
    }
  }

  private func inventory(
    _ tags: String, _ unit: LineUnit = .minor, package: String? = nil, repository: String? = nil
  ) throws -> LineInventory {
    try LineInventory(
      tagNames: tags.split(separator: " ").map(String.init), unit: unit,
      options: .init(package: package, repositoryName: repository))
  }

  private func found(_ detector: BranchDetector, _ lines: LineInventory, _ history: History)
    -> String
  {
    detector.branches(of: lines.lines, isAncestor: history.answers).map { branch in
      switch branch.state {
      case .exists(let name): "\(branch.line)=\(name)"
      case .remote(let name): "\(branch.line)=remote:\(name)"
      case .trunk: "\(branch.line)=trunk"
      case .create(let name): "\(branch.line)=new:\(name ?? "none")"
      }
    }.joined(separator: " ")
  }

  @Test func aBranchNamedForTheLineServesIt() throws {
    let lines = try inventory("v0.8.2 v0.9.3 v1.0.3 v1.1.0")
    let detector = BranchDetector(
      inventory: lines, local: ["0.9", "1.0", "1.1", "master"], trunk: .local("master"))
    let history = History([
      "0.9": "v0.8.2 v0.9.3", "1.0": "v1.0.3", "1.1": "v1.1.0", "master": "v1.1.0 v1.0.3",
    ])
    #expect(found(detector, lines, history) == "1.1=1.1 1.0=1.0 0.9=0.9 0.8=new:0.8")
  }

  @Test func theNewestLineWithoutABranchIsReleasedFromTheTrunk() throws {
    let lines = try inventory("v1.0.0 v1.1.0")
    let detector = BranchDetector(inventory: lines, local: ["main"], trunk: .remote("main"))
    #expect(found(detector, lines, History(["main": "v1.1.0"])) == "1.1=trunk 1.0=new:1.0.x")
    #expect(found(detector, lines, History([:])) == "1.1=new:1.1.x 1.0=new:1.0.x")
  }

  @Test func theHistoryDecidesBetweenTwoNames() throws {
    let lines = try inventory("1.5.5 1.6.0")
    let detector = BranchDetector(
      inventory: lines, local: ["rack-1.5", "1-5-stable", "1-6-stable", "main"],
      trunk: .local("main"))
    #expect(
      found(detector, lines, History(["rack-1.5": "1.5.5", "1-6-stable": "1.6.0"]))
        == "1.6=1-6-stable 1.5=rack-1.5")
    #expect(
      found(
        detector, lines,
        History(["1-5-stable": "1.5.5", "rack-1.5": "1.5.5", "1-6-stable": "1.6.0"]))
        == "1.6=1-6-stable 1.5=1-5-stable")
  }

  @Test func aBranchThatDoesNotHoldTheNewestTagIsOnlyOffered() throws {
    let lines = try inventory("v1.0.0 v1.0.1 v2.0.0")
    let detector = BranchDetector(
      inventory: lines, local: ["release/1.0", "release/2.0", "main"], trunk: .local("main"))
    let history = History(["release/1.0": "v1.0.0", "release/2.0": "v2.0.0"])
    let old = try #require(detector.branches(of: lines.lines, isAncestor: history.answers).last)
    #expect(old.state == .create("1.0.x"))
    #expect(old.offered == ["release/1.0"])
    #expect(old.reason.hasPrefix("release/1.0 does not hold v1.0.1"))
  }

  @Test func aBranchThatOnlyTheRemoteHasIsTakenThere() throws {
    let lines = try inventory("v1.0.1 v2.0.0")
    let detector = BranchDetector(
      inventory: lines, local: ["main"], remote: ["v1.x", "main"], trunk: .local("main"))
    #expect(
      found(detector, lines, History(["v1.x": "v1.0.1", "main": "v2.0.0"]))
        == "2.0=trunk 1.0=remote:v1.x")
  }

  @Test func aLocalBranchBehindItsRemoteIsStillTheBranch() throws {
    let lines = try inventory("v1.0.1 v2.0.0")
    let detector = BranchDetector(
      inventory: lines, local: ["1.0", "main"], remote: ["1.0"], trunk: .local("main"))
    let branch = try #require(
      detector.branches(of: Array(lines.lines.suffix(1))) { $1 == .remote("1.0") && $0 == "v1.0.1" }
        .first)
    #expect(branch.state == .exists("1.0"))
  }

  @Test func variantsAreOfferedAndNotChosen() throws {
    let lines = try inventory("v7.0.1 v8.0.0")
    let detector = BranchDetector(
      inventory: lines, local: ["7-0-sec", "8-0-sec", "8-0-stable"], trunk: nil)
    let history = History(["7-0-sec": "v7.0.1", "8-0-sec": "v8.0.0", "8-0-stable": "v8.0.0"])
    let branches = detector.branches(of: lines.lines, isAncestor: history.answers)
    #expect(branches.map(\.state) == [.exists("8-0-stable"), .create("7-0-stable")])
    #expect(branches.map(\.offered) == [["8-0-sec"], ["7-0-sec"]])
  }

  @Test func aBranchOfAWholeMajorServesItsNewestLine() throws {
    let lines = try inventory("v6.9.0 v7.28.0 v7.29.0 v8.0.0")
    let detector = BranchDetector(
      inventory: lines, local: ["v6.x", "v7.x", "main"], trunk: .local("main"))
    let history = History(["v6.x": "v6.9.0", "v7.x": "v7.28.0 v7.29.0", "main": "v8.0.0"])
    #expect(
      found(detector, lines, history) == "8.0=trunk 7.29=v7.x 7.28=new:v7.28.x 6.9=v6.x")
  }

  @Test func aMovingBranchServesTheNewestLine() throws {
    let lines = try inventory("v2.54.0 v2.55.0")
    let detector = BranchDetector(
      inventory: lines, local: ["maint", "master", "next"], trunk: .local("master"))
    #expect(
      found(detector, lines, History(["maint": "v2.54.0 v2.55.0", "master": "v2.55.0"]))
        == "2.55=maint 2.54=new:2.54.x")
    #expect(
      found(detector, lines, History(["maint": "v2.54.0", "master": "v2.55.0"]))
        == "2.55=trunk 2.54=new:2.54.x")
    let onlyTrunk = BranchDetector(inventory: lines, local: ["stable"], trunk: .local("stable"))
    #expect(found(onlyTrunk, lines, History(["stable": "v2.55.0"])) == "2.55=trunk 2.54=new:2.54.x")
  }

  @Test func aLineOfAMajorMayLiveOnTheBranchOfItsNewestMinor() throws {
    let lines = try inventory("v1.8.2 v1.9.1 v2.0.0", .major)
    let detector = BranchDetector(
      inventory: lines, local: ["maint/v1.8", "maint/v1.9", "main"], trunk: .local("main"))
    #expect(
      found(
        detector, lines,
        History(["maint/v1.9": "v1.9.1", "maint/v1.8": "v1.8.2", "main": "v2.0.0"]))
        == "2=trunk 1=maint/v1.9")
  }

  @Test func branchesThatCountOtherwiseAreFoundByTheirHistory() throws {
    let lines = try inventory("0.96.0 0.97.0 0.98.0 0.98.1 0.99.0")
    let detector = BranchDetector(
      inventory: lines,
      local: ["rust-1.95.0", "rust-1.97.0", "rust-1.98.0", "rust-1.99.0", "master"],
      trunk: .local("master"))
    let history = History([
      "rust-1.95.0": "0.96.0", "rust-1.97.0": "0.96.0 0.97.0 0.98.0 0.98.1",
      "rust-1.98.0": "0.96.0 0.98.0 0.99.0", "rust-1.99.0": "0.96.0 0.99.0", "master": "0.99.0",
    ])
    #expect(
      found(detector, lines, history)
        == "0.99=rust-1.98.0 0.98=rust-1.97.0 0.97=new:0.97.x 0.96=rust-1.95.0")
  }

  @Test func theConfigurationBeatsTheDetector() throws {
    let lines = try inventory("v1.0.0 v2.0.0 v3.0.0", .major)
    let explicit = try [
      #require(LineName(parsing: "1")): "legacy", #require(LineName(parsing: "2")): "old/two",
      #require(LineName(parsing: "3")): "three",
    ]
    let detector = BranchDetector(
      inventory: lines, local: ["1.x", "legacy", "main"], remote: ["old/two"],
      trunk: .local("main"), explicit: explicit)
    #expect(
      found(detector, lines, History(["1.x": "v1.0.0", "main": "v3.0.0"]))
        == "3=new:three 2=remote:old/two 1=legacy")
  }

  @Test func newBranchesAreNamedAsConfigured() throws {
    let lines = try inventory("v1.0.0 v2.0.0")
    func created(_ text: String, local: [String] = ["release/2.0"]) throws -> String {
      let detector = BranchDetector(
        inventory: lines, local: local, trunk: nil, creation: try #require(.init(parsing: text)))
      return found(detector, lines, History(["release/2.0": "v2.0.0"]))
    }
    #expect(try created("support-{line}") == "2.0=release/2.0 1.0=new:support-1.0")
    #expect(try created("none") == "2.0=release/2.0 1.0=new:none")
    #expect(try created("{line}") == "2.0=release/2.0 1.0=new:1.0")
    #expect(BranchDetector.Creation(parsing: "release") == nil)
    #expect(BranchDetector.Creation(parsing: "{line}{line}") == nil)
  }

  @Test func newBranchesNeverCollide() throws {
    let lines = try inventory("1.0 2.0.0 2.0.1")
    let names = ["release/2.0", "release/1.0/docs", "main"]
    let detector = BranchDetector(inventory: lines, local: names, trunk: .local("main"))
    #expect(
      found(detector, lines, History(["release/2.0": "2.0.1"])) == "2.0=release/2.0 1.0=new:1.0.x")
    let full = BranchDetector(inventory: lines, local: names + ["1.0.x"], trunk: nil)
    #expect(found(full, lines, History(["release/2.0": "2.0.1"])) == "2.0=release/2.0 1.0=new:none")
    let plain = BranchDetector(inventory: lines, local: ["2.0"], trunk: nil)
    #expect(found(plain, lines, History(["2.0": "2.0.1"])) == "2.0=2.0 1.0=new:1.0.x")
  }

  @Test func aPackageTakesOnlyItsOwnBranches() throws {
    let tags = "v1.2.0 v0.7.0 util-0.7.3 util-0.6.1"
    let names = ["1.2.x", "0.7.x", "util-0.7.x", "main"]
    let history = History([
      "1.2.x": "v1.2.0", "0.7.x": "v0.7.0 util-0.7.3 util-0.6.1", "util-0.7.x": "util-0.7.3 v0.7.0",
      "main": "v1.2.0 util-0.7.3",
    ])
    let util = try inventory(tags, package: "util")
    let detector = BranchDetector(inventory: util, local: names, trunk: .local("main"))
    #expect(found(detector, util, history) == "util@0.7=util-0.7.x util@0.6=new:util-0.6.x")
    let main = try inventory(tags)
    let other = BranchDetector(inventory: main, local: ["util-0.7.x", "1.2.x"], trunk: nil)
    #expect(found(other, main, history) == "1.2=1.2.x 0.7=new:0.7.x")
  }

  @Test func withoutAMainPackageAPlainBranchIsAnyones() throws {
    let lines = try inventory("@x/a@2.3.0 @x/a@3.0.0 @x/b@1.0.0", package: "@x/a")
    let detector = BranchDetector(
      inventory: lines, local: ["maintenance/v2", "main"], trunk: .local("main"))
    #expect(
      found(detector, lines, History(["maintenance/v2": "@x/a@2.3.0", "main": "@x/a@3.0.0"]))
        == "@x/a@3.0=trunk @x/a@2.3=maintenance/v2")
  }

  @Test func aNumberedTrunkIsTheBranchOfItsLine() throws {
    let lines = try inventory("7.7.1 7.8.1")
    let detector = BranchDetector(inventory: lines, local: ["7.7", "7.8"], trunk: .local("7.8"))
    #expect(
      found(detector, lines, History(["7.8": "7.8.1", "7.7": "7.7.1"])) == "7.8=7.8 7.7=7.7")
  }

  @Test func hintsDecideAmongEquals() throws {
    let lines = try inventory("v1.0.0 v2.0.0")
    let detector = BranchDetector(
      inventory: lines, local: ["1.0", "release-1.0", "main"], trunk: .local("main"),
      hinted: ["release-1.0", "gone"])
    #expect(
      found(detector, lines, History(["1.0": "v1.0.0", "release-1.0": "v1.0.0", "main": "v2.0.0"]))
        == "2.0=trunk 1.0=release-1.0")
  }

  @Test func peoplesBranchesAreNotTaken() throws {
    let lines = try inventory("v1.0.0 v2.0.0")
    let names = ["alice/1.0", "alice/release-1.0", "fix-1.0", "beta-1", "pr-2", "main"]
    let detector = BranchDetector(inventory: lines, local: names, trunk: .local("main"))
    let branches = detector.branches(of: lines.lines) { _, _ in true }
    #expect(branches.map(\.state) == [.trunk, .create("1.0.x")])
  }

  @Test func theHistoryIsAskedSparingly() throws {
    let lines = try inventory((0..<60).map { "v1.\($0).0" }.joined(separator: " "))
    let names = (0..<60).map { "release/1.\($0)" } + (0..<500).map { "feature/\($0)" } + ["main"]
    let detector = BranchDetector(inventory: lines, local: names, trunk: .local("main"))
    var asked = 0
    let branches = detector.branches(of: lines.lines) { _, _ in
      asked += 1
      return true
    }
    #expect(asked == 60)
    #expect(branches.allSatisfy { $0.state == .exists("release/\($0.line)") })
    asked = 0
    _ = detector.branches(of: Array(lines.lines.prefix(2))) { _, _ in
      asked += 1
      return true
    }
    #expect(asked == 2)
  }

  @Test func otherLinesAreAskedAboutOnlyToChooseAmongEquals() throws {
    let lines = try inventory("v1.8.0 v1.9.0")
    for (names, expected) in [
      (["release/1.8", "release/1.9", "v1.x", "maint"], 1),
      (["release/1.8", "release/1.9", "1.9"], 3),
    ] {
      let detector = BranchDetector(inventory: lines, local: names, trunk: nil)
      var asked = 0
      let branches = detector.branches(of: Array(lines.lines.prefix(1))) { _, _ in
        asked += 1
        return true
      }
      #expect(branches.map(\.state) == [.exists("release/1.9")])
      #expect(asked == expected)
    }
  }
}
